"""How well doors are found in Queens Village when a part of its points is hidden."""

import gzip

import numpy as np
import polars as pl
import pytest

from groundgame.normal import address
from groundgame.values import Seed
from groundgame.voterfile.places import gather
from groundgame.voterfile.places.search import search
from tests.house.measure import HOUSE

STREETS = HOUSE.parent / "shared/data/streets"
ADDRESSES = STREETS / "queens-village-ny-addresses.csv.gz"
EXTRACT = STREETS / "queens-village-ny.osm.pbf"
GOAL = 60.0  # metres


@pytest.fixture(scope="module")
def points():
    """The real address points, in the columns of a snapshot's doors."""
    if not ADDRESSES.exists():
        pytest.skip("the real addresses are not here (../shared/data)")
    with gzip.open(ADDRESSES) as text:
        rows = pl.read_csv(text.read(), infer_schema=False)
    names = {"housenumber": "number", "postcode": "zip"}
    return rows.rename(names).with_columns(pl.col("lon", "lat").cast(pl.Float64))


def missed(lost, rest, folder, streets=()):
    """Look for hidden points among the rest: how, and by how many metres wrong."""
    rest.select("lon", "lat", *address.PARTS).write_csv(folder / "points.csv")
    known = gather([folder / "points.csv"], folder / "known", streets=streets)
    found = search(lost.select(address.PARTS), known)
    east = (found["lon"] - lost["lon"]) * 111_320 * np.cos(np.radians(40.72))
    north = (found["lat"] - lost["lat"]) * 111_132
    off = (east**2 + north**2).sqrt().fill_null(np.inf)
    return found.with_columns(off=off)


def test_with_a_fifth_hidden_nearly_all_doors_are_found_within_60_m(points, tmp_path):
    """The floor of quality: 95 % within 60 m, half within 5, and hardly any lost."""
    hidden = pl.Series(Seed(1).stream("fifth").random(points.height) < 0.2)

    found = missed(points.filter(hidden), points.filter(~hidden), tmp_path)

    assert (found["off"] <= GOAL).mean() >= 0.95
    assert found["off"].median() <= 5
    assert found["lon"].null_count() <= 0.002 * found.height
    by = found.filter(pl.col("placed_by") == "interpolation")
    assert by["off"].quantile(0.95) <= 40
    assert by["meters"].median() >= by["off"].median()


def test_a_hidden_street_is_found_by_its_line(points, tmp_path):
    """By the blocks beside it: half of the doors of hidden streets within 60 m."""
    names = points["street"].unique().sort()
    gone = names.filter(pl.Series(Seed(2).stream("streets").random(len(names)) < 0.2))
    hidden = points["street"].is_in(gone.implode())

    found = missed(
        points.filter(hidden), points.filter(~hidden), tmp_path, streets=[EXTRACT]
    )

    assert found["off"].median() <= GOAL
    assert (found["placed_by"] == "interpolation").mean() < 0.02


def test_an_extract_alone_places_what_the_list_places(points, tmp_path):
    """The list was made from the extract: both put a door within a few metres."""
    known = gather([EXTRACT], tmp_path / "known")
    some = points.gather_every(7)

    found = search(some.select(address.PARTS), known)

    near = (found["lon"] - some["lon"]).abs() < 2e-4
    assert (found["placed_by"] == "address point").fill_null(value=False).mean() > 0.98
    assert near.fill_null(value=False).mean() > 0.97
    assert known.lines().collect()["way"].n_unique() > 900
