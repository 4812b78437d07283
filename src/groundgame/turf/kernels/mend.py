"""Move doors across the borders of turfs: ruin and recreate.

In:  turfs with their walks. Out: the same turfs, shorter, in place.

A try takes strings of stops out of turfs that lie side by side and puts each stop back
where it lengthens a walk least. What came out longer is mostly taken back: how much may
be lost at a try cools down as the work goes on. A try that leaves a turf with too many
doors is always taken back. Doors that a turf lacks have a price: at a low one turfs get
by for a while with too few, which makes way for others; at a very high one none does.

Most tries come to nothing, and most of these are seen to before all stops are back: how
much a try may lose is drawn before it, and as soon as more is lost, it is over.

What a turf has room for are doors, or whatever else stops take of it; where metres
walked take something too, a leg counts in the turf that walks it.

Source:
    Christiaens and Vanden Berghe (2020), Slack induction by string removals for vehicle
    routing problems, Transportation Science 54(2). Ours has open walks, a least load,
    and looks only at near neighbours when it puts a stop back.
"""

from typing import NamedTuple

import numpy as np

from groundgame.turf.kernels.compiled import (
    Bits,
    Counts,
    Floats,
    Ints,
    around,
    compiled,
    draw,
    inner,
    within,
)
from groundgame.turf.kernels.ground import Ground, Short
from groundgame.turf.kernels.ground import apart as on_foot

STRINGS = 4  # strings that are taken out at a try, at most
LONGEST = 10  # stops of one string, at most
BLINK = 30  # one place in so many is not seen, so that the best is not always taken


class Town(NamedTuple):
    """Turfs under repair: every stop in one of them, or on its way to another."""

    ground: Ground  # how far it is from stop to stop
    table: Short  # the same as a table, where that is worth it; else of shape (0, 0)
    takes: Floats  # what each stop takes of a turf: its doors, or people, or minutes
    metre: float  # what a metre walked takes
    near: Ints  # nearest stops of each stop
    gap: Floats  # how far they are
    walk: Ints  # the stops of each turf in order, shape (turfs, most)
    size: Ints  # stops of each turf
    load: Floats  # what is taken of each turf
    turf: Ints  # turf of each stop; -1 while it is out
    slot: Ints  # place of each stop in its walk
    ahead: Floats  # metres from each stop to the next of its walk; 0 from the last
    saved: Ints  # turfs touched, and the four below as they were before
    old_walk: Ints
    old_ahead: Floats
    old_size: Ints
    old_load: Floats
    out: Ints  # stops that were taken out
    tally: Counts  # turfs touched, stops out


@within
def apart(town: Town, a: int, b: int) -> float:
    """Return the metres between two stops."""
    if town.table.shape[0]:
        return float(town.table[a, b])
    return on_foot(town.ground, a, b)


@within
def touch(town: Town, t: int) -> bool:
    """Remember a turf as it is; False when too many are touched already."""
    for at in range(town.tally[0]):
        if town.saved[at] == t:
            return True
    at = town.tally[0]
    if at == town.saved.size:
        return False
    town.saved[at] = t
    for slot in range(town.size[t]):
        stop = town.walk[t, slot]
        town.old_walk[at, slot], town.old_ahead[at, slot] = stop, town.ahead[stop]
    town.old_size[at], town.old_load[at] = town.size[t], town.load[t]
    town.tally[0] += 1
    return True


@within
def take_out(town: Town, t: int, start: int, length: int) -> float:
    """Take a string of stops out of a turf; return the metres saved."""
    walk, size, end = town.walk, town.size[t], start + length
    saved = 0.0
    for at in range(max(start, 1) - 1, end):
        saved += town.ahead[walk[t, at]]
    if start > 0:
        bridge = 0.0
        if end < size:
            bridge = apart(town, walk[t, start - 1], walk[t, end])
        town.ahead[walk[t, start - 1]] = bridge
        saved -= bridge
    for at in range(start, end):
        stop = walk[t, at]
        town.turf[stop] = -1
        town.load[t] -= town.takes[stop]
        town.out[town.tally[1]] = stop
        town.tally[1] += 1
    for at in range(end, size):
        walk[t, at - length] = walk[t, at]
        town.slot[walk[t, at]] = at - length
    town.size[t] -= length
    town.load[t] -= town.metre * saved
    return saved


@within
def ruin(town: Town, seed: int, state: Bits) -> float:
    """Take strings of stops out of turfs that lie side by side, around one stop."""
    strings = 1 + draw(state, STRINGS)
    saved = 0.0
    for at in range(-1, town.near.shape[1]):
        stop = seed if at < 0 else town.near[seed, at]
        t = town.turf[stop]
        if t < 0 or town.size[t] <= 1 or town.tally[0] == strings:
            continue
        fresh = True
        for s in range(town.tally[0]):
            fresh = fresh and town.saved[s] != t
        if fresh and touch(town, t):
            length = 1 + draw(state, min(LONGEST, town.size[t] - 1))
            low = max(0, town.slot[stop] - length + 1)
            high = min(town.slot[stop], town.size[t] - length)
            saved += take_out(town, t, low + draw(state, high - low + 1), length)
    return saved


@within
def added(  # noqa: PLR0913, PLR0917  # one place, and what is known of it
    town: Town, c: int, e: int, gap: float, by: int, below: float
) -> float:
    """Return the metres that stop `c` adds right before (-1) or after (1) stop `e`.

    Or inf, where it is seen at once that they are not below `below`: no two sides of a
    triangle are shorter than the third.
    """
    t, slot = town.turf[e], town.slot[e] + by
    if not 0 <= slot < town.size[t]:
        return gap
    other = town.walk[t, slot]
    leg = town.ahead[e] if by == 1 else town.ahead[other]
    if 2.0 * (gap - leg) >= below:
        return float(np.inf)
    return float(gap + apart(town, other, c) - leg)


@within
def put_in(town: Town, c: int, most: float, state: Bits) -> float:
    """Put a stop where it lengthens the walks least; inf where there is no room."""
    best, into, where = np.inf, -1, 0
    unseen = draw(state, BLINK)
    for k in range(town.near.shape[1]):
        e = town.near[c, k]
        t = town.turf[e]
        if t < 0 or k == unseen or town.load[t] + town.takes[c] > most:
            continue
        before = added(town, c, e, town.gap[c, k], -1, best)
        after = added(town, c, e, town.gap[c, k], 1, min(best, before))
        more = min(before, after)
        full = town.load[t] + town.takes[c] + town.metre * more > most
        if more < best and not full:
            best, into = more, t
            where = town.slot[e] + (0 if before <= after else 1)
    if into < 0 or not touch(town, into):
        return np.inf
    slip_in(town, c, into, where)
    return best


@within
def slip_in(town: Town, c: int, t: int, where: int) -> None:
    """Give stop `c` its place in a walk."""
    for at in range(town.size[t], where, -1):
        town.walk[t, at] = town.walk[t, at - 1]
        town.slot[town.walk[t, at]] = at
    town.walk[t, where] = c
    town.slot[c], town.turf[c] = where, t
    town.size[t] += 1
    shorter = town.ahead[town.walk[t, where - 1]] if where > 0 else 0.0
    town.ahead[c] = 0.0
    if where + 1 < town.size[t]:
        town.ahead[c] = apart(town, c, town.walk[t, where + 1])
    if where > 0:
        town.ahead[town.walk[t, where - 1]] = apart(town, town.walk[t, where - 1], c)
        shorter -= town.ahead[town.walk[t, where - 1]]
    town.load[t] += town.takes[c] + town.metre * (town.ahead[c] - shorter)


@within
def put_back(town: Town) -> None:
    """Make the touched turfs what they were."""
    for at in range(town.tally[0]):
        t = town.saved[at]
        town.size[t], town.load[t] = town.old_size[at], town.old_load[at]
        for slot in range(town.size[t]):
            stop = town.old_walk[at, slot]
            town.walk[t, slot] = stop
            town.turf[stop], town.slot[stop] = t, slot
            town.ahead[stop] = town.old_ahead[at, slot]


@inner
def shuffle(town: Town, state: Bits) -> None:
    """Put what is out in random order; sometimes large pieces first, while it fits."""
    out, count = town.out, town.tally[1]
    for at in range(count - 1, 0, -1):
        other = draw(state, at + 1)
        out[at], out[other] = out[other], out[at]
    if draw(state, 3) == 0:
        for at in range(1, count):
            stop, to = out[at], at
            while to and town.takes[out[to - 1]] < town.takes[stop]:
                out[to] = out[to - 1]
                to -= 1
            out[to] = stop


@within
def lacking(town: Town, at: int, load: float, least: float, dear: float) -> float:
    """Return what a touched turf pays more than before for what it lacks."""
    return float(dear * (max(0.0, least - load) - max(0.0, least - town.old_load[at])))


@within
def recreate(  # noqa: PLR0913, PLR0917  # limits, and what comes of passing them
    town: Town, state: Bits, least: float, most: float, dear: float, enough: float
) -> float:
    """Put all stops that are out somewhere; return the metres that this adds.

    Or inf, where it cannot be, or adds more than enough.
    """
    shuffle(town, state)
    added, ruined = 0.0, town.tally[0]
    for at in range(ruined):  # as if they lacked nothing any more, until they are full
        added += lacking(town, at, least, least, dear)
    for at in range(town.tally[1]):
        added += put_in(town, town.out[at], most, state)
        if added > enough:
            return np.inf
    for at in range(town.tally[0]):
        load = town.load[town.saved[at]]
        if load > most:
            return np.inf
        added += lacking(town, at, load, least, dear)
        if at < ruined:
            added -= lacking(town, at, least, least, dear)
    return added


@compiled
def mend(  # noqa: PLR0913, PLR0917  # numba knows no records that change
    town: Town,
    least: float,
    most: float,
    dear: float,
    tries: int,
    hot: float,
    cold: float,
    state: Bits,
) -> float:
    """Move stops between turfs `tries` times, in place; return the metres saved.

    Args:
        town: The turfs.
        least: What is taken of the smallest turf.
        most: What is taken of the largest turf; none gets above it.
        dear: Metres that each door pays that a turf lacks of `least`, or whatever
            turfs are measured in.
        tries: How often to ruin and recreate.
        hot: Metres that a try may lose at the first try.
        cold: Metres that a try may lose at the last.
        state: Where the tries fall; it moves on.
    """
    saved, heat = 0.0, hot
    cooling = (cold / hot) ** (1.0 / max(1, tries))
    for done in range(tries):
        heat *= cooling
        town.tally[0] = town.tally[1] = 0
        seed = around(town.takes.size, done / tries, state)
        loss = -heat * np.log((draw(state, 1 << 30) + 1) / (1 << 30))
        gain = ruin(town, seed, state)
        gain -= recreate(town, state, least, most, dear, gain + loss)
        if gain >= -loss:
            saved += gain
        else:
            put_back(town)
    return saved
