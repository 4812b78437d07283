"""The screens at the size of a state: what the server takes, and what a browser shows.

    .venv/bin/python bench/screens.py [PEOPLE] [--folder FOLDER]

An invented state (see electorate_state.py) with a universe, a matched list, an area and
a score of everybody lies in a book of its own. A server is started on it, and Chromium
walks through the screens as an organizer does. Each page: what the server takes the
first time and then, and how long until the browser has drawn it, the map with it. Each
rule: how long until its count is there. At the end: what is slower than it should be.
"""

import argparse
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import electorate_state as state
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame import universe
from groundgame.server import start
from groundgame.tables import CANDIDATES, LINKS, LISTED, SCORES, Snapshot

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the tests' own browser
house = import_module("tests.browser.house")
browser = import_module("tests.browser.conftest")

PAGE, COUNT = 300, 500
"""Milliseconds that the server may take for a page, and for a count."""
ROWS = 1_000
AREA = '{"type":"Polygon","coordinates":[[[-82,34],[-80,34],[-80,35.5],[-82,35.5]]]}'
RULES = (
    "everyone",
    "party = DEM",
    "party in (DEM, WFP) and age between 18 and 34",
    "voted in at least 2 of the last 4 generals",
    "voted in at most 1 of last 4 generals and registered since 2018",
    "party = UNA and a door where somebody is (party = DEM and age >= 60)",
    "random 10% of doors seed 7",
    'in area "South-west"',
    "within 5000 m of 34.5, -81.5",
    "score turnout between 30 and 70",
    'on list "members.csv"',
    "never tried",
    "start with party = DEM, narrow to age >= 50, add never voted",
)


def main() -> None:
    """Make the state, serve it, walk through it, and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("people", nargs="?", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path, help="keep the state here")
    told = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data = (told.folder or Path(scratch)) / f"screens-{told.people}"
        began = perf_counter()
        ids = make(data, told.people)
        print(f"{told.people:,} people, made in {perf_counter() - began:.0f} s")
        print(f"load of the machine now: {os.getloadavg()[0]:.1f}")
        with serving(data) as server, walking(server) as page:
            slow = [*pages(page, server.url, ids), *counts(page, server.url, ids)]
    print(f"slower than they should be: {', '.join(slow) or 'none'}")


def make(data: Path, people: int) -> dict[str, int]:
    """Make the state and its book, unless they are there; return the rows' ids."""
    place = data / "snapshots" / f"state-{people}"
    if not (place / "manifest.json").exists():
        state.make(place, people)
    whole = Snapshot.open(place)
    universe.prepare(whole)
    start.prepare(data)
    start.migrate()
    return _book(whole)


def _book(whole: Snapshot) -> dict[str, int]:
    """Write what an organizer has by then into the book."""
    from groundgame.server.actions import drawn, matches, people  # noqa: PLC0415  # needs Django
    from groundgame.server.store import models  # noqa: PLC0415  # so does this

    chapter, _ = models.Chapter.objects.get_or_create(name="Bench")
    people.seat(chapter="Bench", username="organizer", role="organizer")
    by = models.User.objects.get(username="organizer")
    counts = whole.manifest.as_dict()
    row, _ = models.SnapshotRow.objects.get_or_create(
        chapter=chapter,
        snapshot=whole.id,
        defaults={"label": "A state", "counts": counts, "by": by},
    )
    drawn.of_snapshot(row)  # as an import does, before anybody looks
    saved, _ = models.Universe.objects.get_or_create(
        snapshot=row,
        name="Democrats",
        defaults={"rule": "party = DEM", "people": 0, "doors": 0, "by": by},
    )
    models.Area.objects.get_or_create(
        chapter=chapter, name="South-west", defaults={"geojson": AREA, "by": by}
    )
    ids = whole.read("people", ["person_id"])["person_id"]
    if not models.ScoreTable.objects.exists():
        scored = models.ScoreTable.objects.create(
            chapter=chapter, label="all.csv", names=["turnout"], rows=len(ids), by=by
        )
        _write(scored.file, _scores(ids))
    listed, new = models.MatchList.objects.get_or_create(
        snapshot=row, label="members.csv", defaults={"by": by}
    )
    if new:
        for name, table in _links(ids).items():
            _write(listed.folder / f"{name}.parquet", table)
    matches.about_people(listed, [])  # as a match does, before anybody looks
    return {"snapshot": row.pk, "universe": saved.pk, "match": listed.pk}


def _write(path: Path, table: pa.Table) -> None:
    """Write a table into a folder that may be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)


def _scores(ids: Any) -> pa.Table:
    """Return a score of everybody."""
    value = np.random.default_rng(5).random(len(ids)) * 100
    names = pa.array(["turnout"] * len(ids))
    return pa.table(
        {"person_id": ids, "score": names, "value": value}, schema=SCORES.arrow
    )


def _links(ids: Any) -> dict[str, pa.Table]:
    """Return a matched list: two of three rows are sure, the third may mean two."""
    step = max(1, len(ids) // (3 * ROWS))
    meant = ids.take(pa.array(np.arange(0, 2 * ROWS) * step)).to_pylist()
    listed, links, candidates = [], [], []
    for n in range(ROWS):
        row, sure = f"{n:020x}", n % 3 > 0
        listed.append({"row_id": row, "line": n + 2, "last_name": f"Last{n}"})
        about = {"row_id": row, "person_id": meant[n], "probability": 0.9}
        about |= {"by": "model", "reasons": "same last name"}
        links.append(about | {"line": n + 2, "state": "linked" if sure else "review"})
        candidates += [
            about | {"rank": rank, "person_id": meant[n + (rank - 1) * ROWS]}
            for rank in (1, 2)
        ]
    tables = (("listed", LISTED, listed), ("links", LINKS, links))
    tables += (("candidates", CANDIDATES, candidates),)  # type: ignore[assignment]  # one more of them
    return {
        name: pa.Table.from_pylist(rows, schema=schema.arrow)
        for name, schema, rows in tables
    }


@contextmanager
def serving(data: Path) -> Iterator[Any]:
    """Run a server on a free port, on this data."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    environment = dict(os.environ) | {
        "GROUNDGAME_DATA": str(data),
        "GROUNDGAME_BASE_URL": url,
    }
    server = house.Server(url, data, {}, environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def walking(server: Any) -> Iterator[Any]:
    """Open a browser and sign in."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # slow to import

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=browser.FLAGS
        )
        page = opened.new_page(viewport=browser.DESK)
        page.goto(server.link("organizer"))
        yield page
        opened.close()


def pages(page: Any, url: str, ids: dict[str, int]) -> Iterator[str]:
    """Visit each page, print a line for it, and give those that are too slow."""
    one, rule, match = ids["snapshot"], ids["universe"], ids["match"]
    visits = (
        ("home", "/", False),
        ("voter files, and to bring one in", "/snapshots/", False),
        ("the state, with its map by density", f"/snapshots/{one}/", True),
        ("doors without a place", f"/snapshots/{one}/unplaced/", False),
        ("universes", "/universes/", False),
        ("the builder, with its map", f"/universes/over/{one}/", True),
        ("a universe, with its map", f"/universes/{rule}/", True),
        ("lists from outside", "/lists/", False),
        ("review of a match", f"/lists/{match}/", False),
        ("links of a match", f"/lists/{match}/links/", False),
        ("turf", "/turf/", False),
        ("results", "/results/", False),
    )
    print(f"{'first ms':>10}{'then ms':>10}{'drawn ms':>10}  page")
    for name, path, mapped in visits:
        first, then = _served(lambda to=url + path: page.request.get(to))  # type: ignore[misc]  # bound now
        began = perf_counter()
        page.goto(url + path)
        if mapped:
            page.wait_for_selector("density-map[data-ready]", timeout=60_000)
        drawn = (perf_counter() - began) * 1e3
        print(f"{first:10.0f}{then:10.0f}{drawn:10.0f}  {name}", flush=True)
        if then > PAGE:
            yield f"{name} ({then:.0f} ms)"


def _served(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return the milliseconds that an answer takes first, and usually."""
    took = []
    for _ in range(6):
        began = perf_counter()
        answer = ask()
        took.append((perf_counter() - began) * 1e3)
        if not answer.ok:
            sys.exit(f"{answer.url} answered {answer.status}")
    return took[0], median(took[1:])


def counts(page: Any, url: str, ids: dict[str, int]) -> Iterator[str]:
    """Type each rule, print how long its count takes, and give the slow ones."""
    page.goto(f"{url}/universes/over/{ids['snapshot']}/")
    page.wait_for_selector("density-map[data-ready]", timeout=60_000)
    print(f"{'first ms':>10}{'then ms':>10}{'people':>12}  a rule in the builder")
    for rule in RULES:
        took = [_counted(page, rule) for _ in range(4)]
        then = median(took[1:])
        found = page.locator("#preview dd").first.inner_text()
        print(f"{took[0]:10.0f}{then:10.0f}{found:>12}  {rule}", flush=True)
        if then > COUNT:
            yield f"{rule} ({then:.0f} ms)"


def _counted(page: Any, rule: str) -> float:
    """Return the milliseconds from asking for a count until it is there."""
    asked = page.expect_response(lambda to: "/preview/" in to.url, timeout=120_000)
    with asked as told:
        page.locator("#id_rule").fill("")
        page.locator("#id_rule").fill(rule)
    answer = told.value
    answer.finished()
    return float(answer.request.timing["responseEnd"])


if __name__ == "__main__":
    main()
