"""Reading a voter file row by row: what the import is held against.

`with_csv` and `with_petl` do for each row what the import does, as somebody would write
it by hand for this one layout, with a dictionary for what repeats. `check` says whether
they come to the same as the import: every column of people, and every part of doors.
`as_the_field_does` is what open tools for voter files do: usaddress and phonenumbers
for each row; its results are its own and are not compared.
"""

import csv
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from hashlib import md5
from pathlib import Path

import petl
import phonenumbers
import usaddress

from groundgame.normal.abbreviations import DIRECTIONS, ORDINALS, TYPES
from groundgame.tables import Snapshot

Row = Mapping[str, str]
YEAR = 2025

PEOPLE = (
    *("person_id", "door_id", "last_name", "first_name", "middle_name", "suffix"),
    *("birth_date", "birth_year", "gender", "party", "status", "registered", "phone"),
    *("language", "county", "municipality", "precinct", "ward", "congressional"),
    *("state_senate", "state_house", "protected"),
    *("race", "ethnicity", "school_district"),
)
DOOR = (
    *("building_id", "number", "street", "unit", "city", "zip", "address", "state"),
    "kind",
)
FIELDS = PEOPLE + DOOR
STATUS = {
    "A": "active",
    "I": "inactive",
    "S": "pending",
    "R": "removed",
    "D": "removed",
}
LINE = re.compile(r"^(\d+(?:-\d+)?[A-Z]?) (.+?)(?: (?:APT|UNIT|STE|#) ?(\S+))?$")
PHONE = re.compile(r"^(?:1)?([2-9]\d\d[2-9]\d{6})$")
OTHER_THAN_DIGITS = re.compile(r"\D")


def normal(row: Row) -> list[object]:
    """Return one row in our words."""
    number, street, unit = _line(row["res_street_address"])
    key, shown = _street(street)
    city, postal = _city(row["res_city_desc"]), row["zip_code"].strip()[:5]
    building = f"{number}|{key}|{postal}"
    address = f"{number} {shown} #{unit}" if unit else f"{number} {shown}"
    building_id = _hash(building)
    age, gender = row["birth_age"].strip(), row["gender_code"].strip()
    return [
        f"nc:{row['ncid'].strip()}",
        _hash(f"{building}|{unit}") if unit else building_id,
        row["last_name"].strip() or None,
        row["first_name"].strip() or None,
        row["middle_name"].strip() or None,
        row["name_suffix_lbl"].strip() or None,
        None,
        YEAR - int(age) if age.isdigit() else None,
        gender if gender in {"F", "M", "X"} else None,
        row["party_cd"].strip() or None,
        STATUS.get(row["status_cd"].strip(), "unknown"),
        _day(row["registr_dt"]),
        _phone(row["full_phone_number"]),
        None,
        row["county_desc"].strip() or None,
        row["municipality_desc"].strip() or None,
        row["precinct_abbrv"].strip() or None,
        row["ward_abbrv"].strip() or None,
        _district(row["cong_dist_abbrv"]),
        _district(row["nc_senate_abbrv"]),
        _district(row["nc_house_abbrv"]),
        row["confidential_ind"].strip().upper() not in {"", "N", "NO"},
        row["race_code"].strip() or None,
        row["ethnic_code"].strip() or None,
        row["school_dist_abbrv"].strip() or None,
        building_id,
        number,
        shown,
        unit,
        city,
        postal,
        address,
        row["state_cd"].strip() or None,
        None,
    ]


def _line(text: str) -> tuple[str, str, str | None]:
    """Return number, street and unit of a line."""
    line = " ".join(text.upper().replace(".", "").replace("#", " # ").split())
    found = LINE.match(line)
    if found is None:
        return "", line, None
    return found[1], found[2], found[3]


@cache
def _street(text: str) -> tuple[str, str]:
    """Return a street's normal form, and how it is shown; streets repeat."""
    words = text.replace("-", " ").split()
    ends = [DIRECTIONS.get(word, word) for word in words]
    inner = [ORDINALS.get(word, TYPES.get(word, word)) for word in words]
    many = len(words) > 2  # direction, name, type
    lead, trail = many and words[0] in DIRECTIONS, many and words[-1] in DIRECTIONS
    key = [*inner]
    if lead:
        key[0] = ends[0]
    if trail:
        key[-1] = ends[-1]
    kind = -2 if trail else -1
    shown = [*words]
    if len(words) > 1:
        shown[kind] = TYPES.get(words[kind], words[kind])
    if trail:
        shown[-1] = ends[-1]
    return " ".join(key), " ".join(shown).title()


@cache
def _city(text: str) -> str:
    """Return a city as it is shown; cities repeat."""
    return " ".join(text.split()).title()


@cache
def _day(text: str) -> date:
    """Return a day; days repeat."""
    return datetime.strptime(text.strip(), "%m/%d/%Y").date()  # noqa: DTZ007  # a day


@cache
def _district(text: str) -> str | None:
    """Return a district without the zeros before it; districts repeat."""
    return text.strip().lstrip("0") or None


def _phone(text: str) -> str | None:
    """Return a telephone number in E.164."""
    found = PHONE.match(OTHER_THAN_DIGITS.sub("", text))
    return f"+1{found[1]}" if found else None


def _hash(text: str) -> str:
    """Return 20 hex digits of a text's MD5."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()[:20]


def with_csv(voters: Path, out: Path) -> None:
    """Normalise row by row with the standard library."""
    _each(voters, out, normal)


def with_petl(voters: Path, out: Path) -> None:
    """Normalise row by row with petl."""
    table = petl.fromtsv(str(voters))
    petl.tocsv(petl.rowmap(table, normal, header=FIELDS, failonerror=True), str(out))


def as_the_field_does(voters: Path, out: Path) -> None:
    """Tag each address with usaddress, and read each number with phonenumbers."""
    _each(voters, out, _tagged)


def _tagged(row: Row) -> list[object]:
    """Return one row with its address taken apart and its number read."""
    parts: Mapping[str, str] = {}
    with suppress(usaddress.RepeatedLabelError):
        parts = usaddress.tag(row["res_street_address"])[0]
    phone = None
    with suppress(phonenumbers.NumberParseException):
        number = phonenumbers.parse(row["full_phone_number"], "US")
        phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    since = datetime.strptime(row["registr_dt"], "%m/%d/%Y").date()  # noqa: DTZ007  # a day
    return [*(cell.strip() for cell in row.values()), *parts.values(), phone, since]


def _each(voters: Path, out: Path, what: Callable[[Row], list[object]]) -> None:
    """Write what becomes of each row."""
    with voters.open(newline="") as lines, out.open("w", newline="") as to:
        writer = csv.writer(to)
        writer.writerow(FIELDS)
        writer.writerows(map(what, csv.DictReader(lines, delimiter="\t")))


def check(voters: Path, snapshot: Snapshot) -> int:
    """Refuse a row that is not as in the snapshot, and return how many there are."""
    doors = {one["door_id"]: one for one in snapshot.read("doors").to_pylist()}
    people = {one["person_id"]: one for one in snapshot.read("people").to_pylist()}
    with voters.open(newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            theirs = dict(zip(FIELDS, normal(row), strict=True))
            person = people.pop(str(theirs["person_id"]))
            ours = {**doors[person["door_id"]], **person}
            odd = [name for name in FIELDS if ours[name] != theirs[name]]
            if odd:
                raise SystemExit(
                    f"not the same: {[(n, ours[n], theirs[n]) for n in odd]}"
                )
    if people:
        raise SystemExit(f"{len(people)} people are in the snapshot only")
    return snapshot.manifest.people
