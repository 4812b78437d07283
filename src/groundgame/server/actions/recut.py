"""Cut again what is left of a cut, within its borders.

What stays as it is: turfs that are handed out, turfs that are locked, the doors where
somebody has been, and those where nobody may knock. All other doors are cut into turfs
anew. No door is lost: one that was walked stays in its turf, and a turf that was never
handed out gives its number to a new one. It is one change among those by hand, and can
be taken back like them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame import turf as engine
from groundgame.errors import CannotEdit
from groundgame.server.actions import apart, borders, cuts, edits, ground, loads
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.suppression import suppressed
from groundgame.server.actions.tally import talks
from groundgame.server.store.models import Cut, Edit, User
from groundgame.tables import TURFS
from groundgame.values import Seed

Verb = Edit.Verb


@dataclass(frozen=True, slots=True)
class Left:
    """What of a cut would be cut again."""

    doors: int
    in_hand: list[int]
    """Turfs that are handed out."""
    locked: list[int]
    walked: int
    """Doors of other turfs where somebody has been, or nobody may knock."""


@dataclass(frozen=True, slots=True)
class Price:
    """What borders cost when doors were cut within them: of the same doors."""

    metres: float
    free: float
    """Metres of the same doors cut without borders."""
    turfs: int
    """Turfs more than without."""

    @property
    def more(self) -> float:
        """Metres more than without."""
        return self.metres - self.free

    @property
    def percent(self) -> float:
        """The same of a hundred metres without."""
        return 100.0 * self.more / self.free if self.free else 0.0


def left(*, cut: int, seen_by: Anyone) -> Left:
    """Return what of a cut would be cut again now.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    before = pl.DataFrame(pq.read_table(row.turfs_file))
    rest, out, held = _left(row, before)
    others = before.filter(~pl.col("turf").is_in(list(out | held)))
    walked = others.height - rest.height
    return Left(rest.height, sorted(out), sorted(held), walked)


def price(row: Cut) -> Price | None:
    """Return what the borders cost when last cut within them; None: it never was."""
    held, _back = edits.stacks(row)
    said: dict[str, Any] = next(
        (one.said for one in reversed(held) if one.verb == Verb.RECUT), {}
    )
    if not row.version and row.free_metres is not None:
        return Price(row.metres, row.free_metres, row.more_turfs)
    if said.get("free") is None:
        return None
    return Price(said["metres"], said["free"], said["more_turfs"])


def recut(
    *, cut: int, after: int, tell: Callable[[float], None] | None = None, by: User
) -> Edit:
    """Cut again what is left of a cut, within its borders.

    Where there are borders it is cut a second time without them, to say what they cost.

    Args:
        cut: Which.
        after: The number of the last change that whoever asks has seen.
        tell: Is told from time to time how much is done, from 0.0 to 1.0.
        by: Who asks.

    Raises:
        NotYours: There is no such cut, or not for them.
        CannotEdit, StaleTurfs: It cannot be done; the message says why.
    """
    row = cuts.found(id=cut, seen_by=by)
    done = row.edits.filter(number=after + 1, verb=Verb.RECUT, by=by).first()
    if done is not None:
        return done
    before = pl.DataFrame(pq.read_table(row.turfs_file))
    rest, out, held = _left(row, before)
    if not rest.height:
        raise CannotEdit("every door is in a turf in hand or locked, or was walked")
    on, doors = borders.fenced(row, rest["door_id"].to_arrow())
    made, free = apart.compared(partial(_cut, row, on), on.placed, doors, tell)
    said: dict[str, Any] = {"kept": sorted(out | held), "metres": made.metres}
    if free is not None:
        more = apart.more_turfs(made, free)
        said |= {"free": free.metres, "more_turfs": more}
    table = _beside(row, before, rest, made, out | held)
    return edits.put(cut=cut, table=table, said=said, after=after, by=by)


def _left(row: Cut, before: pl.DataFrame) -> tuple[pl.DataFrame, set[int], set[int]]:
    """Return the doors to be cut again, and the turfs in hand and those locked."""
    there = set(before["turf"].unique())
    in_hand = set(edits.out(row)) & there
    held = set(edits.locked(row)) & there
    walked = [talk.said.door for talk in talks(row)]
    alone = suppressed(row.universe.snapshot.chapter).doors
    quiet = pl.col("door_id").is_in([*walked, *alone])
    stays = pl.col("turf").is_in(list(in_hand | held)) | quiet
    return before.filter(~stays), in_hand, held


def _cut(
    row: Cut,
    on: ground.Ground,
    doors: pa.Table,
    tell: Callable[[float], None] | None,
) -> engine.Cut:
    """Cut some doors as the cut was cut."""
    plan, seed = loads.Wish(row.least, row.most, row.seed).plan(row.metre)
    placed = loads.again(row, doors)
    return engine.cut(placed, plan, seed, network=on.network, tell=tell)


def _beside(
    row: Cut,
    before: pl.DataFrame,
    rest: pl.DataFrame,
    made: engine.Cut,
    kept: set[int],
) -> pa.Table:
    """Return new turfs beside what stays; what was walked stays in its old turf."""
    stays = before.join(rest, on="door_id", how="anti")
    numbers = _numbers(row, stays, made.summary.num_rows)
    turf = numbers[made.turfs["turf"].to_numpy() - 1]
    new = pl.DataFrame(made.turfs).with_columns(turf=pl.Series(turf, dtype=pl.Int32))
    thinned = stays.filter(~pl.col("turf").is_in(list(kept))).sort("turf", "position")
    thinned = thinned.with_columns(
        position=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("turf")
    )
    as_they_were = stays.filter(pl.col("turf").is_in(list(kept)))
    whole = pl.concat(
        [as_they_were, _ordered(row, thinned), new.select(before.columns)]
    )
    return TURFS.conform(whole.sort("turf", "position").to_arrow())


def _ordered(row: Cut, thinned: pl.DataFrame) -> pl.DataFrame:
    """Return the doors that were walked in a good order, turf by turf."""
    if not thinned.height:
        return thinned
    on = ground.again(row, thinned["door_id"].to_arrow())
    table = TURFS.conform(thinned.to_arrow())
    ordered = engine.order(table, on.placed, Seed(row.seed), network=on.network)
    return pl.DataFrame(ordered).select(thinned.columns)


def _numbers(row: Cut, stays: pl.DataFrame, turfs: int) -> Any:
    """Return the numbers of new turfs: those that nobody ever had, then new ones."""
    known = row.turfs.order_by("number")
    taken = set(stays["turf"].unique())
    had = set(known.filter(packets__isnull=False).values_list("number", flat=True))
    every = list(known.values_list("number", flat=True))
    free = [number for number in every if number not in taken | had]
    fresh = range(max(every) + 1, max(every) + 1 + max(0, turfs - len(free)))
    return np.array([*free, *fresh][:turfs], np.int32)
