"""Addresses one at a time, by the same grammar as the import: plain Python and `re`.

In:  one line ('12 1/2 N. Elm St. # 4'), its city and its zip code.
Out: what `groundgame.normal` makes of it: number, street, unit, kind and ids.

The words and patterns are the import's own, compiled for `re`; the steps are written
anew, as one would write them for one address. Whatever repeats (a street, a unit, a
city) is read once and kept in a dictionary.
"""

import re
import unicodedata
from hashlib import md5
from typing import NamedTuple

from row_memory import remembered

from groundgame.normal.abbreviations import (
    DIRECTIONS,
    LONG_ORDINALS,
    NUMBERS,
    ORDINALS,
    TYPES,
    UNIT_WORDS,
)
from groundgame.normal.kinds import KINDS
from groundgame.normal.line import _FIRST as FIRST
from groundgame.normal.line import _NUMBER as NUMBER
from groundgame.normal.line import _PLAIN as PLAIN
from groundgame.normal.line import _SUFFIX as SUFFIX
from groundgame.normal.rest import _AFTER_COMMA as AFTER_COMMA
from groundgame.normal.rest import _RULES as RULES
from groundgame.normal.rest import _TELLING as UNIT_TELLING
from groundgame.normal.rest import HEADING, LEAD
from groundgame.normal.rest import RURAL as RURAL_REST
from groundgame.normal.streets import _REWRITTEN as REWRITTEN
from groundgame.normal.streets import _TELLING as ROAD_TELLING
from groundgame.normal.streets import RURAL
from groundgame.normal.text import _ENDINGS as ENDINGS
from groundgame.normal.text import _HEADINGS as HEADINGS
from groundgame.normal.text import _ROADS as ROADS
from groundgame.normal.units import _SHOP as SHOP
from groundgame.normal.units import _STOREY as STOREY
from groundgame.normal.units import NOTHING, WORDS

Maybe = str | None
_ANY_TYPE = {*TYPES, *TYPES.values()}


class Door(NamedTuple):
    """A door as the import describes it; all null where there is none."""

    door_id: Maybe
    building_id: Maybe
    number: Maybe
    street: Maybe
    unit: Maybe
    city: Maybe
    zip: Maybe
    address: Maybe
    state: Maybe
    kind: Maybe


NOWHERE = Door(*[None] * 10)


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _into(template: str) -> str:
    return re.sub(r"\$\{(\d)\}", r"\\g<\1>", template)


_FIRST, _NUMBER, _SUFFIX = map(_of, (FIRST, NUMBER, SUFFIX))
_EASY, _LEAD_LINE = _of(PLAIN), _of(rf"^\d+ {LEAD}\b")
_UNIT_TELLING, _RURAL_REST = _of(UNIT_TELLING), _of(RURAL_REST)
_RULES = [
    (_of(rule.pattern), rule.gives, _of(rule.unless) if rule.unless else None)
    for rule in RULES
]
_COMMA_HEADING = _of(rf", ({HEADING})\b")
_ROAD_NO = _of(r"\b(HIGHWAY|HWY|ROUTE|RTE|RT|ROAD|RD) (?:NO|NUMBER) #? ?(\w+)")
_ROUTE_MARK = _of(r"^((?:STATE |US |COUNTY |OLD )*(?:ROUTE|RTE)) # ?")
_AFTER_COMMA = _of(AFTER_COMMA)
_ROAD_TELLING, _RURAL = _of(ROAD_TELLING), _of(RURAL)
_REWRITTEN = [(_of(spelling), _into(ours)) for spelling, ours in REWRITTEN]
_LONG = _of("|".join(LONG_ORDINALS))
_SHOWN = _of(rf"^(.+?) (\S+?)(?: ({'|'.join(DIRECTIONS)}))?$")
_KINDS = [(name, _of(words)) for name, words in KINDS.items()]
_ENDING = _of(rf"(\d)({'|'.join(ENDINGS)})\b")
_HEADING = _of(rf"(^|\s)({'|'.join(HEADINGS)})(?=$|\s)")
_ROAD = _of(rf"^({'|'.join(ROADS)}) (\d|Hwy)")
_CORNERS = _of(r"Mc[a-z]|'S ")
_NOTHING = _of(rf"\b(?:{NOTHING})\b")
_SHOP, _STOREY = _of(SHOP), _of(STOREY)
_UNIT_JOINED = _of(rf"\b(APT|UNIT|STE|{WORDS})(\d)")
_UNIT_NAMED = _of(rf"^(?:{WORDS})\b")
_UNIT_MEANS = {**UNIT_WORDS, **ORDINALS}
_STREET_MEANS = {**TYPES, **ORDINALS}


@remembered
def door(line: Maybe, city: Maybe, postal: Maybe, state: Maybe) -> Door:
    """Return the door of an address in one line."""
    number_said, street, unit = _split(line)
    number = _number(number_said)
    key, shown, rural, street_kind = _street(street)
    unit_key, unit_shown, tail, unit_kind = _unit(unit)
    if rural and unit_key and unit_key.startswith("BOX ") and not _box(key):
        key, shown = f"{key} {unit_key}", f"{shown} {unit_shown}"
        unit_key = unit_shown = tail = None
        street_kind = "rural box"
    city_key, city_shown = _city(city)
    code, two = _zip(postal), _state(state)
    if not key or not (number or (rural and _box(key)) or len(code or "") > 5):
        return NOWHERE
    place = code or ", ".join(one for one in (city_key, two) if one)
    building = f"{number or ''}|{key}|{place}"
    building_id = _hash(building)
    return Door(
        _hash(f"{building}|{unit_key}") if unit_key else building_id,
        building_id,
        number,
        shown,
        unit_shown,
        city_shown,
        code,
        " ".join(one for one in (number, shown, tail) if one),
        two,
        unit_kind or street_kind,
    )


def _box(key: Maybe) -> bool:
    return re.search(r"\bBOX \d", key or "") is not None


def _hash(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()[:20]


def _split(line: Maybe) -> tuple[Maybe, Maybe, Maybe]:
    """Return number, street and unit of a line, as they stood."""
    text = re.sub(r"[.`]", "", (line or "").upper())
    text = re.sub(r"\s{2,}|[\t\r\n]", " ", text).strip(" ,;")
    if not text:
        return None, None, None
    first, number, rest = _easy(text) if _EASY.search(text) else _odd(text)
    street, unit, last = _rest(rest)
    both = " ".join(one for one in (first, unit) if one is not None)
    return number or last, street, both or None


def _easy(text: str) -> tuple[Maybe, Maybe, str]:
    """Return the same as `_odd` of a line of digits and a street."""
    number, rest = text.split(" ", 1)
    return None, number, rest


def _odd(text: str) -> tuple[Maybe, Maybe, str]:
    """Return what stood before the number, the number, and the rest."""
    first, number = None, None
    ahead = _FIRST.search(text)
    if ahead and not _LEAD_LINE.search(ahead[2]):
        first, text = ahead[1].strip(" ,"), ahead[2]
    parts = _NUMBER.search(text)
    if parts is None:
        return first, None, text
    number, text = parts[1], parts[2]
    lettered = _SUFFIX.search(text)
    if lettered and lettered[2].split()[0] not in _ANY_TYPE | {"AND"}:
        return first, number + lettered[1], lettered[2]
    return first, NUMBERS.get(number, number), text


@remembered
def _rest(text: str) -> tuple[Maybe, Maybe, Maybe]:
    """Return street, unit, and a number that stood at the end."""
    if not _UNIT_TELLING.search(text):
        return text, None, None
    text = re.sub(r"\s*[,;][\s,;]*", ", ", text)
    text = _COMMA_HEADING.sub(r" \1", text, count=1)
    text = _ROAD_NO.sub(r"\1 \2", text, count=1)
    text = _ROUTE_MARK.sub(r"\1 ", text, count=1)
    found: dict[str, Maybe] = {"street": text}
    for pattern, gives, unless in _RULES:
        fits = pattern.search(text)
        if fits is None:
            continue
        said = dict(zip(gives, fits.groups(), strict=False))
        if not (unless and unless.search(said["street"] or "")):
            found = said
            break
    street, unit = found["street"] or "", found.get("unit")
    named = _AFTER_COMMA.search(street)
    if named and not _RURAL_REST.search(street):
        street = named[1]
        unit = " ".join(one for one in (named[2], unit) if one is not None)
    return street, unit.strip(" ,(") if unit is not None else None, found.get("last")


@remembered
def _number(spelled: Maybe) -> Maybe:
    """Return a house number in its normal form."""
    text = _squeezed(spelled or "").replace("½", " 1/2")
    text = re.sub(r"\s+", " ", re.sub(r"\s*-\s*", "-", text))
    text = re.sub(r"^0+(\d)", r"\1", re.sub("^#", "", text))
    text = re.sub(r"^(\d+)[ -]([A-Z])$", r"\1\2", text).strip(" -")
    return text if re.search("[1-9A-Z]", text) else None


@remembered
def _street(spelled: Maybe) -> tuple[Maybe, Maybe, bool, Maybe]:
    """Return a street's key, how it is shown, whether it is rural, and its kind."""
    text = _squeezed(spelled or "")
    if not text:
        return None, None, False, None
    plain = re.sub(r"['\u2019#]", "", _without_marks(text))
    plain = re.sub(r"[-\u2013/\s]+", " ", plain).strip()
    plain = _LONG.sub(lambda found: LONG_ORDINALS[found[0]], plain)
    if _ROAD_TELLING.search(plain):
        for spelling, ours in _REWRITTEN:
            plain = spelling.sub(ours, plain)
    words = plain.split(" ")
    many, pre, post = len(words), [], []
    if words[0] in DIRECTIONS and (
        many > 2 or (many == 2 and words[1] not in _ANY_TYPE)
    ):
        pre = [DIRECTIONS[words[0]]]
    if words[-1] in DIRECTIONS and (
        many > 2 or (many == 2 and words[0] not in _ANY_TYPE)
    ):
        post = [DIRECTIONS[words[-1]]]
    inner = words[len(pre) : many - len(post)]
    key = " ".join([*pre, *(_STREET_MEANS.get(one, one) for one in inner), *post])
    parts = _SHOWN.search(text)
    shown = text
    if parts:
        after = [DIRECTIONS[parts[3]]] if parts[3] else []
        shown = " ".join([parts[1], TYPES.get(parts[2], parts[2]), *after])
    rural = _RURAL.search(key) is not None
    return key or None, _titled(shown), rural, _kind(text) or _kind(key)


@remembered
def _unit(spelled: Maybe) -> tuple[Maybe, Maybe, Maybe, Maybe]:
    """Return a unit's key, how it is shown, how it ends a line, and its kind."""
    if spelled is None:
        return None, None, None, None
    text = _squeezed(_without_marks(spelled).replace("#", " "))
    text = _NOTHING.sub(" ", _SHOP.sub("PMB ", text, count=1))
    text = _NOTHING.sub(" ", _UNIT_JOINED.sub(r"\1 \2", text))
    text = re.sub(r"\s+", " ", text).strip(" -")
    text = " ".join(_UNIT_MEANS.get(word, word) for word in text.split(" "))
    text = _STOREY.sub(r"\2 \1", text)
    text = re.sub(r"\b(\d+)(?:ST|ND|RD|TH)$", r"\1", text, count=1)
    text = re.sub(r"\b0+(\d)", r"\1", text)
    kind = _kind(_squeezed(spelled))
    if not text:
        return None, None, None, kind
    named = _UNIT_NAMED.search(text) is not None
    shown = re.sub(r"^Pmb\b", "PMB", _titled(text)) if named else text
    key = re.sub(r"(\d)[ -]([A-Z])\b", r"\1\2", text)
    key = re.sub(r"\b([A-Z])[ -](\d)", r"\1\2", key)
    return key, shown, shown if named else f"#{shown}", kind


@remembered
def _city(spelled: Maybe) -> tuple[Maybe, Maybe]:
    """Return a city's key, and how it is shown."""
    text = _squeezed(spelled or "")
    return (_without_marks(text), _titled(text)) if text else (None, None)


@remembered
def _zip(spelled: Maybe) -> Maybe:
    """Return five digits, or a British postcode."""
    code = re.sub(r"\s", "", (spelled or "").upper())
    if re.search(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$", code):
        return f"{code[:-3]} {code[-3:]}"
    digits = re.sub(r"\D", "", spelled or "")
    digits = (f"0{digits}" if len(digits) in (4, 8) else digits)[:5]
    return digits if len(digits) == 5 else None


@remembered
def _state(spelled: Maybe) -> Maybe:
    """Return two letters."""
    code = _squeezed(spelled or "")
    return code if re.search("^[A-Z]{2}$", code) else None


def _kind(text: Maybe) -> Maybe:
    """Return the kind of door that words speak of."""
    for name, words in _KINDS:
        if words.search(text or ""):
            return name
    return None


def _squeezed(text: str) -> str:
    """Return upper case, dots and commas gone, single spaces."""
    return re.sub(r"[\s,;]+", " ", re.sub(r"[.`]", "", text.upper())).strip()


def _without_marks(text: str) -> str:
    """Return letters without their accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M"))


def _titled(text: str) -> str:
    """Return title case, with its corners put right."""
    shown = _ENDING.sub(lambda found: found[1] + found[2].lower(), text.title())
    shown = _HEADING.sub(lambda found: found[1] + found[2].upper(), shown)
    shown = _ROAD.sub(lambda found: f"{found[1].upper()} {found[2]}", shown)
    shown = re.sub(r"^Po Box\b", "PO Box", shown)
    return _CORNERS.sub(
        lambda found: "'s " if found[0] == "'S " else f"Mc{found[0][2].upper()}", shown
    )
