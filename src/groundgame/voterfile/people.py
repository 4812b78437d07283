"""From cells as a source writes them to people as we do.

In:  a batch of rows, and which position holds which field.
Out: people with the parts of their doors, and the rows that had to be set aside: no
     voter id, no name, or a date that is no date. A cell that is empty stays empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from groundgame.normal import address
from groundgame.voterfile.layout import Layout

NO_ID = "the voter id is empty"
NO_NAME = "both names are empty"
NO_DATE = "the date cannot be read"
_OLDEST = 1880
_OPEN = ("N", "NO", "F", "FALSE", "0")

COPIED = ("last_name", "first_name", "middle_name", "suffix", "party", "phone")
PLACES = ("county", "municipality", "precinct", "ward")
DISTRICTS = ("congressional", "state_senate", "state_house")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which positions of a row make up each field of ours."""

    positions: Mapping[str, tuple[int, ...]]
    names: Mapping[str, str]

    def text(self, field: str) -> pl.Expr:
        """Return a field's text, stripped; null when empty or when it has no column."""
        places = self.positions.get(field, ())
        if not places:
            return pl.lit(None, dtype=pl.String)
        cells = [pl.col(str(at)).str.strip_chars() for at in places]
        text = (
            cells[0]
            if len(cells) == 1
            else pl.concat_str(
                [cell.fill_null("") for cell in cells], separator=" "
            ).str.strip_chars()
        )
        return pl.when(text != "").then(text)

    @property
    def wanted(self) -> tuple[int, ...]:
        """All positions that are read, in order."""
        return tuple(
            sorted({at for places in self.positions.values() for at in places})
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a batch of rows came to: people, their doors once each, refused rows."""

    people: pl.DataFrame
    doors: pl.DataFrame
    refused: pl.DataFrame


def read(cells: pl.DataFrame, fields: Fields, layout: Layout, year: int) -> Found:
    """Return the people of a batch, their doors, and the rows that are refused.

    Args:
        cells: One column a position, as text, and `line`.
        fields: Which position holds what.
        layout: How the source writes dates and codes.
        year: The year in which the file was written, for ages.
    """
    history = [field for field in fields.positions if field.startswith("history_")]
    texts = cells.select(
        "line",
        *(fields.text(field).alias(field) for field in (*_READ, *history)),
        given_birth=_given(fields.text("birth_date"), layout),
        given_since=_given(fields.text("registered"), layout),
    )
    people = texts.with_columns(
        person_id=pl.lit(f"{layout.id}:") + pl.col("person_id"),
        birth_date=_date("given_birth", layout.dates),
        registered=_date("given_since", layout.dates),
    )
    reasons = people.with_columns(_refusal(fields))
    refused = reasons.filter(pl.col("reason").is_not_null()).select(
        "line", pl.col("at").alias("column"), "reason"
    )
    kept = reasons.filter(pl.col("reason").is_null())
    doors = _doors(kept)
    people = _finished(kept, layout, year, history).with_columns(
        doors.select("door_id", "street", "number", "unit")
    )
    once = doors.filter(pl.col("door_id").is_not_null())
    once = once.unique("door_id", keep="first", maintain_order=True)
    return Found(people, once, refused)


_SPELLED = ("number", "half", "street", "unit", "address", "city", "zip")
_READ = (
    *("person_id", *COPIED, "birth_year", "age", "gender", "status", *PLACES),
    *(*DISTRICTS, "protected", *_SPELLED),
)


def _given(text: pl.Expr, layout: Layout) -> pl.Expr:
    """Return a date's text, or null where the source's text means none."""
    if not layout.no_dates:
        return text
    return pl.when(~text.is_in(layout.no_dates)).then(text)


def _date(column: str, formats: Sequence[str]) -> pl.Expr:
    """Return the day that a text means, by the first form that fits."""
    tried = [pl.col(column).str.to_date(form, strict=False) for form in formats]
    return pl.coalesce(*tried)


def _likely(column: str, year: int) -> pl.Expr:
    """Return a day, or null where a date stands for 'not known': 1800-01-01."""
    there = pl.col(column).dt.year().is_between(_OLDEST, year + 1)
    return pl.when(there).then(pl.col(column)).alias(column)


def _refusal(fields: Fields) -> Sequence[pl.Expr]:
    """Return the column and the reason why a row is set aside; null: it is not."""
    checks = (
        (pl.col("person_id").is_null(), "person_id", NO_ID),
        (
            pl.col("last_name").is_null() & pl.col("first_name").is_null(),
            "last_name",
            NO_NAME,
        ),
        (
            pl.col("given_birth").is_not_null() & pl.col("birth_date").is_null(),
            "birth_date",
            NO_DATE,
        ),
        (
            pl.col("given_since").is_not_null() & pl.col("registered").is_null(),
            "registered",
            NO_DATE,
        ),
    )
    column = reason = pl.lit(None, dtype=pl.String)
    for broken, field, why in reversed(checks):
        name = fields.names.get(field, field)
        column = pl.when(broken).then(pl.lit(name)).otherwise(column)
        reason = pl.when(broken).then(pl.lit(why)).otherwise(reason)
    return column.alias("at"), reason.alias("reason")


def _doors(kept: pl.DataFrame) -> pl.DataFrame:
    """Return each row's door. A spelling that repeats is taken apart once."""
    spelled = pl.concat_str(
        [pl.col(part).fill_null("") for part in _SPELLED], separator="\x1f"
    )
    rows = kept.select("line", "county", "precinct", *_SPELLED, spelled=spelled)
    once = rows.unique("spelled", keep="first", maintain_order=True)
    number, street, unit = address.split_line(pl.col("address"))
    halved = pl.concat_str("number", "half", separator=" ", ignore_nulls=True)
    parts = once.select(
        number=pl.coalesce(pl.when(halved != "").then(halved), number),
        street=pl.coalesce("street", street),
        unit=pl.coalesce("unit", unit),
        city="city",
        zip="zip",
    )
    known = once.select("spelled").with_columns(address.doors(parts))
    return rows.select("line", "county", "precinct", "spelled").join(
        known, on="spelled", how="left", maintain_order="left"
    )


def _finished(
    kept: pl.DataFrame, layout: Layout, year: int, history: Sequence[str]
) -> pl.DataFrame:
    """Return people in our words."""
    born = pl.coalesce(
        pl.col("birth_date").dt.year().cast(pl.Int64),
        pl.col("birth_year").str.extract(r"^(\d{4})$").cast(pl.Int64),
        year - pl.col("age").str.extract(r"^(\d{1,3})$").cast(pl.Int64),
    )
    return kept.select(
        "line",
        "person_id",
        *COPIED,
        _likely("birth_date", year),
        pl.when(born.is_between(_OLDEST, year))
        .then(born)
        .cast(pl.Int16)
        .alias("birth_year"),
        _code("gender", layout.genders).alias("gender"),
        _code("status", layout.status).fill_null("unknown").alias("status"),
        _likely("registered", year),
        *PLACES,
        *(pl.col(name).str.replace(r"^0+(\d)", "$1") for name in DISTRICTS),
        *history,
        protected=_protected(layout).fill_null(value=False),
    )


def _protected(layout: Layout) -> pl.Expr:
    """Say who is protected: by the layout's words, else all but who is said not to be.

    A word that nobody foresaw protects: the other way round would expose somebody.
    """
    said = pl.col("protected").str.to_uppercase()
    return said.is_in(layout.protected) if layout.protected else ~said.is_in(_OPEN)


def _code(field: str, meanings: Mapping[str, str]) -> pl.Expr:
    """Return what a source's code means, in any case; null where it is not known."""
    known = {code.upper(): means for code, means in meanings.items()}
    return (
        pl.col(field)
        .str.to_uppercase()
        .replace_strict(known, default=None, return_dtype=pl.String)
    )
