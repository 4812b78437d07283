"""Ask a snapshot part by part, each part wherever a worker is.

In:  a rule and everything it is asked with, and workers.
Out: the same counts and tables as `ask` gives of the snapshot as a whole.

Where a person and their door are in one part, people and doors add up over parts. A few
buildings have doors in two: those are counted by id. What looks at everybody at once is
one piece, and one worker asks the whole of the snapshot: a draw of a number, a
household of a building that lies in two parts, and anything at all where, by the file,
somebody lives behind a door of another part.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame.tables import Snapshot
from groundgame.universe import ask
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.ask import Counts, Found
from groundgame.universe.electorate import open_electorate
from groundgame.universe.electorate.dice import numbers_of
from groundgame.universe.electorate.files import Cells
from groundgame.universe.electorate.files import part as read
from groundgame.universe.electorate.place import PARTS
from groundgame.universe.given import NOTHING, Given
from groundgame.universe.mentions import every
from groundgame.universe.rule import Rule
from groundgame.values import Workers, draft_of


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each piece."""

    rule: Rule
    as_of: date
    given: Given


def count(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    given: Given = NOTHING,
    workers: Workers | None = None,
) -> Counts:
    """Count the people, doors and buildings that a rule wants.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        given: What the rule may name, and who is suppressed.
        workers: Who asks the parts; left out, the snapshot is asked as a whole.

    Raises:
        NoSuchElection: The rule names an election that the file does not hold.
        NotGiven: The rule names something that was not given; so with NoSuchList,
            NoSuchArea, NoSuchScore, UnknownSnapshot and NoSuchUniverse.
    """
    if workers is None:
        return ask.count(snapshot, rule, as_of=as_of, given=given)
    asked = _Asked(rule, as_of, given)
    shared = _shared(snapshot, workers)
    pieces = _pieces(snapshot, asked, shared, workers)
    both = list(workers.map(partial(_counted, asked, shared), pieces))
    sums = {
        field.name: sum(getattr(one, field.name) for one, _ in both)
        for field in fields(Counts)
    }
    wanted = [building for _, some in both for building in some]
    sums["buildings"] -= len(wanted) - len(set(wanted))
    return Counts(**sums)


def find(
    snapshot: Snapshot,
    rule: Rule,
    *,
    as_of: date,
    given: Given = NOTHING,
    workers: Workers | None = None,
) -> Found:
    """Find the people that a rule wants, and the doors they live behind.

    Args:
        snapshot: The snapshot that is asked.
        rule: Who is wanted.
        as_of: The day for ages, and after which no election counts.
        given: What the rule may name, and who is suppressed.
        workers: Who asks the parts; left out, the snapshot is asked as a whole. They
            put what they find beside the snapshot, where all of them see it.

    Raises:
        NoSuchElection: The rule names an election that the file does not hold.
        NotGiven: The rule names something that was not given; so with NoSuchList,
            NoSuchArea, NoSuchScore, UnknownSnapshot and NoSuchUniverse.
    """
    if workers is None:
        return ask.find(snapshot, rule, as_of=as_of, given=given)
    asked = _Asked(rule, as_of, given)
    pieces = _pieces(snapshot, asked, _shared(snapshot, workers), workers)
    with TemporaryDirectory(prefix=".found-", dir=snapshot.folder.parent) as folder:
        found = list(workers.map(partial(_found, asked, Path(folder)), pieces))
        people, doors = (
            pa.concat_tables(pq.ParquetFile(path).read() for path in paths)
            for paths in zip(*found, strict=True)
        )
    return Found(people, doors, snapshot.id, as_of)


def _pieces(
    snapshot: Snapshot, asked: _Asked, shared: Sequence[str], workers: Workers
) -> Sequence[Snapshot]:
    """Return the parts to ask; the snapshot itself where a rule looks at everybody."""
    if _somebody_elsewhere(snapshot, workers):
        return (snapshot,)
    for rule in every(asked.rule, asked.given.universes):
        beside = isinstance(rule, BuildingOf) or (
            isinstance(rule, AtHome) and rule.home == "building"
        )
        if isinstance(rule, Draw) or (beside and shared):
            return (snapshot,)
    return snapshot.parts()


def _counted(
    asked: _Asked, shared: Sequence[str], piece: Snapshot
) -> tuple[Counts, list[str]]:
    """Count in one piece; name those of the shared buildings that are wanted."""
    counts = ask.count(piece, asked.rule, as_of=asked.as_of, given=asked.given)
    if not shared or piece.only is None:
        return counts, []
    found = ask.find(piece, asked.rule, as_of=asked.as_of, given=asked.given)
    doors = open_electorate(piece).doors
    wanted = pc.is_in(doors["door_id"], value_set=found.doors["door_id"])
    buildings = doors["building_id"].filter(wanted).unique()
    among = pc.is_in(buildings, value_set=pa.array(shared, pa.string()))
    return counts, [str(one) for one in buildings.filter(among)]


def _found(asked: _Asked, folder: Path, piece: Snapshot) -> tuple[Path, Path]:
    """Find in one piece, and write what was found; whoever does it writes the same."""
    found = ask.find(piece, asked.rule, as_of=asked.as_of, given=asked.given)
    people, doors = (
        folder / f"{table}-{piece.only or 0:04}.parquet"
        for table in ("people", "doors")
    )
    for path, table in ((people, found.people), (doors, found.doors)):
        with draft_of(path) as draft:
            pq.write_table(table, draft, compression="zstd")
    return people, doors


def _shared(snapshot: Snapshot, workers: Workers) -> tuple[str, ...]:
    """Return the buildings that have doors in more than one part."""

    def look() -> list[str]:
        parts = snapshot.paths("doors")
        numbers = np.concatenate(list(workers.map(_buildings, parts)))
        once, how_many = np.unique(numbers, return_counts=True)
        several = once[how_many > 1]
        named = workers.map(partial(_named, several), parts) if len(several) else ()
        return sorted({building for some in named for building in some})

    return tuple(_looked_for_once(snapshot, "shared", look))


def _somebody_elsewhere(snapshot: Snapshot, workers: Workers) -> bool:
    """Say whether anybody lives behind a door of another part."""

    def look() -> bool:
        both = list(zip(snapshot.paths("people"), snapshot.paths("doors"), strict=True))
        return any(list(workers.map(_elsewhere, both)))

    return bool(_looked_for_once(snapshot, "elsewhere", look))


def _looked_for_once(snapshot: Snapshot, name: str, look: Callable[[], Any]) -> Any:
    """Return what was found and kept: people, doors and their parts never change."""
    kept = snapshot.folder / PARTS / f"{name}.json"
    if not kept.exists():
        found = look()
        kept.parent.mkdir(exist_ok=True)
        with draft_of(kept) as draft:
            draft.write_text(json.dumps(found), encoding="utf-8")
    return json.loads(kept.read_text(encoding="utf-8"))


def _elsewhere(both: tuple[Path, Path]) -> bool:
    """Say whether somebody of a part lives behind a door that is not in it."""
    people, doors = (
        read(path, ["door_id"])["door_id"].cast(pa.string()).unique() for path in both
    )
    there = pc.is_in(people.drop_null(), value_set=doors)
    return not pc.all(there).as_py() if len(there) else False


def _buildings(doors: Path) -> npt.NDArray[np.uint64]:
    """Return the numbers of a part's buildings, each once."""
    return np.unique(numbers_of(_ids(doors)))


def _named(several: npt.NDArray[np.uint64], doors: Path) -> list[str]:
    """Return the ids of a part's buildings that have one of these numbers."""
    ids = _ids(doors)
    return [str(one) for one in ids.filter(pa.array(np.isin(numbers_of(ids), several)))]


def _ids(doors: Path) -> Cells:
    """Return the ids of a part's buildings, each once."""
    ids: Cells = read(doors, ["building_id"])["building_id"]
    return ids.cast(pa.string()).unique()
