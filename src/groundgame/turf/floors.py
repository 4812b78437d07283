"""On which floor a unit is, as far as its name says: 2B, 1204, PH."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Counts = npt.NDArray[np.int64]

LIFT = 5
"""Floors above the ground from which on there is a lift."""


def floors(unit: Any) -> Counts:
    """Return the floor of each unit, from 1 on the ground; 0 where its name is silent.

    2B and B2 are on the second floor, 304 on the third, 1204 on the twelfth; 7 may be
    on any. A penthouse (PH, PH2) is a floor above all that are numbered so.

    Args:
        unit: A column of text, null for a house of its own.
    """
    text = pl.Series(unit).cast(pl.String).fill_null("").str.to_uppercase()
    number = text.str.extract(r"([0-9]{1,9})").cast(pl.Int64).fill_null(0)
    named = text.str.contains(r"(^|[^A-Z0-9])([0-9]{1,2}-?[A-Z]|[A-Z]-?[0-9]{1,2})$")
    floor = np.where(named, number, number // 100)
    top = text.str.contains(r"\b(PH|PENTHOUSE)")
    found: Counts = np.where(top, floor.max(initial=0) + 1, floor).astype(np.int64)
    return found


def stairs(unit: Any) -> Counts:
    """Return how many floors are climbed to each unit; nobody climbs more than LIFT."""
    return np.clip(floors(unit) - 1, 0, LIFT)
