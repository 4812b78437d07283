"""Move doors between neighbouring turfs while the walks get shorter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from groundgame.turf.footing import part
from groundgame.turf.loops import kernels
from groundgame.turf.pieces import Pieces
from groundgame.turf.plan import Limits
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.tour import Neighbours
from groundgame.turf.walk import walked

Bits = npt.NDArray[np.uint64]
Short = npt.NDArray[np.float32]

if TYPE_CHECKING:
    from groundgame.turf.kernels import Ground, Town

MENDS = 20.0  # tries a piece, at effort 1
TOUCHED = 16  # turfs that one try may change
FEW = 200  # pieces; fewer get as many tries, which takes no time
STEPS = 20  # how often progress is told
TIDIED = frozenset((4, 8, 12, 16))  # steps after which walks are put in order
TIDY = 0.3  # tries a piece, each time
LENGTHY = 40  # tries a piece, from which on that is worth its time
HOT, HOTTEST, COLD = 0.25, 1.5, 0.05  # what a try may lose, first and last; see _hot
DEAR = 0.3, 10.0  # what a door pays that a turf lacks, first and last, in mean legs
DEARER = 3.0, 100.0  # the same, where some lack doors even so
NEVER = 1e12, 1e12  # the same, where no turf may lack any
SOFT = 8  # tries a piece, from which on turfs may lack doors for a while
LACK = 1e-9  # of the least: what sums are off by
FILLS = 60  # rounds of tries where turfs lack doors at last
FILL = 300  # tries of a round for each of those turfs
PATIENCE = 10  # rounds after which one of them is given up
OVERFULL = 1e4  # what it then has too much
WARM = 0.3  # what such a try may lose, in mean legs
TABLED = 20  # tries a piece, from which on a table of legs on streets is worth making
SMALL = 4000  # pieces of which there is room for one: 64 MB


def mended(  # noqa: PLR0913, PLR0917  # what is mended, within what, for how long
    pieces: Pieces,
    ground: "Ground",
    near: Neighbours,
    limits: Limits,
    effort: float,
    seed: int,
    tell: Callable[[float], None],
) -> Pieces:
    """Return the same pieces in turfs that are shorter together, within `limits`."""
    turfs = int(pieces.turf[-1]) + 1
    tries = int(MENDS * effort * max(pieces.stop.size, FEW))
    ground = part(ground, pieces.stop)
    beside = near.of(pieces.stop)
    loops = kernels()
    legs = loops.legs(ground, np.arange(pieces.stop.size))
    leg = float(legs[1:].mean()) if turfs > 1 else 0.0
    if not tries or not leg:
        return pieces
    table = _table(ground, tries)

    def searched(price: tuple[float, float]) -> tuple["Town", bool]:
        town = town_of(pieces, ground, beside, limits, legs)._replace(table=table)
        search = _Search(town, limits, leg, tries, np.array([seed], np.uint64))
        return town, search.done(price, tell)

    hasty = tries < SOFT * pieces.stop.size
    first, *higher = (NEVER,) if hasty else (DEAR, DEARER, NEVER)
    town, enough = searched(first)
    while not enough and higher:
        town, enough = searched(higher.pop(0))
    rows = followed(town)
    return pieces.take(rows, np.repeat(np.cumsum(town.size > 0) - 1, town.size))


@dataclass(frozen=True, slots=True)
class _Search:
    """So many tries to make the walks of a town shorter."""

    town: "Town"
    limits: Limits
    leg: float
    """Metres of a mean leg at first."""
    tries: int
    state: Bits

    def done(self, price: tuple[float, float], tell: Callable[[float], None]) -> bool:
        """Search; say whether no turf lacks a door that did not at first.

        Args:
            price: What a door pays that a turf lacks, first and last, in mean legs.
            tell: Is told how far it is.
        """
        town, most, mend = self.town, float(self.limits.most), kernels().mend
        least = np.full_like(town.load, min(self.limits.least, town.load.min()))
        heat = self.leg * np.geomspace(self._hot(), COLD, STEPS + 1)
        dear = self.leg * np.geomspace(*price, STEPS)
        anywhere = np.empty(0, np.int32)
        for at in range(STEPS):
            some = self.tries * (at + 1) // STEPS - self.tries * at // STEPS
            ends = heat[at], heat[at + 1]
            mend(town, least, most, dear[at], some, *ends, anywhere, self.state)
            tell(0.2 + 0.7 * (at + 1) / STEPS)
            if at in TIDIED and not town.metre and self._each() >= LENGTHY:
                self._tidied(at)
        return self._filled(least)

    def _hot(self) -> float:
        """Return what the first try may lose, in mean legs: more in a longer search."""
        return float(np.clip(HOT * np.sqrt(self._each()), COLD, HOTTEST))

    def _each(self) -> float:
        """Return how many tries a piece there are."""
        return self.tries / self.town.takes.size

    def _tidied(self, at: int) -> None:
        """Put the stops of each turf in a good order, which tries find only by chance.

        It may be longer, so not where what is walked takes part of a turf.
        """
        town = self.town
        turf = np.repeat(np.arange(town.size.size), town.size)
        rows = followed(town)
        rows = rows[walked(part(town.ground, rows), turf, TIDY, at)]
        legs = kernels().legs(part(town.ground, rows), np.arange(rows.size))
        town.behind[rows], town.ahead[rows], town.leg[rows] = _chains(rows, turf, legs)

    def _filled(self, least: Floats) -> bool:
        """Give turfs the doors that they lack at last; say whether none lacks any.

        A turf takes one of the next one's, which takes one of the next, until one has
        enough: who has been given some gives none. Where that comes to no end, the
        emptiest is given up: it counts as too full until it has no door.
        """
        town, most = self.town, float(self.limits.most)
        asked = np.zeros(town.load.size, np.bool_)
        for turn in range(FILLS):
            wrong = self._wrong(least)
            if not wrong.size:
                break
            if turn % PATIENCE == PATIENCE - 1:
                town.load[wrong[np.argmin(town.load[wrong])]] += OVERFULL
                asked[:] = False
            asked[wrong] = True
            gives = np.where(asked, least, least - town.takes.min())
            seeds = np.flatnonzero(np.isin(town.turf, wrong)).astype(np.int32)
            leg = max(self.leg, float(town.leg[seeds].mean()))
            dear, warm, tries = DEAR[1] * leg, WARM * leg, FILL * wrong.size
            kernels().mend(
                town, gives, most, dear, tries, warm, warm, seeds, self.state
            )
        return not self._wrong(least).size

    def _wrong(self, least: Floats) -> Counts:
        """Return the turfs that lack something, or are given up and not empty yet."""
        load = self.town.load
        within = (load >= least * (1.0 - LACK)) & (load < OVERFULL)
        return np.flatnonzero(~within & (self.town.size > 0))


def followed(town: "Town") -> Counts:
    """Return the pieces of all turfs, turf by turf in walking order."""
    chains = (
        np.asarray(each, np.int64) for each in (town.turf, town.ahead, town.behind)
    )
    rows: Counts = kernels().followed(kernels().Walks(*chains, town.load))
    return rows


def _chains(rows: Counts, turf: Counts, legs: Floats) -> tuple[Counts, Counts, Floats]:
    """Return what comes before each row in its walk, and after it, and the leg to that.

    Args:
        rows: Turf by turf in walking order, shape (n,).
        turf: The turf of each.
        legs: Metres to each from the one before it.
    """
    last = np.diff(turf, append=-1) != 0
    behind = np.where(np.roll(last, 1), -1, np.roll(rows, 1))
    ahead = np.where(last, -1, np.roll(rows, -1))
    return behind, ahead, np.where(last, 0.0, np.roll(legs, -1))


def _table(ground: "Ground", tries: int) -> Short:
    """Return all legs on the streets of a small town; else a table of none."""
    count = ground.x.size
    if not ground.edge.size or count > SMALL or tries < TABLED * count:
        count = 0
    table: Short = kernels().tabled(ground, np.arange(count)).astype(np.float32)
    return table


def town_of(
    pieces: Pieces, ground: "Ground", beside: Neighbours, limits: Limits, legs: Floats
) -> "Town":
    """Write pieces down as the loops take them.

    Args:
        pieces: The pieces, turf by turf in walking order.
        ground: How far it is from piece to piece.
        beside: The pieces near each.
        limits: What turfs have room for.
        legs: Metres to each piece from the one before it, shape (pieces,).
    """
    count, turfs = pieces.stop.size, int(pieces.turf[-1]) + 1
    size = np.bincount(pieces.turf, minlength=turfs).astype(np.int32)
    takes = np.asarray(pieces.doors if pieces.takes is None else pieces.takes, float)
    number = np.arange(count)
    behind, ahead, leg = _chains(number, pieces.turf, legs)
    parts = takes + limits.metre * leg
    town: Town = kernels().Town(
        ground=ground,
        table=np.empty((0, 0), np.float32),  # see _table
        takes=takes,
        metre=limits.metre,
        near=beside.near,
        gap=beside.gap,
        turf=pieces.turf.astype(np.int32),
        behind=behind.astype(np.int32),
        ahead=ahead.astype(np.int32),
        leg=leg,
        size=size,
        load=np.bincount(pieces.turf, weights=parts, minlength=turfs),
        touched=np.empty(TOUCHED, np.int32),
        old_size=np.empty(TOUCHED, np.int32),
        old_load=np.empty(TOUCHED, np.float64),
        out=np.empty(count, np.int32),
        gone=np.empty(count, np.int32),
        gone_leg=np.empty(count, np.float64),
        string=np.empty((TOUCHED, 4), np.int32),
        string_leg=np.empty(TOUCHED, np.float64),
        put_leg=np.empty(count, np.float64),
        tally=np.zeros(4, np.int64),
    )
    return town
