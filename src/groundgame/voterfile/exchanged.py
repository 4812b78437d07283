"""Whether days and months stand in the other order than a layout says.

In:  dates as texts, and how the layout writes them.
Out: how many speak for the order of the layout, and how many for the other.

A date speaks where it reads in one order only: 14/05/2019 has no month 14. A date of an
election speaks also where it is the day of a federal general election in one order
only: 11/05/2024 is a Tuesday in November, or a Saturday in May. Most dates say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from groundgame.voterfile.history import federal_day

_SHARE = 100
"""One of so many dates, at least, speaks for the other order before it is believed."""


@dataclass(frozen=True, slots=True)
class Order:
    """How many dates there are, and how many speak for this order and the other."""

    dates: int
    so: int
    other: int

    @property
    def exchanged(self) -> bool:
        """Whether it is the other order: more speak for it, and not only a slip."""
        return self.other > self.so and _SHARE * self.other >= self.dates


def order(text: pl.Series, forms: Sequence[str], *, elections: bool) -> Order:
    """Return which order dates speak for.

    Args:
        text: The dates that there are.
        forms: How the layout writes them.
        elections: Whether they are days of elections.
    """
    swapped = [
        form.replace("%m", "\0").replace("%d", "%m").replace("\0", "%d")
        for form in forms
    ]
    frame = text.drop_nulls().alias("text").to_frame()
    read = frame.select(so=_parsed(forms), other=_parsed(swapped))
    here, there = (_speaks(name, elections=elections) for name in ("so", "other"))
    counts = read.select(so=(here & ~there).sum(), other=(there & ~here).sum())
    return Order(frame.height, *map(int, counts.row(0)))


def _speaks(name: str, *, elections: bool) -> pl.Expr:
    """Return whether a date makes sense as it was read.

    Of two readings of an election, the federal general day makes more sense.
    """
    here = pl.col(name)
    if not elections:
        return here.is_not_null()
    other = pl.col("other" if name == "so" else "so")
    known = federal_day(other).fill_null(value=False)
    return here.is_not_null() & (federal_day(here).fill_null(value=False) | ~known)


def _parsed(forms: Sequence[str]) -> pl.Expr:
    """Return the days that texts mean, by the first form that fits."""
    days = [pl.col("text").str.to_date(form, strict=False) for form in forms]
    return pl.coalesce(pl.lit(None, dtype=pl.Date), *days)
