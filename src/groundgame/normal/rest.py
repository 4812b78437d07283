"""What follows a house number: where the street ends and the unit begins.

In:  texts after the number, in capitals without dots: 'ELM ST APT 4', 'OAK RD, 500'.
Out: street, unit, and a number that stood at the end (Spanish: 'CALLE 5 #12').

Rules are tried in the order of `_RULES`; the first that fits counts. Most texts hold
neither a digit nor a mark nor a word of `_TELLING`: those are streets, unread.
"""

from dataclasses import dataclass

import polars as pl

from groundgame.normal.abbreviations import DIRECTIONS, ORDINALS, TYPES, UNIT_WORDS

_ALL_TYPES = sorted({*TYPES, *TYPES.values()}, key=len, reverse=True)
_TYPE = rf"(?:{'|'.join(_ALL_TYPES)}|WAY|LOOP|WALK|ROW|PATH|RUN|PIKE|BROADWAY|MALL)"
HEADING = rf"(?:{'|'.join(sorted(DIRECTIONS, key=len, reverse=True))}|[NS] [EW])"
BARE = (
    "REAR|FRNT|FRONT|UPPR|UPPER|LOWR|LOWER|BSMT|BASEMENT|PENTHOUSE|PH|LOBBY|MEZZANINE|"
    "APT|UNIT|STE|SUITE|LOT|FLAT"
)
_NEVER = {"FRONT", "FRNT", "UPPER", "UPPR", "LOWER", "LOWR", "REAR", "SIDE", "LEVEL"}
_WORDS = {*UNIT_WORDS, *UNIT_WORDS.values()} - _NEVER
_MORE = ("APARTMENT", "APTS", "APT", "UNIT", "SUITE", "STE", "NO", "FLAT", "CONDO")
LEAD = rf"(?:{'|'.join(sorted({*_WORDS, *_MORE}, key=len, reverse=True))})"
HALL = (
    "TOWNHOMES|TOWNHOUSES|APARTMENTS|APTS|LOFTS|CONDOS|CONDOMINIUMS?|FLATS|GARDENS|"
    "TOWERS?|COMMONS|BUILDING|BLDG|HALL|DORM|DORMITORY|MANOR|COURT|VILLAGE|HOUSE|SHELTER|"
    "CENTER|HOME|LODGE|TERRACE|COVE"
)
ID = r"(?:[A-Z]{0,2}-?\d[A-Z0-9/-]*(?: (?:\d+|[A-Z]{1,2}))?|[A-Z](?:-[A-Z\d]+)?)"
_LONE = r"(?:#? ?[A-Z]{0,2}-?\d[A-Z0-9/-]*(?: (?:\d+|[A-Z]{1,2}))?|[A-DF-MO-RT-VX-Z])"
_STOREY = r"(?:FLOOR|FLR|FL|LEVEL|LVL)"
ORDINAL = (
    rf"(?:\d+(?:ST|ND|RD|TH)?|{'|'.join(ORDINALS)}|LOWER|UPPER|GROUND|GRND|MAIN|TOP)"
)
_BOX = (
    r"(?:(?:RR|HC) \d+ )?(?:P ?O ?B(?:OX)?|PO|P O BOX|LOCK ?BOX|MAIL ?BOX|LBX|BOX|PMB)"
    r"(?: NO)? ?#? ?[\dX]"
)
_WITH_WORD = (
    r"^(.+?),? \(?("
    rf"{LEAD}(?: ?# ?| NO |-)?{ID}(?:[ ,)].*)?"
    rf"|{LEAD} (?:# ?|NO )?{ID}(?:[ ,)].*)?"
    r"|#.*"
    rf"|{ORDINAL} {_STOREY}\b.*"
    rf"|{_BOX}.*"
    rf"|(?:{BARE})"
    r")$"
)
_WITH_HALL = (
    r"^(.+? (?:STREET|ST|AVENUE|AVE|ROAD|RD|DRIVE|DR|BOULEVARD|BLVD|LANE|LN|PKWY)"
    rf"(?: {HEADING})?),? ((?:\S+ )*(?:{HALL})\b(?:,? {LEAD}.*|,? #.*|)?)$"
)
_AFTER_TYPE = rf"^(.+ {_TYPE}(?: {HEADING})?),? ({_LONE})$"
_AFTER_COMMA = r"^([^,]+), ([^,].*)$"
_AFTER_NAME = (
    rf"^({HEADING} [A-Z' ]+|[A-Z][A-Z' ]{{3,}}),? (\d{{2,}}[A-Z]?|\d[A-Z]|\d [NSEW])$"
)
_AHEAD = rf"^# ?({ID}) ([A-Z].*)$"
_SPANISH = (
    r"^((?:CALLE|CALLEJON|AVENIDA|PASEO|CAMINO) .+?),? (?:#|NUM|NO) ?(\d+[A-Z]?)$"
)
_ROUTE = (
    r"\b(?:HIGHWAY|HWY|HIWAY|ROUTE|RTE|RT|CR|SR|FM|US|INTERSTATE|IH|CALLE|SPUR)$"
    r"|\b(?:COUNTRY|COUNTY|CNTY|CO|STATE|TOWNSHIP|TWP|FARM|RANCH|FOREST|SERVICE|US|OLD)"
    r" (?:ROAD|RD|LOOP|TRAIL|TRL|HWY|HIGHWAY)$"
    rf"|^(?:{HEADING} )?{_TYPE}$"
)
_LETTER = r"\b[A-Z]$"
RURAL = (
    r"^(?:R ?R|R ?F ?D|RURAL|H ?C ?R?|HIGHWAY CONTRACT|HWY CONTRACT|STAR|RT|RTE|ROUTE|"
    r"PSC|CMR)\b.*BOX\b.*\d.*|^(?:P ?O ?B(?:OX)?|P O BOX|POST OFFICE BOX|BOX)\b.*\d.*"
)
_TELLING = (
    r"\d(?:[^STNR\d]|[SNRT][^TDH]|[SNRT]?$)|[#,(]| .$"
    rf"|\b(?:{BARE}|{HALL}|{LEAD})\b|\b{_STOREY}\b"
)


def read(rest: pl.Series) -> pl.DataFrame:
    """Return street, unit and last, as many rows as texts."""
    frame = rest.alias("text").to_frame().with_row_index("row")
    telling = pl.col("text").str.contains(_TELLING).fill_null(value=False)
    none = pl.lit(None, dtype=pl.String)
    easy = frame.filter(~telling).select("row", street="text", unit=none, last=none)
    cut = _cut(frame.filter(telling))
    return pl.concat([easy, cut]).sort("row").drop("row")


def _cut(frame: pl.DataFrame) -> pl.DataFrame:
    """Return row, street, unit, last of texts that hold more than a street."""
    text = (
        pl.col("text")
        .str.replace_all(r"\s*[,;][\s,;]*", ", ")
        .str.replace(rf", ({HEADING})\b", " ${1}")
        .str.replace(
            r"\b(HIGHWAY|HWY|ROUTE|RTE|RT|ROAD|RD) (?:NO|NUMBER) #? ?(\w+)",
            "${1} ${2}",
        )
        .str.replace(r"^((?:STATE |US |COUNTY |OLD )*(?:ROUTE|RTE)) # ?", "${1} ")
    )
    left, done = frame.with_columns(text), []
    for rule in _RULES:
        tried = left.with_columns(rule.columns())
        fits = pl.col("street").is_not_null()
        done.append(tried.filter(fits).drop("text"))
        left = tried.filter(~fits).select("row", "text")
    none = pl.lit(None, dtype=pl.String)
    done.append(left.select("row", street="text", unit=none, last=none))
    named = pl.col("street").str.extract_groups(_AFTER_COMMA).struct
    apart = named.field("1").is_not_null() & ~pl.col("street").str.contains(RURAL)
    both = pl.concat_str(named.field("2"), "unit", separator=" ", ignore_nulls=True)
    return pl.concat(done).select(
        "row",
        pl.when(apart).then(named.field("1")).otherwise("street").alias("street"),
        pl.when(apart)
        .then(both)
        .otherwise("unit")
        .str.strip_chars(" ,(")
        .alias("unit"),
        "last",
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way in which a street and a unit stand together.

    `gives` names what the groups of the pattern hold. Where the street is like
    `unless`, the rule does not fit: a number after HIGHWAY is no unit.
    """

    pattern: str
    gives: tuple[str, ...] = ("street", "unit")
    unless: str = ""

    def columns(self) -> list[pl.Expr]:
        """Return street, unit and last; null where the rule does not fit."""
        groups = pl.col("text").str.extract_groups(self.pattern).struct
        none = pl.lit(None, dtype=pl.String)
        found = {
            name: groups.field(str(at)) for at, name in enumerate(self.gives, start=1)
        }
        fits = found["street"].is_not_null()
        if self.unless:
            fits &= ~found["street"].str.contains(self.unless)
        return [
            pl.when(fits).then(found.get(name, none)).alias(name)
            for name in ("street", "unit", "last")
        ]


_RULES = (
    _Rule(_SPANISH, ("street", "last")),
    _Rule(rf"({RURAL})", ("street",)),
    _Rule(_AHEAD, ("unit", "street")),
    _Rule(_WITH_HALL, unless=rf"^(?:{HEADING} )?{_TYPE}$"),
    _Rule(_WITH_WORD),
    _Rule(_AFTER_TYPE, unless=_ROUTE),
    _Rule(_AFTER_COMMA),
    _Rule(_AFTER_NAME, unless=rf"{_ROUTE}|{_LETTER}"),
)
"""In this order; the first that fits counts."""
