"""What of an extract of OpenStreetMap may be walked, and what cannot be read."""

import pytest

from groundgame.errors import NoStreets, UnreadableStreets
from groundgame.turf.streets import classes, prepare
from tests.unit.turf.streets.hand import extract

NODES = {
    "a": (0, 0),
    "b": (400, 0),
    "c": (800, 0),
    "d": (0, 300),
    "e": (400, 300),
    "f": (800, 300),
}
ELM = ("abc", {"highway": "residential", "name": "Elm Street"})
OAK = ("def", {"highway": "residential", "name": "Oak Avenue"})


def walked(folder, *more):
    """Return the classes of road of an extract with Elm Street and more."""
    streets = prepare(extract(folder / "x.osm.pbf", NODES, [ELM, *more])).streets
    return sorted(classes().names[kind] for kind in streets.kind)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "motorway"}, None),
        ({"highway": "motorway_link"}, None),
        ({"highway": "trunk"}, "trunk"),
        ({"highway": "trunk", "motorroad": "yes"}, None),
        ({"highway": "primary_link"}, "primary"),
        ({"highway": "service", "access": "private"}, None),
        ({"highway": "service", "access": "private", "foot": "yes"}, "service"),
        ({"highway": "residential", "access": "destination"}, "residential"),
        ({"highway": "residential", "foot": "use_sidepath"}, "residential"),
        ({"highway": "path", "foot": "no"}, None),
        ({"highway": "cycleway"}, None),
        ({"highway": "cycleway", "foot": "designated"}, "cycleway"),
        ({"highway": "footway", "footway": "sidewalk"}, "sidewalk"),
        ({"highway": "footway", "footway": "crossing"}, "footway"),
        ({"highway": "steps"}, "steps"),
        ({"highway": "construction"}, None),
        ({"highway": "proposed"}, None),
    ],
)
def test_who_may_walk_where(tmp_path, tags, kind):
    """Motorways and private ways are not walked; what says foot=yes is."""
    found = walked(tmp_path, ("be", tags))

    rest = ["residential", "residential"] if kind else ["residential"]
    assert found == sorted([*rest, *([kind] if kind else [])])


def test_a_river_is_crossed_on_its_bridge_only(tmp_path):
    """Two banks are one piece with a bridge, and two without."""
    bridge = ("be", {"highway": "residential", "bridge": "yes"})
    river = ("xy", {"waterway": "river"})
    banks = {**NODES, "x": (-100, 150), "y": (900, 150)}

    with_it = prepare(extract(tmp_path / "1.osm.pbf", banks, [ELM, OAK, bridge, river]))
    without = prepare(extract(tmp_path / "2.osm.pbf", banks, [ELM, OAK, river]))

    assert len(set(with_it.streets.parts())) == 1
    assert len(set(without.streets.parts())) == 2


def test_a_bridge_does_not_meet_what_it_leads_over(tmp_path):
    """Two ways that cross on the map and share no node do not meet."""
    over = {**NODES, "p": (200, -200), "q": (200, 500)}
    lines = [ELM, ("pq", {"highway": "residential", "bridge": "yes"})]

    streets = prepare(extract(tmp_path / "x.osm.pbf", over, lines)).streets

    assert len(set(streets.parts())) == 2


def test_a_way_that_leaves_the_extract_is_not_closed_up(tmp_path):
    """A node that is not there ends the way; the rest of it begins anew."""
    found = prepare(extract(tmp_path / "x.osm.pbf", NODES, [ELM, ("be?fc", OAK[1])]))

    ends = zip(found.streets.a, found.streets.b, strict=True)
    assert len(list(ends)) == 4  # two of Elm Street, b to e, f to c
    assert found.streets.metres.sum() == pytest.approx(800 + 300 + 300, rel=0.01)


def test_an_extract_without_a_street_says_so(tmp_path):
    """A river is no street."""
    path = extract(tmp_path / "r.osm.pbf", NODES, [("ab", {"waterway": "river"})])

    with pytest.raises(NoStreets, match="holds no way that may be walked"):
        prepare(path)


@pytest.mark.parametrize("content", [b"", b"lorem ipsum", None])
def test_what_is_no_extract_is_refused(tmp_path, content):
    """Empty, something else, or cut off in the middle: refused, with what to do."""
    path = extract(tmp_path / "x.osm.pbf", NODES, [ELM])
    path.write_bytes(path.read_bytes()[:200] if content is None else content)

    with pytest.raises(UnreadableStreets, match=r"x\.osm\.pbf is no extract"):
        prepare(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """And said to be so."""
    with pytest.raises(UnreadableStreets, match="does not exist"):
        prepare(tmp_path / "x.osm.pbf")
