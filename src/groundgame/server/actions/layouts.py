"""How a file that waits for an import is laid out: which layouts fit, which columns.

Nothing of a row is ever shown: a first line is shown only where it names columns.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from groundgame import voterfile
from groundgame.errors import GroundgameError
from groundgame.server.actions import kept
from groundgame.server.store.models import Job
from groundgame.voterfile.layout import FIELDS
from groundgame.voterfile.source import first_lines

GENERIC = "generic"
LIKELY = 0.5
"""How well a layout must fit to be chosen already."""
MARKS = (",", "\t", "|", ";")
MOST_COLUMNS = 400


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """A layout that a file may be read with, and how well it fits, from 0 to 1."""

    id: str
    name: str
    fit: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for somebody to say how it is laid out."""

    files: tuple[str, ...]
    choices: tuple[LayoutChoice, ...]
    """Those that fit best come first."""
    columns: tuple[str, ...]
    """What its first row says; empty where that row names nothing."""
    warnings: tuple[str, ...]
    """What looks odd in its first rows."""
    problem: str
    """Why nothing can be read of it; '' when something can."""


def waiting(row: Job) -> Waiting:
    """Return what is known of the files of a draft, by their first rows."""
    files = kept.paths(row, "file")
    names = tuple(path.name for path in files)
    if not files:
        return Waiting((), (), (), (), "")
    try:
        checked = voterfile.check(files[0])
        columns = _columns(files[0])
    except GroundgameError as refusal:
        return Waiting(names, (), (), (), str(refusal))
    fits = {
        match.layout.id: match.fit
        for match in reversed(checked.matches)
        if match.kind == voterfile.VOTER_FILE
    }
    choices = [
        LayoutChoice(each.id, each.name, fits.get(each.id, 0.0))
        for each in voterfile.layouts()
        if each.id != GENERIC
    ]
    choices.sort(key=lambda each: -each.fit)
    return Waiting(
        names, tuple(choices), tuple(columns[:MOST_COLUMNS]), checked.warnings, ""
    )


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Return which column of a list may hold which field, going by their names."""
    found: dict[str, str] = {}
    by_word = {_word(name): name for name in reversed(columns)}
    for field in FIELDS:
        for word in (_word(field), *SPELLED.get(field, ())):
            if word in by_word:
                found[field] = by_word[word]
                break
    return found


SPELLED = {
    "person_id": ("voterid", "vanid", "stateid", "voterfilevanid", "regid", "id"),
    "last_name": ("lname", "surname", "namelast", "last"),
    "first_name": ("fname", "namefirst", "first", "givenname"),
    "middle_name": ("mname", "namemiddle", "middle"),
    "birth_date": ("dob", "dateofbirth", "birthdate"),
    "birth_year": ("yob", "birthyear"),
    "gender": ("sex",),
    "party": ("partycode", "politicalparty", "partyaffiliation"),
    "registered": ("registrationdate", "dateregistered", "regdate"),
    "phone": ("phonenumber", "cellphone", "homephone", "telephone"),
    "number": ("housenumber", "houseno", "streetnumber", "streetno"),
    "street": ("streetname",),
    "unit": ("apt", "aptno", "apartment", "unitnumber"),
    "address": ("residentialaddress", "streetaddress", "resaddress", "address1"),
    "city": ("rescity", "town", "residentialcity"),
    "zip": ("zip5", "zipcode", "postcode", "reszip"),
    "precinct": ("precinctname", "precinctcode"),
    "congressional": ("cd", "congressionaldistrict"),
    "state_senate": ("sd", "senatedistrict", "statesenate"),
    "state_house": ("hd", "housedistrict", "statehouse", "ld"),
}
"""Other names that lists give to our fields, without spaces and case."""


def _columns(path: Path) -> list[str]:
    """Return the names in the first row; none where it does not look like names.

    A name has a letter and no run of digits as long as a phone or a date: what looks
    otherwise may be a person, in a file without a header.
    """
    line = next(iter(first_lines(path)), "")
    mark = max(MARKS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:  # a cell of more than 128 kB
        return []
    names = [cell.strip() for cell in cells]
    alike = sum(bool(re.search("[A-Za-z]", each)) for each in names)
    digits = any(re.search(r"\d{4,}|\d[-/]\d", each) for each in names)
    whole = len(set(names)) == len(names) > 1
    return names if whole and alike == len(names) and not digits else []


def _word(name: str) -> str:
    """Return a name without spaces, marks and case."""
    return re.sub("[^a-z0-9]", "", name.casefold())
