"""The invented towns that benches walk in are what they say they are."""

import numpy as np
import polars as pl
import pytest

from bench import town
from groundgame.turf import Plane
from groundgame.turf.streets import Streets, join, lay

DOORS = 2_000


@pytest.fixture(scope="module")
def elm(tmp_path_factory):
    """A town of 2,000 doors: its streets on a plane, its doors, their joins."""
    folder = tmp_path_factory.mktemp("town")
    town.make(DOORS, folder, seed=3)
    doors = pl.read_parquet(folder / "doors.parquet")
    lon, lat = doors["lon"].to_numpy(), doors["lat"].to_numpy()
    plane = Plane.around(lon, lat)
    laid = lay(Streets.open(folder / "streets.parquet"), plane)
    x, y = plane.metres(lon, lat)
    return laid, doors, join(laid, x, y, doors["street"], doors["number"])


def test_there_are_as_many_doors_as_were_asked_for(elm):
    """Each with an id of its own, and with all columns."""
    _laid, doors, _joined = elm

    assert doors["door_id"].n_unique() == doors.height == DOORS
    wanted = ["door_id", "lon", "lat", "street", "number", "unit", "county"]
    assert doors.columns == wanted
    assert doors.drop("unit").null_count().sum_horizontal().item() == 0
    assert 0 < doors["unit"].count() < DOORS


def test_every_door_is_beside_the_street_it_names(elm):
    """5 to 15 m off its line, but for the curve of the Earth and bends."""
    laid, doors, joined = elm

    names = pl.Series([laid.streets.names[laid.streets.name[at]] for at in joined.edge])
    plain = names.str.to_uppercase().str.replace(" STREET$", " ST")
    plain = plain.str.replace(" AVENUE$", " AVE").str.replace(" COURT$", " CT")
    assert (plain == doors["street"]).all()
    assert joined.off.min() > 2.0
    assert joined.off.max() < 16.0


def test_odd_numbers_are_across_the_street(elm):
    """On an edge, all odd numbers are on one side and all even ones on the other."""
    _laid, doors, joined = elm
    odd = doors["number"].cast(pl.Int64) % 2
    sides = pl.DataFrame({"edge": joined.edge, "side": joined.side, "odd": odd})

    found = sides.unique().group_by("edge").agg(pl.col("side", "odd").n_unique())

    assert sides.unique().group_by("edge", "odd").len()["len"].max() == 1
    assert (found["side"] == found["odd"]).all()


def test_a_town_is_its_seed(tmp_path):
    """The same seed is the same town; another is another."""
    for name, seed in (("one", 1), ("again", 1), ("two", 2)):
        town.make(300, tmp_path / name, seed=seed)

    one, again, two = (
        [pl.read_parquet(tmp_path / name / file) for file in town.FILES]
        for name in ("one", "again", "two")
    )
    assert all(a.equals(b) for a, b in zip(one, again, strict=True))
    assert not one[1].equals(two[1])


def test_a_state_hangs_together(tmp_path):
    """Towns and country are one network, of several classes and many counties."""
    town.make(9_000, tmp_path, seed=1, state=True)

    streets = Streets.open(tmp_path / "streets.parquet")
    doors = pl.read_parquet(tmp_path / "doors.parquet")

    assert len(set(streets.parts())) == 1
    assert len(np.unique(streets.kind)) == 5
    assert doors["county"].n_unique() > 5
    assert doors.height == 9_000
