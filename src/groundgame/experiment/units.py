"""Who takes part in an experiment, and what is assigned: people and doors as units.

In:  the people and doors of a universe; what a unit is, what to draw within, and how
     wide a buffer is to be.
Out: a row a person: their unit, their block, and whether they are buffer.

A buffer keeps what was said at one door from reaching the next: of each building, or
each side of a street between two corners, one unit takes part, which is drawn. Whoever
else lives there is buffer: nobody visits them, and nobody counts them.
"""

from dataclasses import dataclass
from typing import Literal

import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAssign
from groundgame.experiment.draw import ARM, PROBABILITY, Draw, assign
from groundgame.values import Seed

Unit = Literal["person", "door", "building", "blockface", "turf", "precinct"]
Ring = Literal["", "building", "blockface"]
UNIT, BLOCK, BUFFER = "unit", "block", "buffer"
COLUMNS = (
    "person_id",
    "door_id",
    "building",
    "blockface",
    "turf",
    "precinct",
    "within",
)
"""What is known of each person: what units, rings and blocks are made of."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is assigned: the unit, what is drawn within, and the buffer.

    `within` says that blocks are in the column `within` of the people.
    """

    unit: Unit = "door"
    within: bool = False
    buffer: Ring = ""


def lay(people: pa.Table, layout: Layout, seed: Seed) -> pa.Table:
    """Return each person with `unit`, `block` ('' where there is none) and `buffer`.

    Args:
        people: With the columns of `COLUMNS`.
        layout: What is assigned.
        seed: Of which unit of a ring takes part.

    Raises:
        CannotAssign: Somebody has no unit or block, or units do not fit into a ring.
    """
    rows = pl.DataFrame(people.select(list(COLUMNS)))
    column = {"person": "person_id", "door": "door_id"}.get(layout.unit, layout.unit)
    rows = rows.with_columns(
        pl.col(column).alias(UNIT),
        (pl.col("within") if layout.within else pl.lit("")).alias(BLOCK),
    )
    for name, said in ((UNIT, layout.unit), (BLOCK, "block")):
        if missing := int(rows[name].is_null().sum()):
            raise CannotAssign(
                f"{missing:,} people without a {said}",
                f"a {said} for each",
                "choose another, or narrow the universe to those who have one",
            )
    both = rows.select(UNIT, BLOCK).unique()
    if torn := both.height - both[UNIT].n_unique():
        raise CannotAssign(
            f"{torn:,} units that lie in several blocks",
            "units that lie whole in one",
            "draw within something that does not divide them, or within nothing",
        )
    rows = rows.with_columns(_aside(rows, layout, seed).alias(BUFFER))
    return rows.select("person_id", "door_id", UNIT, BLOCK, BUFFER).to_arrow()


def draw(laid: pa.Table, arms: dict[str, float], seed: Seed) -> pa.Table:
    """Return who takes part with `arm` and `probability`; both are null for buffers.

    Raises:
        CannotAssign: A unit lies in two blocks, or there are fewer units than arms.
    """
    rows = pl.DataFrame(laid)
    drawn = pl.DataFrame(assign(units(laid), design(laid, arms, seed)))
    return (
        rows.join(
            drawn.select(UNIT, ARM, PROBABILITY),
            on=UNIT,
            how="left",
            maintain_order="left",
        )
        .with_columns(
            pl.when(~pl.col(BUFFER)).then(pl.col(name)).alias(name)
            for name in (ARM, PROBABILITY)
        )
        .to_arrow()
    )


def units(laid: pa.Table) -> pa.Table:
    """Return the units that take part, by name: what is registered, and drawn from."""
    return (
        pl.DataFrame(laid)
        .filter(~pl.col(BUFFER))
        .select(UNIT, BLOCK)
        .unique()
        .sort(UNIT, BLOCK)
        .to_arrow()
    )


def design(laid: pa.Table, arms: dict[str, float], seed: Seed) -> Draw:
    """Return how these are drawn; within blocks where there is more than none."""
    blocks = bool((pl.Series(laid[BLOCK]) != "").any())
    return Draw(arms, seed, UNIT, block=BLOCK if blocks else "")


def _aside(rows: pl.DataFrame, layout: Layout, seed: Seed) -> pl.Series:
    """Say who is buffer: all of a ring but the unit that was drawn."""
    if not layout.buffer:
        return pl.repeat(value=False, n=rows.height, eager=True)
    ring = layout.buffer
    both = rows.select(UNIT, ring).unique().sort(UNIT, ring)
    if both[UNIT].n_unique() < both.height:
        raise CannotAssign(
            f"units that are larger than a {ring}",
            "units that lie in one each",
            "choose a wider buffer, or none",
        )
    lots = seed.stream("experiment.buffer").random(both.height)
    first = (
        both.with_columns(pl.Series("lot", lots))
        .sort("lot")
        .group_by(ring, maintain_order=True)
        .agg(pl.col(UNIT).first().alias("chosen"))
    )
    chosen = rows.join(first, on=ring, how="left", maintain_order="left")
    return chosen.select((pl.col(UNIT) != pl.col("chosen")).fill_null(value=True))[UNIT]
