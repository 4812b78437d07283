"""Points and lines out of each form in which they are given away."""

import gzip
import json

import osmium
import pytest

from groundgame.errors import SwappedPlaces, UnreadableFile, WrongLayout
from groundgame.voterfile.places import gather
from tests.unit.voterfile.elm import STREETS
from tests.unit.voterfile.places.town import doors, search

FEATURE = {
    "type": "Feature",
    "properties": {"number": "12", "street": "ELM ST", "unit": "", "postcode": "69999"},
    "geometry": {"type": "Point", "coordinates": [-101.6, 42.4]},
}
LINE = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString"}}
NAD = (
    "OID_,AddNum_Pre,Add_Number,AddNum_Suf,AddNo_Full,St_PreDir,St_Name,St_PosTyp,"
    "StNam_Full,SubAddress,Inc_Muni,Post_City,State,Zip_Code,Longitude,Latitude\n"
)


def placed(path, number="12", **options):
    """Return how and where 12 Elm Street is, by this file alone."""
    known = gather([path], path.parent / "known", **options)
    (door,) = search(doors(number), known).to_dicts()
    return door["placed_by"], door["lon"], door["lat"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(FEATURE) + "\n", id="a feature a line"),
        pytest.param(json.dumps(LINE) + "\n" + json.dumps(FEATURE), id="and a line"),
        pytest.param(
            json.dumps({"type": "FeatureCollection", "features": [FEATURE]}, indent=1),
            id="a collection",
        ),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_geojson_is_read_in_both_of_its_forms(tmp_path, text, packed):
    """As OpenAddresses gives it, packed or not; what is no point is passed over."""
    path = tmp_path / f"elm.geojson{'.gz' * packed}"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())

    assert placed(path) == ("address point", -101.6, 42.4)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            "1,,12,,12,,,,Elm Street,,Elmton,Not stated,EL,69999,-101.6,42.4\n",
            id="whole names",
        ),
        pytest.param(
            "1,,12,,,,Elm,Street,,,Unincorporated,Elmton,EL,69999,-101.6,42.4\n",
            id="names in parts",
        ),
    ],
)
def test_the_national_database_is_read_by_its_own_columns(tmp_path, row):
    """The number and the street are whole, or in parts; 'Not stated' is no town."""
    path = tmp_path / "NAD.txt"
    path.write_text(NAD + row)

    assert placed(path) == ("address point", -101.6, 42.4)


@pytest.fixture
def extract(tmp_path):
    """A house as an outline, one as a node, and their street."""
    path = tmp_path / "elm.osm.pbf"
    corners = [(-101.6010, 42.4002), (-101.6008, 42.4002), (-101.6008, 42.4004)]
    where = [*corners, (-101.6010, 42.4004), (-101.5990, 42.4003)]
    ends = [(-101.602, 42.4), (-101.596, 42.4)]
    tags = {"addr:street": "Elm Street", "addr:postcode": "69999"}
    with osmium.SimpleWriter(str(path)) as to:
        for n, place in enumerate([*where, *ends], start=1):
            house = {"addr:housenumber": "14", **tags} if n == 5 else {}
            to.add_node(osmium.osm.mutable.Node(id=n, location=place, tags=house))
        outline = {"building": "yes", "addr:housenumber": "12", **tags}
        street = {"highway": "residential", "name": "Elm Street"}
        ways = {7: ([1, 2, 3, 4, 1], outline), 8: ([6, 7], street)}
        for n, (nodes, said) in ways.items():
            to.add_way(osmium.osm.mutable.Way(id=n, nodes=nodes, tags=said))
    return path


def test_an_extract_has_houses_as_outlines_and_as_nodes(extract):
    """12 is in the middle of its outline, 14 at its node."""
    known = gather([extract], extract.parent / "known")

    twelve, fourteen = search(doors("12", "14"), known).to_dicts()

    assert (twelve["lon"], twelve["lat"]) == (-101.6009, 42.4003)
    assert (fourteen["lon"], fourteen["lat"]) == (-101.599, 42.4003)


def test_an_extract_brings_its_streets_along(extract):
    """The line has the way's own number and the normal name of the street."""
    known = gather([extract], extract.parent / "known")

    (line,) = known.lines().collect().to_dicts()
    assert (line["way"], line["street_key"]) == (8, "ELM ST")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.osm.pbf", b"not an extract", UnreadableFile),
        ("a.geojson", b'{"type": "FeatureCollection"', UnreadableFile),
        ("a.geojson", b"[]", WrongLayout),
        ("a.csv", b"lon,lat,number\n1,2,3\n", WrongLayout),
        ("a.csv", b"lon,lat,number,street\n42.4,-101.6,1,Elm St\n", SwappedPlaces),
    ],
)
def test_what_holds_no_points_is_refused(tmp_path, name, content, error):
    """It would place nothing, and nobody would know why."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(error):
        gather([path], tmp_path / "known")


def test_of_two_lists_the_first_is_believed(tmp_path):
    """They differ by some metres; the order of the files says who is trusted."""
    paths = []
    for name, lon in (("county.csv", -101.6), ("world.csv", -101.6001)):
        paths.append(tmp_path / name)
        paths[-1].write_text(f"lon,lat,number,street,zip\n{lon},42.4,12,Elm,69999\n")
    for n, order in enumerate([paths, paths[::-1]]):
        known = gather(order, tmp_path / f"known{n}")
        (door,) = search(doors("12", street="Elm"), known).to_dicts()
        assert door["placed_from"] == order[0].name


@pytest.mark.parametrize("text", ["", "{}", '{"features": []}', '{"features": [{}]}'])
def test_streets_without_a_line_are_refused(tmp_path, text):
    """Points as streets, or nothing at all."""
    points, path = tmp_path / "p.csv", tmp_path / "s.geojson"
    points.write_text("lon,lat,number,street\n-101.6,42.4,1,Elm St\n")
    path.write_text(text)

    with pytest.raises(UnreadableFile):
        gather([points], tmp_path / "known", streets=[path])
    assert (
        gather([points], tmp_path / "good", streets=[STREETS]).lines().collect().height
    )
