"""Move doors across the borders of turfs: ruin and recreate.

In:  turfs with their walks. Out: the same turfs, shorter, in place.

A try takes strings of stops out of turfs that lie side by side and puts each stop back
where it lengthens a walk least. What came out longer is mostly taken back: how much may
be lost at a try cools down as the work goes on. A try that gives a turf too many doors
is always taken back; one that has too many gets rid of them, of all if need be. Doors
that a turf lacks have a price: at a low one turfs get by for a while with too few,
which makes way for others; at a very high one none does.

Most tries come to nothing, and most of these are seen to before all stops are back: how
much a try may lose is drawn before it, and as soon as more is lost, it is over.

Strings are short; so after each try a few swaps of tails are looked at as well, which
move half a walk (tails.py).

What a turf has room for are doors, or whatever else stops take of it; where metres
walked take something too, a leg counts in the turf that walks it.

Source:
    Christiaens and Vanden Berghe (2020), Slack induction by string removals for vehicle
    routing problems, Transportation Science 54(2). Ours has open walks, a least load,
    and looks only at near neighbours when it puts a stop back.
"""

import numpy as np

from groundgame.turf.kernels.compiled import (
    Bits,
    Floats,
    Ints,
    around,
    compiled,
    draw,
    inner,
    often,
    within,
)
from groundgame.turf.kernels.tails import swap_tails
from groundgame.turf.kernels.town import Town, apart, owed

STRINGS = 4  # strings that are taken out at a try, at most
LONGEST = 10  # stops of one string, at most
TAILS = 4  # swaps of tails that are looked at after each try
BLINK = 30  # one place in so many is not seen, so that the best is not always taken


@within
def touch(town: Town, t: int) -> bool:
    """Remember a turf as it is; False when too many are touched already."""
    for at in range(town.tally[0]):
        if town.touched[at] == t:
            return True
    at = town.tally[0]
    if at == town.touched.size:
        return False
    town.touched[at] = t
    town.old_size[at], town.old_load[at] = town.size[t], town.load[t]
    town.tally[0] += 1
    return True


@within
def take_out(town: Town, first: int, length: int) -> float:
    """Take a string of stops out of a turf; return the metres saved."""
    t, before, stop = town.turf[first], town.behind[first], first
    number, at = town.tally[2], town.tally[1]
    string = town.string[number]
    string[0], string[1], string[2] = at, t, before
    saved = 0.0
    if before >= 0:
        saved = town.leg[before]
        town.string_leg[number] = saved
    for _ in range(length):
        town.out[at] = town.gone[at] = stop
        town.gone_leg[at] = town.leg[stop]
        at += 1
        saved += town.leg[stop]
        town.turf[stop] = -1
        town.load[t] -= town.takes[stop]
        stop = town.ahead[stop]
    string[3] = stop
    if stop >= 0:
        town.behind[stop] = before
    if before >= 0:
        bridge = apart(town, before, stop) if stop >= 0 else 0.0
        town.ahead[before], town.leg[before] = stop, bridge
        saved -= bridge
    town.size[t] -= length
    town.load[t] -= town.metre * saved
    town.tally[1], town.tally[2] = at, number + 1
    return saved


@within
def string_around(town: Town, stop: int, length: int, state: Bits) -> int:
    """Return where a string begins that has so many stops, this one among them."""
    first = stop
    for _ in range(draw(state, length)):
        if town.behind[first] >= 0:
            first = town.behind[first]
    last = first
    for _ in range(length - 1):
        if town.ahead[last] >= 0:
            last = town.ahead[last]
        else:
            first = town.behind[first]
    return int(first)


@within
def ruin(town: Town, seed: int, most: float, state: Bits) -> float:
    """Take strings of stops out of turfs that lie side by side, around one stop.

    The last stop of a turf stays, unless there is more in the turf than there may be.
    """
    strings = 1 + draw(state, STRINGS)
    saved = 0.0
    for at in range(-1, town.near.shape[1]):
        stop = seed if at < 0 else town.near[seed, at]
        t = town.turf[stop]
        stays = 1 if t < 0 or town.load[t] <= most else 0
        if t < 0 or town.size[t] <= stays or town.tally[0] == strings:
            continue
        fresh = True
        for s in range(town.tally[0]):
            fresh = fresh and town.touched[s] != t
        if fresh and touch(town, t):
            length = 1 + draw(state, min(LONGEST, town.size[t] - stays))
            first = string_around(town, stop, length, state)
            saved += take_out(town, first, length)
    return saved


@within
def added(  # noqa: PLR0913, PLR0917  # one place, and what is known of it
    town: Town, c: int, other: int, gap: float, leg: float, below: float
) -> float:
    """Return the metres that stop `c` adds between a stop `gap` away and an `other`.

    Or inf, where it is seen at once that they are not below `below`: no two sides of a
    triangle are shorter than the third.
    """
    if other < 0:
        return gap
    if 2.0 * (gap - leg) >= below:
        return float(np.inf)
    return float(gap + apart(town, other, c) - leg)


@within
def put_in(  # noqa: PLR0913, PLR0917  # a stop, and what places are worth
    town: Town, c: int, least: Floats, most: float, dear: float, state: Bits
) -> float:
    """Put a stop where it lengthens the walks least; inf where there is no room.

    A turf that lacks doors pays for those that it gets, so it gets them sooner.
    """
    best, into, before, longer = np.inf, -1, -1, np.inf
    unseen = draw(state, BLINK)
    room = most - town.takes[c]
    for k in range(town.near.shape[1]):
        e = town.near[c, k]
        t = town.turf[e]
        if t < 0 or k == unseen or town.load[t] > room:
            continue
        gap, last = town.gap[c, k], town.behind[e]
        leg = town.leg[last] if last >= 0 else 0.0
        pays = dear * min(town.takes[c], max(0.0, least[t] - town.load[t]))
        below = best + pays
        sooner = added(town, c, last, gap, leg, below)
        later = added(town, c, town.ahead[e], gap, town.leg[e], min(below, sooner))
        more = min(sooner, later)
        if more < below and town.load[t] + town.metre * more <= room:
            best, into, longer = more - pays, t, more
            before = last if sooner <= later else e
            if before < 0:
                before = -2 - e
    if into < 0 or not touch(town, into):
        return np.inf
    slip_in(town, c, into, before)
    return longer


@within
def slip_in(town: Town, c: int, t: int, before: int) -> None:
    """Give stop `c` its place in a walk: after a stop, or before the first of all.

    Args:
        town: The turfs.
        c: The stop.
        t: The turf.
        before: The stop that it comes after; -2 - e: it comes before e, the first.
    """
    after = town.ahead[before] if before >= 0 else -2 - before
    shorter = 0.0
    town.turf[c] = t
    town.behind[c], town.ahead[c] = max(before, -1), after
    town.leg[c] = 0.0
    if after >= 0:
        town.behind[after] = c
        town.leg[c] = apart(town, c, after)
    if before >= 0:
        shorter = town.leg[before]
        town.put_leg[town.tally[3]] = shorter
        town.ahead[before], town.leg[before] = c, apart(town, before, c)
        shorter -= town.leg[before]
    town.size[t] += 1
    town.load[t] += town.takes[c] + town.metre * (town.leg[c] - shorter)
    town.tally[3] += 1


@within
def put_back(town: Town) -> None:
    """Make the touched turfs what they were: last things first."""
    for at in range(town.tally[3] - 1, -1, -1):
        c = town.out[at]
        before, after = town.behind[c], town.ahead[c]
        if before >= 0:
            town.ahead[before], town.leg[before] = after, town.put_leg[at]
        if after >= 0:
            town.behind[after] = before
    end = town.tally[1]
    for number in range(town.tally[2] - 1, -1, -1):
        hang(town, number, end)
        end = town.string[number, 0]
    for at in range(town.tally[0]):
        t = town.touched[at]
        town.size[t], town.load[t] = town.old_size[at], town.old_load[at]


@within
def hang(town: Town, number: int, end: int) -> None:
    """Hang a string in where it was; it ends before place `end` of what is gone."""
    begin, t, before, after = town.string[number]
    if before >= 0:
        town.ahead[before] = town.gone[begin]
        town.leg[before] = town.string_leg[number]
    for at in range(begin, end):
        stop = town.gone[at]
        town.turf[stop], town.leg[stop] = t, town.gone_leg[at]
        town.behind[stop], before = before, stop
        town.ahead[stop] = town.gone[at + 1] if at + 1 < end else after
    if after >= 0:
        town.behind[after] = before


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
def recreate(  # noqa: PLR0913, PLR0917  # limits, and what comes of passing them
    town: Town, state: Bits, least: Floats, most: float, dear: float, enough: float
) -> float:
    """Put all stops that are out somewhere; return the metres that this adds.

    Or inf, where it cannot be, or adds more than enough.
    """
    shuffle(town, state)
    added, ruined = 0.0, town.tally[0]
    for at in range(ruined):  # as if they owed nothing any more, until all is put back
        added -= owed(town.old_load[at], least[town.touched[at]], most, dear)
    for at in range(town.tally[1]):
        added += put_in(town, town.out[at], least, most, dear, state)
        if added > enough:
            return np.inf
    for at in range(town.tally[0]):
        t = town.touched[at]
        load = town.load[t]
        if load > most and load > town.old_load[at]:
            return np.inf
        added += owed(load, least[t], most, dear)
        if at >= ruined:
            added -= owed(town.old_load[at], least[t], most, dear)
    return added


@compiled
def mend(  # noqa: PLR0913, PLR0917  # numba knows no records that change
    town: Town,
    least: Floats,
    most: float,
    dear: float,
    tries: int,
    hot: float,
    cold: float,
    seeds: Ints,
    state: Bits,
) -> float:
    """Move stops between turfs `tries` times, in place; return the metres saved.

    Args:
        town: The turfs.
        least: What should be taken of each turf at least, shape (turfs,).
        most: What is taken of the largest turf; none gets above it.
        dear: Metres that each door pays that a turf lacks of `least`, or whatever
            turfs are measured in.
        tries: How often to ruin and recreate.
        hot: Metres that a try may lose at the first try.
        cold: Metres that a try may lose at the last.
        seeds: The stops around which to try; if there are none, around any.
        state: Where the tries fall; it moves on.
    """
    saved, heat, places = 0.0, hot, seeds
    if not seeds.size:
        places = often(town.gap, np.arange(town.takes.size).astype(np.int32))
    cooling = (cold / hot) ** (1.0 / max(1, tries))
    for done in range(tries):
        heat *= cooling
        town.tally[:] = 0
        seed = int(places[around(places.size, done / tries, state)])
        loss = -heat * np.log((draw(state, 1 << 30) + 1) / (1 << 30))
        gain = ruin(town, seed, most, state)
        gain -= recreate(town, state, least, most, dear, gain + loss)
        if gain >= -loss:
            saved += gain
        else:
            put_back(town)
        for _ in range(TAILS):
            stop = int(town.near[seed, draw(state, town.near.shape[1])])
            if seeds.size:  # what is lacking there has to come from somewhere else
                stop = around(town.takes.size, done / tries, state)
            saved += swap_tails(town, stop, least, most, dear, loss, state)
    return saved
