"""The street of each door once more: every door against every piece of every line."""

from itertools import pairwise
from math import cos, hypot, inf, radians

OWN, ANY = 200.0, 250.0


def foot(door, start, end):
    """Return how far a door is from a piece, and how far along it the nearest place."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    ax, ay = door[0] - start[0], door[1] - start[1]
    long = hypot(dx, dy)
    share = 0.0 if long == 0 else min(1.0, max(0.0, (ax * dx + ay * dy) / long**2))
    return hypot(ax - share * dx, ay - share * dy), share * long


def join(lines, shy, door, asked):
    """Return (edge, along, off) of a door; (-1, nan, nan) where nothing is near.

    Args:
        lines: (names, places) of each edge: its name and its name without direction.
        shy: Metres for each edge by which it must be nearer; None: nobody lives there.
        door: Its place.
        asked: The two names of its street, or None.
    """
    best = {}
    for e, (names, places) in enumerate(lines):
        if shy[e] is None:
            continue
        before = 0.0
        for start, end in pairwise(places):
            off, along = foot(door, start, end)
            own = [asked is not None and names[k] == asked[k] for k in range(2)]
            for rank, fits, reach, far in (
                (0, own[0], OWN, off),
                (1, own[1], OWN, off),
                (2, True, ANY, off + shy[e]),
            ):
                if fits and far < min(reach, best.get(rank, (inf,))[0]):
                    best[rank] = far, e, before + along, off
            before += hypot(end[0] - start[0], end[1] - start[1])
    if not best:
        return -1, float("nan"), float("nan")
    return best[min(best)][1:]


def length(lon, lat):
    """Return about how many metres long a line of degrees is."""
    return sum(
        111_320.0 * hypot((b[0] - a[0]) * cos(radians(b[1])), b[1] - a[1])
        for a, b in pairwise(zip(lon, lat, strict=True))
    )
