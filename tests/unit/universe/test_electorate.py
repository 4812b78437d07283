"""The layout for questions: made once, made again when the snapshot is another."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundgame import universe
from groundgame.universe import ask
from groundgame.universe.electorate import BITS, prepare
from groundgame.universe.electorate.doors import scattered
from groundgame.universe.electorate.words import test_of as quickest
from groundgame.universe.tally import tally
from tests.unit.universe import elm

EVERYONE = universe.parse("everyone")


def test_it_is_made_at_the_first_question_and_kept(tmp_path):
    """The second question reads what the first one made."""
    snapshot = elm.write(tmp_path / "elm")
    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    (made,) = (snapshot.folder / "electorate").iterdir()
    before = (made / "people.duckdb").stat()

    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)

    assert list((snapshot.folder / "electorate").iterdir()) == [made]
    kept = (made / "people.duckdb").stat()
    assert (kept.st_ino, kept.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_it_is_made_again_when_the_files_are_others(tmp_path):
    """A folder that was imported again is never asked by its old layout."""
    snapshot = elm.write(tmp_path / "elm")
    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    other = elm.write(tmp_path / "other", elm.PEOPLE_ROWS[:2])
    for path in other.folder.glob("*/*.parquet"):
        path.replace(snapshot.folder / path.relative_to(other.folder))

    assert universe.count(snapshot, EVERYONE, as_of=elm.AS_OF).people == 2


def test_a_broken_layout_is_made_again(tmp_path):
    """Half a file, left by a power cut, does not stop the next question."""
    snapshot = elm.write(tmp_path / "elm")
    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    moved = snapshot.folder.rename(tmp_path / "moved")  # nobody has it open there
    (made,) = (moved / "electorate").iterdir()
    (made / "known.json").write_text('{"people"')
    again = replace(snapshot, folder=moved)

    assert universe.count(again, EVERYONE, as_of=elm.AS_OF).people == 7


def test_many_may_ask_first(tmp_path):
    """Eight questions at once to a new snapshot: eight answers, one layout."""
    snapshot = elm.write(tmp_path / "elm")

    def people(_):
        return universe.count(snapshot, EVERYONE, as_of=elm.AS_OF).people

    with ThreadPoolExecutor(8) as asking:
        assert list(asking.map(people, range(16))) == [7] * 16
    assert len(list((snapshot.folder / "electorate").iterdir())) == 1


def test_a_folder_with_odd_letters_is_no_pattern(tmp_path):
    """Brackets and stars in a folder's name are letters, not wild cards."""
    snapshot = elm.write(tmp_path / "it's [a] *file*")

    assert universe.find(snapshot, EVERYONE, as_of=elm.AS_OF).people.num_rows == 7


def test_more_elections_than_one_column_of_bits_holds(tmp_path):
    """A file with a long memory: each of 70 generals is told from every other."""
    years = [1900 + number for number in range(BITS + 8)]
    votes = [elm.vote("ana", str(year)) for year in years]
    votes += [elm.vote("ben", str(year)) for year in (years[0], years[-1])]
    snapshot = elm.write(tmp_path / "elm", votes=votes)

    for rule, names in [
        ("voted in the 1900 general", "ana ben"),
        ("voted in the 1908 general", "ana"),
        ("voted in exactly 2 generals", "ben"),
        ("voted in at least 70 of the last 70 generals", "ana"),
    ]:
        found = universe.find(snapshot, universe.parse(rule), as_of=elm.AS_OF)
        assert elm.names(found.people) == names


def test_it_is_made_again_when_doors_are_placed_anew(tmp_path):
    """Hal's door has no place; once it has one, the next question knows."""
    snapshot = elm.write(tmp_path / "elm")
    before = universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    (path,) = snapshot.paths("places")
    placed = pq.read_table(path).to_pydict()
    placed["lon"] = [-74.0] * 5
    placed["lat"] = [42.0] * 5
    schema = pq.read_schema(path)
    pq.write_table(schema.empty_table().from_pydict(placed, schema=schema), path)

    after = universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)

    assert (before.doors_without_place, after.doors_without_place) == (1, 0)
    assert len(list((snapshot.folder / "electorate").iterdir())) == 1


def test_it_can_be_made_ahead_and_says_how_far_it_is(tmp_path):
    """Whoever imports may prepare; the protected are in the file, and not laid out."""
    snapshot = elm.write(tmp_path / "elm")
    told = []

    made = prepare(snapshot, told.append)

    assert (told, made.people, made.protected) == ([8], 8, 1)
    assert prepare(snapshot, told.append) is made
    assert told == [8]


NEIGHBOURS = [
    elm.person("ana", "d1", precinct="1"),
    elm.person("cyd", "d2", precinct="1"),
    elm.person("ben", "d1", precinct="2"),
    elm.person("dee", "d3", precinct="2"),
    elm.person("gus", None),
    elm.person("hal", "d1", precinct="3"),
]


def counted(snapshot):
    """Return people, doors, buildings and wanted at each door."""
    counts = universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    found = universe.find(snapshot, EVERYONE, as_of=elm.AS_OF)
    at_doors = dict(
        zip(*(found.doors[n].to_pylist() for n in ("door_id", "people")), strict=True)
    )
    return counts.people, counts.doors, counts.buildings, at_doors


def test_a_door_in_several_places_of_the_file_is_one_door(tmp_path):
    """Ana, Ben and Hal share a door, whatever precincts the file puts them in."""
    snapshot = elm.write(tmp_path / "elm", NEIGHBOURS, votes=[])

    assert counted(snapshot) == (6, 3, 2, {"d1": 3, "d2": 1, "d3": 1})


def test_counting_where_a_door_begins_would_count_some_twice(tmp_path, monkeypatch):
    """With the scattered forgotten, the check above sees a door three times."""
    snapshot = elm.write(tmp_path / "elm", NEIGHBOURS, votes=[])
    monkeypatch.setattr(ask, "tally", lambda numbers, _, **of: tally(numbers, **of))

    assert counted(snapshot)[:3] == (6, 5, 5)


@pytest.mark.parametrize(
    ("numbers", "several"),
    [
        ([], []),
        ([1, 1, 2, 0, 0, 3], []),
        ([1, 2, 1, 3, 3], [1]),
        ([0, 2, 0, 2, 1, 0], [2]),
    ],
)
def test_what_stands_in_several_places(numbers, several):
    """0 is no door, so it may stand anywhere."""
    flags = scattered(np.array(numbers, np.int32), 3)

    assert np.flatnonzero(flags).tolist() == several


def test_ids_are_found_where_they_stand(tmp_path):
    """Rows and doors by id, in the order asked; who is not there is nowhere."""
    made = prepare(elm.write(tmp_path / "elm"))
    ids = made.person_ids.to_pylist()

    rows = made.rows_of(pa.array(["elm:hal", "elm:ida", "elm:ana", "d1", "elm:hal"]))
    doors = made.door_nos_of(pa.array(["d5", "d9", "elm:ana"]))

    assert [ids[row] if row >= 0 else None for row in rows] == [
        *("elm:hal", None, "elm:ana", None, "elm:hal")
    ]
    assert made.doors["door_id"][int(doors[0]) - 1].as_py() == "d5"
    assert doors[1:].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("codes", "in_order", "test"),
    [
        ([], False, "false"),
        ([3], False, "(party = 3)"),
        ([4, 2, 3], True, "(party between 2 and 4)"),
        ([1, 4], False, "((18 >> party) & 1 = 1)"),
        ([1, 4], True, "(party in (1, 4))"),
        ([1, 70], False, "(party in (1, 70))"),
    ],
)
def test_a_set_of_codes_is_asked_in_the_quickest_way(codes, in_order, test):
    """One look at a bit where all rows are read, a list where blocks can be passed."""
    assert quickest("party", codes, in_order=in_order) == test


def test_columns_that_only_this_file_has_are_words_too(tmp_path):
    """Words by how many have them; nobody who is protected is counted."""
    made = prepare(elm.write(tmp_path / "elm"))

    assert made.values["party"] == {"dem": 4, "rep": 1, "wfp": 1, "una": 1}
    assert made.one_of("party", ["DEM", "none"]) == "(party = 1)"
    assert made.one_of("party", ["none"]) == "false"
