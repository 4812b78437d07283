"""From history as a source writes it to votes: one row a person and election.

In:  a column of cells, such as '20241105 GE;2022 General Election', or a history file.
Out: votes. What says no year is counted and left out.

The day of a federal general election is fixed by law: the Tuesday after the first
Monday of November, in even years. So 'general 2012' and 2012-11-06 are one election,
and a ballot cast on such a day was cast in a general election, whether or not the
source says so. Without this, somebody who voted once would be counted twice.
"""

from collections.abc import Sequence

import polars as pl

from groundgame.voterfile.layout import History, Layout
from groundgame.voterfile.people import NO_DATE, NO_ID, Fields

KINDS = ("general", "primary", "municipal", "special")
METHODS = ("in person", "early", "mail")
_PARTS = ("date", "year", "kind", "method", "party")


def from_cells(cells: pl.DataFrame, layout: Layout) -> tuple[pl.DataFrame, int]:
    """Return the votes in the history cells, and how many items could not be read.

    Args:
        cells: person_id, line, and a column `history_<n>` for each history cell.
        layout: How the source writes them.
    """
    history = layout.history
    names = [name for name in cells.columns if name.startswith("history_")]
    if history is None or not names:
        return none(), 0
    items = pl.concat(
        [
            _items(cells.select("person_id", "line", item=name), history)
            for name in names
        ]
    )
    meanings = _meanings(items["item"].unique(), history, layout)
    known = items.join(meanings, on="item", how="left")
    unread = known["year"].null_count()
    return _labelled(known.filter(pl.col("year").is_not_null())), unread


def from_rows(
    cells: pl.DataFrame, fields: Fields, formats: Sequence[str], layout: Layout
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the votes of a history file, one a row, and the rows that are refused.

    Args:
        cells: One column a position, as text, and `line`.
        fields: Which position holds person_id, date, kind, method and party.
        formats: How the file writes dates.
        layout: What its words for kinds and methods mean.
    """
    names = ("person_id", "date", "kind", "method", "party")
    rows = cells.select(
        "line", *(fields.text(name).alias(name) for name in names), year=_null()
    )
    read = _understood(rows, formats, layout)
    no_id, no_day = pl.col("person_id").is_null(), pl.col("year").is_null()
    refused = read.filter(no_id | no_day).select(
        "line",
        column=pl.when(no_id)
        .then(pl.lit(fields.names["person_id"]))
        .otherwise(pl.lit(fields.names["date"])),
        reason=pl.when(no_id).then(pl.lit(NO_ID)).otherwise(pl.lit(NO_DATE)),
    )
    kept = read.filter(~(no_id | no_day)).with_columns(
        person_id=pl.lit(f"{layout.id}:") + pl.col("person_id")
    )
    return _labelled(kept), refused


def _items(cells: pl.DataFrame, history: History) -> pl.DataFrame:
    """Return one row an election that a cell names."""
    text = pl.col("item")
    for pattern, into in history.mend:
        text = text.str.replace_all(
            pattern, into.replace("$1", "${1}").replace("$2", "${2}")
        )
    items = cells.filter(pl.col("item").is_not_null()).with_columns(item=text)
    if history.split:
        items = items.with_columns(pl.col("item").str.split(history.split)).explode(
            "item"
        )
    stripped = items.with_columns(pl.col("item").str.strip_chars())
    return stripped.filter(pl.col("item") != "")


def _meanings(items: pl.Series, history: History, layout: Layout) -> pl.DataFrame:
    """Return what each distinct item means; there are few of them."""
    frame = pl.DataFrame({"item": items})
    found: dict[str, pl.Expr] = {part: _null() for part in _PARTS}
    for pattern in reversed(history.items):
        matches = pl.col("item").str.contains(pattern)
        groups = pl.col("item").str.extract_groups(pattern).struct
        for part in _PARTS:
            named = groups.field(part) if f"(?P<{part}>" in pattern else _null()
            found[part] = pl.when(matches).then(named).otherwise(found[part])
    return _understood(frame.with_columns(**found), history.formats, layout)


def _understood(
    raw: pl.DataFrame, formats: Sequence[str], layout: Layout
) -> pl.DataFrame:
    """Return the same rows with a date, a year, a kind and a method that we know."""
    dates = [pl.col("date").str.to_date(form, strict=False) for form in formats]
    parsed = raw.with_columns(
        date=pl.coalesce(*dates),
        year=pl.col("year").cast(pl.Int16, strict=False),
        kind=_named("kind", KINDS, layout.kinds).fill_null("unknown"),
        method=_named("method", METHODS, layout.methods),
        party=pl.col("party").cast(pl.String),
    )
    parsed = parsed.with_columns(year=pl.coalesce(pl.col("date").dt.year(), "year"))
    november = pl.date(pl.col("year").cast(pl.Int32), 11, 1)
    to_monday = (8 - november.dt.weekday()) % 7
    general = november + pl.duration(days=to_monday.cast(pl.Int64) + 1)
    federal = pl.col("year") % 2 == 0
    is_day = federal & (pl.col("date") == general) & (pl.col("kind") == "unknown")
    is_kind = federal & pl.col("date").is_null() & (pl.col("kind") == "general")
    return parsed.with_columns(
        kind=pl.when(is_day).then(pl.lit("general")).otherwise("kind"),
        date=pl.when(is_kind).then(general).otherwise("date"),
    )


def _named(
    column: str, known: Sequence[str], rules: Sequence[tuple[str, str]]
) -> pl.Expr:
    """Return a column in our words: one already, or what the first rule says."""
    upper = pl.col(column).cast(pl.String).str.to_uppercase()
    named = _null()
    for holds, means in reversed(rules):
        there = upper.str.contains(holds, literal=True)
        named = pl.when(there).then(pl.lit(means)).otherwise(named)
    ours = upper.is_in([word.upper() for word in known])
    return pl.when(ours).then(upper.str.to_lowercase()).otherwise(named)


def _labelled(votes: pl.DataFrame) -> pl.DataFrame:
    """Return votes with the name of their election: '2024-11-05 general'."""
    day = pl.coalesce(
        pl.col("date").dt.to_string("%Y-%m-%d"), pl.col("year").cast(pl.String)
    )
    return votes.select(
        "person_id",
        "line",
        election=pl.concat_str(day, "kind", separator=" "),
        date="date",
        year=pl.col("year").cast(pl.Int16),
        kind="kind",
        method="method",
        party="party",
    )


def _null() -> pl.Expr:
    return pl.lit(None, dtype=pl.String)


def none() -> pl.DataFrame:
    """Return no votes."""
    return pl.DataFrame(
        schema={
            "person_id": pl.String,
            "line": pl.Int64,
            "election": pl.String,
            "date": pl.Date,
            "year": pl.Int16,
            "kind": pl.String,
            "method": pl.String,
            "party": pl.String,
        }
    )
