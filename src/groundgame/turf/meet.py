"""Turfs around a meeting place, one for each of tonight's volunteers.

In:  doors, the meeting place, how many turfs, and how long a shift is.
Out: that many turfs of doors near the place; none takes longer than the shift.

The nearest doors are cut, as many as just give that many turfs: how many those are is
found by halving, as nobody knows how long walks are before they are cut.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.turf.apart import cut
from groundgame.turf.cut import Cut
from groundgame.turf.loads import WEIGHT, in_minutes
from groundgame.turf.pace import Pace
from groundgame.turf.plan import CutPlan
from groundgame.turf.streets.network import Network
from groundgame.turf.walk import Place, usable
from groundgame.values import Seed

FILLED = 0.8
"""Of a shift, what a turf should fill."""
HALVINGS = 6
ROUGH = 0.2
"""Effort of the cuts that only count turfs."""


def meet(  # noqa: PLR0913  # where, for whom, and what they walk on
    placed: pa.Table,
    place: Place,
    turfs: int,
    minutes: int,
    pace: Pace | None = None,
    *,
    questions: int = 3,
    seed: Seed | None = None,
    network: Network | None = None,
) -> Cut:
    """Cut the doors nearest to a place into so many turfs of one shift.

    There are fewer turfs only where there are not enough doors.

    Args:
        placed: Doors that are free (groundgame.tables.PLACED); perhaps with `unit`.
        place: Where the volunteers meet, on the same plane.
        turfs: How many turfs.
        minutes: How long a shift is; no turf takes longer.
        pace: How fast they are; the usual pace unless said otherwise.
        questions: Questions of the script.
        seed: Fixes every choice that chance makes; 1 unless said otherwise.
        network: The streets to walk on; left out, walks go in straight lines.

    Raises:
        NothingToCut: No door has a usable place.
        DoorTooLarge: A shift is too short for a single door.
        ValueError: There is to be no turf.
    """
    if turfs < 1:
        raise ValueError(f"turfs is from 1 up, not {turfs}")
    pace = pace or Pace()
    least = max(1, round(FILLED * minutes))
    whole = CutPlan(least=least, most=minutes, metre=pace.metre)
    rough = CutPlan(least=least, most=minutes, metre=pace.metre, effort=ROUGH)
    known = placed.filter(pa.array(usable(placed)))
    x, y = known["x"].to_numpy(), known["y"].to_numpy()
    by = np.argsort(np.hypot(x - place[0], y - place[1]), kind="stable")
    near = in_minutes(known.take(by), pace, questions)
    takes = np.cumsum(near[WEIGHT].to_numpy())
    high = int(np.searchsorted(takes, turfs * minutes)) + 1  # walks only add
    high = min(high, near.num_rows)
    low = min(int(np.searchsorted(takes, turfs * minutes * FILLED / 2)), high)
    for _ in range(HALVINGS):
        if high - low <= turfs:
            break
        middle = (low + high) // 2
        made = cut(near.slice(0, middle), rough, seed, network=network)
        low, high = (middle, high) if made.summary.num_rows <= turfs else (low, middle)
    made = cut(near.slice(0, max(low, 1)), whole, seed, network=network)
    return _nearest(made, near, place, turfs)


def _nearest(made: Cut, near: pa.Table, place: Place, turfs: int) -> Cut:
    """Leave the turfs out that are one too many: those farthest from the place."""
    if made.summary.num_rows <= turfs:
        return made
    row = pc.index_in(made.turfs["door_id"], value_set=near["door_id"].combine_chunks())
    x, y = (near[name].to_numpy()[row.to_numpy()] for name in ("x", "y"))
    number = made.turfs["turf"].to_numpy()
    sums = np.bincount(number, np.hypot(x - place[0], y - place[1]))
    far = sums[1:] / np.bincount(number)[1:]
    kept = np.sort(np.argsort(far, kind="stable")[:turfs]) + 1
    new = np.zeros(number.max() + 1, np.int32)
    new[kept] = np.arange(1, turfs + 1)
    table = made.turfs.set_column(1, "turf", pa.array(new[number]))
    summary = made.summary.take(kept - 1)
    summary = summary.set_column(0, "turf", pa.array(new[kept]))
    metres = float(np.sum(summary["metres"].to_numpy()))
    turfs_kept = table.filter(pa.array(new[number] > 0))
    return Cut(turfs_kept, summary, metres, made.left_out, made.limits)
