"""An address in one line: its number, its street and its unit.

In:  lines without the city: '12 1/2 Elm St # 4', 'N6W23001 Oak Rd', 'RR 2 Box 17'.
Out: three columns of text as they stood, for `address.doors` to bring into normal form.

It reads what a voter file writes: a number first (with its letter, half, hyphen or
grid), a street, then a unit, with a word before it ('Apt 2-B', '14th Floor', '# 4')
or none ('Main St 4B', 'Wood Ave, 500'). A unit or a building may also come first
('Flat 2, 14 High Street', 'Elm House, 3 Oak Rd'). The name of a building is part of the
unit: on a campus it tells one door from another. It is no reader of letterheads.
"""

import polars as pl

from groundgame.normal import rest
from groundgame.normal.abbreviations import NUMBERS, TYPES
from groundgame.normal.spellings import Spellings

_TYPES = sorted({*TYPES, *TYPES.values()})
_STOREY = rf"{rest.ORDINAL} (?:FLOOR|FLR|FL)"
_FIRST = (
    rf"^((?:(?:{rest.LEAD} ?#? ?{rest.ID}|{_STOREY}),? )+|[A-Z][A-Z\' ]{{3,}}, "
    rf"|[A-Z][A-Z\' ]+ (?:{rest.HALL}),? )(\d.*)$"
)
_NUMBER = (
    r"^(?:# ?)?("
    r"[NSEW] ?\d+[NSEW]? ?[NSEW] ?\d+"  # a grid: N6W23001
    r"|\d+(?: ?- ?\d+)?(?:-?[A-Z])?(?: \d/\d| ?½)?"  # 12, 12A, 221-31, 12 1/2
    r"|[A-Z]\d{2,}"
    rf"|(?:{'|'.join(NUMBERS)})"
    r")[ ,]+([^ ,].*)$"
)
_PLAIN = r"^\d+ [A-Z]{2}[^,#]*$"
_SUFFIX = r"^([ABCFGHJKR])-? ([A-Z0-9]\S+ \S.*|[A-Z]{5,})$"


def split(lines: pl.Series, known: Spellings | None = None) -> pl.DataFrame:
    """Return number, street and unit of lines; what follows a number is read once.

    Args:
        lines: Addresses without their city.
        known: What was read before, and will be again.
    """
    known = known or Spellings()
    cut = _numbered(lines.rename("line").to_frame())
    found = known.read(cut["rest"], rest.read)
    unit = pl.concat_str("first", "unit", separator=" ", ignore_nulls=True)
    return cut.hstack(found).select(
        number=pl.coalesce("number", "last"),
        street="street",
        unit=pl.when(unit != "").then(unit),
    )


def split_line(line: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return number, street and unit of addresses that are written in one line."""
    kind = pl.Struct(dict.fromkeys(("number", "street", "unit"), pl.String))
    parts = line.map_batches(lambda text: split(text).to_struct(), kind).struct
    return parts.field("number"), parts.field("street"), parts.field("unit")


def _numbered(lines: pl.DataFrame) -> pl.DataFrame:
    """Return number, rest, first: a unit or a building that stood before the number."""
    text = (
        pl.col("line")
        .str.to_uppercase()
        .str.replace_all(r"[.`]", "")
        .str.replace_all(r"\s{2,}|[\t\r\n]", " ")
        .str.strip_chars(" ,;")
    )
    frame = lines.select(text=pl.when(text != "").then(text)).with_row_index("row")
    easy = pl.col("text").str.contains(_PLAIN).fill_null(value=False)
    halves = pl.col("text").str.splitn(" ", 2).struct
    none = pl.lit(None, dtype=pl.String)
    return (
        pl.concat(
            [
                frame.filter(easy).select(
                    "row",
                    number=halves.field("field_0"),
                    rest=halves.field("field_1"),
                    first=none,
                ),
                _odd(frame.filter(~easy).select("row", "text")),
            ]
        )
        .sort("row")
        .drop("row")
    )


def _odd(lines: pl.DataFrame) -> pl.DataFrame:
    """Return number, rest, first of lines that do not begin with digits and a word."""
    ahead = pl.col("text").str.extract_groups(_FIRST).struct
    street = ahead.field("2").str.contains(rf"^\d+ {rest.LEAD}\b").not_()
    lines = lines.select(
        "row",
        first=pl.when(street).then(ahead.field("1").str.strip_chars(" ,")),
        text=pl.when(street).then(ahead.field("2")).otherwise("text"),
    )
    parts = pl.col("text").str.extract_groups(_NUMBER).struct
    lines = lines.select(
        "row",
        "first",
        number=parts.field("1"),
        rest=pl.coalesce(parts.field("2"), "text"),
    )
    lettered = pl.col("rest").str.extract_groups(_SUFFIX).struct
    left = lettered.field("2")
    word = left.str.extract(r"^(\S+)")
    suffixed = pl.col("number").is_not_null() & ~word.is_in([*_TYPES, "AND"]).fill_null(
        value=True
    )
    return lines.select(
        "row",
        number=pl.when(suffixed)
        .then(pl.col("number") + lettered.field("1"))
        .otherwise(pl.col("number").replace(NUMBERS)),
        rest=pl.when(suffixed).then(left).otherwise("rest"),
        first="first",
    )
