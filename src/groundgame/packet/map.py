"""A small map of one turf, as SVG: streets, the walk as a line, doors by their number.

In:  the stops and streets of a bundle.
Out: SVG text. North is up, and said so in a strip below, beside the scale. It fetches
     nothing and needs no tiles.

Doors that stand at one point (an apartment house) share one mark, '12-18'. Where marks
would cover each other, the later one is a dot: the list beside the map has its number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import atan2, cos, degrees, dist, radians
from typing import Any, Self

from groundgame.packet.streets import METRES_PER_DEGREE

PADDING = 20.0
STRIP = 22.0
"""Points of height below the map, for its scale."""
TALL = 14.0
"""Points from the top of a mark to its foot."""
SMALLEST = 80.0
"""Metres that a map shows at least, so that one house does not fill it."""
BARS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10)
LONGEST_BAR = 90.0
FEET_PER_METRE = 3.28084

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where places on the ground lie on the paper."""

    lon: float
    lat: float
    scale: float
    """Points of paper a metre of ground."""
    width: float
    height: float

    @classmethod
    def of(cls, places: Sequence[Point], width: float, height: float) -> Self:
        """Return the frame that shows all places (lon, lat), as large as may be."""
        lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
        lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        across = (max(lons) - min(lons)) * METRES_PER_DEGREE * cos(radians(lat))
        along = (max(lats) - min(lats)) * METRES_PER_DEGREE
        scale = min(
            (width - 2 * PADDING) / max(across, SMALLEST),
            (height - 2 * PADDING) / max(along, SMALLEST),
        )
        return cls(lon, lat, scale, width, height)

    def at(self, lon: float, lat: float) -> Point:
        """Return where a place lies, in points from the upper left corner."""
        metres = METRES_PER_DEGREE * self.scale
        x = self.width / 2 + (lon - self.lon) * cos(radians(self.lat)) * metres
        return round(x, 1), round(self.height / 2 - (lat - self.lat) * metres, 1)

    def shown(self, one: Point, two: Point) -> tuple[Point, Point] | None:
        """Return the part of a straight line that is on the paper."""
        start, end = 0.0, 1.0
        for a, b, most in zip(one, two, (self.width, self.height), strict=True):
            if a == b and not 0 <= a <= most:
                return None
            if a != b:
                enter, leave = sorted((-a / (b - a), (most - a) / (b - a)))
                start, end = max(start, enter), min(end, leave)
        if start >= end:
            return None
        across, down = two[0] - one[0], two[1] - one[1]
        return (
            (one[0] + start * across, one[1] + start * down),
            (one[0] + end * across, one[1] + end * down),
        )


def svg(bundle: Mapping[str, Any], width: float, height: float) -> str:
    """Return the map of a bundle's turf, in points of paper."""
    stops = bundle["stops"]
    places = [(stop["lon"], stop["lat"]) for stop in stops] or [(0.0, 0.0)]
    frame = Frame.of(places, width, height - STRIP)
    walk = [frame.at(*place) for place in places]
    parts = [
        *_streets(bundle["streets"], frame, walk),
        _line(walk, 'stroke="#000" stroke-width="0.9" stroke-dasharray="3 2"'),
        *_doors(stops, frame),
        *_legend(frame),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="Source Sans Pro">'
        f"{''.join(parts)}</svg>"
    )


def _line(points: Sequence[Point], more: str) -> str:
    """Return a line through points."""
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    return f'<path d="{path}" fill="none" {more}/>'


def _text(point: Point, words: str, size: float, more: str = "") -> str:
    """Return words, centred on a point; whatever they hold, none of it is markup."""
    plain = "".join(letter for letter in words if letter.isprintable())
    return (
        f'<text x="{point[0]:g}" y="{point[1]:g}" font-size="{size:g}" '
        f'text-anchor="middle" {more}>{escape(plain)}</text>'
    )


def _streets(
    streets: Mapping[str, Any], frame: Frame, walk: Sequence[Point]
) -> Iterator[str]:
    """Yield the streets, and the name of each along its longest straight piece."""
    longest: dict[str, tuple[float, Point, Point]] = {}
    for feature in streets["features"]:
        line = [frame.at(*point) for point in feature["geometry"]["coordinates"]]
        yield _line(line, 'stroke="#bbb" stroke-width="4" stroke-linecap="round"')
        name = feature["properties"].get("name", "")
        for here, there in pairwise(line):
            seen = frame.shown(here, there)
            if seen is None:
                continue
            length = dist(*seen)
            if length > longest.get(name, (0.0,))[0]:
                longest[name] = (length, *seen)
    for name, (length, one, two) in longest.items():
        if length > 4 * len(name):
            x, y = _free(one, two, 2.2 * len(name) / length, walk)
            turn = degrees(atan2(two[1] - one[1], two[0] - one[0]))
            more = (
                f'fill="#000" stroke="#fff" stroke-width="2" paint-order="stroke" '
                f'transform="rotate({(turn + 90) % 180 - 90:.1f} {x:g} {y:g})"'
            )
            yield _text((x, y - 4), name, 8.5, more)


def _free(one: Point, two: Point, half: float, walk: Sequence[Point]) -> Point:
    """Return where between two points a name is farthest from the marks of doors.

    Args:
        one: Where the piece of street begins.
        two: Where it ends.
        half: Of the name, as a share of the piece; it does not go beyond its ends.
        walk: Where the doors are.
    """
    near = min(half, 0.5)
    places = [near + (1 - 2 * near) * step / 8 for step in (4, 3, 5, 2, 6, 1, 7, 0, 8)]

    def at(share: float) -> Point:
        return one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])

    def room(share: float) -> float:
        spots = [at(share + beside) for beside in (-near, -near / 2, 0, near / 2, near)]
        nearest = min(dist(spot, door) for spot in spots for door in walk)
        return min(nearest, TALL)

    return at(max(places, key=room))


def _doors(stops: Sequence[Mapping[str, Any]], frame: Frame) -> Iterator[str]:
    """Yield a mark for each point with doors, the first and the last ones for sure."""
    at: dict[Point, list[int]] = {}
    for stop in stops:
        at.setdefault(frame.at(stop["lon"], stop["lat"]), []).append(stop["position"])
    points = list(at.items())
    marks: list[tuple[Point, float, str]] = []
    for point, numbers in [*points[:1], *points[1:][-1:], *points[1:-1]]:
        words = _numbers(numbers)
        half = 4.5 + 2.2 * len(words)
        covered = any(
            abs(point[0] - x) < half + other and abs(point[1] - y) < TALL
            for (x, y), other, _words in marks
        )
        if covered:
            yield f'<circle cx="{point[0]:g}" cy="{point[1]:g}" r="2.2"/>'
        else:
            marks.append((point, half, words))
    for number, mark in enumerate(marks):
        yield from _mark(
            *mark, *(("#000", "#fff") if number == 0 else ("#fff", "#000"))
        )


def _mark(
    point: Point, half: float, words: str, ground: str, ink: str
) -> Iterator[str]:
    """Yield a mark with words in it, `half` as wide on either side of its point."""
    x, y = point
    yield (
        f'<rect x="{x - half:g}" y="{y - TALL / 2:g}" width="{2 * half:g}" '
        f'height="{TALL:g}" rx="{TALL / 2:g}" stroke="#000" fill="{ground}"/>'
    )
    yield _text((x, y + 3.2), words, 9.5, f'font-weight="bold" fill="{ink}"')


def _numbers(numbers: Sequence[int]) -> str:
    """Return the numbers of the doors at one point: '7', '12-18', '3, 9'."""
    low, high = min(numbers), max(numbers)
    if high - low + 1 == len(numbers):
        return f"{low}" if low == high else f"{low}-{high}"
    return f"{low}, {high}" if len(numbers) == 2 else f"{low}+"  # noqa: PLR2004  # a pair


def _legend(frame: Frame) -> Iterator[str]:
    """Yield a strip below the map, with the scale and the arrow to the north."""
    metres = next((bar for bar in BARS if bar * frame.scale <= LONGEST_BAR), BARS[-1])
    length, top = metres * frame.scale, frame.height
    yield f'<rect y="{top:g}" width="{frame.width:g}" height="{STRIP:g}" fill="#fff"/>'
    yield _line([(0, top), (frame.width, top)], 'stroke="#000" stroke-width="0.6"')
    low, high = top + 14, top + 8
    tray = [(10, high), (10, low), (10 + length, low), (10 + length, high)]
    yield _line(tray, 'stroke="#000" stroke-width="1.2"')
    words = f"{metres} m / {round(metres * FEET_PER_METRE, -1):g} ft"
    yield _text((10 + length + 38, low), words, 9)
    yield (
        f'<rect x="0.5" y="0.5" width="{frame.width - 1:g}" '
        f'height="{top + STRIP - 1:g}" fill="none" stroke="#000" stroke-width="0.8"/>'
    )
    right = frame.width - 16
    yield f'<path d="M{right:g} {top + 3:g}l6 16l-6 -4l-6 4z"/>'
    yield _text((right - 14, low + 1), "N", 11, 'font-weight="bold"')
