"""How well the first rows of a file read by one layout, field by field.

In:  the texts of each field, and a layout.
Out: for each field how many rows have something, and how many of those read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from groundgame.voterfile import codes, history
from groundgame.voterfile.fields import Fields
from groundgame.voterfile.form import Layout
from groundgame.voterfile.words import day_only

DATES = ("birth_date", "registered", "date")
WORDS = {
    "person_id": "voter id",
    "birth_date": "birth date",
    "zip": "zip code",
    "registered": "registration date",
    "date": "election date",
    "birth_year": "birth year",
    "status": "status",
    "gender": "gender",
    "state_senate": "state senate district",
    "history": "history item",
    "state_house": "state house district",
    "number": "house number",
    "congressional": "congressional district",
    "protected": "confidential",
}
_WEIGHTS = {"person_id": 3, "birth_date": 3, "registered": 3, "date": 3, "history": 2}
_FORMS = {
    "birth_year": r"^(18[89]|19\d|20\d)\d$",
    "age": r"^\d{1,3}$",
    "last_name": r"^[^\d]+$",
    "congressional": r"^\d{1,3}$",
}
_ZIPS = {"US": r"^\d{5}(-?\d{4})?$", "GB": r"(?i)^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How one field reads: of the rows, how many are filled, and how many of them fit.

    `fits` is null where any text would do.
    """

    field: str
    columns: tuple[str, ...]
    rows: int
    filled: int
    fits: int | None

    @property
    def share(self) -> float | None:
        """Which share of the filled cells fits; null where nothing can be said."""
        return (
            self.fits / self.filled if self.fits is not None and self.filled else None
        )

    @property
    def called(self) -> str:
        """What people call the field."""
        return WORDS.get(self.field, self.field.replace("_", " "))

    @property
    def many(self) -> str:
        """The same, of several."""
        return "statuses" if self.field == "status" else f"{self.called}s"


def readings(
    texts: pl.DataFrame, fields: Fields, header: Sequence[str], layout: Layout
) -> tuple[Reading, ...]:
    """Return how each field reads, history as one field.

    Args:
        texts: A column of text for each field.
        fields: Where the fields are.
        header: What the columns are called.
        layout: How the source writes dates and codes.
    """
    found = [
        Reading(
            field=name,
            columns=tuple(header[at] for at in fields.places[name].every),
            rows=texts.height,
            filled=texts.height - texts[name].null_count(),
            fits=_fitting(name, texts[name], layout),
        )
        for name in texts.columns
        if not name.startswith("history_")
    ]
    if fields.history and layout.history:
        found.append(_history(texts, fields, header, layout))
    return tuple(found)


def score(found: Sequence[Reading]) -> float:
    """Return how well a file reads: 1 when every cell that can be checked fits."""
    weighed = [
        (one.share, _WEIGHTS.get(one.field, 1))
        for one in found
        if one.share is not None
    ]
    empty = any(one.field == "person_id" and not one.filled for one in found)
    if not weighed or empty:
        return 0.0
    return sum(share * weight for share, weight in weighed) / sum(
        weight for _, weight in weighed
    )


def parsed(text: pl.Series, formats: Sequence[str]) -> pl.Series:
    """Return the days that texts mean, by the first form that fits."""
    text = _days(text)
    days = pl.Series(text.name, [None] * len(text), dtype=pl.Date)
    for form in formats:
        try:
            read = text.str.to_date(form, strict=False)
        except pl.exceptions.PolarsError:
            continue
        days = pl.select(pl.coalesce(days, read)).to_series()
    return days.alias(text.name)


def given(text: pl.Series, layout: Layout) -> pl.Series:
    """Return dates without their times of day, and without texts that mean none."""
    days = _days(text)
    return days.filter(days.is_not_null() & ~days.is_in(list(layout.no_dates)))


def _days(text: pl.Series) -> pl.Series:
    return text.to_frame().select(day_only(pl.col(text.name)))[text.name]


def _fitting(name: str, text: pl.Series, layout: Layout) -> int | None:
    """Return how many filled cells of a field fit; null where any text would."""
    filled = text.drop_nulls()
    if name in DATES:
        forms = layout.dates
        none = len(filled) - len(given(text, layout))
        return none + parsed(given(text, layout), forms).count()
    if name == "person_id":
        return filled.n_unique()
    if name in ("status", "gender"):
        frame = pl.DataFrame({name: filled}, schema={name: pl.String})
        return frame.filter(~codes.odd(name, layout)).height
    pattern = _ZIPS.get(layout.country) if name == "zip" else _FORMS.get(name)
    return int(filled.str.contains(pattern).sum()) if pattern else None


def _history(
    texts: pl.DataFrame, fields: Fields, header: Sequence[str], layout: Layout
) -> Reading:
    """Return how the vote history reads: by items, not by cells."""
    columns = tuple(
        header[at] for name in fields.history for at in fields.places[name].every
    )
    said = items(texts, fields.labels, layout)
    meant = said.join(history.meanings(said["item"], layout), on="item", how="left")
    fits = meant.filter(~pl.col("cast") | pl.col("year").is_not_null()).height
    return Reading("history", columns, texts.height, said.height, fits)


def items(
    texts: pl.DataFrame, labels: Mapping[str, str], layout: Layout
) -> pl.DataFrame:
    """Return the items of vote history in these rows, a row each."""
    names = [name for name in texts.columns if name.startswith("history_")]
    if layout.history is None or not names:
        return pl.DataFrame(schema={"item": pl.String})
    return history.items(texts.select(names), layout.history, labels)
