"""Match a long list against a state: seconds, memory, and how often it is right.

    .venv/bin/python bench/match.py [ROWS] [PEOPLE] [--folder FOLDER]

An invented state of PEOPLE and a list of ROWS are made (bench/match_world.py); who is
meant is known. What lies in FOLDER already is taken as it is. Printed: time and
memory; for each kind of trouble how many rows were linked to the right person, to a
wrong one, sent to review, or left unmatched; and how the probabilities hold: of the
rows given 0.90 to 0.95, how many were right.
Wall and processor seconds are of matching alone, reading the list included.
"""

import argparse
import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import polars as pl
from match_list import make
from match_world import KINDS, lay_state

from groundgame import match
from groundgame.tables import Snapshot

_BINS = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]


def main() -> None:
    """Make a state and a list, match, and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("rows", type=int, nargs="?", default=10_000)
    asked.add_argument("people", type=int, nargs="?", default=500_000)
    asked.add_argument("--folder", type=Path)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = told.folder or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as aside:
            if not (folder / "list.csv").exists():
                aside.submit(lay_state, folder / "state", told.people).result()
                aside.submit(make, folder / "list.csv", told.people, told.rows).result()
        snapshot = Snapshot.open(folder / "state")
        wall, cpu = perf_counter(), process_time()
        listed = match.read(folder / "list.csv")
        links = match.link(listed, snapshot)
        wall, cpu = perf_counter() - wall, process_time() - cpu
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(
            f"{told.rows:,} rows against {told.people:,} people: {wall:.1f} s, "
            f"{cpu:.1f} s of processor"
        )
        print(f"largest memory {after:,} MiB")
        report(links)


def report(links: match.Links) -> None:
    """Print how often links are right, by kind and by probability."""
    told = pl.col("key").str.split_exact("|", 1).struct
    rows = pl.DataFrame(links.links).with_columns(
        meant=told.field("field_0").replace("", None), kind=told.field("field_1")
    )
    right = (
        pl.col("person_id").eq_missing(pl.col("meant")) & pl.col("meant").is_not_null()
    )
    rows = rows.with_columns(right=right)
    linked, review = pl.col("state") == "linked", pl.col("state") == "review"
    table = rows.group_by("kind").agg(
        rows=pl.len(),
        right=(linked & pl.col("right")).sum(),
        wrong=(linked & ~pl.col("right")).sum(),
        review=review.sum(),
        best_right=(review & pl.col("right")).sum(),
        unmatched=(pl.col("state") == "unmatched").sum(),
    )
    order = {name: place for place, name in enumerate(KINDS)}
    print(
        f"{'kind':32}{'rows':>8}{'right':>8}{'wrong':>7}{'review':>8}{'(right)':>9}{'unmatched':>11}"
    )
    for row in table.sort(pl.col("kind").replace_strict(order)).iter_rows():
        print(
            f"{row[0]:32}{row[1]:8,}{row[2]:8,}{row[3]:7,}{row[4]:8,}{row[5]:9,}{row[6]:11,}"
        )
    said = rows.filter(linked)
    precision = said["right"].mean() or 0.0
    recall = said["right"].sum() / rows["meant"].count()
    print(
        f"linked: precision {precision:.5f}, recall {recall:.4f}, "
        f"F1 {2 * precision * recall / (precision + recall):.4f}"
    )
    likely = rows.filter(pl.col("probability").is_not_null())
    below = pl.sum_horizontal([pl.col("probability") > edge for edge in _BINS])
    bins = likely.group_by(below).agg(
        pl.len(), said=pl.col("probability").mean(), right=pl.col("right").mean()
    )
    for row in bins.sort("said").iter_rows():
        print(f"{row[1]:8,} rows: said {row[2]:.4f}, right {row[3]:.4f}")


if __name__ == "__main__":
    main()
