"""Degrees to metres, against lengths that anybody can look up."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import NoDegrees, NothingToCut, SwappedPlaces, WrongTable
from groundgame.turf import plane


def doors(lon, lat, **more):
    """Return doors at these degrees."""
    ids = [f"d{n}" for n in range(len(lon))]
    return pa.table({"door_id": ids, "lon": lon, "lat": lat, **more})


def apart(lon, lat):
    """Return the metres between two places."""
    table = turf.on_plane(doors(lon, lat))
    return np.hypot(*(np.diff(table[axis].to_numpy()) for axis in "xy"))[0]


@pytest.mark.parametrize(
    ("lat", "north", "east"),
    [
        pytest.param(0, 110_574, 111_320, id="equator"),
        pytest.param(30, 110_852, 96_486, id="30 degrees"),
        pytest.param(45, 111_132, 78_847, id="45 degrees"),
        pytest.param(60, 111_412, 55_800, id="60 degrees"),
    ],
)
def test_a_degree_is_as_long_as_tables_say(lat, north, east):
    """A tenth of the length of a degree of WGS 84, as printed in handbooks."""
    assert apart([9.0, 9.0], [lat - 0.05, lat + 0.05]) * 10 == pytest.approx(
        north, abs=2
    )
    assert apart([9.0, 9.1], [lat, lat]) * 10 == pytest.approx(east, abs=2)


def test_north_is_up_and_east_is_right():
    """A map that is turned or mirrored sends people the wrong way."""
    table = turf.on_plane(doors([-80.0, -79.9], [40.0, 40.1])).to_pylist()

    assert table[1]["x"] > table[0]["x"]
    assert table[1]["y"] > table[0]["y"]


def test_islands_on_both_sides_of_the_date_line_are_neighbours():
    """From 179.95 east to 179.95 west it is a tenth of a degree."""
    assert apart([179.95, -179.95], [0.0, 0.0]) == pytest.approx(11_132, abs=1)


def test_a_door_without_a_usable_place_keeps_its_row():
    """Empty, NaN, infinite, 0 0 and out of range: none is dropped silently."""
    lon = [None, np.nan, np.inf, 0.0, 200.0, -80.0, -80.0]
    lat = [40.0, 40.0, 40.0, 0.0, 40.0, None, 40.0]

    table = turf.on_plane(doors(lon, lat))

    assert table.num_rows == 7
    assert np.isnan(table["x"].to_numpy()).tolist() == [True] * 6 + [False]
    assert len(turf.cut(table, turf.CutPlan(least=1)).left_out) == 6


def test_a_door_placed_by_its_street_or_zip_code_is_in_no_turf():
    """Off by 400 metres and by 3 km: on the list. By 250, or nobody says: cut."""
    known = doors([-80.0] * 5, [40.0] * 5, meters=[400.0, 3000.0, 250.0, None, 5.0])

    done = turf.cut(turf.on_plane(known), turf.CutPlan(least=1))

    assert done.left_out.to_pylist() == ["d0", "d1"]
    assert sorted(done.turfs["door_id"].to_pylist()) == ["d2", "d3", "d4"]
    assert turf.rough(known).tolist() == [True, True, False, False, False]


def test_a_cut_that_took_every_place_as_exact_would_be_seen(monkeypatch):
    """With a bound so far away that no place is beyond it, all five are cut."""
    monkeypatch.setattr(plane, "FURTHEST_OFF", float("inf"))
    with pytest.raises(AssertionError):
        test_a_door_placed_by_its_street_or_zip_code_is_in_no_turf()


def test_units_are_kept():
    """So that a cut can put the doors of a building in order."""
    table = turf.on_plane(doors([-80.0], [40.0], unit=["2B"]))

    assert table["unit"].to_pylist() == ["2B"]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        pytest.param([40.7, 40.8], [-73.7, -73.8], id="New York in the Antarctic"),
        pytest.param([33.4, 33.5, None], [-112.0, -112.1, None], id="beyond a pole"),
    ],
)
def test_swapped_columns_are_recognized(lon, lat):
    """Nobody votes there, but somebody would with the columns exchanged."""
    with pytest.raises(SwappedPlaces, match="with lon and lat exchanged"):
        turf.on_plane(doors(lon, lat))


def test_metres_are_no_degrees():
    """Most are beyond the globe; one beyond it among many is only left out."""
    with pytest.raises(NoDegrees, match="2 doors have a lon beyond 180"):
        turf.on_plane(doors([5e5, 5.1e5, 0.0, None], [4.4e6, 4.41e6, 0.0, None]))

    table = turf.on_plane(doors([-73.7, -73.8, 5e5], [40.7, 40.8, 40.7]))
    assert np.isnan(table["x"].to_numpy()).tolist() == [False, False, True]


def test_one_odd_row_is_no_reason_to_refuse_the_rest():
    """One door of three is far in the south; the town is where it is."""
    table = turf.on_plane(doors([-73.7, -73.8, 40.7], [40.7, 40.8, -73.7]))

    assert table.num_rows == 3


def test_a_table_without_places_is_refused():
    """The message names the columns that are missing."""
    with pytest.raises(WrongTable, match="no column lat, lon"):
        turf.on_plane(pa.table({"door_id": ["d"]}))


def test_the_plane_of_doors_is_the_one_they_are_put_on():
    """Named or not, it is the same; so streets can be laid on the plane of doors."""
    table = doors([-80.0, -79.9, np.nan], [40.0, 40.1, 0.0])

    found = turf.plane_of(table)

    x, y = found.metres(np.array([-80.0, -79.9]), np.array([40.0, 40.1]))
    for placed in (turf.on_plane(table, found), turf.on_plane(table)):
        assert placed["x"].to_pylist()[:2] == x.tolist()
        assert placed["y"].to_pylist()[:2] == y.tolist()


def test_a_plane_leads_back_to_degrees():
    """There and back is a millionth of a millimetre, a hundred kilometres away too."""
    lon, lat = np.array([-80.0, -81.2, -79.0]), np.array([40.0, 40.9, 39.1])
    known = turf.Plane.around(lon, lat)

    again = known.degrees(*known.metres(lon, lat))

    assert np.allclose(again, (lon, lat), atol=1e-12, rtol=0)


def test_doors_that_are_nowhere_have_no_plane():
    """There is no middle of nothing."""
    with pytest.raises(NothingToCut):
        turf.plane_of(doors([0.0, None], [0.0, 40.0]))
