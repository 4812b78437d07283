"""Streets that are written come back; what is no street file is refused."""

import json
from errno import ENOSPC

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundgame.errors import NoStreets, UnreadableStreets, UnreadableTable
from groundgame.tables import STREETS
from groundgame.turf.streets import Streets, lay, read
from tests.house.measure import HOUSE
from tests.unit.turf.streets.hand import PLANE, laid

ELM = ("Elm Street", "residential", [(0, 0), (200, 10), (400, 0)])
PATH = (None, "path", [(400, 0), (400, 400)])


@pytest.fixture
def streets():
    """A named street and a path that has no name."""
    return laid(ELM, PATH).streets


def test_streets_come_back_as_they_were(streets, tmp_path):
    """Every column, to the last bit, and the same network."""
    streets.write(tmp_path / "s.parquet")

    again = Streets.open(tmp_path / "s.parquet")

    assert again.table().equals(streets.table())
    assert again.first.tolist() == streets.first.tolist()


def test_loops_see_the_same_arrays_whatever_streets_were_read_from(streets, tmp_path):
    """An array that cannot be written is another type: all loops compile again."""
    streets.write(tmp_path / "s.parquet")
    again = Streets.open(tmp_path / "s.parquet")

    both = (lay(one, PLANE).network for one in (streets, again))
    for one, two in zip(*both, strict=True):
        assert (one.dtype, one.flags.writeable) == (two.dtype, two.flags.writeable)
        assert (one == two).all()


def test_the_file_is_of_the_written_schema(streets, tmp_path):
    """Column by column, so that any program can read it."""
    streets.write(tmp_path / "s.parquet")

    assert pq.read_schema(tmp_path / "s.parquet").equals(STREETS.arrow)


def test_what_cannot_be_written_leaves_the_old_file(streets, tmp_path, monkeypatch):
    """Planted: the disk is full in the middle of it; the file of before is whole."""
    path = tmp_path / "s.parquet"
    streets.write(path)
    before = path.read_bytes()

    def full(_table, draft, **_options):
        draft.write_bytes(b"half")
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="full"):
        streets.write(path)

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["s.parquet"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("a", -5, id="no node"),
        pytest.param("b", 70, id="a node without a street"),
        pytest.param("kind", "canal", id="no class of road"),
        pytest.param("lon", [1.0], id="a line of one place"),
        pytest.param("lat", [1.0, float("nan"), 3.0], id="no place"),
    ],
)
def test_a_table_that_loops_would_trip_over_is_refused(
    streets, tmp_path, column, value
):
    """One planted cell is enough: compiled loops look at no bounds."""
    table = streets.table()
    cells = [value, *table[column].to_pylist()[1:]]
    kind = STREETS.arrow.field(column)
    table = table.set_column(
        table.schema.get_field_index(column), kind, pa.array(cells, kind.type)
    )
    pq.write_table(table, tmp_path / "s.parquet")

    with pytest.raises(UnreadableTable, match=r"s\.parquet is no prepared street file"):
        Streets.open(tmp_path / "s.parquet")


@pytest.mark.parametrize("content", [b"", b"lorem", None])
def test_another_file_is_no_street_file(tmp_path, content):
    """Nothing, text, or a table of something else."""
    path = tmp_path / "s.parquet"
    path.write_bytes(content or b"")
    if content is None:
        pq.write_table(pa.table({"door_id": ["a"]}), path)

    with pytest.raises(UnreadableTable):
        read(path)


def test_a_street_file_without_a_street_is_refused(tmp_path):
    """It is a street file, and there is nothing in it."""
    pq.write_table(STREETS.empty(), tmp_path / "s.parquet")

    with pytest.raises(NoStreets, match="holds no street"):
        read(tmp_path / "s.parquet")


def test_elm_has_streets():
    """Three lines that meet end to end: Elm Street, Oak Avenue, County Road 9."""
    elm = read(HOUSE / "examples/elm/streets.geojson")

    assert elm.names == ("County Road 9", "Elm Street", "Oak Avenue")
    assert (elm.nodes, elm.a.size, len(set(elm.parts()))) == (4, 3, 1)
    assert elm.metres.sum() == pytest.approx(164.4 + 166.7 + 1_262, rel=0.01)


def drawn(*places):
    """Return GeoJSON of one line."""
    line = {"type": "LineString", "coordinates": [list(place) for place in places]}
    return json.dumps({"features": [{"geometry": line}]})


@pytest.mark.parametrize(
    ("text", "refusal", "words"),
    [
        ("{", UnreadableStreets, "is no GeoJSON"),
        ('{"features": []}', NoStreets, "holds no line"),
        (drawn((42.4, -101.6), (42.5, -101.6)), NoStreets, "exchanged"),
        (drawn((500_000, 4e6), (500_100, 4e6)), UnreadableStreets, "in degrees"),
    ],
)
def test_geojson_that_says_no_street_is_refused(tmp_path, text, refusal, words):
    """Broken, without a line, with its degrees exchanged, or in metres."""
    path = tmp_path / "s.geojson"
    path.write_text(text)

    with pytest.raises(refusal, match=words):
        read(path)
