"""Laws of parts: a county too large for one is cut, and nothing else changes."""

from collections import Counter
from unittest import mock

import pyarrow.parquet as pq
import pytest

from groundgame import universe
from groundgame.universe.electorate import doors
from groundgame.values import Here
from groundgame.voterfile import finish, import_file, large, source
from tests.unit.voterfile import elm

COUNTRY = [
    elm.row(
        n,
        county="",
        precinct="" if n % 3 == 0 else f"P{n % 9}",
        zip=f"6999{n % 4}",
        house_number=str(1 + n % 17),
        first_name=f"Ida{n}",
    )
    for n in range(1, 120)
]
SAME = [elm.row(n, county="", precinct="", zip="") for n in range(1, 120)]


def imported(folder, rows, most, piece=1 << 20, threads=1):
    """Import rows, with parts of so many people."""
    folder.mkdir()
    (folder / "v.csv").write_text(elm.text(*rows))
    workers = Here(threads)
    with (
        mock.patch.object(finish, "PEOPLE_IN_PART", most),
        mock.patch.object(source, "PIECE", piece),
    ):
        return import_file(
            folder / "v.csv", "elm", folder / "s", dated=elm.DATED, workers=workers
        )


def told(snapshot):
    """Return people by id, door ids and the sizes of parts."""
    people = {one["person_id"]: one for one in snapshot.read("people").to_pylist()}
    doors = Counter(snapshot.read("doors")["door_id"].to_pylist())
    sizes = [pq.read_metadata(path).num_rows for path in snapshot.paths("people")]
    return people, doors, sizes


@pytest.mark.parametrize("rows", [COUNTRY, SAME], ids=["precincts", "nothing"])
def test_a_file_without_counties_is_no_one_part(tmp_path, rows):
    """No part is above the limit; the people and the doors are the same, each once."""
    people, doors, sizes = told(imported(tmp_path / "1", rows, 1_000))
    others = told(imported(tmp_path / "2", rows, 20))

    assert sizes == [119]
    assert sum(others[2]) == 119
    assert max(others[2]) <= 20
    assert others[:2] == (people, doors)
    assert set(doors.values()) == {1}


def test_a_precinct_that_fits_is_in_one_part(tmp_path):
    """Only what is too large by itself is cut; the order of precincts is kept."""
    snapshot = imported(tmp_path / "1", COUNTRY, 20)
    parts = [
        pq.read_table(path, columns=["precinct"])["precinct"].to_pylist()
        for path in snapshot.paths("people")
    ]

    named = [{one for one in part if one} for part in parts]
    assert sum(len(part) for part in named) == 6
    every = [one or "~" for part in parts for one in part]
    assert every == sorted(every)


def test_how_a_county_is_cut_does_not_depend_on_how_the_file_was(tmp_path):
    """One range or many, one thread or four: the same rows in the same parts."""
    whole = imported(tmp_path / "1", COUNTRY, 20)
    apart = imported(tmp_path / "2", COUNTRY, 20, piece=900, threads=4)

    for name in ("people", "doors", "places"):
        for one, other in zip(whole.paths(name), apart.paths(name), strict=True):
            assert pq.read_table(one) == pq.read_table(other)


def test_the_law_of_small_parts_sees_a_cut_that_is_left_out(tmp_path, monkeypatch):
    """Planted bug: everything goes into the first part."""
    fired = []

    def one(sizes, most):
        fired.append(most)
        return [0] * len(sizes)

    monkeypatch.setattr(large, "_packed", one)
    assert max(told(imported(tmp_path / "1", COUNTRY, 20))[2]) > 20
    assert fired == [20]


def test_many_threads_write_the_same_cells_every_time(tmp_path):
    """Small ranges, four threads, ten times: every table is the same, cell by cell."""
    rows = [dict(row, county=f"C{n % 5}") for n, row in enumerate(COUNTRY * 4)]
    rows = [dict(row, voter_id=f"E{n}", city=f"T{n % 7}") for n, row in enumerate(rows)]
    first = imported(tmp_path / "0", rows, 50)
    tables = ("people", "doors", "places", "votes", "refused", "districts")
    wanted = {name: first.read(name) for name in tables}
    for n in range(1, 11):
        again = imported(tmp_path / str(n), rows, 50, piece=2_000, threads=4)
        assert {name: again.read(name) for name in tables} == wanted


ASTRIDE = [
    elm.row(n, county=f"C{n % 4}", house_number=str(1 + n % 17), zip="69991")
    for n in range(1, 120)
]


def counted(snapshot, rule):
    """Return people, doors, and people without a door, here and part by part."""
    whole, parts = (
        universe.count(snapshot, universe.parse(rule), as_of=elm.DATED, workers=workers)
        for workers in (None, Here(2))
    )
    assert parts == whole
    return whole.people, whole.doors, whole.people_without_door


@pytest.mark.parametrize(
    ("rule", "people", "doors"),
    [
        ("everyone", 119, 17),
        ("city = Elmton", 119, 17),
        ("a door where at least 6 are (age >= 18)", 119, 17),
        ("only person at the door", 0, 0),
    ],
)
def test_who_lives_behind_a_door_of_another_part_lives_there(
    tmp_path, rule, people, doors
):
    """Four counties claim the same 17 doors: a universe has each door once, and all."""
    one = imported(tmp_path / "1", ASTRIDE, 1_000)
    eight = imported(tmp_path / "8", ASTRIDE, 20)

    assert len(eight.paths("people")) == 8
    assert counted(one, rule) == counted(eight, rule) == (people, doors, 0)


def test_a_planted_bug_that_looks_in_one_part_only_is_found(tmp_path):
    """Whoever looks for a door only beside its people loses 96 of 119."""
    eight = imported(tmp_path / "8", ASTRIDE, 20)

    with mock.patch.object(doors, "_elsewhere", lambda _, found, __: found):
        found = universe.count(eight, universe.parse("everyone"), as_of=elm.DATED)

    assert found.people_without_door == 96
