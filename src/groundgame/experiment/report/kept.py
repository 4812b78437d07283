"""Whether what was analysed is what was registered: units, arms, and the draw itself.

Whoever holds the units and the design can draw again. So a report does: if the arms in
the data are not those that the seed gives, it says so, with how many differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse, CannotAssign
from groundgame.experiment.columns import words
from groundgame.experiment.draw import ARM, PROBABILITY, Draw, assign
from groundgame.experiment.registration import Registration, register
from groundgame.values import Seed

PARTS = ("question", "outcome", "unit", "cluster", "block", "arms", "seed", "units")


@dataclass(frozen=True, slots=True)
class Kept:
    """A design that was fixed beforehand, and how the data agree with it."""

    design: Mapping[str, Any]
    sha256: str
    says: tuple[str, ...]
    whole: bool
    """Whether all that could be checked is as it was registered."""


def check(
    design: Mapping[str, Any], table: pa.Table | None = None, arm: str = ARM
) -> Kept:
    """Hold data against a design that was registered.

    Args:
        design: What `Registration.content` gave, with its `sha256`.
        table: The data; None: there are none yet.
        arm: Its column of arms.

    Raises:
        CannotAnalyse: It is no design, or was changed after it was registered.
    """
    fixed = _read(design)
    number = str(design.get("sha256", ""))
    if number and number != fixed.sha256:
        raise CannotAnalyse(
            "a design whose number is not that of its content",
            "the file as it was written when it was registered",
            "find the file that was published; a changed design is another one",
        )
    if table is None:
        return Kept(fixed.content, fixed.sha256, (), whole=True)
    says, whole = _compare(fixed, table, arm)
    return Kept(fixed.content, fixed.sha256, (says,), whole)


def _read(design: Mapping[str, Any]) -> Registration:
    """Return a registration from plain values."""
    try:
        draw = Draw(
            dict(design["arms"]),
            Seed(int(design["seed"])),
            str(design["unit"]),
            str(design["cluster"]),
            str(design["block"]),
        )
        return Registration(
            str(design["question"]),
            str(design["outcome"]),
            draw,
            int(design["units"]),
            str(design["units_sha256"]),
            dict(design.get("plan", {})),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise CannotAnalyse(
            "a design that lacks some of its parts",
            f"a JSON object with {', '.join(PARTS)}",
            "give the file that 'experiment assign --register' wrote",
        ) from problem


def _compare(fixed: Registration, table: pa.Table, arm: str) -> tuple[str, bool]:
    """Say how data agree with a design."""
    draw = fixed.draw
    names = [one for one in (draw.unit, draw.cluster, draw.block) if one]
    if missing := [one for one in names if one not in table.column_names]:
        return (
            (
                f"The data have no column {', '.join(missing)}, so nobody can check "
                f"whether these are the units that were registered."
            ),
            False,
        )
    rows = pl.DataFrame(table.select(list(dict.fromkeys([*names, arm]))))
    rows = rows.with_columns(words(rows[one]).alias(one) for one in rows.columns)
    units = rows.select(list(dict.fromkeys(names))).unique(draw.unit).to_arrow()
    if register(units, draw, "", "").units_sha256 != fixed.units_sha256:
        return (
            (
                f"These are not the units that were registered: {units.num_rows:,} are "
                f"here, {fixed.units:,} were fixed."
            ),
            False,
        )
    return _drawn_again(draw, units, rows, arm)


def _drawn_again(
    draw: Draw, units: pa.Table, rows: pl.DataFrame, arm: str
) -> tuple[str, bool]:
    """Say whether the arms are those that the seed gives."""
    try:
        again = pl.DataFrame(assign(units, draw)).select(
            draw.unit, pl.col(ARM).alias("drawn"), PROBABILITY
        )
    except CannotAssign:
        return "The draw cannot be repeated from these data.", False
    both = rows.join(again, on=draw.unit, how="left")
    other = both.filter(pl.col(arm) != pl.col("drawn")).height
    if other:
        return (
            (
                f"{other:,} of {both.height:,} rows are in another arm than the one "
                f"that the seed gives them."
            ),
            False,
        )
    return (
        (
            "The units are those that were registered, and drawing again with the seed "
            "gives each the arm it is in."
        ),
        True,
    )
