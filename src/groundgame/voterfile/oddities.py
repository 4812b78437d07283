"""What looks odd in the first rows of a file, said before it is imported.

In:  its rows, and the texts of its fields by the layout that fits best.
Out: sentences. They hold counts, days and codes, and never who somebody is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import polars as pl

from groundgame.voterfile import history
from groundgame.voterfile.exchanged import order
from groundgame.voterfile.fields import Fields
from groundgame.voterfile.form import Layout
from groundgame.voterfile.judged import DATES, WORDS, given, items, parsed
from groundgame.voterfile.words import NO_DAYS

Look = tuple[Layout, Fields, pl.DataFrame, int]

_WIDE = 1_000  # columns
_LONG = 10_000  # characters in a cell
_MANY = 30  # dates that must be there before their shape says something
_TWELVE = 12
_PILED = 0.02  # share of birth dates on one day that is no chance
_ELSEWHERE = 0.5


def oddities(rows: Sequence[Sequence[str]], look: Look | None) -> tuple[str, ...]:
    """Return what somebody should look at before importing.

    Args:
        rows: Rows of cells, the header with them.
        look: The layout, where its fields are, their texts, and by how many cells the
            file looks shifted; or nothing when no layout fits.
    """
    return (*_shape(rows), *(_content(look) if look else ()))


def _shape(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Look at the table as a table."""
    widths = Counter(map(len, rows))
    if not widths:
        return
    usual, _ = widths.most_common(1)[0]
    odd = len(rows) - widths[usual]
    if odd:
        yield (
            f"{odd:,} of {len(rows):,} first rows have not {usual} cells like the "
            "others; they will be set aside"
        )
    if usual > _WIDE:
        yield f"it has {usual:,} columns; is the mark between cells the right one?"
    longest = max((len(cell) for row in rows for cell in row), default=0)
    if longest > _LONG:
        yield (
            f"a cell holds {longest:,} characters; a quotation mark may be left open "
            "before it"
        )
    names = [name.strip().casefold() for name in rows[0] if name.strip()]
    twice = len(names) - len(set(names))
    if twice and _is_header(rows):
        yield f"{twice} names of columns come twice; the first of each is read"


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a first row looks like names: no numbers in it, but in the second."""
    digits = re.compile(r"^\d+$")
    first, *others = rows[:2]
    return bool(others) and not any(digits.match(cell) for cell in first)


def misread(look: Look) -> Iterator[str]:
    """Say why what reads by a layout would be read wrongly, if it would."""
    layout, _, texts, moved = look
    if moved:
        side = "right" if moved > 0 else "left"
        yield f"the cells look shifted by one to the {side} of their columns"
    for name in DATES:
        if name in texts.columns:
            yield from _exchanged(name, texts[name], layout)


def _content(look: Look) -> Iterator[str]:
    """Look at what the cells hold."""
    layout, fields, texts, _ = look
    yield from misread(look)
    yield from _state(texts, layout)
    for name in DATES:
        if name in texts.columns:
            yield from _never_late(name, texts[name], layout)
    if "birth_date" in texts.columns:
        yield from _placeholders(texts["birth_date"], layout)
    yield from _ids(texts)
    yield from _elections(texts, fields, layout)


def _state(texts: pl.DataFrame, layout: Layout) -> Iterator[str]:
    """Notice a file of another state."""
    if "state" not in texts.columns or not layout.state:
        return
    states = texts["state"].drop_nulls().str.to_uppercase()
    states = states.filter(states.str.contains(r"^[A-Z]{2}$"))
    other = states.filter(states != layout.state)
    if len(other) > _ELSEWHERE * len(states):
        most = Counter(other.to_list()).most_common(1)[0][0]
        yield (
            f"{len(other):,} of {len(states):,} addresses are not in {layout.state} "
            f"(most often {most}): is it the file of another state?"
        )


def _exchanged(name: str, text: pl.Series, layout: Layout) -> Iterator[str]:
    """Notice days and months the other way round."""
    found = order(given(text, layout), layout.dates, elections=name == "date")
    if found.exchanged:
        yield (
            f"{found.other:,} of {found.dates:,} {WORDS[name]}s make sense only with "
            "day and month exchanged: it is not written as its layout says"
        )


def _never_late(name: str, text: pl.Series, layout: Layout) -> Iterator[str]:
    """Notice dates that read in both orders."""
    days = parsed(given(text, layout), layout.dates)
    different = days.drop_nulls().unique()
    if len(different) >= _MANY and (different.dt.day() <= _TWELVE).all():
        yield (
            f"no {WORDS[name]} is after the 12th of a month: day and month may be "
            "exchanged"
        )


def _placeholders(text: pl.Series, layout: Layout) -> Iterator[str]:
    """Notice days that stand for 'not known'."""
    days = parsed(text.drop_nulls(), layout.dates).drop_nulls()
    for day, rows in Counter(days.to_list()).most_common(2):
        if day in NO_DAYS:
            yield (
                f"{rows:,} of {len(days):,} birth dates are {day}: they are taken as "
                "not known"
            )
        elif rows > max(_MANY // 6, _PILED * len(days)):
            yield (
                f"{rows:,} of {len(days):,} birth dates are one day, {day}: it may "
                "stand for 'not known'; a layout names such days under [dates] empty"
            )


def _ids(texts: pl.DataFrame) -> Iterator[str]:
    """Notice one voter id on different people."""
    names = [name for name in ("last_name", "first_name") if name in texts.columns]
    if "person_id" not in texts.columns or not names:
        return
    who = pl.concat_str([pl.col(name).fill_null("") for name in names], separator="|")
    several = (
        texts.filter(pl.col("person_id").is_not_null())
        .group_by("person_id")
        .agg(who.str.to_uppercase().n_unique().alias("people"))
        .filter(pl.col("people") > 1)
    )
    if several.height:
        yield f"{several.height:,} voter ids stand on rows with different names"


def _elections(texts: pl.DataFrame, fields: Fields, layout: Layout) -> Iterator[str]:
    """Notice two elections under one code, and two codes for one election."""
    if "date" in texts.columns:
        columns = {
            name: pl.col(name) if name in texts.columns else pl.lit(None, pl.String)
            for name in ("date", "kind", "method", "party")
        }
        rows = texts.select(**columns).unique()
        meant = history.row_meanings(rows, layout.dates, layout)
    else:
        said = items(texts, fields.labels, layout)
        meant = history.meanings(said["item"], layout)
    codes, elections = history.clashes(meant)
    if codes:
        yield f"{codes} election codes stand for more than one day"
    if elections:
        yield (
            f"{elections} elections go by more than one code; their votes are counted "
            "as one election"
        )
