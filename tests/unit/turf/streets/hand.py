"""Streets and doors drawn by hand, in metres around one place in Elm County."""

import numpy as np
import osmium

from groundgame.turf import Plane
from groundgame.turf.streets import classes, join, knit, lay
from groundgame.turf.streets.ways import Ways

PLANE = Plane(-101.6, 42.4)
HERE = 1_000  # the number of the first node of an extract


def degrees(points):
    """Return longitudes and latitudes of points in metres."""
    x, y = np.array(points, float).T
    return PLANE.degrees(x, y)


def ways(*lines):
    """Return ways of (name, class, points) or (name, class, points, 'oneway').

    Lines meet where they share a point.
    """
    points = [point for line in lines for point in line[2]]
    known = {point: n for n, point in enumerate(sorted(set(points)))}
    lon, lat = degrees(points)
    return Ways(
        way=np.arange(1, len(lines) + 1),
        kind=np.array([classes().names.index(line[1]) for line in lines], np.int8),
        name=[line[0] for line in lines],
        oneway=np.array(["oneway" in line[3:] for line in lines], np.bool_),
        first=np.cumsum([0, *(len(line[2]) for line in lines)]),
        place=np.array([known[point] for point in points]),
        lon=lon,
        lat=lat,
    )


def laid(*lines):
    """Return lines as streets on the plane, their places in metres as they were."""
    return lay(knit(ways(*lines)).streets, PLANE)


def edge(streets, name):
    """Return the one edge of a name."""
    (found,) = np.flatnonzero(streets.streets.name == streets.streets.names.index(name))
    return int(found)


def street_of(streets, doors, names=None, numbers=None):
    """Return the name of the street that each door was joined to; '' where none."""
    x, y = np.array(doors, float).T
    joined = join(streets, x, y, names, numbers)
    called = [*streets.streets.names, "no name"]
    return [called[streets.streets.name[at]] if at >= 0 else "" for at in joined.edge]


def extract(path, nodes, drawn):
    """Write an extract of OpenStreetMap: {letter: (x, y)} and [(letters, tags)]."""
    numbers = {letter: HERE + n for n, letter in enumerate(sorted(nodes))}
    with osmium.SimpleWriter(str(path)) as out:
        for letter, place in sorted(nodes.items()):
            lon, lat = degrees([place])
            node = osmium.osm.mutable.Node(
                id=numbers[letter], location=(lon[0], lat[0])
            )
            out.add_node(node)
        for n, (letters, tags) in enumerate(drawn, start=1):
            refs = [numbers.get(letter, 9) for letter in letters]
            out.add_way(osmium.osm.mutable.Way(id=n, nodes=refs, tags=tags))
    return path
