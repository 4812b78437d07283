"""House numbers as positions along a street.

In:  numbers in their normal form: 12, 12 1/2, 80A, 221-31.
Out: `block` and `part`, the side (even or odd), and `value`, which grows along the
     street.

In Queens, 221-31 is the 31st lot of the block that begins at 221st Street: block and
part are two numbers. Elsewhere 12-14 is a house that takes two lots: it is at 12. Which
is meant, the street's other numbers say. There, 22131 means 221-31 too.
"""

import polars as pl

BLOCK = 100_000.0  # a value is block * BLOCK + part
_SHAPE = (
    r"^(?:(?<block>\d{1,5})-)?(?<whole>\d{1,7})(?<letter>[A-Z])?"
    r"(?: (?<top>\d)/(?<under>\d))?$"
)
_RANGE = r"^(?<whole>\d{1,7})-[\dA-Z]{1,7}$"


def is_hyphened(number: pl.Expr) -> pl.Expr:
    """Say which numbers have a block and a part, or look as if they had."""
    return number.str.contains(r"^\d{1,5}-\d{1,5}")


def positions(number: pl.Expr, hyphened: pl.Expr) -> dict[str, pl.Expr]:
    """Return block, part, side and value of numbers; null where there is no reading.

    Args:
        number: In normal form.
        hyphened: Whether the street's numbers are a block and a part.
    """
    cells = number.str.extract_groups(_SHAPE).struct
    block = cells.field("block").cast(pl.Int64)
    whole = cells.field("whole").cast(pl.Int64)
    first = number.str.extract(_RANGE, 1).cast(pl.Int64)
    more = (
        cells.field("top").cast(pl.Float64) / cells.field("under").cast(pl.Float64)
    ).fill_null(0.0)
    letter = cells.field("letter").is_not_null() * 0.25
    together = hyphened & block.is_null() & (whole >= 100)  # noqa: PLR2004  # 22131 for 221-31
    lot = (
        pl.when(together)
        .then(whole % 100)
        .when(hyphened)
        .then(whole)
        .otherwise(pl.coalesce(first, pl.when(block.is_null()).then(whole)))
    )
    blocks = (
        pl.when(together)
        .then(whole // 100)
        .when(hyphened)
        .then(block.fill_null(0))
        .otherwise(0)
    )
    part = lot.cast(pl.Float64) + more + letter
    return {
        "block": blocks,
        "part": part,
        "side": (lot % 2).cast(pl.Int8),
        "value": blocks * BLOCK + part,
    }


def digits(number: pl.Expr) -> pl.Expr:
    """Return a number without its hyphen: what 221-31 and 22131 have in common."""
    return number.str.replace_all("-", "", literal=True)
