"""Where doors are: address points of all sorts, held against the same few doors."""

import pytest

from groundgame.errors import SwappedPlaces, WrongLayout
from tests.unit.voterfile import elm

ROWS = elm.row(1), elm.row(2, unit="A"), elm.row(3, city="", zip="")


def placed(folder, points):
    """Import three doors with these address points; return where each door is."""
    path = folder / "points.csv"
    path.write_text(points)
    snapshot = elm.imported(folder, elm.text(*ROWS), addresses=path)
    return {d["number"]: d["lon"] for d in snapshot.read("doors").to_pylist()}


@pytest.mark.parametrize(
    "points",
    [
        pytest.param(
            "LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH\n"
            "-101.6,42.4,1,ELM ST,,Elmton,,EL,69999,7,ab\n",
            id="OpenAddresses",
        ),
        pytest.param(
            "osm_id,lon,lat,housenumber,street,unit,city,postcode\n"
            "5,-101.6,42.4,1,Elm Street,,,69999\n",
            id="OpenStreetMap",
        ),
        pytest.param("lon,lat,number,street\n-101.6,42.4,1,Elm St\n", id="no city"),
        pytest.param(
            "street,number,lat,lon,city\nElm St,1,42.4,-101.6,ELMTON\n", id="by city"
        ),
        pytest.param(
            '"lon","lat","number","street"\n"-101.6","42.4","1","Elm St"\n', id="quoted"
        ),
    ],
)
def test_a_point_is_found_by_the_normal_form(tmp_path, points):
    """Whatever the columns are called, and with or without a city or a zip code."""
    assert placed(tmp_path, points)["1"] == -101.6


def test_a_door_takes_its_own_point_before_that_of_its_building(tmp_path):
    """Unit A has a point of its own; without it, the building's will do."""
    house = "lon,lat,number,street,unit\n-101.6,42.4,2,Elm St,\n"

    assert placed(tmp_path, house)["2"] == -101.6
    assert placed(tmp_path, house + "-101.6001,42.4,2,Elm St,Apt A\n")["2"] == -101.6001


def test_points_far_apart_place_nothing(tmp_path):
    """Two Elm Streets in one county: a door in the wrong one is worse than none."""
    points = "lon,lat,number,street\n-101.6,42.4,1,Elm St\n-101.9,42.4,1,Elm St\n"

    assert placed(tmp_path, points)["1"] is None


def test_a_point_in_another_zip_code_places_nothing(tmp_path):
    """The point says where it is; the door is elsewhere."""
    points = "lon,lat,number,street,postcode\n-101.6,42.4,1,Elm St,11111\n"

    assert placed(tmp_path, points)["1"] is None


def test_points_without_a_place_are_passed_over(tmp_path):
    """No number, a place off the globe, a short row: the good point is used."""
    points = (
        "lon,lat,number,street\n,,1,Elm St\n999,42.4,1,Elm St\nx\n"
        "-101.6,42.4,1,Elm St\n"
    )

    assert placed(tmp_path, points)["1"] == -101.6


@pytest.mark.parametrize(
    "points", ["lon,lat,number\n-101.6,42.4,1\n", "lon,lat,number,street\n,,1,Elm\n"]
)
def test_a_list_without_streets_or_places_is_refused(tmp_path, points):
    """It would place no door, and nobody would know why."""
    with pytest.raises(WrongLayout, match="address points"):
        placed(tmp_path, points)


def test_swapped_degrees_are_refused_and_not_placed_in_the_ice(tmp_path):
    """-73 is a latitude, but nobody votes there: the refusal counts, and names none."""
    with pytest.raises(SwappedPlaces, match="1 doors have a latitude") as refusal:
        placed(tmp_path, "lon,lat,number,street\n40.7,-73.7,1,Elm St\n")

    assert "Elm" not in str(refusal.value)
