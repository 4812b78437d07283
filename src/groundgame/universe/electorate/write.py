"""Lay a snapshot out for questions, part by part, in a folder of its own.

What is settled here, once, so that no question can undo it: **protected people are not
in it.** A rule sees nothing else than these rows, so none can count, list or draw them.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.tables import DISTRICTS, Snapshot
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.electorate.dice import Numbers, numbers_of
from groundgame.universe.electorate.doors import Homes, homes, scattered
from groundgame.universe.electorate.engine import engine, written
from groundgame.universe.electorate.files import Cells, Lines
from groundgame.universe.electorate.files import part as read
from groundgame.universe.electorate.history import History, bits, history
from groundgame.universe.electorate.index import Days, Index
from groundgame.universe.electorate.spots import BLOCKS, Blocks, Degrees, degrees
from groundgame.universe.electorate.words import Codes, WordBook
from groundgame.values.workers import Here

Progress = Callable[[int], None]
"""Told how many people were just laid out."""

TABLE = "people.duckdb"
UNKNOWN_DAY = np.datetime64("9999-12-31")
NO_PLACE = 999.0
_SAID = ("person_id", "birth_date", "birth_year", "registered", "phone")
_DOORS = ("door_id", "building_id", "address", "unit")
_PLACE = ("lon", "lat", "meters")


@dataclass(slots=True)
class _Layout:
    """What is known of the whole file, and what grows from part to part."""

    snapshot: Snapshot
    homes: Homes
    elections: pa.Table
    history: History
    books: dict[str, WordBook]
    """The words of each text column, by its name in the electorate."""
    behind: list[npt.NDArray[np.int32]] = field(default_factory=list)
    status: list[Codes] = field(default_factory=list)
    registered: list[npt.NDArray[np.datetime64]] = field(default_factory=list)
    places: list[tuple[Degrees, Degrees]] = field(default_factory=list)
    numbers: dict[str, list[Numbers]] = field(
        default_factory=lambda: {"people": [], "doors": []}
    )


def write(
    snapshot: Snapshot, folder: Path, progress: Progress | None = None
) -> dict[str, Any]:
    """Lay a snapshot out, and return what must be known to open it."""
    elections = snapshot.read("elections")
    extra = tuple(snapshot.manifest.extra)
    layout = _Layout(
        snapshot,
        homes(snapshot),
        elections,
        history(elections, snapshot.paths("votes")),
        {name: WordBook(number=column.number) for name, column in TEXT_COLUMNS.items()}
        | {f"x{number}": WordBook() for number in range(len(extra))},
    )
    with ExitStack() as open_files:
        table = open_files.enter_context(written(folder / TABLE))
        ids = open_files.enter_context(Lines(folder / "ids.arrow"))
        doors = open_files.enter_context(Lines(folder / "doors.arrow"))
        parts = range(len(layout.homes.asked))
        for made in Here().map(partial(_part, layout), parts):
            ids.write(made.ids)
            doors.write(made.doors)
            _insert(table, made.rows, first=not layout.behind)
            layout.behind.append(made.door_no)
            layout.status.append(made.rows["status"].to_numpy())
            layout.registered.append(made.rows["registered"].to_numpy())
            layout.places.append(
                (degrees(made.doors, "lon"), degrees(made.doors, "lat"))
            )
            layout.numbers["people"].append(made.numbers["people"])
            layout.numbers["doors"].append(made.numbers["doors"])
            if progress is not None:
                progress(len(made.door_no))
    several = _save_doors(layout, folder)
    spans = _save(layout, folder)
    asked = layout.homes.asked
    return {
        "people": sum(int(np.count_nonzero(part)) for part in asked),
        "protected": sum(int(np.count_nonzero(~part)) for part in asked),
        "scattered": several,
        "elections": layout.history.elections.to_data(),
        "methods": layout.history.methods,
        "parties": layout.history.parties,
        "extra": extra,
        "spans": spans,
    }


@dataclass(frozen=True, slots=True)
class _Made:
    """What one part comes to."""

    rows: pa.Table
    ids: pa.Table
    doors: pa.Table
    door_no: npt.NDArray[np.int32]
    numbers: Mapping[str, Numbers]


def _part(layout: _Layout, part: int) -> _Made:
    """Return the rows of one part, and its doors."""
    asked = layout.homes.asked[part]
    door_no = layout.homes.behind[part][asked]
    people = _people(layout, part)
    doors = _doors(layout, part)
    near, local = _with_others(layout, part, doors, door_no)
    votes = layout.snapshot.paths("votes")[part]
    cast = bits(votes, len(asked), layout.history, layout.elections)
    columns = _home(layout.homes, door_no, local, near)
    columns |= _days(people)
    columns |= _texts(layout, people, near, local)
    columns |= {name: marks[asked] for name, marks in cast.items()}
    return _Made(
        rows=pa.table(columns | {"no_phone": people["phone"].is_null()}),
        ids=people.select(["person_id"]),
        doors=doors.select([*_DOORS, *_PLACE]),
        door_no=door_no,
        numbers={
            "people": numbers_of(people["person_id"]),
            "doors": numbers_of(doors["door_id"]),
        },
    )


def _people(layout: _Layout, part: int) -> pa.Table:
    """Return the people of one part who may be asked about."""
    texts = [c.of for c in TEXT_COLUMNS.values() if c.table == "people"]
    texts += layout.snapshot.manifest.extra
    people = read(layout.snapshot.paths("people")[part], _SAID, texts)
    asked = layout.homes.asked[part]
    return people if asked.all() else people.filter(pa.array(asked))


def _doors(layout: _Layout, part: int) -> pa.Table:
    """Return the doors of one part, with their places beside them."""
    texts = [c.of for c in TEXT_COLUMNS.values() if c.table == "doors"]
    made: dict[str, Any] = {}
    for table in ("doors", "places"):
        path = layout.snapshot.paths(table)[part]
        columns = read(path, (*_DOORS, *_PLACE), texts)
        made |= {name: columns[name] for name in columns.column_names}
    for name in _DOORS:
        made[name] = made[name].cast(pa.string())
    return pa.table(made)


def _with_others(
    layout: _Layout, part: int, doors: pa.Table, door_no: npt.NDArray[np.int32]
) -> tuple[pa.Table, npt.NDArray[np.int64]]:
    """Return the doors of a part and the few of others behind which its people live.

    Beside them, the row of each person's door among these, from 1; 0 is no door.
    """
    firsts = layout.homes.firsts
    numbers = np.unique(door_no[door_no > 0])
    others = numbers[(numbers <= firsts[part]) | (numbers > firsts[part + 1])]
    local = np.where(door_no > 0, door_no.astype(np.int64) - firsts[part], 0)
    if not len(others):
        return doors, local
    away = np.isin(door_no, others)
    local[away] = doors.num_rows + 1 + np.searchsorted(others, door_no[away])
    owner = np.searchsorted(firsts, others) - 1
    theirs = [
        _doors(layout, n).take(pa.array(others[owner == n] - 1 - firsts[n]))
        for n in np.unique(owner).tolist()
    ]
    whole = pa.concat_tables([doors, *theirs]).unify_dictionaries().combine_chunks()
    return whole, local


def _home(
    homes_: Homes,
    door_no: npt.NDArray[np.int32],
    local: npt.NDArray[np.int64],
    doors: pa.Table,
) -> dict[str, npt.NDArray[Any]]:
    """Return where people live; `local` is the row of a door, from 1."""
    where = {
        name: np.append(NO_PLACE, _filled(doors[name], NO_PLACE))
        for name in ("lon", "lat")
    }
    unknown = (where["lon"] == NO_PLACE) | (where["lat"] == NO_PLACE)
    for side in where.values():
        side[unknown] = NO_PLACE
    placed = ~unknown[local]
    return {
        "door_no": door_no,
        "door_mark": np.where(placed, door_no, -door_no),
        "building_no": homes_.building[door_no],
        "building_doors": homes_.beside[door_no],
        "lon": where["lon"][local],
        "lat": where["lat"][local],
    }


def _days(people: pa.Table) -> dict[str, npt.NDArray[Any]]:
    """Return dates; an unknown one is the last there is."""
    unknown = pa.scalar(UNKNOWN_DAY.item(), pa.date32())
    year = people["birth_year"]
    known = year.is_valid().to_numpy()
    january = np.full(len(year), UNKNOWN_DAY, "M8[D]")
    years = _filled(year, 0).astype(np.int64)[known] - 1970
    january[known] = years.astype("M8[Y]").astype("M8[D]")
    born = _filled(people["birth_date"], unknown)
    return {
        "born": np.where(people["birth_date"].is_null().to_numpy(), january, born),
        "registered": _filled(people["registered"], unknown),
    }


def _filled(column: Cells, unknown: object) -> npt.NDArray[Any]:
    """Return a column as an array, with something to stand for what is not known."""
    found: npt.NDArray[Any] = column.fill_null(unknown).to_numpy()
    return found


def _texts(
    layout: _Layout, people: pa.Table, doors: pa.Table, local: npt.NDArray[np.int64]
) -> dict[str, Codes]:
    """Return the codes of all text columns."""
    made: dict[str, Codes] = {}
    for name, book in layout.books.items():
        column = TEXT_COLUMNS.get(name)
        if column is None:
            own = layout.snapshot.manifest.extra[int(name[1:])]
            made[name] = book.codes(people[own])
        elif column.table == "people":
            made[name] = book.codes(people[column.of])
        else:
            codes = np.append(np.uint32(0), book.codes(doors[column.of]))
            made[name] = codes[local]
        book.seen(made[name])
    return made


def _insert(file: str, rows: pa.Table, *, first: bool) -> None:
    """Add rows to the table, in their order."""
    made = f"create table {file}.people as" if first else f"insert into {file}.people"
    with engine().cursor() as asked:
        asked.register("rows", rows)
        asked.execute(f"{made} select * from rows")


def _save(layout: _Layout, folder: Path) -> Mapping[str, Mapping[str, int]]:
    """Write what lies beside the table, and return where each column's words are."""
    for name, parts in layout.numbers.items():
        numbers = _joined(parts, np.uint64)
        np.save(folder / f"{name}_dice.npy", numbers)
        Index.write(folder, name, numbers)
    with Lines(folder / "districts.arrow") as file:
        file.write(DISTRICTS.conform(layout.snapshot.read("districts")))
    spans, start = {}, 0
    with Lines(folder / "words.arrow") as file:
        for name, book in layout.books.items():
            words = book.table()
            file.write(words)
            spans[name] = {
                "start": start,
                "words": words.num_rows,
                "runs": book.runs,
            }
            start += words.num_rows
    return spans


def _save_doors(layout: _Layout, folder: Path) -> list[str]:
    """Write where people live, and return what of it stands in several places."""
    door_no = _joined(layout.behind, np.int32)
    np.save(folder / "door_no.npy", door_no)
    np.save(folder / "status.npy", _joined(layout.status, np.uint32))
    Days.write(folder, "registered", _joined(layout.registered, "M8[D]"))
    building = layout.homes.building
    np.save(folder / "building_of.npy", building)
    lon, lat = (
        _joined([place[side] for place in layout.places], np.float64) for side in (0, 1)
    )
    np.save(folder / BLOCKS, Blocks.of(lon, lat).boxes)
    np.save(folder / "placed.npy", np.append(False, ~np.isnan(lon + lat)))
    found = []
    for name, numbers, largest in (
        ("doors", door_no, len(building) - 1),
        ("buildings", building[door_no], int(building.max())),
    ):
        flags = scattered(numbers, largest)
        if flags.any():
            np.save(folder / f"{name}_scattered.npy", flags)
            found.append(name)
    return found


def _joined(parts: Iterable[npt.NDArray[Any]], kind: type | str) -> npt.NDArray[Any]:
    """Return parts as one array."""
    return np.concatenate([np.zeros(0, kind), *parts])
