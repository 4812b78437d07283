"""How fast people really were: a pace fitted to the conversations there are.

In:  knocks, one row a record: on which walk, when it was written down, at which door,
     whether somebody was spoken with, and how many questions were answered; and where
     the doors are.
Out: a pace, with how many conversations it is from, and an interval for each number.

The time from one record to the next is the walk, the knock, and the talk if there was
one. What is odd counts little (Huber's weights) and then, as a pause does, nothing
(Tukey's), by least squares with weights that are found again and again. The assumed
pace counts like a few evenings' worth of knowledge, so that three doors move it hardly
and a thousand doors are nearly all that is heard.

Source:
    Huber (1964), Robust estimation of a location parameter, Annals of Mathematical
    Statistics 35(1); Beaton and Tukey (1974), The fitting of power series,
    Technometrics 16(2), for the weights that end; the pull toward the assumed pace is a
    normal prior, as in Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., 14.8.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import beta

from groundgame.tables import KNOCKS, PLACED
from groundgame.turf.footing import footing
from groundgame.turf.loops import kernels
from groundgame.turf.pace import HOUR, Pace
from groundgame.turf.stops import FARTHEST, Counts, Floats
from groundgame.turf.streets.network import Network

PAUSE = 1800.0  # seconds; who writes nothing for longer was not at work
DOORS = 40.0  # what the assumed contact rate counts like
DOUBT = np.array([0.25, 0.3, 0.5, 0.4])  # how far off the assumed pace may be, shares
HUBER, TUKEY = 1.345, 4.685
"""Spreads from which on a gap counts less, and counts nothing: 95 % as sharp as least
squares where none is odd."""
ROUNDS = 15  # with either, each from the pace before
FEWEST = 30
"""Gaps between doors below which there is nothing to speak of."""
NAMES = ("speed", "knock", "opening", "question")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A pace, and what it is from."""

    pace: Pace
    doors: int
    """Doors knocked on."""
    conversations: int
    """Of those, with a conversation."""
    gaps: int
    """Times from door to door that were used."""
    between: Mapping[str, tuple[float, float]]
    """The 95 % interval of `speed`, `knock`, `opening`, `question` and `opens`."""

    @property
    def enough(self) -> bool:
        """Whether it says more than what was assumed."""
        return self.gaps >= FEWEST


def fitted(
    knocks: pa.Table,
    placed: pa.Table,
    assumed: Pace | None = None,
    *,
    network: Network | None = None,
) -> Fitted:
    """Fit a pace to what was recorded at the doors.

    Several records at one door in a row are one knock. Records of phones whose clock
    went backwards, and pauses, are passed over; so is the walk to and from a door that
    has no place. The order of the rows changes nothing.

    Args:
        knocks: groundgame.tables.KNOCKS.
        placed: Where the doors are (groundgame.tables.PLACED).
        assumed: The pace to start from; the usual one unless said otherwise.
        network: The streets that were walked on; left out, straight lines.

    Raises:
        WrongTable: The table is not shaped like groundgame.tables.KNOCKS.
    """
    assumed = assumed or Pace()
    doors = _doors(KNOCKS.conform(knocks), placed, network)
    talks, count = int(doors.contact.sum()), int(doors.contact.size)
    yes, no = assumed.opens * DOORS + talks, (1 - assumed.opens) * DOORS + count - talks
    low, high = beta.interval(0.95, max(yes, 1e-9), max(no, 1e-9))
    gap = np.diff(doors.at)
    same = (np.diff(doors.walk) == 0) & (gap > 0.0) & (gap <= PAUSE)
    used = np.flatnonzero(same & np.isfinite(doors.metres[1:])) + 1
    found, spread = _solved(doors, used, gap[used - 1], assumed)
    values = dict(zip(NAMES, _pace(found), strict=True))
    pace = replace(assumed, **values, opens=float(yes / (yes + no)))
    ends = [_pace(found + sign * 1.96 * spread) for sign in (-1.0, 1.0)]
    between = {
        name: (min(a, b), max(a, b)) for name, a, b in zip(NAMES, *ends, strict=True)
    }
    opens = {"opens": (float(low), float(high))}
    return Fitted(pace, count, talks, int(used.size), between | opens)


@dataclass(frozen=True, slots=True)
class _Doors:
    """Doors that were knocked on, walk by walk in order of time."""

    walk: Counts
    at: Floats
    contact: npt.NDArray[np.bool_]
    answers: Floats
    metres: Floats
    """From the door before; NaN where nobody knows."""


def _doors(knocks: pa.Table, placed: pa.Table, network: Network | None) -> _Doors:
    """Take the records at one door in a row together: its last, and what was said."""
    table = knocks.sort_by(
        [("walk", "ascending"), ("at", "ascending"), ("door_id", "ascending")]
    )
    walk = np.unique(np.asarray(table["walk"]).astype(str), return_inverse=True)[1]
    door = np.unique(np.asarray(table["door_id"]).astype(str), return_inverse=True)[1]
    contact = np.asarray(table["contact"]).astype(bool)
    if not walk.size:
        none = np.empty(0)
        return _Doors(walk, none, contact, none, none)
    new = (np.diff(walk, prepend=-1) != 0) | (np.diff(door, prepend=-1) != 0)
    first = np.flatnonzero(new)
    last = np.append(first[1:], walk.size) - 1
    return _Doors(
        walk[first],
        table["at"].to_numpy()[last],
        np.logical_or.reduceat(contact, first),
        np.add.reduceat(table["answers"].to_numpy().astype(float), first),
        _metres(table["door_id"].take(first), placed, network),
    )


def _metres(doors: Any, placed: pa.Table, network: Network | None) -> Floats:
    """Return how far each door is from the one before it."""
    known = PLACED.conform(placed)["door_id"].combine_chunks()
    rows = pc.index_in(doors, value_set=known).fill_null(-1).to_numpy()
    x, y = placed["x"].to_numpy(), placed["y"].to_numpy()
    there = (rows >= 0) & (np.abs(x[rows]) <= FARTHEST) & (np.abs(y[rows]) <= FARTHEST)
    metres = np.full(rows.size, np.nan)
    both = np.flatnonzero(there[1:] & there[:-1]) + 1
    used = np.flatnonzero(there)
    if both.size:
        ground = footing(placed.take(rows[used]), network)
        at = np.searchsorted(used, both)
        metres[both] = kernels().gaps(ground, at - 1, at)
    return metres


def _pace(found: Floats) -> list[float]:
    """Return speed and seconds of what was solved for, within what anybody does."""
    slow, *seconds = found.tolist()
    speed = 1.0 / min(max(slow, 0.1), 10.0)
    return [speed, *(min(max(each, 0.0), HOUR) for each in seconds)]


def _solved(
    doors: _Doors, used: Counts, gap: Floats, assumed: Pace
) -> tuple[Floats, Floats]:
    """Return seconds a metre, a knock, a talk and a question; and their spreads."""
    start = np.array(
        [1.0 / assumed.speed, assumed.knock, assumed.opening, assumed.question]
    )
    talk = doors.contact[used].astype(float)
    parts = np.column_stack(
        (doors.metres[used], np.ones(used.size), talk, talk * doors.answers[used])
    )
    pull = 1.0 / (DOUBT * np.maximum(start, 1e-3)) ** 2
    found, spread, counts = start, 30.0, np.ones(used.size)
    for far in (HUBER,) * ROUNDS + (TUKEY,) * ROUNDS if used.size else ():
        miss = gap - parts @ found
        spread = max(float(1.4826 * np.median(np.abs(miss))), 1.0)
        odd = np.abs(miss) / (far * spread)
        if far == HUBER:
            counts = 1.0 / np.maximum(odd, 1.0)
        else:
            counts = np.maximum(1.0 - odd**2, 0.0) ** 2
        found = _step(parts, gap, counts / spread**2, start, pull)
    known = (parts.T * (counts / spread**2)) @ parts + np.diag(pull)
    wide: Floats = np.sqrt(np.diag(np.linalg.inv(known)))
    return found, wide


def _step(
    parts: Floats, gap: Floats, counts: Floats, start: Floats, pull: Floats
) -> Floats:
    """Return the seconds of each part that fit best, pulled toward the assumed ones."""
    left = (parts.T * counts) @ parts + np.diag(pull)
    right = (parts.T * counts) @ gap + pull * start
    found: Floats = np.maximum(np.linalg.solve(left, right), 0.0)
    return found
