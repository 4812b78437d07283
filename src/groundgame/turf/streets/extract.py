"""Ways out of an extract of OpenStreetMap (.osm.pbf).

In:  an extract.
Out: every way that a person may walk, with its class.

A bridge shares a place with what it leads to, and none with what it leads over; so a
river or a railway is a barrier by itself. Areas (a square, a car park) are walked along
their edges.
"""

from array import array
from itertools import chain, groupby
from pathlib import Path

import numpy as np
import osmium

from groundgame.errors import NoStreets, UnreadableStreets
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.ways import Ways

ALLOWED = frozenset({"yes", "designated", "permissive", "destination", "public"})
BARRED = frozenset({"no", "private", "military", "agricultural", "forestry"})
FIXED = 1e7  # an extract's whole numbers to a degree
HALF = 180 * FIXED  # half around the globe; a place that is not told is beyond

Tags = osmium.osm.TagList


def from_extract(path: Path) -> Ways:
    """Return the ways of an extract that may be walked.

    Raises:
        UnreadableStreets: It is no extract, or a damaged one.
        NoStreets: It holds no way that may be walked.
    """
    try:
        found = _read(path)
    except (RuntimeError, OSError) as problem:
        said = "is no extract of OpenStreetMap, or is damaged"
        raise UnreadableStreets(path.name, said) from problem
    if not found.kinds:
        raise NoStreets(path.name, "holds no way that may be walked")
    return found.ways()


def _read(path: Path) -> "_Found":
    """Go through the extract once."""
    found = _Found()
    streets = osmium.filter.KeyFilter("highway")
    ways = osmium.filter.EntityFilter(osmium.osm.WAY)
    reading = osmium.FileProcessor(str(path)).with_locations()
    for way in reading.with_filter(ways).with_filter(streets):
        if isinstance(way, osmium.osm.Way):
            found.take(way)
    return found


class _Found:
    """What has been found so far, a list a column."""

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self._ids: list[int] = []
        self._names: list[str | None] = []
        self._oneway: list[bool] = []
        self._counts: list[int] = []
        self._places = array("q")  # number, lon, lat of each: 24 bytes

    def take(self, way: osmium.osm.Way) -> None:
        """Take a way, if it may be walked."""
        kind = walked(way.tags)
        if kind < 0:
            return
        there = [(one.ref, one.x, one.y) for one in way.nodes]
        for known, run in groupby(there, key=_known):
            if known:  # the others lie beyond the extract
                self._add(way, kind, list(run))

    def _add(
        self, way: osmium.osm.Way, kind: int, run: list[tuple[int, int, int]]
    ) -> None:
        """Add a part of a way that is in one piece."""
        self.kinds.append(kind)
        self._ids.append(way.id)
        self._names.append(way.tags.get("name"))
        self._oneway.append(way.tags.get("oneway") in {"yes", "-1", "true", "1"})
        self._counts.append(len(run))
        self._places.extend(chain.from_iterable(run))

    def ways(self) -> Ways:
        """Return all of it as columns."""
        places = np.frombuffer(self._places, np.int64).reshape(-1, 3)
        return Ways(
            way=np.array(self._ids, np.int64),
            kind=np.array(self.kinds, np.int8),
            name=self._names,
            oneway=np.array(self._oneway, np.bool_),
            first=np.cumsum([0, *self._counts]),
            place=places[:, 0].copy(),
            lon=places[:, 1] / FIXED,
            lat=places[:, 2] / FIXED,
        )


def _known(place: tuple[int, int, int]) -> bool:
    """Say whether the extract tells where a place is."""
    return abs(place[1]) <= HALF and abs(place[2]) <= HALF


def walked(tags: Tags) -> int:
    """Return the class of a way that may be walked; -1 where it may not.

    What is said of walking goes before what is said of everybody.
    """
    known = classes()
    highway, foot = tags["highway"], tags.get("foot")
    kind = known.number(highway)
    if highway == "footway" and tags.get("footway") == "sidewalk":
        kind = known.names.index("sidewalk")
    if kind < 0 or foot in BARRED or tags.get("indoor") == "yes":
        return -1
    if foot in ALLOWED:
        return kind
    barred = tags.get("access") in BARRED or tags.get("motorroad") == "yes"
    return -1 if barred or known.classes[kind].asks else kind
