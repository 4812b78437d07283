"""The districts in which somebody lives, with their Open Civic Data ids.

In:  people: their county and district columns.
Out: DISTRICTS, one row a district.

A ward or a precinct is named within its county (two counties have a ward 1), a district
of the state or of Congress is not. An Open Civic Data id names a division for good:
ocd-division/country:us/state:nc/cd:4. It is made of a number with leading zeros taken
off, or of a name in lower case, with blanks as '_', an apostrophe as '~' and no dots. A
layout may say that a field's names are not such (Vermont's CHI-6-1): they get none.
"""

from collections.abc import Iterable

import polars as pl
import pyarrow as pa

from groundgame.tables import DISTRICTS
from groundgame.voterfile.form import Layout

STATEWIDE = ("congressional", "state_senate", "state_house", "county")
LOCAL = ("municipality", "ward", "precinct")
_NUMBERED = ("cd", "sldu", "sldl")
_NUMBER = r"^\d{1,3}[a-z]?$"  # sldl:44, and Minnesota's sldl:4a
_NAME = r"^[a-z0-9][a-z0-9._~-]*$"
_KEYS = ["kind", "name", "county"]


def count(people: pl.DataFrame) -> pl.DataFrame:
    """Return how many people live in each district: kind, name, county, people.

    Args:
        people: The columns of `STATEWIDE` and `LOCAL`, or some of them, and any others.
    """
    found = [_none()]
    for kind in (*STATEWIDE, *LOCAL):
        if kind not in people.columns:
            continue
        by = (
            ["county", kind] if kind in LOCAL and "county" in people.columns else [kind]
        )
        counted = (
            people.lazy()
            .filter(pl.col(kind).is_not_null())
            .group_by(by)
            .agg(people=pl.len().cast(pl.UInt32))
            .collect()
        )
        county = pl.col("county") if len(by) > 1 else pl.lit(None, dtype=pl.String)
        found.append(
            counted.select(
                kind=pl.lit(kind),
                name=pl.col(kind).cast(pl.String),
                county=county.cast(pl.String),
                people="people",
            )
        )
    return pl.concat(found)


def together(parts: Iterable[pl.DataFrame], layout: Layout) -> pa.Table:
    """Return DISTRICTS from the counts of several parts.

    Args:
        parts: What `count` returned for each.
        layout: Says which state it is, and what kind of division a field names.
    """
    summed = (
        pl.concat([_none(), *parts])
        .group_by(_KEYS)
        .agg(people=pl.col("people").sum().cast(pl.UInt32))
    )
    order = {kind: n for n, kind in enumerate((*STATEWIDE, *LOCAL))}
    number = pl.col("name").str.extract(r"^(\d{1,9})").cast(pl.Int64)
    sorted_ = summed.with_columns(ocd_id=_ocd_id(layout)).sort(
        pl.col("kind").replace_strict(order, return_dtype=pl.Int64),
        "county",
        number,
        "name",
        nulls_last=True,
    )
    return DISTRICTS.conform(sorted_.to_arrow())


def districts(people: pl.DataFrame, layout: Layout) -> pa.Table:
    """Return DISTRICTS of these people."""
    return together([count(people)], layout)


def _ocd_id(layout: Layout) -> pl.Expr:
    """Return the id of each district, by its kind and name; null where it has none."""
    none = pl.lit(None, dtype=pl.String)
    if not layout.state or layout.country != "US":
        return none
    start = f"ocd-division/country:us/state:{layout.state.lower()}"
    plain = (
        pl.col("name")
        .str.to_lowercase()
        .str.strip_chars()
        .str.replace_all(r"[.]", "")
        .str.replace_all(r"['\u2019]", "~")
        .str.replace_all(r"\s+", "_")
    )
    number = plain.str.replace(r"^0+(\d)", "$1")
    found = none
    for kind, division in layout.divisions.items():
        if not division:
            continue
        numbered = division in _NUMBERED
        name, form = (number, _NUMBER) if numbered else (plain, _NAME)
        fits = (pl.col("kind") == kind) & name.str.contains(form)
        if kind == "county":
            fits &= _is_a_name(layout, name)
        ids = pl.lit(f"{start}/{division}:") + name
        found = pl.when(fits).then(ids).otherwise(found)
    return found


def _is_a_name(layout: Layout, plain: pl.Expr) -> pl.Expr:
    """Say whether a county is a name, and not a code that the layout does not know."""
    known = layout.codes["county"]
    if known:
        return pl.col("name").is_in(sorted(set(known.values())))
    return plain.str.contains(r"^[a-z~-]+[a-z][a-z_~-]*$")


def _none() -> pl.DataFrame:
    """Return no counts."""
    return pl.DataFrame(
        schema={
            "kind": pl.String,
            "name": pl.String,
            "county": pl.String,
            "people": pl.UInt32,
        }
    )
