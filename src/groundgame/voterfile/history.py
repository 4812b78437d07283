"""From history as a source writes it to votes: one row a person and election.

In:  the different cells, such as '20241105 GE;2022 General Election', or the different
     rows of a history file. A file has few of them, however many people.
Out: what each means: an election, a method, a party. What says no year cannot be read;
     and some say that no ballot was cast.

The day of a federal general election is fixed by law: the Tuesday after the first
Monday of November, in even years. So 'general 2012' and 2012-11-06 are one election,
and a ballot cast on such a day was cast in a general election, whether or not the
source says so. Without this, somebody who voted once would be counted twice.

Of special elections there may be several on one day, in this district and in that one.
They are told apart by what the source calls them beyond its word for their kind; where
a day has only one name besides the bare kind, both are one election (see `as_one`).
"""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from groundgame.voterfile import codes
from groundgame.voterfile.form import History, Layout, Rule
from groundgame.voterfile.words import day_only

KINDS = ("general", "primary", "municipal", "special")
METHODS = ("in person", "early", "mail")
NO_ID = "the voter id is empty"
NO_DATE = "the date cannot be read"
NO_BALLOT = "the row says that no ballot was cast"
_PARTS = ("date", "year", "kind", "method", "party")
_SPECIAL = " special "
_DAY = r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\b(?:19|20)\d{2}(?:\d{4})?\b"
_LONGEST = 80  # characters of an election's own name
STRANGE = ("kind", "method", "party")
_MEANS = (
    *("election", "date", "year", "kind", "method", "party", "cast", "word"),
    *(f"strange_{part}" for part in STRANGE),
)


def items(
    cells: pl.DataFrame, history: History, labels: Mapping[str, str]
) -> pl.DataFrame:
    """Return one row an election that a cell names: the other columns, and `item`.

    Args:
        cells: A column `history_<n>` for each history cell, and others that are kept.
        history: How cells are written.
        labels: What is put before the items of a column.
    """
    names = [name for name in cells.columns if name.startswith("history_")]
    kept = [name for name in cells.columns if name not in names]
    found = [_items(cells.select(*kept, item=name), history) for name in names]
    labelled = [
        one.with_columns(item=pl.lit(f"{labels[name]} ") + pl.col("item"))
        if name in labels
        else one
        for name, one in zip(names, found, strict=True)
    ]
    if not labelled:
        return cells.select(*kept, item=pl.lit(None, dtype=pl.String)).clear()
    return pl.concat(labelled)


def _items(cells: pl.DataFrame, history: History) -> pl.DataFrame:
    """Return one row an election that the cells of one column name."""
    text = pl.col("item")
    for pattern, into in history.mend:
        text = text.str.replace_all(
            pattern, into.replace("$1", "${1}").replace("$2", "${2}")
        )
    filled = cells.filter(pl.col("item").is_not_null()).with_columns(item=text)
    if history.split:
        filled = filled.with_columns(pl.col("item").str.split(history.split)).explode(
            "item"
        )
    stripped = filled.with_columns(pl.col("item").str.strip_chars())
    return stripped.filter(pl.col("item") != "")


def meanings(found: pl.Series, layout: Layout) -> pl.DataFrame:
    """Return what each distinct item means; there are few of them.

    Returns:
        item, election ('2024-11-05 general'), date, year, kind, method, party, and
        `cast`: false where it says that no ballot was cast; `word`: its own word for
        the kind; `strange_` and a part: a code of it that the layout does not know. A
        null year: it cannot be read.
    """
    history = layout.history
    frame = pl.DataFrame({"item": found.unique()}, schema={"item": pl.String})
    parts: dict[str, pl.Expr] = {part: _null() for part in _PARTS}
    for pattern in reversed(history.items if history else ()):
        matches = pl.col("item").str.contains(pattern)
        groups = pl.col("item").str.extract_groups(pattern).struct
        for part in _PARTS:
            named = groups.field(part) if f"(?P<{part}>" in pattern else _null()
            parts[part] = pl.when(matches).then(named).otherwise(parts[part])
    cast = pl.lit(value=True)
    for pattern in history.no_ballot if history else ():
        cast &= ~pl.col("item").str.contains(pattern)
    raw = frame.with_columns(**parts, cast=cast)
    return _understood(raw, history.formats if history else (), layout).select(
        "item", *_MEANS
    )


def as_one(names: Sequence[str]) -> dict[str, str]:
    """Return under which name each election goes, of all that a file names.

    A day with one special election has it under its kind alone, however it is written;
    a day with several keeps their names.
    """
    several: dict[str, set[str]] = {}
    for name in names:
        plain, mark, own = name.partition(_SPECIAL)
        if mark and own.strip():
            several.setdefault(plain + mark.rstrip(), set()).add(name)
    return {
        name: next((day for day, of in several.items() if of == {name}), name)
        for name in names
    }


def clashes(meant: pl.DataFrame) -> tuple[int, int]:
    """Return how many codes stand for several days, and elections for several codes.

    Args:
        meant: What `meanings` or `row_meanings` returned. A code is a word with a digit
            in it ('GE24'): a bare kind stands for many days rightly.
    """
    known = meant.filter(pl.col("word").is_not_null() & pl.col("date").is_not_null())
    words = known.select("word", "date", "election").unique()
    coded = words.filter(pl.col("word").str.contains(r"\d"))
    days = coded.group_by("word").agg(pl.col("date").n_unique())
    names = words.group_by("election").agg(pl.col("word").str.to_uppercase().n_unique())
    return (
        days.filter(pl.col("date") > 1).height,
        names.filter(pl.col("word") > 1).height,
    )


def row_meanings(
    different: pl.DataFrame, formats: Sequence[str], layout: Layout
) -> pl.DataFrame:
    """Return what each distinct row of a history file means.

    Args:
        different: date, kind, method and party as the file writes them, and others
            that are kept.
        formats: How it writes dates.
        layout: What its words mean.

    Returns:
        The same rows, in the columns of `meanings`.
    """
    no_ballot = layout.history_file.no_ballot if layout.history_file else ()
    said = pl.col("method").str.to_uppercase().is_in(no_ballot).fill_null(value=False)
    raw = different.with_columns(year=_null(), cast=~said)
    return _understood(raw, formats, layout)


def _understood(
    raw: pl.DataFrame, formats: Sequence[str], layout: Layout
) -> pl.DataFrame:
    """Return the same rows with a date, a year, a kind and a method that we know."""
    day = day_only(pl.col("date"))
    dates = [day.str.to_date(form, strict=False) for form in formats]
    said = raw.with_columns(
        pl.when(pl.col(part) != "").then(pl.col(part).cast(pl.String)).alias(part)
        for part in STRANGE
    )
    parsed = said.with_columns(
        date=pl.coalesce(*dates) if dates else pl.lit(None, dtype=pl.Date),
        year=pl.col("year").cast(pl.Int16, strict=False),
        word="kind",
        kind=_named("kind", KINDS, layout.kinds).fill_null("unknown"),
        called=_called(layout.kinds),
        method=_named("method", METHODS, layout.methods),
        party=codes.meaning("party", layout),
        **{f"strange_{part}": strange for part, strange in _strange(layout).items()},
    )
    parsed = parsed.with_columns(year=pl.coalesce(pl.col("date").dt.year(), "year"))
    general = _general(pl.col("year"))
    federal = pl.col("year") % 2 == 0
    is_day = federal & (pl.col("date") == general) & (pl.col("kind") == "unknown")
    is_kind = federal & pl.col("date").is_null() & (pl.col("kind") == "general")
    settled = parsed.with_columns(
        kind=pl.when(is_day).then(pl.lit("general")).otherwise("kind"),
        date=pl.when(is_kind).then(general).otherwise("date"),
    )
    when = pl.coalesce(
        pl.col("date").dt.to_string("%Y-%m-%d"), pl.col("year").cast(pl.String)
    )
    own = pl.when(pl.col("kind") == "special").then(_own_name(layout.kinds))
    name = pl.concat_str(
        when, pl.coalesce("called", "kind"), own, separator=" ", ignore_nulls=True
    )
    name = pl.when(when.is_not_null()).then(name)
    return settled.with_columns(election=name, year=pl.col("year").cast(pl.Int16))


def _strange(layout: Layout) -> dict[str, pl.Expr]:
    """Return the codes of each part that the layout does not know; else null.

    A part for which it has no codes has no strange ones.
    """
    odd = {
        "kind": _unnamed("kind", KINDS, layout.kinds),
        "method": _unnamed("method", METHODS, layout.methods),
        "party": codes.odd("party", layout),
    }
    return {part: pl.when(where).then(pl.col(part)) for part, where in odd.items()}


def _unnamed(column: str, known: Sequence[str], rules: Sequence[Rule]) -> pl.Expr:
    """Say where a text is there and no rule says what it means."""
    if not rules:
        return pl.lit(value=False)
    return pl.col(column).is_not_null() & _named(column, known, rules).is_null()


def _named(column: str, known: Sequence[str], rules: Sequence[Rule]) -> pl.Expr:
    """Return a column in our words: one already, or what the first rule says."""
    upper = pl.col(column).cast(pl.String).str.to_uppercase()
    named = _null()
    for rule in reversed(rules):
        named = pl.when(_fits(upper, rule)).then(pl.lit(rule.means)).otherwise(named)
    ours = upper.is_in([word.upper() for word in known])
    return pl.when(ours).then(upper.str.to_lowercase()).otherwise(named)


def federal_day(day: pl.Expr) -> pl.Expr:
    """Say whether a day is that of a federal general election."""
    return (day.dt.year() % 2 == 0) & (day == _general(day.dt.year()))


def _general(year: pl.Expr) -> pl.Expr:
    """Return the Tuesday after the first Monday of a year's November."""
    november = pl.date(year.cast(pl.Int32), 11, 1)
    to_monday = (8 - november.dt.weekday()) % 7
    return november + pl.duration(days=to_monday.cast(pl.Int64) + 1)


def _own_name(rules: Sequence[Rule]) -> pl.Expr:
    """Return what a special election is called beyond its day and kind; null: nothing.

    '05/14/2019 SPECIAL CONGRESSIONAL DISTRICT 9' is 'CONGRESSIONAL DISTRICT 9', 'SP' is
    nothing, and 'SP19A' is itself.
    """
    said = [re.escape(rule.text) for rule in rules if rule.means == "special"]
    words = "|".join([*said, "SPECIAL", "ELECTIONS?"])
    left = pl.col("word").str.to_uppercase()
    for pattern in (_DAY, rf"\b(?:{words})\b", r"[^\w&'/. ]", r"\s+"):
        left = left.str.replace_all(pattern, " ")
    short = left.str.strip_chars(" .'/&").str.slice(0, _LONGEST)
    return pl.when(short != "").then(short)


def _called(rules: Sequence[Rule]) -> pl.Expr:
    """Return the longer name of a kind, where the rule that fits it has one."""
    upper = pl.col("kind").cast(pl.String).str.to_uppercase()
    called = _null()
    for rule in reversed(rules):
        name = pl.lit(rule.called or None, dtype=pl.String)
        called = pl.when(_fits(upper, rule)).then(name).otherwise(called)
    return called


def _fits(upper: pl.Expr, rule: Rule) -> pl.Expr:
    """Say where a rule holds."""
    if rule.whole:
        return upper == rule.text
    return upper.str.contains(rule.text, literal=True)


def _null() -> pl.Expr:
    return pl.lit(None, dtype=pl.String)
