"""Doors by density: what a map shows adds up to what is there."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.server.actions import density

WORLD = (-180.0, -85.0, 180.0, 85.0)


def made(tmp_path_factory, lon, lat):
    """Return the folder of some doors."""
    folder = tmp_path_factory.mktemp("maps") / "map"
    density.build(np.asarray(lon, float), np.asarray(lat, float), folder)
    return folder


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """Two towns of 20,000 doors and a farm; two doors have no place."""
    rng = np.random.default_rng(4)
    lon = np.concatenate(
        [rng.normal(-78, 0.02, 20_000), rng.normal(-77, 0.02, 20_000), [-75.0]]
    )
    lat = np.concatenate([rng.normal(42, 0.02, 40_000), [43.0]])
    nowhere = [np.nan, np.nan]
    return made(tmp_path_factory, np.append(lon, nowhere), np.append(lat, nowhere))


@pytest.mark.parametrize("zoom", [0, 3, 6, 8, 10, 12])
def test_the_squares_of_the_world_hold_every_door(towns, zoom):
    """From far and from near, the numbers on the map add up to all doors."""
    view = density.view(towns, WORLD, zoom)

    assert view.doors == sum(doors for _, _, doors in view.squares) == 40_001
    assert len({(column, row) for column, row, _ in view.squares}) == len(view.squares)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-179, 179), st.floats(-84, 84)), min_size=1, max_size=60
    ),
    st.floats(0, 20),
    st.tuples(st.floats(-180, 179), st.floats(-85, 84)),
)
def test_few_doors_are_shown_where_they_are(tmp_path_factory, doors, zoom, corner):
    """Each door in view is a point within a hand's breadth; and no other is."""
    lon, lat = np.array(doors).T
    box = (corner[0], corner[1], corner[0] + 30, corner[1] + 20)
    view = density.view(made(tmp_path_factory, lon, lat), box, zoom)

    well = 1e-9  # whoever stands on the rim may be in or out
    inside = (
        (lon > box[0] + well)
        & (lon < box[2] - well)
        & (lat > box[1] + well)
        & (lat < min(box[3], 85) - well)
    )
    shown = sorted(map(tuple, view.points))
    wanted = sorted(zip(lon[inside].round(6), lat[inside].round(6), strict=True))
    assert len(shown) >= len(wanted)
    near = np.array(wanted).reshape(-1, 2)
    for place in near:
        assert min(np.abs(np.array(shown) - place).max(axis=1)) < 2e-6


def test_a_square_lies_over_its_doors(towns):
    """Its column and row are those of the web's grid: town one is in the west."""
    view = density.view(towns, (-78.2, 41.8, -77.8, 42.2), 8)
    side = 1 << view.level
    columns = np.array([column for column, _, _ in view.squares])
    west = (columns + 0.5) / side * 360 - 180

    assert np.abs(west - -78).max() < 0.25
    assert 20_000 <= view.doors < 40_000


def test_the_first_view_leaves_the_farm_out_and_all_takes_it_in(towns):
    """Three farms must not make a dot of the town; the button shows everything."""
    about = density.about(towns)

    assert about["doors"] == 40_001
    assert about["bounds"][2] == pytest.approx(-75.0)
    assert about["most"][2] < -76.5


def test_nothing_is_nothing(tmp_path_factory):
    """A snapshot without one place has a map without bounds, and no fault."""
    folder = made(tmp_path_factory, [np.nan], [np.nan])

    assert density.about(folder)["bounds"] is None
    assert density.view(folder, WORLD, 5).doors == 0


def test_losing_the_doors_at_a_rim_is_caught(towns, monkeypatch):
    """Planted: the last row of squares is left out. The sum above finds it."""
    real, fired = density._squares, []

    def short(*given):
        fired.append(1)
        return real(*given)[:-1]

    monkeypatch.setattr(density, "_squares", short)
    view = density.view(towns, WORLD, 6)
    assert fired
    assert view.doors != 40_001


def test_a_view_is_quick_whatever_it_shows(towns):
    """Milliseconds, so that a map follows the hand; the doors are 40,000 here."""
    began = time.process_time()
    for zoom in range(20):
        density.view(towns, (-78.1, 41.9, -77.9, 42.1), zoom)

    assert time.process_time() - began < 20 * 0.05
