"""Turfs under repair, as loops keep them: walks that are chains of stops.

A stop knows the one before it and the one after, so to take some out or to put one in
touches nothing else, and to take it back neither.
"""

from typing import NamedTuple

from groundgame.turf.kernels.compiled import Counts, Floats, Ints, within
from groundgame.turf.kernels.ground import Ground, Short
from groundgame.turf.kernels.ground import apart as on_foot


class Town(NamedTuple):
    """Turfs under repair: every stop in one of them, or on its way to another."""

    ground: Ground  # how far it is from stop to stop
    table: Short  # the same as a table, where that is worth it; else of shape (0, 0)
    takes: Floats  # what each stop takes of a turf: its doors, or people, or minutes
    metre: float  # what a metre walked takes
    near: Ints  # nearest stops of each stop
    gap: Floats  # how far they are
    turf: Ints  # turf of each stop; -1 while it is out
    behind: Ints  # the stop before each in its walk; -1 before the first
    ahead: Ints  # the stop after each; -1 after the last
    leg: Floats  # metres from each stop to the next of its walk; 0 from the last
    size: Ints  # stops of each turf
    load: Floats  # what is taken of each turf
    touched: Ints  # turfs touched, and the two above as they were before
    old_size: Ints
    old_load: Floats
    out: Ints  # stops that were taken out, in the order to put them back
    gone: Ints  # the same as they were taken out, string by string; or parts of walks
    gone_leg: Floats  # the legs they had
    string: Ints  # of each string: where it begins in `gone`, its turf, before, after
    string_leg: Floats  # metres from the stop before each string to its first
    put_leg: Floats  # the leg that each stop of `out` was put into
    tally: Counts  # turfs touched, stops out, strings, stops put back


@within
def apart(town: Town, a: int, b: int) -> float:
    """Return the metres between two stops."""
    if town.table.shape[0]:
        return float(town.table[a, b])
    return on_foot(town.ground, a, b)


@within
def owed(load: float, least: float, most: float, dear: float) -> float:
    """Return what a turf pays for what it lacks, or has too much."""
    return float(dear * (max(0.0, least - load) + max(0.0, load - most)))
