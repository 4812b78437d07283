"""Large Elm: the streets of Elmton and the doors along them.

In:  a seed.
Out: streets (a name and a line) and homes (a place and an address), in metres east and
     north of the middle of town, and from there in degrees.

The middle is a grid: avenues named after trees run east and west, numbered streets
north and south. Three bent streets lie to the north, apartment houses stand at some
corners, and three county roads lead far out past scattered farms. Even numbers are on
one side of a street and odd ones on the other, a hundred to a block.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, radians, sin

from small import CITY, LAT, LON, ZIP

from groundgame.values import Seed

AVENUES = (
    *("Alder", "Ash", "Birch", "Cedar", "Chestnut", "Elm", "Hickory", "Juniper"),
    *("Larch", "Linden", "Maple", "Oak"),
)
BENT = ("Willow Bend", "Meadow Loop", "Orchard Crescent")
ROADS = ("County Road 9", "County Road 12", "Sandhill Road")
BLOCKS = 14  # along an avenue
ACROSS, DOWN = 130.0, 95.0  # metres: one block's width and depth
LOT = 21.0  # metres between neighbouring doors
SETBACK = 14.0  # metres from the middle of the street to the door
METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Home:
    """One door and where it is, in metres from the middle of town."""

    number: str
    street: str
    unit: str
    x: float
    y: float
    ward: int
    city: str = CITY
    zip: str = ZIP


@dataclass(frozen=True, slots=True)
class Street:
    """A name and a line through points in metres."""

    name: str
    line: tuple[tuple[float, float], ...]


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place in metres."""
    east = METRES_A_DEGREE * cos(radians(LAT))
    return round(LON + x / east, 7), round(LAT + y / METRES_A_DEGREE, 7)


def ordinal(n: int) -> str:
    """Return 1st, 2nd, 3rd, 4th."""
    last = "th" if n in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{last}"


def streets() -> list[Street]:
    """Return every street of Elmton."""
    left, right = _x(0), _x(BLOCKS)
    bottom, top = _y(0), _y(len(AVENUES) - 1)
    bends = [_joined(list(_arc(n, 24)), top) for n in range(len(BENT))]
    ends = {bend[end][0] for bend in bends for end in (0, -1)}
    across = [_x(n) for n in range(BLOCKS + 1)]
    down = [_y(row) for row in range(len(AVENUES))]
    avenues = [
        Street(
            f"{tree} Avenue", tuple((x, y) for x in _met(across, ends, top=y == top))
        )
        for tree, y in zip(AVENUES, down, strict=True)
    ]
    numbered = [
        Street(f"{ordinal(n)} Street", tuple((x, y) for y in down))
        for n, x in enumerate(across, start=1)
    ]
    bent = [Street(name, bend) for name, bend in zip(BENT, bends, strict=True)]
    corners = ((right, bottom), (0.0, bottom), (left, bottom))
    roads = [Street(name, (corners[n], *_road(n, 12))) for n, name in enumerate(ROADS)]
    return [*avenues, *numbered, *bent, *roads]


def _met(across: list[float], ends: set[float], *, top: bool) -> list[float]:
    """Return where an avenue meets others: lines meet where they share a point."""
    return sorted({*across, *ends}) if top else across


def _joined(
    bend: list[tuple[float, float]], y: float
) -> tuple[tuple[float, float], ...]:
    """Return a bend whose two ends go down to the avenue at `y`."""
    return ((bend[0][0], y), *bend, (bend[-1][0], y))


def homes(seed: Seed) -> list[Home]:
    """Return every home of Elmton, about 2,900 of them."""
    chance = seed.stream("elm.homes")
    found: list[Home] = []
    for home in _along_all():
        ward = _ward(home.x, home.y)
        placed = Home(home.number, home.street, "", home.x, home.y, ward)
        draw = chance.random()
        if home.street in ROADS or draw < 0.80:
            found.append(placed)
        elif draw < 0.822:
            found.extend(_apartments(placed, int(chance.integers(2, 7))))
    return found


def _apartments(house: Home, floors: int) -> Iterator[Home]:
    """Yield the units of an apartment house, four to a floor."""
    for floor in range(1, floors + 1):
        for letter in "ABCD":
            yield Home(
                house.number,
                house.street,
                f"{floor}{letter}",
                house.x,
                house.y,
                house.ward,
            )


def _along_all() -> Iterator[Home]:
    """Yield a home for each lot of each street, without its ward."""
    for row, tree in enumerate(AVENUES):
        for block in range(BLOCKS):
            yield from _block(f"{tree} Avenue", block, row)
    for column in range(BLOCKS + 1):
        for block in range(len(AVENUES) - 1):
            yield from _side_block(f"{ordinal(column + 1)} Street", block, column)
    yield from _along_bends()
    yield from _along_roads()


def _along_bends() -> Iterator[Home]:
    """Yield the homes on the inside (even) and the outside (odd) of each bend."""
    for n, name in enumerate(BENT):
        sides = [list(_arc(n, 60, out)) for out in (-SETBACK, SETBACK)]
        for lot in range(60):
            x, y = sides[lot % 2][lot]
            yield Home(str(100 + lot), name, "", x, y, 0)


def _along_roads() -> Iterator[Home]:
    """Yield the farms along the county roads, some 260 metres apart."""
    for n, name in enumerate(ROADS):
        for lot, (x, y) in enumerate(_road(n, 26)):
            out = 40.0 if lot % 2 else -40.0
            yield Home(str(1001 + 37 * lot), name, "", x + out, y + out, 0)


def _block(name: str, block: int, row: int) -> Iterator[Home]:
    """Yield both sides of one block of an avenue: five lots a side."""
    for lot in range(5):
        x = _x(block) + 23.0 + LOT * lot
        hundred = 100 * (block + 1)
        yield Home(str(hundred + 4 * lot + 2), name, "", x, _y(row) + SETBACK, 0)
        yield Home(str(hundred + 4 * lot + 3), name, "", x, _y(row) - SETBACK, 0)


def _side_block(name: str, block: int, column: int) -> Iterator[Home]:
    """Yield both sides of one block of a numbered street: two lots a side."""
    for lot in range(2):
        y = _y(block) + 37.0 + LOT * lot
        hundred = 100 * (block + 1)
        yield Home(str(hundred + 10 * lot + 4), name, "", _x(column) + SETBACK, y, 0)
        yield Home(str(hundred + 10 * lot + 5), name, "", _x(column) - SETBACK, y, 0)


def _x(block: int) -> float:
    return (block - BLOCKS / 2) * ACROSS


def _y(row: int) -> float:
    return (row - (len(AVENUES) - 1) / 2) * DOWN


def _arc(n: int, points: int, out: float = 0.0) -> Iterator[tuple[float, float]]:
    """Yield points of a bent street north of the grid, or `out` metres beside it."""
    middle, reach = (n - 1) * 600.0, 240.0 + out
    for step in range(points):
        turn = pi * step / (points - 1)
        yield middle - reach * cos(turn), _y(len(AVENUES)) + 30.0 + reach * sin(turn)


def _road(n: int, points: int) -> Iterator[tuple[float, float]]:
    """Yield points of a county road that leads out of town, a little wavy."""
    heading = radians((-35.0, -100.0, 205.0)[n])
    for step in range(points):
        far = 1_100.0 + 6_500.0 * step / (points - 1)
        wave = 90.0 * sin(far / 700.0)
        yield (
            far * cos(heading) - wave * sin(heading),
            far * sin(heading) + wave * cos(heading),
        )


def _ward(x: float, y: float) -> int:
    """Return the ward: 1 to 4, a quarter of the compass each."""
    return 1 + (x >= 0) + 2 * (y >= 0)
