"""Files of borders: what is read of them, and every way a file can be none."""

import json

import pytest

from groundgame import turf
from groundgame.errors import UnreadableBorder
from tests.unit.turf.within.fields import collection, feature

LINE = [[-99.5, 41.5], [-99.4, 41.5]]
RING = [[-99.5, 41.5], [-99.4, 41.5], [-99.4, 41.6], [-99.5, 41.5]]


def drawn(folder, text):
    """Return the borders of a file with this text."""
    path = folder / "border.geojson"
    path.write_text(text)
    return turf.drawn(path)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (collection(feature("LineString", LINE)), 1),
        (collection(feature("MultiLineString", [LINE, RING])), 2),
        (collection(feature("Polygon", [RING])), 1),
        (collection(feature("Polygon", [RING[::-1]])), 1),
        (collection(feature("MultiPolygon", [[RING], [RING]])), 2),
        (collection(feature("Point", LINE[0]), feature("LineString", LINE)), 1),
        (json.dumps(feature("LineString", LINE)), 1),
        (json.dumps(feature("LineString", LINE)["geometry"]), 1),
    ],
)
def test_every_kind_of_line_is_read(tmp_path, text, lines):
    """Lines as they are, areas by their outline, points not at all."""
    assert len(drawn(tmp_path, text).lines) == lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no GeoJSON"),
        ("[]", "no GeoJSON"),
        ("{}", "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": [7]}', "no GeoJSON"),
        (collection(), "neither a line"),
        (collection(feature("Point", LINE[0])), "neither a line"),
        (collection(feature("LineString", [LINE[0], LINE[0]])), "neither a line"),
        (collection(feature("LineString", [[500000, 4e6], [500001, 4e6]])), "no Geo"),
        (
            collection(feature("LineString", [[41.5, -99.5], [41.6, -99.5]])),
            "exchanged",
        ),
        (collection(feature("LineString", [["a", "b"], ["c", "d"]])), "no GeoJSON"),
        (collection(feature("LineString", LINE)).replace("-99.4", "NaN"), "no GeoJSON"),
        ("[" * 100_000, "no GeoJSON"),
    ],
)
def test_what_is_no_border_is_refused(tmp_path, text, said):
    """Each refusal says what was found, and what a border is."""
    with pytest.raises(UnreadableBorder, match=said) as refusal:
        drawn(tmp_path, text)
    assert "LineString" in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """A slip in a file's name is no cut without borders."""
    with pytest.raises(UnreadableBorder):
        turf.drawn(tmp_path / "none.geojson")
