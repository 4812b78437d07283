"""Which side of a border a place is on: slow, and by other means than the cut's."""


def side(place, line):
    """Return -1, 0 or 1: right of, on, or left of the line through two places."""
    (x0, y0), (x1, y1) = line
    turn = (x1 - x0) * (place[1] - y0) - (y1 - y0) * (place[0] - x0)
    return (turn > 0) - (turn < 0)


def inside(place, ring):
    """Say whether a place is in a ring: a ray to the east leaves it an odd time."""
    x, y = place
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            odd = not odd
    return odd
