"""The layer of places of a whole snapshot: made anew, accounted for, never half."""

import json

import pyarrow as pa
import pytest

from groundgame.errors import SwappedPlaces, WrongLayout, WrongTable
from groundgame.tables import Snapshot
from groundgame.voterfile import account, locate, worklist
from groundgame.voterfile.places import Located, MethodCount, part
from groundgame.voterfile.places.methods import EVERY
from tests.unit.voterfile import elm


@pytest.fixture
def snapshot(tmp_path):
    """Elm County's ten rows, with streets and without places."""
    return elm.import_file(
        elm.VOTERS, "elm", tmp_path, dated=elm.DATED, streets=elm.STREETS
    )


def hals(snapshot):
    """Return the id of the door that no address point knows."""
    doors = snapshot.read("doors").to_pylist()
    return next(d["door_id"] for d in doors if d["street"] == "County Road 9")


def by_hand(*rows):
    """Return a table of door_id, lon, lat."""
    columns = zip(*rows, strict=True)
    return pa.table(dict(zip(("door_id", "lon", "lat"), columns, strict=True)))


def test_every_door_of_elm_has_a_place_a_source_and_a_side(snapshot):
    """Seven by their points; County Road 9 by its line, with its width as the error."""
    located = locate(snapshot, [elm.ADDRESSES])

    doors = {d["address"]: d for d in snapshot.read("doors").to_pylist()}
    assert {by: n.doors for by, n in located.methods.items() if n.doors} == {
        "address point": 7,
        "street": 1,
    }
    assert doors["12 Elm St"] | {"lon": -101.6012, "lat": 42.4001} == doors["12 Elm St"]
    assert (doors["12 Elm St"]["placed_from"], doors["12 Elm St"]["meters"]) == (
        "addresses.csv",
        10,
    )
    assert (doors["12 Elm St"]["way"], doors["12 Elm St"]["side"]) == (1, "left")
    assert (doors["15 Elm St"]["way"], doors["15 Elm St"]["side"]) == (1, "right")
    assert doors["200 County Road 9"]["way"] == 3
    assert doors["200 County Road 9"]["meters"] > 100


def test_the_account_is_kept_beside_the_places(snapshot):
    """Before a search there is none; afterwards it says what the search returned."""
    assert account(snapshot) is None
    located = locate(snapshot, [elm.ADDRESSES])

    assert account(snapshot) == located
    assert located.doors == 8
    assert located.unplaced == 0


def test_a_search_changes_nothing_but_the_layer(snapshot):
    """Doors, people and manifest are as they were, and no work is left lying about."""
    before = snapshot.read("people"), json.dumps(snapshot.manifest.as_dict())
    names = {path.name for path in snapshot.folder.iterdir()}
    locate(snapshot, [elm.ADDRESSES])

    again = Snapshot.open(snapshot.folder)
    assert (again.read("people"), json.dumps(again.manifest.as_dict())) == before
    assert {path.name for path in snapshot.folder.iterdir()} == names
    left = {path.name for path in (snapshot.folder / "places").iterdir()}
    assert left == {"0000.parquet", "why-0000.parquet", "account.json"}


def test_what_is_given_by_hand_wins_and_stays(snapshot):
    """Also over an address point, and when nobody gives it a second time."""
    ada = snapshot.read("doors")["door_id"][0].as_py()
    hand = by_hand(
        (hals(snapshot), -101.59, 42.41), (ada, -101.7, 42.5), ("x", 1.0, 2.0)
    )
    first = locate(snapshot, [elm.ADDRESSES], by_hand=hand)
    again = locate(snapshot, [elm.ADDRESSES])

    doors = {d["door_id"]: d for d in snapshot.read("doors").to_pylist()}
    assert (doors[ada]["lon"], doors[ada]["placed_by"]) == (-101.7, "by hand")
    assert doors[hals(snapshot)]["lon"] == -101.59
    assert first.methods["by hand"].doors == again.methods["by hand"].doors == 2
    assert (first.unknown_by_hand, again.unknown_by_hand) == (1, 0)
    moved = locate(snapshot, [elm.ADDRESSES], by_hand=by_hand((ada, -101.8, 42.5)))
    assert moved.methods["by hand"].doors == 2
    assert -101.8 in snapshot.read("doors")["lon"].to_pylist()


def test_the_list_goes_out_and_comes_back(snapshot):
    """Its rows without a place are passed over; a filled one places its door."""
    locate(snapshot, [elm.ADDRESSES], coarsest="interpolation")
    listed = worklist(snapshot)
    assert listed["door_id"].to_pylist() == [hals(snapshot)]
    assert "neither this number nor near ones" in listed["reason"][0].as_py()

    empty = locate(snapshot, [elm.ADDRESSES], by_hand=listed, coarsest="interpolation")
    filled = listed.set_column(5, "lon", [[-101.59]]).set_column(6, "lat", [[42.41]])
    full = locate(snapshot, [elm.ADDRESSES], by_hand=filled)

    assert (empty.unplaced, full.unplaced) == (1, 0)
    assert worklist(snapshot).num_rows == 0


def test_rough_places_are_listed_when_asked_for(snapshot):
    """By its street: it has a place, and somebody may find a better one."""
    locate(snapshot, [elm.ADDRESSES])

    assert worklist(snapshot).num_rows == 0
    (hal,) = worklist(snapshot, rough=True).to_pylist()
    assert (hal["address"], hal["lon"]) == ("200 County Road 9", None)
    assert hal["near_lon"] == pytest.approx(-101.594)


def test_a_protected_door_is_in_no_list(snapshot):
    """Fay Evans is alone at 7 Oak Avenue: placed or not, nobody is sent to look."""
    path = snapshot.folder / "few.csv"
    path.write_text("lon,lat,number,street,zip\n-101.6,42.4,12,Elm St,69999\n")
    locate(snapshot, [path], coarsest="address point")

    listed = worklist(snapshot)["address"].to_pylist()
    assert "9 Oak Ave" in listed
    assert "7 Oak Ave" not in listed


@pytest.mark.parametrize(
    ("table", "error"),
    [
        (pa.table({"door_id": ["a"]}), WrongTable),
        (by_hand(("a", 1.0, 2.0), ("a", 1.0, 3.0)), WrongTable),
        (by_hand(("a", "here", "there")), WrongTable),
        (by_hand(("a", 200.0, 2.0)), WrongTable),
        (by_hand(("a", 42.4, -101.6)), SwappedPlaces),
    ],
)
def test_a_bad_table_by_hand_is_refused_and_the_layer_stands(snapshot, table, error):
    """What was there before a refusal is there after it."""
    locate(snapshot, [elm.ADDRESSES])
    before = snapshot.read("doors")

    with pytest.raises(error):
        locate(snapshot, [elm.ADDRESSES], by_hand=table)
    assert snapshot.read("doors") == before


def test_a_failed_search_leaves_the_old_layer(snapshot, tmp_path):
    """The second list is no list: the first one's places stand; no draft is left."""
    locate(snapshot, [elm.ADDRESSES])
    before, names = snapshot.read("doors"), sorted(snapshot.folder.iterdir())
    bad = tmp_path / "bad.csv"
    bad.write_text("lon,lat\n1,2\n")

    with pytest.raises(WrongLayout):
        locate(snapshot, [elm.ADDRESSES, bad])
    assert snapshot.read("doors") == before
    assert sorted(snapshot.folder.iterdir()) == names


def test_streets_of_a_search_are_drawn(snapshot):
    """The map shows the lines that the search was given, with names and numbers."""
    assert snapshot.streets.parent == snapshot.folder
    locate(snapshot, [elm.ADDRESSES], streets=[elm.STREETS])

    drawn = json.loads(snapshot.streets.read_text())["features"]
    given = json.loads(elm.STREETS.read_text())["features"]
    assert snapshot.streets.parent.name == "places"
    assert [one["geometry"] for one in drawn] == [one["geometry"] for one in given]
    assert [one["properties"] for one in drawn] == [one["properties"] for one in given]
    assert [one["id"] for one in drawn] == [1, 2, 3]


def test_streets_alone_forget_no_place_that_is_to_be_kept(snapshot):
    """Whoever brings streets a month later has only those; the points' places stay."""
    locate(snapshot, [elm.ADDRESSES], coarsest="address point")
    before = {d["door_id"]: (d["lon"], d["placed_by"]) for d in _doors(snapshot)}
    located = locate(snapshot, [], streets=[elm.STREETS], keep=True)

    after = {d["door_id"]: (d["lon"], d["placed_by"]) for d in _doors(snapshot)}
    assert after == before
    assert after[hals(snapshot)] == (None, None), "a line alone is in no town"
    assert located.methods["address point"].doors == len(before) - 1
    assert {d["side"] for d in _doors(snapshot) if d["lon"]} == {"left", "right"}


def test_a_finer_place_is_taken_also_where_others_are_kept(snapshot, tmp_path):
    """A list with one house: that one is exact now, and the streets stay drawn."""
    locate(snapshot, [elm.ADDRESSES], streets=[elm.STREETS])
    drawn = snapshot.streets.read_text()
    one = tmp_path / "one.csv"
    one.write_text(
        "lon,lat,number,street,city,postcode\n"
        "-101.605,42.405,200,County Road 9,Elmton,69999\n"
    )
    locate(snapshot, [one], keep=True)

    doors = {d["door_id"]: d for d in _doors(snapshot)}
    assert doors.pop(hals(snapshot))["placed_from"] == "one.csv"
    assert {d["placed_from"] for d in doors.values()} == {"addresses.csv"}
    assert {d["side"] for d in doors.values()} == {"left", "right"}
    assert snapshot.streets.read_text() == drawn

    locate(snapshot, [one])
    assert "addresses.csv" not in {d["placed_from"] for d in _doors(snapshot)}


def _doors(snapshot):
    """Return the doors as plain rows."""
    return snapshot.read("doors").to_pylist()


def test_many_small_batches_come_to_the_same(snapshot, monkeypatch):
    """Doors are taken some at a time; how many makes no difference."""
    locate(snapshot, [elm.ADDRESSES])
    whole = snapshot.read("doors")
    monkeypatch.setattr(part, "ROWS", 3)
    locate(snapshot, [elm.ADDRESSES])

    assert snapshot.read("doors") == whole


def test_an_account_that_does_not_add_up_is_not_born():
    """Doors = those by each method + those not placed, by construction."""
    counts = dict.fromkeys(EVERY, MethodCount()) | {"zip": MethodCount(2, 9.0)}

    with pytest.raises(ValueError, match="3 doors, but 2 accounted for"):
        Located("elm", 3, counts, ())
