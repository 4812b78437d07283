"""The second half of an import: some whole counties, from chunks to a snapshot's part.

In:  batches of chunks that hold these counties (of a county that is too large, a part
     of their rows), and the rows that do not stand.
Out: people, doors and votes of one part as Parquet, each person and each door once, in
     the order of county, precinct and address, so that a question about one precinct
     reads little.

Each address as it is spelled is read once. Rows are put in order by whole numbers: the
place of each text among all texts of its column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.normal import address
from groundgame.normal.line import split
from groundgame.tables import ADDRESSES, PEOPLE, TableSchema
from groundgame.values import draft_of, load_array
from groundgame.voterfile import districts
from groundgame.voterfile.cells import Column, hashes, number_pairs, number_texts
from groundgame.voterfile.chunks import Some, columns, places
from groundgame.voterfile.large import mine
from groundgame.voterfile.people import EXTRA, SPELLED

ROWS = 122_880  # a row group
_LINE = (1 << 40) - 1
_PLAIN = ("person_id", "door_id", "phone", "source_line", "building_id", "address")
_UNTOLD = {*_PLAIN, "last_name", "first_name", "middle_name", "number", "unit"}
"""In no order within a county: their least and greatest would spare nobody a page."""

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Making:
    """One part to be made, and from what."""

    number: int
    some: tuple[Some, ...]
    repeats: Path
    guarded: Path
    layout: str
    state: str
    folder: Path
    work: Path
    cut: Path | None = None
    part: int = 0  # of the cut

    @property
    def mine(self) -> npt.NDArray[np.bool_] | None:
        """Which rows are of this part; None: all of them."""
        return mine(self.some, self.cut, self.part) if self.cut else None

    def path(self, table: str) -> Path:
        """Return where this part of a table goes."""
        return self.folder / table / f"{self.number:04}.parquet"


@dataclass(frozen=True, slots=True)
class Made:
    """What one part came to; `rows` says where each row of the chunks is now."""

    number: int
    people: int
    without_door: int
    protected: int
    rows: Path
    ids: Path
    districts: Path


def make_part(making: Making) -> Made:
    """Make the people and the doors of one part."""
    every, among = places(making.some), making.mine
    there = np.arange(len(every)) if among is None else np.flatnonzero(among)
    place = every[there]
    gone = load_array(making.repeats)
    kept = np.flatnonzero(~np.isin(place, gone)) if len(gone) else np.arange(len(place))
    kept = kept[np.argsort(place[kept], kind="stable")]
    names = _names(making)
    read = {name: one.take(kept) for name, one in columns(making.some, names, among)}
    read["protected"] = _protected(read, making)
    doors, door = _doors(read, making.state)
    order = _in_order(read, doors, door)
    read = {name: one.take(order) for name, one in read.items()}
    _write_people(making, read, doors, door[order], place[kept][order] & _LINE)
    _write(ADDRESSES, {name: Column(doors[name]) for name in ADDRESSES.names}, making)
    row = np.full(len(every), -1, np.int64)
    row[there[kept[order]]] = np.arange(len(order))
    work = making.work / f"{making.number:04}"
    with draft_of(work.with_suffix(".rows.npy")) as draft:
        np.save(draft, row)
    with draft_of(work.with_suffix(".hash.npy")) as draft:
        np.save(draft, read["hash"].rows.to_numpy())
    with draft_of(work.with_suffix(".ids.npz")) as draft:
        np.savez(
            draft,
            door_id=hashes(doors["door_id"]),
            building_id=hashes(doors["building_id"]),
        )
    with draft_of(work.with_suffix(".districts.arrow")) as draft:
        _districts(read).write_ipc(draft)
    return Made(
        number=making.number,
        people=len(order),
        without_door=int(np.count_nonzero(door < 0)),
        protected=int(read["protected"].rows.sum()),
        rows=work.with_suffix(".rows.npy"),
        ids=work.with_suffix(".ids.npz"),
        districts=work.with_suffix(".districts.arrow"),
    )


def _names(making: Making) -> list[str]:
    """Return the columns that the chunks have."""
    with pa.memory_map(str(making.some[0].placed.chunk.path)) as mapped:
        found: list[str] = pa.ipc.open_file(mapped).schema.names
    return found[1:]


def _doors(
    read: Mapping[str, Column], state: str
) -> tuple[pl.DataFrame, npt.NDArray[np.int64]]:
    """Return every door once, in order, and the door of each row; -1: it has none."""
    there = [name for name in SPELLED if name in read]
    if not there:
        read, there = {**read, "address": _nothing(read)}, ["address"]
    spelled, which, first = _spelled([read[name] for name in there])
    rows = pl.DataFrame(dict(zip(there, spelled, strict=True)))
    known = address.doors(in_parts(rows, state))
    numbered = number_texts(known["door_id"])
    once = np.full(numbered.values.len(), -1, np.int64)
    once[numbered.numbers[::-1]] = np.arange(known.height)[::-1]  # the first stays
    codes = np.flatnonzero(once >= 0)
    once = once[codes]
    at = first[once]
    doors = known[once].with_columns(
        county=read["county"].rows.gather(at),
        precinct=read["precinct"].rows.gather(at),
        code=pl.Series(codes),
    )
    doors = doors.filter(pl.col("door_id").is_not_null())
    doors = doors.with_columns(home=pl.Series(_homes(doors)))
    keys = [_rank(Column(doors[name])) for name in ("county", "precinct")]
    order = _sorted([*keys, doors["home"].to_numpy()], doors["door_id"])
    doors = doors[order]
    place = np.full(numbered.values.len(), -1, np.int64)
    place[doors["code"].to_numpy()] = np.arange(doors.height)
    return doors, place[numbered.numbers[which]]


def _protected(read: Mapping[str, Column], making: Making) -> Column:
    """Say who is protected: by their row, or by one that was refused."""
    guarded = load_array(making.guarded)
    said = read["protected"]
    if not len(guarded):
        return said
    by_another = np.isin(read["hash"].rows.to_numpy(), guarded)
    return Column(said.rows | pl.Series(by_another))


def _nothing(read: Mapping[str, Column]) -> Column:
    """Return a column without a text."""
    rows = len(read["line"].rows) if "line" in read else read["hash"].rows.len()
    return Column(pl.Series([None], dtype=pl.String), np.zeros(rows, np.uint32))


def _spelled(
    columns: Sequence[Column],
) -> tuple[list[pl.Series], npt.NDArray[np.uint32], Numbers]:
    """Return different rows as they come, which each row has, and the first of each."""
    one = columns[0]
    which, first = number_pairs(one.numbers, np.zeros_like(one.numbers))
    values = [one.values.gather(one.numbers[first])]
    for more in columns[1:]:
        pairs, first = number_pairs(which, more.numbers)
        values = [value.gather(which[first]) for value in values]
        values.append(more.values.gather(more.numbers[first]))
        which = pairs
    return values, which, first


def in_parts(rows: pl.DataFrame, state: str) -> pl.DataFrame:
    """Return spelled addresses in the parts that `address.doors` takes."""
    blank = pl.lit(None, dtype=pl.String)
    lacking = [blank.alias(name) for name in SPELLED if name not in rows.columns]
    whole = rows.with_columns(lacking)
    line = split(whole["address"]).rename(lambda name: f"line_{name}")
    halved = pl.concat_str("number", "half", separator=" ", ignore_nulls=True)
    return whole.hstack(line).select(
        number=pl.coalesce(pl.when(halved != "").then(halved), "line_number"),
        street=pl.coalesce("street", "line_street"),
        unit=pl.coalesce("unit", "line_unit"),
        city="city",
        zip="zip",
        state=pl.coalesce("state", pl.lit(state or None, dtype=pl.String)),
    )


def _in_order(
    read: Mapping[str, Column], doors: pl.DataFrame, door: npt.NDArray[np.int64]
) -> Numbers:
    """Return the order of county, precinct, address, name and id."""
    keys = [
        _rank(read["county"]),
        _rank(read["precinct"]),
        np.append(doors["home"].to_numpy(), np.uint64(doors.height))[door],
        _rank(read["last_name"]),
        _rank(read["first_name"]),
    ]
    return _sorted(keys, read["person_id"].rows)


def _sorted(keys: Sequence[npt.NDArray[np.uint64]], ids: pl.Series) -> Numbers:
    """Return the order of whole numbers, the first first, and then of ids."""
    key = np.zeros(len(ids), np.uint64)
    bits = 0
    for one in keys:
        wide = int(one.max(initial=0)).bit_length()
        key = (key << np.uint64(wide)) | one
        bits += wide
    if bits > 64:  # noqa: PLR2004  # of one number
        names = [str(n) for n in range(len(keys))]
        rows = pl.DataFrame(dict(zip(names, keys, strict=True)))
        sorted_ = rows.with_columns(id=ids).select(pl.arg_sort_by([*names, "id"]))
        return sorted_.to_series().to_numpy().astype(np.int64)
    order = np.argsort(key)
    return _ties(order, key[order], ids)


def _ties(order: Numbers, key: npt.NDArray[np.uint64], ids: pl.Series) -> Numbers:
    """Put rows whose keys are the same in the order of their ids."""
    same = key[1:] == key[:-1]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if len(tied):
        rows = pl.DataFrame({"key": key[tied], "id": ids.gather(order[tied])})
        again = rows.select(pl.arg_sort_by(["key", "id"])).to_series().to_numpy()
        order[tied] = order[tied][again]
    return order


def _rank(column: Column) -> npt.NDArray[np.uint64]:
    """Return the place of each row's value among all values; null comes last."""
    if column.codes is None:
        column = number_texts(column.rows)
    return _placed(column.values.arg_sort(nulls_last=True))[column.numbers]


def _homes(doors: pl.DataFrame) -> npt.NDArray[np.uint64]:
    """Return the place of each address among all: by street, house and unit."""
    number = number_texts(doors["number"])
    house = pl.col("number").str.extract(r"^(\d{1,9})").cast(pl.Int64)
    houses = pl.DataFrame({"number": number.values}).with_columns(house=house)
    by = houses.select(pl.arg_sort_by("house", "number", nulls_last=True)).to_series()
    homes = _rank(Column(doors["street"]))
    for more in (_placed(by)[number.numbers], _rank(Column(doors["unit"]))):
        homes = _dense((homes << np.uint64(32)) | more)
    return homes


def _placed(order: pl.Series) -> npt.NDArray[np.uint64]:
    """Return the place of each row in an order."""
    place = np.empty(len(order), np.uint64)
    place[order.to_numpy()] = np.arange(len(order))
    return place


def _dense(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the place of each number among the different ones."""
    order = np.argsort(key)
    there = key[order]
    place = np.zeros(len(key), np.uint64)
    place[order[1:]] = np.cumsum(there[1:] != there[:-1])
    return place


def _write_people(
    making: Making,
    read: Mapping[str, Column],
    doors: pl.DataFrame,
    door: Numbers,
    line: Numbers,
) -> None:
    """Write the people of a part, with the columns that are kept beside ours."""
    lives = pl.Series(np.where(door < 0, doors.height, door))
    ids = doors["door_id"].append(pl.Series([None], dtype=pl.String))
    people = {name: read[name] for name in PEOPLE.names if name in read}
    people["person_id"] = Column(
        (pl.lit(f"{making.layout}:") + pl.col("id"))
        .pipe(lambda named: pl.DataFrame({"id": read["person_id"].rows}).select(named))
        .to_series()
    )
    people["door_id"] = Column(ids.gather(lives))
    people["source_line"] = Column(pl.Series(line))
    extra = {
        name.removeprefix(EXTRA): one
        for name, one in read.items()
        if name.startswith(EXTRA)
    }
    _write(PEOPLE, people, making, extra)


def _write(
    schema: TableSchema,
    columns: Mapping[str, Column],
    making: Making,
    extra: Mapping[str, Column] | None = None,
) -> None:
    """Write one part of a table: its schema's columns, and others after them."""
    fields = [*schema.arrow, *(pa.field(name, pa.string()) for name in extra or ())]
    given = {**columns, **(extra or {})}
    rows = next(iter(given.values())).rows.len()
    arrays = [
        _array(given[field.name], field.type)
        if field.name in given
        else pa.nulls(rows, field.type)
        for field in fields
    ]
    table = pa.table(arrays, names=[field.name for field in fields])
    coded = [
        field.name
        for field in table.schema
        if field.name not in _PLAIN and pa.types.is_dictionary(field.type)
    ]
    path = making.path(schema.name if schema is not ADDRESSES else "doors")
    with draft_of(path, beside=making.work) as draft:
        pq.write_table(
            table,
            draft,
            compression="zstd",
            compression_level=1,
            row_group_size=ROWS,
            use_dictionary=coded,  # type: ignore[arg-type]  # the stubs know only all or none
            write_statistics=[
                name for name in table.column_names if name not in _UNTOLD
            ],
            store_schema=False,
        )


def _array(column: Column, kind: pa.DataType) -> "pa.Array[Any]":
    """Return a column as it is written: texts that repeat as a dictionary."""
    if column.codes is None or kind != pa.string():
        return column.rows.to_arrow().cast(kind)
    empty = column.values.is_null().to_numpy()
    mask = empty[column.codes] if empty.any() else None
    return pa.DictionaryArray.from_arrays(
        pa.array(column.codes.astype(np.int32), pa.int32(), mask=mask),
        column.values.fill_null("").to_arrow().cast(kind),
    )


def _districts(read: Mapping[str, Column]) -> pl.DataFrame:
    """Return how many people live in each district."""
    kinds = (*districts.STATEWIDE, *districts.LOCAL)
    return districts.count(
        pl.DataFrame({name: read[name].rows for name in kinds if name in read})
    )
