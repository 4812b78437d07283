"""Streets: from each spelling to the one name that all its spellings share.

In:  spellings of streets, each once: 'N. Elm Street', 'COUNTY ROAD 9', 'RR 2 Box 14'.
Out: the normal form; its parts (direction, name, type, direction); how it is shown.

Street types and directions are the Postal Service's abbreviations; '1ST', 'FIRST' and
'1' are one name; a county road, a state route and a federal highway are CR, SR and US
HWY however they are written; rural routes and highway contracts are RR and HC with
their box. A type may lead, as in 'CALLE 5' or 'AVE PONCE DE LEON': the words keep
their order. A word that could be a direction and is the only name (North Street) is
left alone.
"""

import polars as pl

from groundgame.normal.abbreviations import (
    DIRECTIONS,
    LONG_ORDINALS,
    ORDINALS,
    TYPES,
)
from groundgame.normal.text import squeezed, titled, without_marks

_TYPE = "|".join(sorted({*TYPES, *TYPES.values()}))
_ROAD = r"(?:HIGHWAY|HIWAY|HWY|ROUTE|RTE|RT|ROAD|RD)"
_REWRITTEN = (
    (r"\b(\d+)(?:ST|ND|RD|TH)\b", "${1}"),
    (r"\b(?:DR |DOCTOR )?(?:MARTIN LUTHER|MARTIN L|M L|ML) KING\b", "MLK"),
    (r"\b(?:DR |DOCTOR )?MLK(?: JR| JUNIOR)?\b", "MLK"),
    (r"\b(?:P ?O|POST OFFICE) ?BOX\b", "PO BOX"),
    (r"^(?:POB|BOX|P O B) (\d)", "PO BOX ${1}"),
    (
        (
            r"^(?:R ?R|R ?F ?D|RURAL (?:ROUTE|RTE|RT)|RT|RTE|ROUTE|R)(?: NO)? ?(\d+\w?)"
            r" (?:PO )?(?:BOX|BX)\b"
        ),
        "RR ${1} BOX",
    ),
    (r"^(?:R ?R|R ?F ?D|RURAL (?:ROUTE|RTE|RT))(?: NO)? ?(\d+\w?)$", "RR ${1}"),
    (
        (
            r"^(?:H ?C|H ?C ?R|(?:HC|(?:HIGHWAY|HWY) CONTRACT) (?:ROUTE|RTE)|STAR"
            r" (?:ROUTE|RTE|RT)|HIGHWAY CONTRACT)(?: NO)? ?(\d+\w*)\b"
        ),
        "HC ${1}",
    ),
    (r"\bBOX (?:NO |NUMBER )?0*(\d)", "BOX ${1}"),
    (r"\bBOX (\d+) ([A-Z])$", "BOX ${1}${2}"),
    (r"^(HC|RR) 0+(\d)", "${1} ${2}"),
    (rf"\b({_ROAD}) (?:NO|NUMBER|NUM) (\d)", "${1} ${2}"),
    (rf"\b(?:COUNTY|CNTY|CO|CTY) {_ROAD} (\d|[A-Z]{{1,2}}\b)", "CR ${1}"),
    (r"\bC R (\d)", "CR ${1}"),
    (rf"\bSTATE {_ROAD} (\d)", "SR ${1}"),
    (r"\b(?:S R|ST (?:RTE|RT|HWY)) (\d)", "SR ${1}"),
    (rf"\b(?:US|U S|UNITED STATES) (?:{_ROAD} )?(\d)", "US HWY ${1}"),
    (
        r"\b(?:FARM TO MARKET(?: ROAD| RD)?|FM (?:ROAD|RD)|FARM (?:ROAD|RD)) (\d)",
        "FM ${1}",
    ),
    (r"\b(?:INTERSTATE(?: HIGHWAY| HWY)?|IH) (\d)", "I ${1}"),
    (r"^(?:TOWNSHIP (?:ROAD|RD|HIGHWAY|HWY)|TWP (?:ROAD|RD)|TR) (\d)", "TWP RD ${1}"),
    (r"^(N|S) (E|W) (\S+ \S)", "${1}${2} ${3}"),
    (r"^(NORTH|SOUTH) (EAST|WEST) (\S+ \S)", "${1}${2} ${3}"),
    (rf" ({_TYPE}) (N|S) (E|W)$", " ${1} ${2}${3}"),
    (rf" ({_TYPE}) (NORTH|SOUTH) (EAST|WEST)$", " ${1} ${2}${3}"),
)
"""What one road is called in more than one word, and the one way we write it."""

_TELLING = r"\d|\b(?:KING|MLK|BOX|[NS] [EW]|(?:NORTH|SOUTH) (?:EAST|WEST))\b"
"""What every rule above needs: streets without it are as they should be."""

RURAL = r"^(?:RR|HC|PO BOX|PSC|CMR)\b"


def streets(spelled: pl.Series) -> pl.DataFrame:
    """Return each spelling of a street: its normal form, its parts, how it is shown."""
    frame = pl.DataFrame({"street_spelled": spelled}).with_columns(
        text=squeezed(pl.col("street_spelled"))
    )
    frame = frame.with_columns(tokens=_plain(frame["text"]).str.split(" "))
    tokens, count = pl.col("tokens"), pl.col("tokens").list.len()
    frame = frame.with_columns(
        pre=pl.when(_led(tokens, count)).then(tokens.list.first().replace(DIRECTIONS)),
        post=pl.when(_trailed(tokens, count)).then(
            tokens.list.last().replace(DIRECTIONS)
        ),
    )
    led, trailed = (
        pl.col(end).is_not_null().cast(pl.UInt32) for end in ("pre", "post")
    )
    frame = frame.with_columns(inner=tokens.list.slice(led, count - led - trailed))
    inner = pl.col("inner").list.eval(pl.element().replace({**TYPES, **ORDINALS}))
    frame = frame.with_columns(inner=inner)
    size, last = pl.col("inner").list.len(), pl.col("inner").list.last()
    typed = (size > 1) & last.is_in(sorted(set(TYPES.values())))
    name = pl.col("inner").list.head(size - typed.cast(pl.UInt32)).list.join(" ")
    key = pl.concat_str(
        "pre", pl.col("inner").list.join(" "), "post", separator=" ", ignore_nulls=True
    )
    return frame.select(
        "street_spelled",
        "pre",
        pl.when(name != "").then(name).alias("name"),
        pl.when(typed).then(last).alias("type"),
        "post",
        street_key=pl.when(key != "").then(key),
        street_shown=_shown(pl.col("text")),
        rural=key.str.contains(RURAL),
    )


def _plain(text: pl.Series) -> pl.Series:
    """Return streets' words, every road of several words written in one way."""
    plain = (
        without_marks(pl.col("text"))
        .str.replace_all(r"['\u2019#]", "")
        .str.replace_all(r"[-\u2013/\s]+", " ")
        .str.strip_chars()
        .str.replace_many(LONG_ORDINALS)
    )
    frame = pl.DataFrame({"text": text}).select(plain).with_row_index("row")
    telling = pl.col("text").str.contains(_TELLING).fill_null(value=False)
    rewritten = pl.col("text")
    for spelling, ours in _REWRITTEN:
        rewritten = rewritten.str.replace_all(spelling, ours)
    parts = (frame.filter(~telling), frame.filter(telling).with_columns(rewritten))
    return pl.concat(parts).sort("row")["text"]


def _led(tokens: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Say whether the first word is a direction, and not the street's only name."""
    rest = tokens.list.get(1, null_on_oob=True)
    named = (count > 2) | ((count == 2) & ~_is_type(rest))  # noqa: PLR2004  # direction, name, type
    return named & tokens.list.first().is_in(list(DIRECTIONS))


def _trailed(tokens: pl.Expr, count: pl.Expr) -> pl.Expr:
    """Say whether the last word is a direction, and not a street's letter: Avenue E."""
    named = (count > 2) | ((count == 2) & ~_is_type(tokens.list.first()))  # noqa: PLR2004  # direction, name, type
    return named & tokens.list.last().is_in(list(DIRECTIONS))


def _is_type(word: pl.Expr) -> pl.Expr:
    """Say whether a word is a type of street, long or short."""
    return word.is_in(sorted({*TYPES, *TYPES.values()}))


def _shown(text: pl.Expr) -> pl.Expr:
    """Return a street as people write it: '217TH STREET' is 217th St."""
    parts = text.str.extract_groups(
        rf"^(.+?) (\S+?)(?: ({'|'.join(DIRECTIONS)}))?$"
    ).struct
    kind = parts.field("2").replace(TYPES)
    whole = pl.concat_str(
        parts.field("1"),
        kind,
        parts.field("3").replace(DIRECTIONS),
        separator=" ",
        ignore_nulls=True,
    )
    return titled(pl.when(parts.field("1").is_null()).then(text).otherwise(whole))
