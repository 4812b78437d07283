"""What the cells of a list say: names, dates and addresses into the columns of LISTED.

In:  a column `line`, and one of text for each field that the list has.
Out: LISTED, and how many cells could not be read, by field.
"""

import polars as pl

from groundgame.normal import address, names
from groundgame.normal.text import hashed
from groundgame.tables import LISTED

DATES = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%Y%m%d",
    "%m-%d-%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
)
_FIRST_YEAR = 1880  # nobody on a list was born before
_NAMES = ("first_name", "middle_name", "last_name", "suffix")


def listed(rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return the columns of LISTED, and the number of unread cells by field."""
    given = [name for name in rows.columns if name != "line"]
    said = _identified(rows, given)
    wanted = [*LISTED.names, "name", "address"]
    missing = [name for name in wanted if name not in said.columns]
    said = said.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    said = _named(_placed(said))
    dates = _dates(said["birth_date"])
    years = said["birth_year"].str.extract(r"^\s*(\d{4})\s*(?:\.0)?$").cast(pl.Int16)
    years = years.set(years < _FIRST_YEAR, None)
    unread = {
        "birth_date": said["birth_date"].count() - dates.count(),
        "birth_year": said["birth_year"].count() - years.count(),
    }
    said = said.with_columns(
        birth_date=dates,
        birth_year=pl.coalesce(dates.dt.year().cast(pl.Int16), years),
    )
    return said.select(LISTED.names), {one: n for one, n in unread.items() if n}


def _identified(rows: pl.DataFrame, given: list[str]) -> pl.DataFrame:
    """Return the rows with row_id: what a row says, and its number among its equals."""
    text = pl.concat_str(
        [pl.lit(f"{name}=") + pl.col(name).fill_null("") for name in sorted(given)],
        separator="\n",
    )
    told = rows.with_columns(told=text)
    told = told.with_columns(nth=pl.int_range(pl.len()).over("told").cast(pl.String))
    spelled = told.select(text=pl.col("told") + "\n" + pl.col("nth"))
    return rows.with_columns(row_id=hashed(spelled["text"]))


def _named(said: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with names in parts, where a list has them in one cell."""
    whole = dict(zip(_NAMES, names.whole(pl.col("name")), strict=True))
    return said.with_columns(
        pl.coalesce(part, taken).alias(part) for part, taken in whole.items()
    )


def _placed(said: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with number, street and unit, where they are in one line."""
    number, street, unit = address.split_line(pl.col("address"))
    return said.with_columns(
        number=pl.coalesce("number", number),
        street=pl.coalesce("street", street),
        unit=pl.coalesce("unit", unit),
    )


def _dates(text: pl.Series) -> pl.Series:
    """Return dates, in the one order of day and month that reads most of the column."""
    day = text.str.strip_chars().str.replace(r"[ T]\d{1,2}:\d\d.*$", "")
    read = [day.str.to_date(form, strict=False) for form in DATES]
    read = [one.set(one.dt.year() < _FIRST_YEAR, None) for one in read]
    return max(read, key=lambda one: one.count())
