"""What a source's codes mean, and which of them nobody foresaw.

In:  raw texts of a batch: party, gender, status, language, county.
Out: our words for them; and how often each code came that the layout does not know.

A code that is not known is kept where it may be of use (party, county), is null where
our words are few (gender, language), and makes a status 'unknown'. What is counted of
them are codes, never what somebody wrote about a person: short ones, or such as repeat.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from groundgame.voterfile.form import CODED, Layout

Unknown = dict[str, dict[str, int]]

KEPT = ("party", "county")
OTHERS = "(others)"
_MOST = 30  # codes of one field that are listed
_SHORT = 4  # characters of what is a code even if it comes once
_LONG = 40
_REPEATS = 3  # rows that make a longer text a code


def meaning(field: str, layout: Layout) -> pl.Expr:
    """Return the expression that turns a field's raw text into our word for it."""
    known = layout.codes[field]
    if field in KEPT and not known:
        return pl.col(field)
    upper = pl.col(field).str.to_uppercase()
    word = upper.replace_strict(known, default=None, return_dtype=pl.String)
    word = pl.when(word != "").then(word)
    if field in KEPT:
        return pl.coalesce(word, field)
    return word.fill_null("unknown") if field == "status" else word


def odd(field: str, layout: Layout) -> pl.Expr:
    """Say of a field's raw texts which the layout does not know.

    A field for which it has no codes has no unknown ones.
    """
    known = layout.codes[field]
    if not known:
        return pl.lit(value=False)
    ours = [word.upper() for word in known.values()] if field in KEPT else []
    upper = pl.col(field).str.to_uppercase()
    return ~upper.is_in([*known, *ours]) & pl.col(field).is_not_null()


def unknown(raw: pl.DataFrame, layout: Layout) -> Unknown:
    """Return how many rows have each code that the layout does not know.

    Args:
        raw: Columns of raw texts, by the names of fields; those it lacks are passed
            over.
        layout: What codes mean.
    """
    found: Unknown = {}
    for field in CODED:
        if field in raw.columns:
            strange = raw.select(field).filter(odd(field, layout))[field]
            counted = strange.value_counts(name="rows")
            if counted.height:
                found[field] = dict(zip(counted[field], counted["rows"], strict=True))
    return found


def together(many: Iterable[Unknown]) -> Unknown:
    """Return one account of several batches, without what may be about one person."""
    sums: Unknown = {}
    for one in many:
        for field, codes in one.items():
            counts = sums.setdefault(field, {})
            for code, rows in codes.items():
                counts[code] = counts.get(code, 0) + rows
    return {field: _capped(codes) for field, codes in sums.items() if codes}


def _capped(codes: Mapping[str, int]) -> dict[str, int]:
    """Return the most frequent codes, and all others as one number."""
    told = {
        code: rows
        for code, rows in sorted(codes.items(), key=lambda one: (-one[1], one[0]))
        if len(code) <= _SHORT or (rows >= _REPEATS and len(code) <= _LONG)
    }
    listed = dict(list(told.items())[:_MOST])
    rest = sum(codes.values()) - sum(listed.values())
    return listed | ({OTHERS: rest} if rest else {})
