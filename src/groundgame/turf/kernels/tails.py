"""Swap tails: join two walks the other way round.

In:  two stops near one another, in two turfs. Out: the same stops, in two other walks.

Each of the two walks is parted at its stop; the parts that end there become one walk,
and what is left of both the other. It costs hardly more to look at than four legs, and
moves in one step what no string of stops is long enough for.

Source:
    Potvin and Rousseau (1995), An exchange heuristic for routeing problems with time
    windows, Journal of the Operational Research Society 46(12): "2-opt*". Walks are
    open, so parts are joined in all four ways.
"""

from typing import NamedTuple

from groundgame.turf.kernels.compiled import Bits, Floats, draw, inner, within
from groundgame.turf.kernels.town import Town, apart, owed


class Parting(NamedTuple):
    """Where a walk is parted."""

    stop: int  # the last stop of the part that is joined
    rest: int  # the first of the other part; -1: there is none
    on: int  # 1 where the rest lies after the stop, 0 where before it
    leg: float  # metres between the two


@within
def parting(town: Town, stop: int, on: int) -> Parting:
    """Part a walk after a stop, or before it."""
    if on:
        return Parting(stop, town.ahead[stop], 1, town.leg[stop])
    rest = town.behind[stop]
    return Parting(stop, rest, 0, town.leg[rest] if rest >= 0 else 0.0)


@within
def outward(town: Town, stop: int, on: int, begin: int) -> int:
    """Write down the stops from one to an end of its walk; return how many.

    Each with its leg to the next, from place `begin` of what is gone on.
    """
    count = 0
    while stop >= 0:
        way = parting(town, stop, on)
        town.gone[begin + count], town.gone_leg[begin + count] = stop, way.leg
        count += 1
        stop = way.rest
    return count


@within
def taken(town: Town, stop: int, on: int) -> float:
    """Return what the stops from one to an end of its walk take of a turf."""
    load = 0.0
    while stop >= 0:
        way = parting(town, stop, on)
        load += town.takes[stop] + town.metre * way.leg
        stop = way.rest
    return load


@inner
def laid(  # noqa: PLR0913, PLR0917  # two parts, and what is between
    town: Town, t: int, one: int, two: int, end: int, leg: float
) -> None:
    """Lay a walk: one part backwards, a leg, and another part.

    Args:
        town: The turfs.
        t: Whose walk it is.
        one: Where the stops of the one part begin in what is gone.
        two: Where they end, and those of the other begin.
        end: Where these end.
        leg: Metres from the first stop of one part to the first of the other.
    """
    before = -1
    for at in range(one, end):
        place = two - 1 - (at - one) if at < two else at
        metres = town.gone_leg[place]
        if at < two:
            metres = town.gone_leg[place - 1] if place > one else leg
        stop = town.gone[place]
        town.turf[stop], town.behind[stop], town.leg[stop] = t, before, metres
        if before >= 0:
            town.ahead[before] = stop
        before = stop
    town.ahead[before], town.leg[before] = -1, 0.0
    town.size[t] = end - one


@within
def swap_tails(  # noqa: PLR0913, PLR0917  # limits, and what may be lost
    town: Town,
    stop: int,
    least: Floats,
    most: float,
    dear: float,
    loss: float,
    state: Bits,
) -> float:
    """Swap the tails of two turfs at a stop and one near it, if that is worth it.

    Returns:
        The metres saved, what the two turfs owe less counted in; 0 where nothing is
        done: more than `loss` would be lost, or a turf be too full.
    """
    k, ways = draw(state, town.near.shape[1]), draw(state, 4)
    other = town.near[stop, k]
    t, u = town.turf[stop], town.turf[other]
    a, b = parting(town, stop, ways & 1), parting(town, other, ways >> 1)
    if t == u or (a.rest < 0 and b.rest < 0):
        return 0.0
    gain = a.leg + b.leg - town.gap[stop, k]
    gain += owed(town.load[t], least[t], most, dear)
    gain += owed(town.load[u], least[u], most, dear)
    if gain < -loss:
        return 0.0
    bridge = apart(town, a.rest, b.rest) if a.rest >= 0 and b.rest >= 0 else 0.0
    gain -= bridge
    if gain < -loss:
        return 0.0
    both = town.load[t] + town.load[u] - town.metre * (a.leg + b.leg)
    joined = taken(town, stop, 1 - a.on) + taken(town, other, 1 - b.on)
    rest = both - joined + town.metre * bridge
    joined += town.metre * town.gap[stop, k]
    gain -= owed(joined, least[t], most, dear) + owed(rest, least[u], most, dear)
    if max(joined, rest) > most or gain < -loss:
        return 0.0
    swapped(town, a, b, town.gap[stop, k], bridge)
    town.load[t], town.load[u] = joined, rest
    return float(gain)


@inner
def swapped(town: Town, a: Parting, b: Parting, gap: float, bridge: float) -> None:
    """Lay the walks of two turfs the other way round."""
    t, u = town.turf[a.stop], town.turf[b.stop]
    two = outward(town, a.stop, 1 - a.on, 0)
    end = two + outward(town, b.stop, 1 - b.on, two)
    middle = end + outward(town, a.rest, a.on, end)
    last = middle + outward(town, b.rest, b.on, middle)
    laid(town, t, 0, two, end, gap)
    laid(town, u, end, middle, last, bridge)
