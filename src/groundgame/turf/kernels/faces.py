"""Walk blockfaces whole, and share a walk between two.

In:  stops, turf by turf and face by face, each face from one of its ends to the other.
Out: in which order, and from which end, the faces are walked; or whose each door is.

A face is two stops, its ends, that hang together as firmly as the ends of a walk do in
`ordered`. So no walk leaves a face before its other end, and the street is crossed at
the ends of faces only.
"""

import numpy as np

from groundgame.turf.kernels.compiled import Counts, Floats, compiled
from groundgame.turf.kernels.ground import Ground
from groundgame.turf.kernels.order import ANY, BACK, FIRM, ordered, tabled


@compiled
def faced(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    ground: Ground, begins: Counts, face: Counts, ends: Counts, tries: float, seed: int
) -> Counts:
    """Order each turf as a walk that leaves no face before its end.

    Args:
        ground: How far it is from stop to stop, as `led` wants it.
        begins: Where each turf begins, and n at the end, shape (turfs + 1,).
        face: The face of each stop; those of a face are side by side, shape (n,).
        ends: The stops at which walks start and end, as `led` wants them.
        tries: How many kicks a face.
        seed: Where the kicks fall.

    Returns:
        The stops of the turfs in walking order, turf after turf, shape (n,).
    """
    order = np.arange(begins[-1])
    for turf in range(begins.size - 1):
        begin, end = begins[turf], begins[turf + 1]
        stops, owner, head, tail = knots(face, begin, end, ends)
        nodes = stops.size
        if nodes < 3:  # noqa: PLR2004  # there is only one way
            continue
        table = tabled(ground, stops)
        bond = -FIRM * table.max() - 1.0
        for node in range(1, nodes):
            if owner[node] >= 0 and owner[node] == owner[node - 1]:
                table[node, node - 1] = table[node - 1, node] = bond
        first = 0 if ends[0] >= 0 else ANY
        last = nodes - 1 if ends[1] >= 0 else ends[1]
        walk = ordered(table, first, last, int(tries * nodes), seed + turf)
        if last == BACK and nodes > 2 and owner[walk[0]] == owner[walk[-1]] >= 0:  # noqa: PLR2004  # else it has no other way round
            walk[1:] = walk[1:][::-1].copy()
        unroll(order[begin:end], walk, owner, head, tail)
    return order


@compiled
def knots(
    face: Counts, begin: int, end: int, ends: Counts
) -> tuple[Counts, Counts, Counts, Counts]:
    """Return the ends of the faces of a turf, and between them those of the walk.

    Returns:
        The stop of each end; its face, counted from 0, or -1 for an end of the walk;
        and the first and the last stop of each face.
    """
    stops = np.empty(2 * (end - begin) + 2, np.int64)
    owner = np.full(stops.size, -1)
    head, tail = np.empty(end - begin, np.int64), np.empty(end - begin, np.int64)
    node = faces = 0
    if ends[0] >= 0:
        stops[0] = ends[0]
        node = 1
    for row in range(begin, end):
        if row == begin or face[row] != face[row - 1]:
            head[faces] = row
            stops[node], owner[node] = row, faces
            node += 1
        if row == end - 1 or face[row] != face[row + 1]:
            tail[faces] = row
            if row != head[faces]:
                stops[node], owner[node] = row, faces
                node += 1
            faces += 1
    if ends[1] >= 0:
        stops[node] = ends[1]
        node += 1
    return stops[:node], owner[:node], head[:faces], tail[:faces]


@compiled
def unroll(
    order: Counts, walk: Counts, owner: Counts, head: Counts, tail: Counts
) -> None:
    """Write down all stops of faces whose ends are walked in this order."""
    done = np.zeros(head.size, np.bool_)
    at = 0
    for node in walk:
        own = owner[node]
        if own < 0 or done[own]:
            continue
        done[own] = True
        ahead = node == 0 or owner[node - 1] != own  # its first end comes first
        for step in range(tail[own] - head[own] + 1):
            order[at] = head[own] + step if ahead else tail[own] - step
            at += 1


@compiled
def shared(  # noqa: PLR0913, PLR0917  # arrays that numba knows
    turf: Counts, street: Counts, left: Counts, takes: Floats, lead: float, last: float
) -> Counts:
    """Share the doors of each turf between two who walk on opposite sides.

    One keeps to the left and the other to the right while neither gets ahead by more
    than `lead`. Where one would, they change sides; if that does not do, whoever is
    done with a side takes the last doors of the other.

    Args:
        turf: The turf of each door; doors in walking order, shape (n,).
        street: The street between two corners, never two in one turf by one number.
        left: Whether the door is on the left as one walks, 0 or 1.
        takes: What each door takes.
        lead: What one may be ahead.
        last: What one may be ahead at the last street of a turf.

    Returns:
        Whose each door is, 0 or 1.
    """
    whose = 1 - left
    ahead = 0.0  # of the first of the two
    begin = 0
    for row in range(turf.size):
        ends_turf = row == turf.size - 1 or turf[row + 1] != turf[row]
        if not ends_turf and street[row + 1] == street[row]:
            continue
        here, weigh = whose[begin : row + 1], takes[begin : row + 1]
        ahead = settled(here, weigh, ahead, last if ends_turf else lead)
        begin = row + 1
        if ends_turf:
            ahead = 0.0
    return whose


@compiled
def settled(whose: Counts, takes: Floats, before: float, lead: float) -> float:
    """Share the doors of one street, in place; return what the first is ahead then."""
    more = 0.0
    for door in range(whose.size):
        more += takes[door] if whose[door] == 0 else -takes[door]
    ahead = before + more
    if abs(ahead) > lead and abs(before - more) < abs(ahead):
        for door in range(whose.size):
            whose[door] = 1 - whose[door]
        ahead = before - more
    for door in range(whose.size - 1, -1, -1):
        longer = 0 if ahead > 0 else 1
        less = abs(ahead) - 2.0 * takes[door]
        if whose[door] == longer and abs(ahead) > lead and abs(less) < abs(ahead):
            whose[door] = 1 - longer
            ahead = less if longer == 0 else -less
    return ahead
