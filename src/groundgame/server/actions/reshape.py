"""The turfs of a cut after a change by hand: which door is in which, and in what order.

Nothing is written here, and nobody is asked: `edits` does both.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl
import pyarrow as pa

from groundgame import turf as engine
from groundgame.errors import CannotEdit, NotYours
from groundgame.server.actions import ground, loads
from groundgame.server.store.models import Cut, Edit
from groundgame.tables import TURFS
from groundgame.values import Seed

Verb = Edit.Verb


def reshaped(
    row: Cut, before: pa.Table, verb: Edit.Verb, said: dict[str, Any]
) -> pa.Table:
    """Return the turfs of a cut after a change.

    Args:
        row: Which cut.
        before: Its turfs, as TURFS.
        verb: What is done.
        said: To what; as an Edit says it.

    Raises:
        NotYours: A door or turf is none of this cut.
        CannotEdit: It cannot be done; the message says why.
    """
    if verb == Verb.WALK:
        return _walked(row, before, said)
    if verb == Verb.SHARE:
        return _shared(row, before, said["turf"])
    return _elsewhere(row, before, verb, said)


def _elsewhere(
    row: Cut, before: pa.Table, verb: Edit.Verb, said: dict[str, Any]
) -> pa.Table:
    """Return the turfs after doors went to others, those it touches in order."""
    frame = pl.DataFrame(before)
    if verb == Verb.MOVE:
        there = frame.filter(pl.col("door_id").is_in(said["doors"]))
        require(before, [said["to"]])
        if there.height != len(set(said["doors"])):
            raise NotYours
        to = dict.fromkeys(there["door_id"], said["to"])
    elif verb == Verb.MERGE:
        require(before, [said["turf"], said["into"]])
        leaving = frame.filter(pl.col("turf") == said["turf"])
        to = dict.fromkeys(leaving["door_id"], said["into"])
    else:
        to = _half(row, before, said["turf"])
    new = pl.col("door_id").replace_strict(to, default=None, return_dtype=pl.Int32)
    moved = frame.with_columns(new.fill_null(pl.col("turf")).alias("new"))
    changed = moved.filter(pl.col("turf") != pl.col("new"))
    touched = {*changed["turf"], *changed["new"]}
    late = (pl.col("turf") != pl.col("new")).alias("late")
    rows = moved.filter(pl.col("new").is_in(touched)).with_columns(late)
    rows = rows.sort("new", "late", "position").select("door_id", turf="new")
    part = rows.with_columns(position=pl.int_range(1, pl.len() + 1).over("turf"))
    if not part.height:
        return before
    on = ground.again(row, part["door_id"].to_arrow())
    table = TURFS.conform(part.to_arrow())
    ordered = engine.order(table, on.placed, Seed(row.seed), network=on.network)
    rest = frame.filter(~pl.col("turf").is_in(touched))
    return _whole(rest, pl.DataFrame(ordered))


def _half(row: Cut, before: pa.Table, turf: int) -> dict[str, int]:
    """Return the doors that leave a turf when it is split, with the turf they go to."""
    doors = _parted(before, turf)[0]["door_id"]
    _require_two(len(doors))
    least, most = len(doors) // 2, -(-len(doors) // 2)
    on = ground.again(row, doors.to_arrow())
    plan = engine.CutPlan(least=least, most=most)
    halves = engine.cut(on.placed, plan, Seed(row.seed), network=on.network)
    leaving = pl.DataFrame(halves.turfs).filter(pl.col("turf") > 1)["door_id"]
    return dict.fromkeys(leaving, _unused(row))


def _walked(row: Cut, before: pa.Table, said: dict[str, Any]) -> pa.Table:
    """Return the turfs with one of them in another walking order."""
    part, rest = _parted(before, said["turf"])
    on, placed = _on_sides(row, part["door_id"].to_arrow())
    start = None
    if said["start"]:
        if said["start"] not in part["door_id"]:
            raise NotYours
        door = pl.DataFrame(placed).row(
            by_predicate=pl.col("door_id") == said["start"], named=True
        )
        start = (door["x"], door["y"])
    plan = engine.WalkPlan(start, back=said["back"], one_side=said["one_side"])
    table = TURFS.conform(part.to_arrow())
    seed = Seed(row.seed)
    ordered = engine.order(table, placed, seed, plan=plan, network=on.network)
    first = pl.col("door_id") != said["start"]
    walk = pl.DataFrame(ordered).sort(first, "position")  # on the way it is no detour
    return _whole(rest, walk.with_columns(position=pl.int_range(1, pl.len() + 1)))


def _shared(row: Cut, before: pa.Table, turf: int) -> pa.Table:
    """Return the turfs with one of them as two, on opposite sides of its streets."""
    part, rest = _parted(before, turf)
    _require_two(part.height)
    on, placed = _on_sides(row, part["door_id"].to_arrow())
    takes = loads.again(row, placed)
    table = TURFS.conform(part.to_arrow())
    two = engine.pair(table, takes, Seed(row.seed), network=on.network)
    whose = pl.when(pl.col(engine.CANVASSER) == "B").then(_unused(row))
    both = pl.DataFrame(two.turfs).with_columns(turf=whose.otherwise(turf))
    place = pl.int_range(1, pl.len() + 1).over("turf")
    return _whole(rest, both.sort("turf", "position").with_columns(position=place))


def _parted(before: pa.Table, turf: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return a turf, and all others."""
    require(before, [turf])
    frame = pl.DataFrame(before)
    here = pl.col("turf") == turf
    return frame.filter(here), frame.filter(~here)


def _whole(rest: pl.DataFrame, part: pl.DataFrame) -> pa.Table:
    """Return turfs that changed beside those that did not."""
    table = TURFS.conform(part.select(TURFS.names).to_arrow())
    both = pl.concat([rest.select(TURFS.names), pl.DataFrame(table)])
    return TURFS.conform(both.sort("turf", "position").to_arrow())


def _on_sides(row: Cut, ids: ground.Texts) -> tuple[ground.Ground, pa.Table]:
    """Return the ground under some doors, and the doors with their side of the street.

    Without streets, odd and even numbers are the two sides.
    """
    on = ground.again(row, ids)
    if on.network is not None:
        return on, on.placed
    doors = ground.doors_of(row.universe.snapshot, ids)
    return on, engine.by_address(on.placed, doors)


def _require_two(doors: int) -> None:
    """Want more than one door, to make two turfs of."""
    if doors == 1:
        raise CannotEdit("a turf of one door cannot be split")


def _unused(row: Cut) -> int:
    """Return a number that no turf of a cut has had."""
    return 1 + max(row.turfs.values_list("number", flat=True))


def require(table: pa.Table, turfs: Iterable[int]) -> None:
    """Want turfs that hold doors now.

    Raises:
        NotYours: There is none of a number.
    """
    if not set(turfs) <= set(table["turf"].unique().to_pylist()):
        raise NotYours
