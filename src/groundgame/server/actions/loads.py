"""What turfs of a cut are measured in: doors, people, or minutes of a shift.

In people and in minutes each door takes a part of a turf, which is kept beside the cut:
turfs that are changed later are measured by what they were cut by.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame import turf as engine
from groundgame.errors import BadPlan
from groundgame.server.actions import shifts
from groundgame.server.actions.ground import Ground
from groundgame.server.store.models import Cut
from groundgame.values import Seed

Measure = Cut.Measure
USUAL = {
    Measure.DOORS: (40, 50),
    Measure.PEOPLE: (70, 90),
    Measure.MINUTES: (150, 180),
}
"""The least and the most of a turf where nobody says otherwise."""
NEARLY = 1e-6  # of a turf; what sums are off by


@dataclass(frozen=True, slots=True)
class Wish:
    """How to cut, as somebody asked for it; what is left out is as usual."""

    least: int | None = None
    most: int | None = None
    seed: int = 1
    measure: Measure = Measure.DOORS

    def plan(self, metre: float = 0.0) -> tuple[engine.CutPlan, Seed]:
        """Return how to cut.

        Raises:
            BadPlan: No turf can be cut so.
        """
        least, most = USUAL[self.measure]
        least = least if self.least is None else self.least
        most = most if self.most is None else self.most
        try:
            return engine.CutPlan(least, most, metre=metre), Seed(self.seed)
        except ValueError as problem:
            raise BadPlan(str(problem)) from problem


def weighed(
    measure: Measure, on: Ground, wanted: pa.Table, fast: engine.Pace
) -> tuple[pa.Table, float]:
    """Return doors with what each takes of a turf; and what a metre walked takes.

    Args:
        measure: What turfs are measured in.
        on: The doors, and what lies between them.
        wanted: By door_id, how many `people` are wanted there.
        fast: How fast a canvasser is.
    """
    if measure == Measure.DOORS:
        return on.placed, 0.0
    if measure == Measure.PEOPLE:
        ids = on.placed["door_id"]
        people = wanted["people"].take(pc.index_in(ids, value_set=wanted["door_id"]))
        return engine.weighed(on.placed, people.to_numpy().astype(np.float64)), 0.0
    return engine.in_minutes(on.placed, fast, shifts.questions()), fast.metre


def keep(row: Cut, doors: pa.Table) -> None:
    """Write down what each door takes of a turf, beside the cut."""
    if row.measure != Measure.DOORS:
        pq.write_table(doors.select(["door_id", engine.WEIGHT]), row.weights_file)


def again(row: Cut, doors: pa.Table) -> pa.Table:
    """Return doors of a cut with what each takes of its turfs."""
    if row.measure == Measure.DOORS:
        return doors
    known = pq.read_table(row.weights_file)
    at = pc.index_in(doors["door_id"], value_set=known["door_id"])
    return engine.weighed(doors, known[engine.WEIGHT].take(at).to_numpy())


def taken(
    row: Cut, turfs: pl.DataFrame, sizes: Mapping[int, tuple[int, float]]
) -> dict[int, float]:
    """Return what turfs of a cut take, in what they are measured in.

    Args:
        row: The cut.
        turfs: TURFS.
        sizes: Doors of each turf, and metres of its walk.
    """
    if row.measure == Measure.DOORS:
        return {turf: float(doors) for turf, (doors, _metres) in sizes.items()}
    weights = pl.DataFrame(again(row, turfs.select("door_id", "turf").to_arrow()))
    takes = dict(weights.group_by("turf").agg(pl.sum(engine.WEIGHT)).iter_rows())
    return {
        turf: takes[turf] + row.metre * metres
        for turf, (_doors, metres) in sizes.items()
    }


def fits(row: Cut, load: float) -> bool:
    """Return whether a turf that takes so much is as turfs of a cut are to be.

    In people and minutes only the most is a limit; the least is a goal.
    """
    if row.measure == Measure.DOORS:
        return row.least <= load <= row.most
    return load <= row.most * (1.0 + NEARLY)
