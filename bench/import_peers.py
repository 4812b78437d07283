"""Reading a voter file row by row: what the import is held against.

`with_csv` and `with_petl` do what the import does, as a good engineer would write it by
hand for this one layout: a dictionary a row, regular expressions, and, if wanted, a
memory for whatever repeats (streets, units, cities, days, whole addresses). They do:

- the import's grammar of addresses (`row_address`): units, halves, hyphens, rural
  boxes, private mailboxes, kinds of doors; ids of doors and buildings by MD5;
- telephone numbers of any country, by phonenumbers where they are no plain ten digits;
- days by the layout's forms, codes mapped, unknown ones counted, districts with their
  Open Civic Data ids and how many live there;
- every row accounted: accepted, merged, or refused with line, column and reason; of
  rows with one voter id the same stands; who is protected by any row is protected;
- the source hashed; people and doors in the import's order, as Parquet with zstd.

They do not: recognize a layout, open packed files, settle encodings line by line, mend
quotation marks, find open quotes, cut a large county, make row groups, write places,
survive being killed, or keep memory bounded: all rows are held until they are sorted,
which at eight million is some 20 GB. All that is left out is in their favour.
`check` says whether they come to the same as the import, row by row and in order.

`as_the_field_does` is what open tools for voter files do: usaddress and phonenumbers
for each row; it sorts nothing, writes CSV, and its results are its own.
"""

import csv
import gc
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import petl
import phonenumbers
import pyarrow as pa
import pyarrow.parquet as pq
import usaddress
from row_address import NOWHERE, Door, Maybe
from row_memory import remembered
from row_person import Refused, Row, normal

from groundgame.tables import ADDRESSES, DISTRICTS, PEOPLE, REFUSED, Snapshot
from groundgame.voterfile.finish import REPEATED

EXTRA = ("race", "ethnicity", "school_district")
NAMES = (*PEOPLE.names, *EXTRA)
PLACES = {
    "congressional": "cd",
    "state_senate": "sldu",
    "state_house": "sldl",
    "county": "county",
    "municipality": "",
    "ward": "",
    "precinct": "",
}
LOCAL = {"municipality", "ward", "precinct"}
STANDS = {"active": 0, "inactive": 1, "pending": 2, "unknown": 3}


_NOWHERE = (None, None, NOWHERE)


class Roll:
    """All rows of a file, as they come one by one."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows = 0
        self.people: list[dict[str, Any]] = []
        self.doors: dict[str, tuple[Maybe, Maybe, Door]] = {}
        self.lives: list[Door] = []
        self.of: dict[str, list[int]] = defaultdict(list)
        self.refused: list[tuple[int, Maybe, str]] = []
        self.guarded: set[str] = set()
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.merged = 0

    def take(self, row: Row, line: int) -> None:
        """Take one row, or set it aside."""
        self.rows += 1
        try:
            person, lives = normal(row, self.unknown)
        except Refused as why:
            self.refused.append((line, why.column, why.reason))
            if why.guarded:
                self.guarded.add(f"nc:{why.guarded}")
            return
        person["source_line"] = line
        self.of[person["person_id"]].append(len(self.people))
        self.people.append(person)
        self.lives.append(lives)

    def settle(self) -> list[int]:
        """Say which rows stand; merge or refuse the others of one voter id."""
        gone = set()
        for rows in self.of.values():
            if len(rows) > 1:
                first, *others = sorted(rows, key=self._standing)
                said = self._content(first)
                for other in others:
                    gone.add(other)
                    if self._content(other) == said:
                        self.merged += 1
                    else:
                        line = self.people[other]["source_line"]
                        self.refused.append((line, "ncid", REPEATED))
        for voter in self.guarded:
            for row in self.of.get(voter, ()):
                self.people[row]["protected"] = True
        return [row for row in range(len(self.people)) if row not in gone]

    def _standing(self, row: int) -> tuple[object, ...]:
        """Return what decides which of several rows stands."""
        one = self.people[row]
        since = one["registered"]
        days = -since.toordinal() if since else 1
        return not one["protected"], STANDS.get(one["status"], 4), days, row

    def _content(self, row: int) -> tuple[object, ...]:
        """Return what a row says, besides where it stands."""
        one = self.people[row]
        said = (value for name, value in one.items() if name != "source_line")
        return (*said, self.lives[row])

    def write(self, voters: Path, out: Path) -> None:
        """Sort all, and write it as Parquet."""
        out.mkdir()
        standing = self.settle()
        for row in standing:
            lives, one = self.lives[row], self.people[row]
            if lives.door_id:
                at = (one["county"], one["precinct"], lives)
                self.doors.setdefault(lives.door_id, at)
        standing.sort(key=self._order)
        rows = [self.people[row] for row in standing]
        kind = pa.schema([*PEOPLE.arrow, *(pa.field(n, pa.string()) for n in EXTRA)])
        _write(out / "people.parquet", kind, rows)
        doors = [at[2]._asdict() for at in sorted(self.doors.values(), key=_door_order)]
        _write(out / "doors.parquet", ADDRESSES.arrow, doors)
        _write(out / "districts.parquet", DISTRICTS.arrow, list(_districts(rows)))
        _write(out / "refused.parquet", REFUSED.arrow, self._refusals(voters.name))
        with voters.open("rb") as source:
            print_ = hashlib.file_digest(source, "sha256").hexdigest()
        (out / "source.txt").write_text(f"{print_}\n")

    def _refusals(self, name: str) -> list[Row]:
        """Return refused rows in their order."""
        return [
            {"file": name, "line": line, "column": column, "reason": reason}
            for line, column, reason in sorted(self.refused, key=lambda one: one[0])
        ]

    def _order(self, row: int) -> tuple[object, ...]:
        """Return the order of a person: county, precinct, address, name, id."""
        one = self.people[row]
        home = self.doors.get(one["door_id"], _NOWHERE)
        return (
            *_last(one["county"], one["precinct"]),
            *_address(home[2]),
            *_last(one["last_name"], one["first_name"]),
            one["person_id"],
        )


def _last(*texts: Maybe) -> Iterator[tuple[bool, str]]:
    """Yield texts such that none comes last."""
    for text in texts:
        yield text is None, text or ""


@remembered
def _address(lives: Door) -> tuple[object, ...]:
    """Return the order of an address: street, house, unit; nowhere comes last."""
    house = re.match(r"\d{1,9}", lives.number or "")
    return (
        lives.door_id is None,
        *_last(lives.street),
        (house is None, int(house[0]) if house else 0),
        *_last(lives.number, lives.unit),
    )


def _door_order(at: tuple[Maybe, Maybe, Door]) -> tuple[object, ...]:
    """Return the order of a door."""
    county, precinct, lives = at
    return (*_last(county, precinct), *_address(lives), lives.door_id)


def _districts(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the districts in which somebody lives."""
    many: Counter[tuple[str, str, Maybe]] = Counter()
    for one in rows:
        for kind in PLACES:
            if one[kind] is not None:
                many[kind, one[kind], one["county"] if kind in LOCAL else None] += 1
    kinds = ["congressional", "state_senate", "state_house", "county"]
    kinds += ["municipality", "ward", "precinct"]

    def order(of: tuple[str, str, Maybe]) -> tuple[object, ...]:
        number = re.match(r"\d{1,9}", of[1])
        there = (number is None, int(number[0]) if number else 0)
        return kinds.index(of[0]), *_last(of[2]), there, of[1]

    for kind, name, county in sorted(many, key=order):
        yield {
            "kind": kind,
            "name": name,
            "county": county,
            "ocd_id": _ocd_id(PLACES[kind], name),
            "people": many[kind, name, county],
        }


def _ocd_id(division: str, name: str) -> Maybe:
    """Return the Open Civic Data id of a division; null where it has none."""
    plain = re.sub(r"['\u2019]", "~", name.lower().strip().replace(".", ""))
    plain = re.sub(r"\s+", "_", plain)
    if division == "county":
        form = r"[a-z~-]+[a-z][a-z_~-]*"
    else:
        plain, form = re.sub(r"^0+(\d)", r"\1", plain), r"\d{1,3}[a-z]?"
    there = division and re.fullmatch(form, plain)
    return f"ocd-division/country:us/state:nc/{division}:{plain}" if there else None


def _write(path: Path, kind: pa.Schema, rows: Sequence[Row]) -> None:
    """Write rows as Parquet."""
    table = pa.Table.from_pydict(
        {name: [row[name] for row in rows] for name in kind.names}, schema=kind
    )
    pq.write_table(table, path, compression="zstd", compression_level=1)


def _csv_rows(voters: Path) -> Iterator[tuple[Row, int]]:
    """Yield rows and their lines, by the standard library."""
    with voters.open(newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines, delimiter="\t")
        for row in reader:
            yield row, reader.line_num


def _petl_rows(voters: Path) -> Iterator[tuple[Row, int]]:
    """Yield rows and their lines, by petl."""
    table = petl.fromtsv(str(voters), encoding="utf-8")
    for n, row in enumerate(petl.dicts(table), start=2):
        yield row, n


def _all(rows: Iterable[tuple[Row, int]], voters: Path, out: Path) -> Roll:
    """Take all rows, and write what they come to."""
    roll = Roll()
    gc.disable()  # nothing here is a circle, and looking for one takes a seventh
    try:
        for row, line in rows:
            roll.take(row, line)
        roll.write(voters, out)
    finally:
        gc.enable()
    return roll


def with_csv(voters: Path, out: Path) -> None:
    """Do it row by row with the standard library."""
    _all(_csv_rows(voters), voters, out)


def with_petl(voters: Path, out: Path) -> None:
    """Do it row by row with petl."""
    _all(_petl_rows(voters), voters, out)


def as_the_field_does(voters: Path, out: Path) -> None:
    """Tag each address with usaddress, and read each number with phonenumbers."""
    with voters.open(newline="") as lines, out.open("w", newline="") as to:
        csv.writer(to).writerows(map(_tagged, csv.DictReader(lines, delimiter="\t")))


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


def check(voters: Path, snapshot: Snapshot, out: Path) -> int:
    """Refuse a table that is not as in the snapshot; return how many rows there are."""
    roll = _all(_csv_rows(voters), voters, out)
    tables = {"people": list(NAMES), "doors": [*ADDRESSES.names]}
    tables |= {"districts": [*DISTRICTS.names], "refused": [*REFUSED.names]}
    for name, columns in tables.items():
        ours = snapshot.read(name, columns).to_pylist()
        theirs = pq.read_table(out / f"{name}.parquet", columns=columns).to_pylist()
        odd = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
        if odd or len(ours) != len(theirs):
            raise SystemExit(
                f"{name} not the same: {len(ours)} {len(theirs)} {odd[:2]}"
            )
    said = snapshot.manifest
    found = {"rows": roll.rows, "merged": roll.merged, "refused": len(roll.refused)}
    buildings = {lives.building_id for _, _, lives in roll.doors.values()}
    found |= {"buildings": len(buildings)}
    for name, many in found.items():
        if getattr(said, name) != many:
            raise SystemExit(f"{name}: {getattr(said, name)} and {many}")
    return roll.rows
