"""Which street a door is on, on paper."""

from dataclasses import replace

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from groundgame.errors import OtherTown
from groundgame.turf import Plane
from groundgame.turf.streets import join, lay
from tests.unit.turf.streets.hand import laid, street_of

ELM = ("Elm Street", "residential", [(0, 0), (400, 0)])
OAK = ("Oak Avenue", "residential", [(0, 0), (0, 400)])


def chunked(values):
    """Return a column in two pieces, as a file has it."""
    return pa.chunked_array([values[:2], values[2:]], pa.string())


def test_a_corner_house_is_on_the_street_of_its_address():
    """Eight metres from Oak Avenue and fifteen from Elm Street, it is on Elm Street."""
    corner = [(8, 15)]

    assert street_of(laid(ELM, OAK), corner) == ["Oak Avenue"]
    assert street_of(laid(ELM, OAK), corner, ["ELM ST"]) == ["Elm Street"]


def test_a_name_is_known_by_its_short_form_and_without_direction():
    """'W ELM ST' is Elm Street where there is no West Elm Street near."""
    west = ("West Elm Street", "residential", [(0, 60), (400, 60)])
    doors, asked = [(100, 25)] * 3, ["elm str", "W. Elm St.", "E ELM ST"]

    assert street_of(laid(ELM, OAK), doors, asked) == ["Elm Street"] * 3
    assert street_of(laid(ELM, OAK, west), doors, asked) == [
        "Elm Street",
        "West Elm Street",
        "Elm Street",
    ]


def test_a_name_is_known_with_a_space_too_many():
    """'MC LEAN ST' is McLean Street, though Elm Street is nearer."""
    mclean = ("McLean Street", "residential", [(0, 60), (400, 60)])

    assert street_of(laid(ELM, OAK, mclean), [(100, 25)], ["MC LEAN ST"]) == [
        "McLean Street"
    ]


def test_a_name_far_away_does_not_count():
    """Beyond 200 m the nearest street is a door's, whatever its address says."""
    doors = [(150, 20), (250, 20)]

    assert street_of(laid(ELM, OAK), doors, ["OAK AVE"] * 2) == [
        "Oak Avenue",
        "Elm Street",
    ]


def test_a_sidewalk_takes_no_door():
    """Drawn between house and street, even by the street's own name."""
    walk = ("Elm Street", "sidewalk", [(0, 9), (400, 9)])
    streets = laid(ELM, OAK, walk, (None, "sidewalk", [(0, 9), (0, 0)]))

    joined = join(streets, np.array([200.0]), np.array([10.0]), ["Elm St"])

    assert joined.off == pytest.approx([10.0])
    assert joined.along == pytest.approx([200.0], abs=0.01)


def test_a_driveway_takes_a_door_only_from_afar():
    """Fifteen metres nearer is not enough for a service way; forty are."""
    drive = (None, "service", [(400, 0), (400, 90), (0, 90)])
    doors = [(200, 52), (200, 75)]

    assert street_of(laid(ELM, OAK, drive), doors) == ["Elm Street", "no name"]


def test_nobody_lives_on_stairs():
    """A door beside stairs is on the street near by."""
    stairs = ("Elm Steps", "steps", [(400, 0), (400, 100)])

    assert street_of(laid(ELM, OAK, stairs), [(390, 80)], ["Elm Steps"]) == [
        "Elm Street"
    ]


def test_left_and_right_are_of_the_line_as_it_is_drawn():
    """North of a line from west to east is left, and south of it right."""
    streets = laid(ELM)
    forward = streets.lines.x[0] < streets.lines.x[-1]

    joined = join(streets, np.array([100.0, 100.0]), np.array([12.0, -12.0]))

    assert joined.side.tolist() == ([-1, 1] if forward else [1, -1])
    assert joined.along == pytest.approx([100.0 if forward else 300.0] * 2, abs=0.01)
    assert joined.off == pytest.approx([12.0, 12.0])


def test_a_door_on_the_line_is_on_the_side_of_its_number():
    """Odd numbers north: an odd one on the line itself is north; even ones south."""
    doors = [(50, 10), (90, 10), (120, 0), (150, 0), (300, 0)]
    x, y = np.array(doors, float).T

    joined = join(laid(ELM), x, y, None, ["101", "22-103A", "105", "106", None])

    north = joined.side[0]
    assert joined.side.tolist() == [north, north, north, -north, 0]


@pytest.mark.parametrize("column", [list, pl.Series, pa.array, chunked])
def test_columns_may_be_of_any_kind(column):
    """Arrow in one piece or several, Polars or Python: the same streets and sides."""
    x, y = np.array([(8, 15), (100, -9), (140, 0), (160, 9)], float).T
    names, numbers = ["ELM ST", None, "Elm Street", "-"], ["2", "5", "6", None]

    joined = join(laid(ELM, OAK), x, y, column(names), column(numbers))

    assert len(set(joined.edge.tolist())) == 1
    assert joined.side[2] == joined.side[0]


def test_a_door_outside_is_said_to_be_so():
    """More than 250 m from any street, or nowhere: no edge, and no number of metres."""
    x, y = np.array([(100, 249), (100, 251), (np.nan, 0), (np.inf, 0)], float).T

    joined = join(laid(ELM), x, y)

    assert joined.edge.tolist() == [0, -1, -1, -1]
    assert np.isnan(joined.off).tolist() == [False, True, True, True]


def test_streets_of_another_town_are_refused():
    """With how far away they are, and what to do; nothing of a door."""
    x = np.full(20, 50_000.0)

    with pytest.raises(OtherTown, match=r"20 of 20 doors .* 50\.0 km from"):
        join(laid(ELM, OAK), x, np.zeros(20), ["Elm Street"] * 20)


def test_streets_with_exchanged_degrees_are_found_out():
    """What is far away, and would be here the other way round, is called that."""
    here = laid(ELM, OAK).streets
    east = here.lon + 27.9  # to where a longitude can be a latitude
    turned = replace(here, lon=here.lat, lat=east)

    with pytest.raises(OtherTown, match="longitudes and latitudes are exchanged"):
        join(lay(turned, Plane(-73.7, 42.4)), np.zeros(9), np.zeros(9))


def test_a_town_that_the_file_covers_in_part_is_not_refused():
    """Half of the doors are outside; they are counted, and the rest is joined."""
    x = np.array([100.0] * 5 + [5_000.0] * 5)

    joined = join(laid(ELM, OAK), x, np.full(10, 20.0))

    assert (joined.edge >= 0).tolist() == [True] * 5 + [False] * 5


def test_no_doors_are_joined_to_nothing():
    """An empty table of doors is no error."""
    assert join(laid(ELM), np.empty(0), np.empty(0), [], []).edge.size == 0
