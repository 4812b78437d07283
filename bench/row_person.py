"""One row of North Carolina's file in our words, by hand and in plain Python.

In:  a row as a dictionary.
Out: a person and a door (see `row_address`), or what is wrong with the row.

Reasons, codes and patterns are the import's own; the steps are written anew.
"""

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from row_address import Door, Maybe, door
from row_memory import remembered

from groundgame.normal.phone import _ABROAD, _ONLY_MARKS, _one
from groundgame.normal.phone import _PLAIN as _PLAIN_PHONE
from groundgame.voterfile import load_layout
from groundgame.voterfile.people import (
    _LIVES,
    _OLDEST,
    _OPEN,
    NO_DATE,
    NO_ID,
    NO_NAME,
)
from groundgame.voterfile.records import LONG, SHORT

Row = Mapping[str, Any]
YEAR = 2025
LAYOUT = load_layout("nc")
PLAIN_PHONE = re.compile(_PLAIN_PHONE)
HOPELESS, ABROAD = re.compile(_ONLY_MARKS), re.compile(_ABROAD)


class Refused(Exception):
    """A row that cannot be taken: the column, the reason, whom it says to protect."""

    def __init__(self, column: Maybe, reason: str, guarded: Maybe = None) -> None:
        """Say which column, and why."""
        super().__init__(column, reason)
        self.column, self.reason, self.guarded = column, reason, guarded


def normal(row: Row, unknown: Counter[tuple[str, str]]) -> tuple[dict[str, Any], Door]:
    """Return one row in our words, and its door.

    Args:
        row: The cells by the header's names.
        unknown: Where codes are counted that the layout does not know.
    """
    voter, protected, registered = _looked_at(row)

    def cell(name: str) -> Maybe:
        return row[name].strip() or None

    lives = door(
        cell("res_street_address"),
        cell("res_city_desc"),
        cell("zip_code"),
        cell("state_cd") or "NC",
    )
    return {
        "person_id": f"nc:{voter}",
        "door_id": lives.door_id,
        "first_name": cell("first_name"),
        "middle_name": cell("middle_name"),
        "last_name": cell("last_name"),
        "suffix": cell("name_suffix_lbl"),
        "birth_date": None,
        "birth_year": _born(cell("birth_age")),
        "gender": _code("gender", cell("gender_code"), unknown),
        "party": cell("party_cd"),
        "status": _code("status", cell("status_cd"), unknown) or "unknown",
        "registered": registered,
        "phone": _phone(cell("full_phone_number")),
        "language": None,
        "county": cell("county_desc"),
        "municipality": cell("municipality_desc"),
        "precinct": cell("precinct_abbrv"),
        "ward": cell("ward_abbrv"),
        "congressional": _district(cell("cong_dist_abbrv")),
        "state_senate": _district(cell("nc_senate_abbrv")),
        "state_house": _district(cell("nc_house_abbrv")),
        "protected": protected,
        "race": cell("race_code"),
        "ethnicity": cell("ethnic_code"),
        "school_district": cell("school_dist_abbrv"),
    }, lives


def _looked_at(row: Row) -> tuple[str, bool, date | None]:
    """Return voter id, whether it is protected, and since when; or refuse the row."""
    if None in row.values():
        raise Refused(None, SHORT)
    if None in row:
        raise Refused(None, LONG)
    voter, since = row["ncid"].strip(), row["registr_dt"].strip()
    if not voter:
        raise Refused("ncid", NO_ID)
    protected = (row["confidential_ind"].strip() or "N").upper() not in _OPEN
    guarded = voter if protected else None
    if not (row["last_name"].strip() or row["first_name"].strip()):
        raise Refused("last_name", NO_NAME, guarded)
    if not since or since in LAYOUT.no_dates:
        return voter, protected, None
    registered = _day(since)
    if registered is None:
        raise Refused("registr_dt", NO_DATE, guarded)
    likely = _OLDEST <= registered.year <= YEAR + 1
    return voter, protected, registered if likely else None


@remembered
def _day(text: str) -> date | None:
    """Return a day, by the first of the layout's forms that fits."""
    for form in LAYOUT.dates:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day
    return None


@remembered
def _born(age: Maybe) -> int | None:
    """Return the year of birth of somebody of an age."""
    years = int(age) if age and re.fullmatch(r"\d{1,3}", age) else _LIVES + 1
    return YEAR - years if years <= _LIVES else None


def _code(field: str, text: Maybe, unknown: Counter[tuple[str, str]]) -> Maybe:
    """Return our word for a code; count it if nobody foresaw it."""
    if text is None:
        return None
    known = LAYOUT.codes[field].get(text.upper())
    if known is None:
        unknown[field, text] += 1
    return known or None


@remembered
def _district(text: Maybe) -> Maybe:
    """Return a district without the zeros before it."""
    return re.sub(r"^0+(\d)", r"\1", text) if text else None


def _phone(text: Maybe) -> Maybe:
    """Return a telephone number in E.164."""
    if text is None:
        return None
    plain = PLAIN_PHONE.search(text)
    if plain:
        return f"+1{plain[1]}{plain[2]}{plain[3]}"
    if HOPELESS.search(text) and not ABROAD.search(text):
        return None
    return _abroad(text)


@remembered
def _abroad(text: str) -> Maybe:
    """Return what phonenumbers makes of a text, as the import asks it."""
    return _one(text, "US")
