"""An invented state to match against, and a list of whom we know who is meant.

People live in households that share a surname, a door and often a telephone; some have
a twin behind the same door, some a father of the same name. The list copies people and
then does to each row one thing that happens to lists: a nickname, a slip of the pen, a
move, a marriage, a missing birth date; one row in eight means nobody in the file. The
same seed makes the same state and the same list. Everybody in it is invented.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.normal import nicknames
from groundgame.tables import PEOPLE, Manifest, Snapshot
from groundgame.tables.file import ADDRESSES
from groundgame.values import Seed, SnapshotId

PART = 500_000
KINDS = {
    "as it stands": 0.30,
    "nickname": 0.10,
    "a letter wrong": 0.12,
    "a digit of the birth date wrong": 0.04,
    "moved": 0.10,
    "moved, nickname": 0.03,
    "no birth date": 0.08,
    "name and town only": 0.02,
    "married": 0.02,
    "names exchanged": 0.01,
    "twin": 0.03,
    "Jr or Sr, said": 0.02,
    "Jr or Sr, not said": 0.01,
    "stranger": 0.09,
    "housemate, not in the file": 0.03,
}
NOBODY = ("stranger", "housemate, not in the file")
_ABC = np.array(list("ABCDEFGHIKLMNOPRSTUVWY"))
_BEGIN = [
    "B",
    "BR",
    "C",
    "CH",
    "D",
    "F",
    "G",
    "GR",
    "H",
    "J",
    "K",
    "KL",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "SCH",
    "ST",
    "T",
    "V",
    "W",
    "Z",
]
_MIDDLE = ["A", "AI", "E", "EA", "I", "O", "OU", "U"]
_END = [
    "BER",
    "DEN",
    "DER",
    "DON",
    "FORD",
    "GER",
    "HAM",
    "KINS",
    "LAND",
    "LEY",
    "LO",
    "MAN",
    "MER",
    "NER",
    "NEZ",
    "RA",
    "RIS",
    "SEN",
    "SKI",
    "SON",
    "STEIN",
    "TON",
    "VAL",
    "WELL",
]
_TYPES = np.array(["St", "Ave", "Rd", "Dr", "Ln", "Ct", "Pl", "Way"])


_INNER = ("", "L", "N", "R", "SH", "TT")


def words(count: int, seed: str) -> np.ndarray:
    """Return so many invented surnames, all different."""
    every = np.array(
        [a + b + c + d for a in _BEGIN for b in _MIDDLE for c in _INNER for d in _END]
        + [a + b + "L" + c + d for a in _BEGIN for b in _MIDDLE for c in _MIDDLE
           for d in _END]
    )  # fmt: skip
    every = np.unique(every)
    return Seed(3).stream(seed).permutation(every)[:count]


def skewed(
    chance: np.random.Generator, below: int, count: int, tilt: float
) -> np.ndarray:
    """Return numbers below `below`; small ones more often, the more so by `tilt`."""
    weight = 1.0 / (np.arange(below) + 10) ** tilt
    return np.searchsorted(np.cumsum(weight / weight.sum()), chance.random(count))


def given() -> np.ndarray:
    """Return first names that have short forms, and some that have none."""
    short = (
        nicknames.nicknames()
        .filter(~pl.col("through"))["name"]
        .unique()
        .sort()
        .to_numpy()
    )
    rest = [
        a + b + c
        for a in "ADELMNRS"
        for b in ("A", "E", "I", "O")
        for c in ("LIA", "MIR", "NA", "RON", "VIN")
    ]
    every = np.concatenate([short, rest]).astype(str)
    return Seed(4).stream("match.first").permutation(every)


def part(number: int, people: int) -> pl.DataFrame:
    """Return the people of one part, with their addresses."""
    chance = Seed(5).stream(f"match.part.{number}")
    firsts, lasts = given(), words(60_000, "match.last")
    home = np.sort(chance.integers(0, max(1, int(people / 2.1)), people))
    first_there = np.concatenate([[True], home[1:] != home[:-1]])
    head = np.maximum.accumulate(np.where(first_there, np.arange(people), 0))
    place = np.arange(people) - head
    own = lasts[skewed(chance, len(lasts), people, 0.75)]
    last = np.where(chance.random(people) < 0.75, own[head], own)
    first = firsts[skewed(chance, len(firsts), people, 0.9)]
    born = chance.integers(18 * 365, 60 * 365, people)
    born = np.where(place == 1, born[head] + chance.integers(-1500, 1500, people), born)
    child = (place >= 2) & (chance.random(people) < 0.6)
    born = np.where(
        child, born[head] - chance.integers(22 * 365, 35 * 365, people), born
    )
    born = np.clip(born, 18 * 365, 95 * 365)
    twin = (place >= 2) & np.roll(place >= 2, 1) & (chance.random(people) < 0.04)
    born, last = (
        np.where(twin, np.roll(born, 1), born),
        np.where(twin, np.roll(last, 1), last),
    )
    junior = (place == 2) & ~twin & (chance.random(people) < 0.05)
    first, last = (
        np.where(junior, first[head], first),
        np.where(junior, last[head], last),
    )
    born = np.where(junior, np.maximum(born[head] - 9000, 18 * 365), born)
    middle = firsts[skewed(chance, len(firsts), people, 0.9)]
    zips = max(2, PART // 9_000)
    area = home * zips // (home[-1] + 1)
    phone = 2_000_000_000 + (number * 10_000_000 + home * 3) % 7_000_000_000
    phone = np.where(chance.random(people) < 0.6, phone, phone + 1 + place % 2)
    street = chance.integers(0, 60, people)[head]
    numbers = 1 + chance.integers(0, 900, people)[head]
    flat = chance.random(people)[head] < 0.2
    frame = pl.DataFrame({
        "home": home, "head": head, "first_name": first, "middle_name": middle,
        "last_name": last,
        "birth_date": np.datetime64("2026-01-01") - born.astype("m8[D]"),
        "number": numbers.astype(str), "flat": flat,
        "street": lasts[(area * 61 + street) % len(lasts)],
        "type": _TYPES[street % len(_TYPES)],
        "area": area, "place": place, "twin": twin | np.roll(twin, -1),
        "junior": junior, "phone": np.char.add("+1", phone.astype(str)),
        "has_phone": chance.random(people) < 0.35,
        "has_middle": chance.random(people) < 0.7,
    })  # fmt: skip
    return _shown(frame, number, zips)


def _shown(frame: pl.DataFrame, number: int, zips: int) -> pl.DataFrame:
    """Return the people of one part as a voter file has them."""
    senior = pl.col("junior").any().over("head") & (pl.col("place") == 0)
    return frame.select(
        pl.format(
            "elm:{}",
            (pl.int_range(pl.len()) + number * PART).cast(pl.String).str.zfill(9),
        ).alias("person_id"),
        pl.format("d{}-{}", pl.lit(number), "home").alias("door_id"),
        "first_name", "last_name",
        middle_name=pl.when("has_middle").then("middle_name"),
        suffix=pl.when("junior").then(pl.lit("Jr"))
        .when(senior & (pl.col("home") % 2 == 0)).then(pl.lit("Sr")),
        birth_date="birth_date",
        number="number",
        street=pl.format("{} {}", pl.col("street").str.to_titlecase(), "type"),
        unit=pl.when("flat").then((pl.col("home") % 40 + 1).cast(pl.String)),
        city=pl.format("Elmton {}", pl.lit(number) * 8 + pl.col("area") // 7),
        zip=(10_000 + pl.lit(number) * zips + pl.col("area")).cast(pl.String),
        phone=pl.when("has_phone").then("phone"),
        twin="twin", namesake=pl.col("junior") | senior,
    )  # fmt: skip


def lay_state(folder: Path, people: int) -> Snapshot:
    """Write the state as a snapshot, part by part."""
    parts = -(-people // PART)
    for name in ("people", "doors"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(parts):
        rows = part(number, min(PART, people - number * PART))
        said = rows.with_columns(
            status=pl.lit("active"), protected=False, source_line=1
        )
        doors = rows.unique("door_id", keep="first", maintain_order=True).with_columns(
            building_id="door_id", address=pl.format("{} {}", "number", "street")
        )
        for name, frame, schema in (
            ("people", said, PEOPLE),
            ("doors", doors, ADDRESSES),
        ):
            pq.write_table(
                shaped(frame, schema.arrow),
                folder / name / f"{number:04}.parquet",
                row_group_size=100_000,
            )
    nothing = ("refused", "merged", "doors", "buildings", "doors_without_place",
               "people_without_door", "protected", "votes", "elections")  # fmt: skip
    manifest = Manifest(
        snapshot=SnapshotId(folder.name), layout="elm", dated=date(2026, 1, 1),
        sources=(),
        rows=people, accepted=people, people=people, **dict.fromkeys(nothing, 0),
    )  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest.as_dict()))
    return Snapshot.open(folder)


def shaped(frame: pl.DataFrame, schema: pa.Schema) -> pa.Table:
    """Return a table of a schema; columns that are not there are empty."""
    table = frame.to_arrow()
    empty = {f.name: pa.nulls(table.num_rows, f.type) for f in schema}
    held = {n: table[n] for n in table.column_names if n in empty}
    return pa.table(
        {n: c.cast(schema.field(n).type) for n, c in (empty | held).items()},
        schema=schema,
    )
