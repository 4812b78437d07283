"""Joins held against a slow double, and against the real doors of Queens Village."""

import gzip

import numpy as np
import polars as pl
import pytest

from groundgame.normal.streets import streets as normal
from groundgame.turf import Plane
from groundgame.turf.streets import classes, join, lay, prepare, search
from groundgame.values import Seed
from tests.house.measure import HOUSE
from tests.reference import slow_streets
from tests.unit.turf.streets.hand import laid

STREETS = HOUSE.parent / "shared/data/streets"
ADDRESSES = STREETS / "queens-village-ny-addresses.csv.gz"
EXTRACT = STREETS / "queens-village-ny.osm.pbf"
NAMES = ("N Elm St", "S Elm St", "Elm St", "Oak Ave", "Fir Ct", None)
KINDS = ("residential", "primary", "service", "footway", "steps", "sidewalk")


def village(seed):
    """Return a tangle of streets, and doors in and around it, by chance."""
    chance = Seed(seed).stream("tests.streets")

    def line():
        steps = chance.normal(0, 150, (int(chance.integers(2, 6)), 2))
        return [tuple(at) for at in (chance.random(2) * 1500 + steps.cumsum(axis=0))]

    lines = [(chance.choice(NAMES), chance.choice(KINDS), line()) for _ in range(40)]
    doors = chance.random((300, 2)) * 2200 - 350
    return laid(*lines), doors, chance.choice(NAMES, 300).tolist()


def slowly(town, doors, asked):
    """Return what the slow double says of each door."""
    known = normal(pl.Series([*NAMES[:-1], "-"]))
    keys = {
        spelled: (key, f"{name} {kind}")
        for spelled, key, name, kind in known.select(
            "street_spelled", "street_key", "name", "type"
        ).iter_rows()
    }
    kept, of = town.streets, classes()
    lines, shy = [], []
    for e in range(kept.a.size):
        at = slice(kept.first[e], kept.first[e + 1])
        named = kept.names[kept.name[e]] if kept.name[e] >= 0 else None
        places = zip(town.lines.x[at], town.lines.y[at], strict=True)
        lines.append((keys.get(named, (None, None)), list(places)))
        one = of.classes[kept.kind[e]]
        shy.append(one.shy if one.joins else None)
    return [
        slow_streets.join(lines, shy, door, keys.get(name))
        for door, name in zip(doors, asked, strict=True)
    ]


def agree(town, doors, asked):
    """Say of each door whether the loops and the slow double agree on it."""
    found = join(town, doors[:, 0].copy(), doors[:, 1].copy(), asked)
    edge, along, off = (
        np.array(one) for one in zip(*slowly(town, doors, asked), strict=True)
    )
    same = np.isclose(found.off, off, atol=1e-6, equal_nan=True)
    # Of two edges that are as near, as at a corner, either will do
    here = np.isclose(found.along, along, atol=1e-6, equal_nan=True)
    return same & (here | (found.edge != edge)) & ((found.edge < 0) == (edge < 0))


@pytest.mark.parametrize("seed", range(1, 7))
def test_every_door_is_where_the_slow_double_puts_it(seed):
    """Names, shy ways, reach and place: the grid forgets no piece of any line."""
    assert agree(*village(seed)).all()


def test_a_grid_that_forgets_is_caught(monkeypatch):
    """Planted: squares see only 100 m around the doors they were made for."""
    town, doors, asked = village(1)
    monkeypatch.setattr(search, "REACH", 100.0)

    assert not agree(town, doors, asked).all()


@pytest.fixture(scope="module")
def queens():
    """The real streets, on the plane of the real doors, and these."""
    if not EXTRACT.exists():
        pytest.skip("the real streets are not here (../shared/data)")
    with gzip.open(ADDRESSES) as text:
        rows = pl.read_csv(text.read(), infer_schema=False)
    lon, lat = (rows[name].cast(pl.Float64).to_numpy() for name in ("lon", "lat"))
    plane = Plane.around(lon, lat)
    return lay(prepare(EXTRACT).streets, plane), plane.metres(lon, lat), rows


def named(town, joined):
    """Return the normal name of the street that each door was joined to."""
    keys = normal(pl.Series([*town.streets.names, ""]))["street_key"]
    return keys.gather(np.where(joined.edge >= 0, town.streets.name[joined.edge], -1))


def test_nearly_every_real_door_is_on_the_street_it_names(queens):
    """99.3 % of 32,255; of the others no street of that name is near. 1 is outside."""
    town, (x, y), rows = queens

    joined = join(town, x, y, rows["street"], rows["housenumber"])

    own = normal(rows["street"])["street_key"] == named(town, joined)
    assert own.fill_null(value=False).mean() > 0.993
    assert (joined.edge < 0).sum() <= 1
    assert np.nanmedian(joined.off) < 25.0


def test_without_names_corner_houses_are_lost(queens):
    """The nearest street alone is the right one for 85 of 100 only."""
    town, (x, y), rows = queens

    joined = join(town, x, y)

    own = normal(rows["street"])["street_key"] == named(town, joined)
    assert 0.8 < own.fill_null(value=False).mean() < 0.9


def test_odd_numbers_are_on_one_side(queens):
    """On real blockfaces, geometry and parity agree on more than 98 doors of 100."""
    town, (x, y), rows = queens
    joined = join(town, x, y, rows["street"], rows["housenumber"])
    odd = rows["housenumber"].str.extract(r"(\d)\D*$").cast(pl.Int8) % 2
    doors = pl.DataFrame({"edge": joined.edge, "side": joined.side, "odd": odd})

    sides = doors.group_by("edge", "odd").agg(
        most=pl.col("side").mean().abs(), doors=pl.len()
    )

    agrees = ((1 + sides["most"]) / 2 * sides["doors"]).sum() / doors.height
    assert agrees > 0.95


def test_queens_hangs_together(queens):
    """One network but for scraps, of hundreds of kilometres, in no time at all."""
    town, _, _ = queens

    assert len(set(town.streets.parts())) == 1
    assert 350_000 < town.network.metres.sum() < 400_000


def test_lengths_on_the_plane_are_lengths_on_the_earth(queens):
    """Projected metres and metres of degrees differ by less than half a per cent."""
    town, _, _ = queens

    assert np.allclose(town.network.metres, town.streets.metres, rtol=5e-3)
    first = slice(town.streets.first[0], town.streets.first[1])
    assert slow_streets.length(
        town.streets.lon[first], town.streets.lat[first]
    ) == pytest.approx(town.streets.metres[0])
