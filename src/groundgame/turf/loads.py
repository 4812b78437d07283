"""Turfs measured in something else than doors: in people, or in minutes of a shift.

In:  doors with a `weight`, what each takes of a turf; and a plan of what turfs have
     room for, and of what a metre walked takes of that.
Out: what each door takes; and of turfs that are cut, what is taken of them.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import DoorTooLarge, WrongTable
from groundgame.turf.floors import stairs
from groundgame.turf.pace import Pace
from groundgame.turf.plan import LARGEST, CutPlan, Limits
from groundgame.turf.stops import Floats

WEIGHT = "weight"
"""The column that says what a door takes of a turf, above 0."""
LOAD = "load"
"""The column of a summary that says what is taken of each turf."""
NEARLY = 1e-9  # of a turf; what sums are off by


def in_minutes(placed: pa.Table, pace: Pace, questions: int = 0) -> pa.Table:
    """Return doors with the minutes that each takes, without the walk to it.

    Args:
        placed: Doors; a column `unit`, where there is one, says how far up they are.
        pace: How fast one canvasser is.
        questions: Questions of the script.
    """
    seconds = np.full(placed.num_rows, pace.door(questions))
    if "unit" in placed.column_names:
        seconds += pace.floor * stairs(placed["unit"])
    return weighed(placed, seconds / 60.0)


def weighed(placed: pa.Table, takes: Floats) -> pa.Table:
    """Return doors with what each takes of a turf, shape (doors,)."""
    return placed.append_column(WEIGHT, pa.array(takes, pa.float64()))


def taken(placed: pa.Table, doors: pa.StringArray, plan: CutPlan) -> Floats | None:
    """Return what doors take of a turf; None where turfs are measured in doors.

    Raises:
        WrongTable: A weight is none, or there are none and metres take something.
        DoorTooLarge: A door takes more than a turf has room for.
    """
    if WEIGHT not in placed.column_names:
        if plan.metre:
            raise WrongTable("placed", "does not say in `weight` what each door takes")
        return None
    ids: Any = placed["door_id"].cast(pa.string())
    rows = pc.index_in(doors, value_set=ids)
    takes = placed[WEIGHT].cast(pa.float64()).take(rows)
    found: Floats = takes.to_numpy()
    if not (np.isfinite(found) & (found > 0.0)).all():
        raise WrongTable("placed", "has a weight that is not above 0")
    large = int((found > plan.most).sum())
    if large:
        raise DoorTooLarge(large, float(found.max()), plan.most)
    return np.maximum(found, plan.most / LARGEST)


def told(summary: pa.Table, limits: Limits, takes: Floats) -> tuple[pa.Table, Limits]:
    """Return a summary with what is taken of each turf, and whether that is as asked.

    Args:
        summary: One row a turf, with the metres of its walk.
        limits: What turfs have room for.
        takes: What the doors of each turf take, without the walk, shape (turfs,).
    """
    load = takes + limits.metre * summary["metres"].to_numpy()
    return summary.append_column(LOAD, pa.array(load)), kept(limits, load)


def kept(limits: Limits, load: Floats) -> Limits:
    """Return limits, as asked where no turf lacks anything."""
    enough = bool((load >= limits.least * (1.0 - NEARLY)).all())
    return Limits(limits.least, limits.most, as_asked=enough, metre=limits.metre)
