"""From cells as a source writes them to people as we do.

In:  the cells of some rows, and which position holds which field.
Out: people with their addresses as they are spelled, and the rows that had to be set
     aside: no voter id, no name, or a date that is no date. A cell that is empty stays
     empty.

Whatever is done to a text is done once to each different one (see `cells`): a rule here
is an expression over one field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from groundgame.normal.phone import e164
from groundgame.voterfile import codes
from groundgame.voterfile.cells import Cells, Column
from groundgame.voterfile.fields import Fields
from groundgame.voterfile.form import CODED, Layout
from groundgame.voterfile.words import day_only

NO_ID = "the voter id is empty"
NO_NAME = "both names are empty"
NO_DATE = "the date cannot be read"
_OLDEST = 1880  # the first year in which anybody can have registered
_LIVES = 120  # years; older people stand in files for those of whom nobody knows
_OPEN = ("N", "NO", "F", "FALSE", "0")

COPIED = ("last_name", "first_name", "middle_name", "suffix")
PLACES = ("municipality", "precinct", "ward")
DISTRICTS = ("congressional", "state_senate", "state_house")
EXTRA = "extra "  # before the names of columns that are kept beside ours
SPELLED = ("number", "half", "street", "unit", "address", "city", "zip", "state")


@dataclass(frozen=True, slots=True)
class Found:
    """What some rows came to: people, vote history as it is written, refused rows.

    `guarded` has the voter ids of refused rows that say: confidential by law.
    """

    line: npt.NDArray[np.int64]
    people: Mapping[str, Column]
    history: Mapping[str, Column]
    refused: pl.DataFrame
    unknown: codes.Unknown
    guarded: pl.Series


def read(cells: Cells, fields: Fields, layout: Layout, year: int) -> Found:
    """Return the people of some rows, and the rows that are refused.

    Args:
        cells: The rows.
        fields: Which position holds what.
        layout: How the source writes dates and codes.
        year: The year in which the file was written, for ages.
    """

    def text(name: str) -> Column:
        return cells.column(fields.positions.get(name, ()), fields.text(name))

    birth, since = (
        text(name).each(_given(name, layout), name)
        for name in ("birth_date", "registered")
    )
    born, registered = (
        given.each(_date(name, layout.dates), name)
        for given, name in ((birth, "birth_date"), (since, "registered"))
    )
    ids, names = text("person_id"), {name: text(name) for name in COPIED}
    why = _refusal(
        ids.rows.is_null(),
        names["last_name"].rows.is_null() & names["first_name"].rows.is_null(),
        birth.rows.is_not_null() & born.rows.is_null(),
        since.rows.is_not_null() & registered.rows.is_null(),
    )
    raw = {name: text(name) for name in CODED if name in fields.positions}
    people = {
        "person_id": ids,
        **names,
        "birth_date": _likely(born, year - _LIVES, year),
        "birth_year": _born(born, text("birth_year"), text("age"), year),
        "registered": _likely(registered, _OLDEST, year + 1),
        "phone": text("phone").each(e164(pl.col("phone"), layout.country), "phone"),
        "protected": text("protected").each(_protected(layout), "protected"),
        **{
            name: (raw.get(name) or text(name)).each(codes.meaning(name, layout), name)
            for name in CODED
        },
        **{name: text(name) for name in PLACES},
        **{name: text(name).each(_district(name), name) for name in DISTRICTS},
        **{name: text(name) for name in SPELLED if fields.places.get(name)},
        **{f"{EXTRA}{name}": text(name) for name in layout.extra},
    }
    history = {name: text(name) for name in fields.history}
    kept = np.flatnonzero(why == 0)
    sealed = (why > 0) & people["protected"].rows.to_numpy() & (why != _NO_ID)
    guarded = ids.rows.gather(np.flatnonzero(sealed))
    if len(kept) < len(why):
        people, history, raw = (_only(kept, some) for some in (people, history, raw))
    return Found(
        cells.line[kept],
        people,
        history,
        _refused(cells.line, why, fields),
        {name: _unknown(name, one, layout) for name, one in raw.items()},
        guarded,
    )


def _only(
    kept: npt.NDArray[np.int64], columns: Mapping[str, Column]
) -> dict[str, Column]:
    """Return some rows of columns."""
    return {name: one.take(kept) for name, one in columns.items()}


def _given(name: str, layout: Layout) -> pl.Expr:
    """Return a date's text, or null where the source's text means none."""
    day = day_only(pl.col(name))
    return pl.when(~day.is_in(layout.no_dates)).then(day) if layout.no_dates else day


def _date(name: str, formats: Sequence[str]) -> pl.Expr:
    """Return the day that a text means, by the first form that fits."""
    return pl.coalesce(
        *(pl.col(name).str.to_date(form, strict=False) for form in formats)
    )


def _likely(days: Column, first: int, last: int) -> Column:
    """Return days, or null where a date stands for 'not known': 1800-01-01."""
    day = pl.col("day")
    return days.each(pl.when(day.dt.year().is_between(first, last)).then(day), "day")


_NO_ID = 1  # the first check
_CHECKS = (
    ("person_id", NO_ID),
    ("last_name", NO_NAME),
    ("birth_date", NO_DATE),
    ("registered", NO_DATE),
)


def _refusal(*broken: pl.Series) -> npt.NDArray[np.int8]:
    """Return which check each row fails first, from 1; 0: none."""
    why = np.zeros(broken[0].len(), np.int8)
    for n, rows in reversed(list(enumerate(broken, start=1))):
        why[rows.to_numpy()] = n
    return why


def _refused(
    line: npt.NDArray[np.int64], why: npt.NDArray[np.int8], fields: Fields
) -> pl.DataFrame:
    """Return the rows that fail a check, with the column and the reason."""
    at = np.flatnonzero(why)
    checks = [_CHECKS[n - 1] for n in why[at].tolist()]
    return pl.DataFrame(
        {
            "line": line[at],
            "column": [fields.names.get(field, field) for field, _ in checks],
            "reason": [reason for _, reason in checks],
        },
        schema={"line": pl.Int64, "column": pl.String, "reason": pl.String},
    )


def _born(birth: Column, given: Column, age: Column, year: int) -> Column:
    """Return the year of birth: of the date, as given, or from the age."""
    ways = [
        birth.each(pl.col("b").dt.year().cast(pl.Int64), "b"),
        given.each(pl.col("g").str.extract(r"^(\d{4})$").cast(pl.Int64), "g"),
        age.each(year - pl.col("a").str.extract(r"^(\d{1,3})$").cast(pl.Int64), "a"),
    ]
    said = [one for one in ways if one.values.null_count() < one.values.len()]
    if len(said) > 1:
        rows = pl.DataFrame([one.rows for one in said])
        said = [Column(rows.select(pl.coalesce(rows.columns)).to_series())]
    year_of = pl.col("year")
    there = (
        pl.when(year_of.is_between(year - _LIVES, year)).then(year_of).cast(pl.Int16)
    )
    return (said or ways)[0].each(there, "year")


def _district(name: str) -> pl.Expr:
    """Return a district without the zeros before it."""
    return pl.col(name).str.replace(r"^0+(\d)", "$1")


def _protected(layout: Layout) -> pl.Expr:
    """Say who is protected: by the layout's words, else all but who is said not to be.

    A word that nobody foresaw protects: the other way round would expose somebody.
    """
    said = pl.col("protected").str.to_uppercase()
    there = said.is_in(layout.protected) if layout.protected else ~said.is_in(_OPEN)
    return there.fill_null(value=False)


def _unknown(name: str, raw: Column, layout: Layout) -> dict[str, int]:
    """Return how many rows have each code that the layout does not know."""
    if raw.codes is None:
        return codes.unknown(pl.DataFrame({name: raw.rows}), layout).get(name, {})
    odd = raw.each(codes.odd(name, layout), name).values
    rows = np.bincount(raw.codes, minlength=raw.values.len())
    counted = pl.DataFrame({"code": raw.values, "odd": odd, "rows": rows})
    there = counted.filter(pl.col("odd") & (pl.col("rows") > 0))
    return dict(there.select("code", "rows").iter_rows())
