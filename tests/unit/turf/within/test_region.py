"""No turf lies across a border, with streets and without."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import turf
from groundgame.errors import OtherBorder, RoadsWithoutStreets, UnknownRoad
from groundgame.turf import CutPlan
from groundgame.turf.streets import prepare
from groundgame.turf.within import called
from tests.reference.slow_sides import inside, side
from tests.unit.turf.grid import geojson
from tests.unit.turf.towns import shuffled, sizes, walks
from tests.unit.turf.within.fields import fenced, homes, line, of_village, on_streets

PLAN = CutPlan(least=8, most=12, effort=0.3)
MAIN = geojson(
    ("Main Street", [(0, 0), (600, 0), (1200, 0)]),
    ("Elm Street", [(600, -200), (600, 0), (600, 200)]),
    ("Oak Street", [(0, 100), (600, 100), (1200, 100)]),
)


def regions(placed):
    """Return the doors of each region, as sets."""
    number = placed["region"].to_numpy()
    ids = np.array(placed["door_id"].to_pylist())
    return [set(ids[number == one]) for one in np.unique(number)]


def across(cut, group):
    """Return the turfs that have doors of two groups."""
    return [walk for walk in walks(cut.turfs) if len({group[d] for d in walk}) > 1]


def test_a_line_through_town_is_in_no_turf():
    """West of 500 m and east of it are walked by different people."""
    doors = of_village(300)
    placed = fenced(doors, line((500.5, -50), (500.5, 1050)))

    cut = turf.cut(placed, PLAN)

    held = {door: n for n, some in enumerate(regions(placed)) for door in some}
    assert len(regions(placed)) == 2
    assert across(cut, held) == []
    assert cut.turfs.num_rows == 300


def test_a_line_that_ends_among_the_doors_goes_straight_on():
    """A stroke of ten metres in the middle divides the town as far as it goes."""
    doors = homes([100, 900, 100, 900], [100, 100, 900, 900])

    found = regions(fenced(doors, line((500, 500), (500, 510))))

    assert found == [{"d00000", "d00002"}, {"d00001", "d00003"}]


def test_what_goes_straight_on_stops_at_the_next_border():
    """Beyond a main road, the little line that ran into it divides nothing."""
    doors = homes([100, 900, 100, 900], [100, 100, 900, 900])

    road, little = line((0, 500), (1000, 500)), line((500, 300), (500, 400))

    found = regions(fenced(doors, road, little))

    assert sorted(map(sorted, found)) == [["d00000"], ["d00001"], ["d00002", "d00003"]]


def test_an_outline_holds_whichever_way_round_it_is_drawn():
    """A ring and the same ring inside out divide alike, and so does a gap of 20 m."""
    doors = homes([500, 100], [500, 100])
    ring = [(400, 400), (600, 400), (600, 600), (400, 600), (400, 400)]
    open_ring = [*ring[:-1], (400, 420)]

    for places in (ring, ring[::-1], open_ring):
        assert len(regions(fenced(doors, line(*places)))) == 2, places


def test_a_border_that_keeps_nothing_apart_changes_no_turf():
    """All doors on one side: the same turfs, to the row, as without."""
    doors = of_village(200)
    placed = fenced(doors, line((-300, 0), (-300, 1000)))

    with_it = turf.cut(placed, PLAN)

    assert with_it.turfs.equals(turf.cut(placed.drop_columns(["region"]), PLAN).turfs)


def test_the_order_of_rows_and_lines_changes_nothing():
    """Whoever sorts a file, or draws one line before the other, gets the same turfs."""
    doors = of_village(200)
    lines = [line((500, 0), (500, 1000)), line((0, 300), (1000, 350))]

    one = turf.cut(fenced(doors, *lines), PLAN)
    two = turf.cut(fenced(shuffled(doors), *lines[::-1]), PLAN)

    assert one.turfs.equals(two.turfs)


def test_a_road_is_no_turfs_middle(tmp_path):
    """Doors on both sides of Main Street, on the line itself too, by their numbers."""
    x = np.repeat(np.arange(20, 1180, 40.0), 2)
    y = np.tile([6.0, -6.0], x.size // 2)
    y[:8] = 0.0  # on the centre line, as some counties place them
    number = [str(2 * n + (n % 2)) for n in range(x.size)]
    doors = homes(x, y, street=["MAIN ST"] * x.size, number=number)

    placed, network = on_streets(doors, MAIN, tmp_path, roads=("Main St",))
    cut = turf.cut(placed, PLAN, network=network)

    odd = dict(zip(placed["door_id"].to_pylist(), np.arange(x.size) % 2, strict=True))
    assert across(cut, odd) == []
    assert cut.turfs.num_rows == x.size


def test_a_class_of_road_is_all_roads_of_it(tmp_path):
    """A residential border is every street here: no door is with one across any."""
    doors = homes([300, 300, 300, 900], [50, -50, 150, 50])

    placed, _on = on_streets(doors, MAIN, tmp_path, roads=("residential",))

    assert len(regions(placed)) == 4


def test_a_road_that_is_none_names_those_that_are_like_it(tmp_path):
    """A slip of the pen is met with what was meant, and with the classes there are."""
    doors = homes([300, 300], [50, -50])

    with pytest.raises(UnknownRoad, match=r"'Main Street'.*residential") as refusal:
        on_streets(doors, MAIN, tmp_path, roads=("Mayn Stret",))
    assert "Mayn Stret" in str(refusal.value)
    with pytest.raises(UnknownRoad):
        on_streets(doors, MAIN, tmp_path, roads=("motorway",))


def test_a_name_without_its_direction_means_both(tmp_path):
    """Who says Main Street means East and West Main; who says East means East."""
    east, west = [(0, 0), (500, 0)], [(500, 0), (999, 0)]
    text = geojson(("E Main St", east), ("W Main St", west))
    path = tmp_path / "streets.geojson"
    path.write_text(text)
    streets = prepare(path).streets

    assert called(streets, "Main Street").sum() == 2
    assert called(streets, "east main street").sum() == 1


def test_a_road_wants_streets():
    """Without a file of streets there is no road to find."""
    doors = homes([0, 100], [0, 0])
    plane = turf.plane_of(doors)

    with pytest.raises(RoadsWithoutStreets):
        turf.fenced(turf.on_plane(doors, plane), turf.Borders(roads=("Elm",)), plane)


@pytest.mark.parametrize(
    ("turned", "said"), [(False, "km from them"), (True, "exchanged")]
)
def test_a_border_of_another_town_is_refused(turned, said):
    """Far away is said with how far; swapped columns are said to be that."""
    doors = homes([0, 100], [0, 0])
    there = line((50, -10), (50, 10)) if turned else line((90_000, 0), (90_000, 9))
    if turned:  # where longitudes could be latitudes: Lagos, 3 east and 6 north
        lagos = {"lon": [3.0, 3.001], "lat": [6.0, 6.0]}
        doors = pa.table({"door_id": ["a", "b"], **lagos})
        there = ((6.0, 3.0), (6.01, 3.0))

    with pytest.raises(OtherBorder, match=said):
        fenced(doors, there)


def test_precincts_are_kept_apart_however_small():
    """Three doors of one precinct are a turf by themselves; one without is too."""
    placed = fenced(of_village(60))
    names = pa.array([*["1"] * 50, *["2"] * 3, *[None] * 7])

    cut = turf.cut(turf.parted(placed, names), PLAN)

    held = dict(zip(placed["door_id"].to_pylist(), names.to_pylist(), strict=True))
    assert across(cut, held) == []
    assert sorted(sizes(cut.turfs))[:2] == [3, 7]


@pytest.mark.parametrize("seed", range(5))
def test_lines_and_rings_agree_with_a_slow_reference(seed):
    """Sides of a straight line, and insides of a ring, by cross products and rays."""
    chance = np.random.default_rng(seed)
    doors = of_village(150, seed)
    lon_lat = list(zip(doors["lon"].to_pylist(), doors["lat"].to_pylist(), strict=True))
    ids = doors["door_id"].to_pylist()
    one = line(*chance.uniform(300, 700, (2, 2)))
    spokes = np.sort(chance.uniform(0, 2 * np.pi, 6))
    ring = line(*(500 + 300 * np.column_stack((np.cos(spokes), np.sin(spokes)))))

    by_line = {d: side(p, one) for d, p in zip(ids, lon_lat, strict=True)}
    by_ring = {d: inside(p, ring) for d, p in zip(ids, lon_lat, strict=True)}

    assert across(turf.cut(fenced(doors, one), PLAN), by_line) == []
    assert across(turf.cut(fenced(doors, (*ring, ring[0])), PLAN), by_ring) == []
