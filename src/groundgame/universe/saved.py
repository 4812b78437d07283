"""Universes that are kept: saved searches and saved lists.

A *saved search* is a rule that is asked again each time. A *saved list* is a frozen set
of ids, with the rule that it came from. Both are small files in one folder: NAME.json,
and for a list NAME.parquet beside it. A list holds nobody who was protected or
suppressed when it was made; who is suppressed later is left out when it is asked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.errors import BadUniverseName, CircularUniverse, NoSuchUniverse
from groundgame.universe.about_given import InUniverse
from groundgame.universe.about_lists import OnList
from groundgame.universe.ask import Found
from groundgame.universe.ids import Listed
from groundgame.universe.rule import Rule, from_data
from groundgame.values import SnapshotId

_NAME = re.compile(r"[^\W_][\w -]{0,58}[\w-]|[^\W_]")


@dataclass(frozen=True, slots=True)
class Frozen:
    """Where and when a saved list was made, and how many it holds."""

    snapshot: SnapshotId
    as_of: date
    people: int
    doors: int


@dataclass(frozen=True, slots=True)
class SavedUniverse:
    """A universe with a name: a search, or a list where `frozen` is set."""

    name: str
    rule: Rule
    frozen: Frozen | None = None

    @property
    def asked(self) -> Rule:
        """The rule to ask: of a search its own, of a list who is on it."""
        return self.rule if self.frozen is None else OnList(self.name)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        plain: dict[str, Any] = {
            "name": self.name,
            "rule": self.rule.text(),
            "sentence": self.rule.sentence(),
            "data": self.rule.to_data(),
            "frozen": None,
        }
        if self.frozen is not None:
            plain["frozen"] = {
                "snapshot": self.frozen.snapshot,
                "as_of": self.frozen.as_of.isoformat(),
                "people": self.frozen.people,
                "doors": self.frozen.doors,
            }
        return plain


def save_search(folder: Path, name: str, rule: Rule) -> SavedUniverse:
    """Keep a rule under a name; what had the name before is replaced.

    Raises:
        BadUniverseName: Nothing can be saved under that name.
        CircularUniverse: The rule leads back to that name, by way of what is saved.
    """
    saved = SavedUniverse(_checked(name), rule)
    _refuse_circle(SavedUniverses(folder), rule, (name,))
    _write(folder, saved)
    (folder / f"{name}.parquet").unlink(missing_ok=True)
    return saved


def save_list(folder: Path, name: str, rule: Rule, found: Found) -> SavedUniverse:
    """Keep the people that were found under a name, for good.

    Raises:
        BadUniverseName: Nothing can be saved under that name.
    """
    frozen = Frozen(
        found.snapshot, found.as_of, found.people.num_rows, found.doors.num_rows
    )
    saved = SavedUniverse(_checked(name), rule, frozen)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    pq.write_table(found.people, part)
    part.replace(folder / f"{name}.parquet")
    _write(folder, saved)
    return saved


def load(folder: Path, name: str) -> SavedUniverse:
    """Return the universe that was saved under a name.

    Raises:
        BadUniverseName: Nothing can be saved under that name.
        NoSuchUniverse: Nothing was, or its file is broken.
    """
    path = folder / f"{_checked(name)}.json"
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        frozen = plain["frozen"]
        return SavedUniverse(
            name=plain["name"],
            rule=from_data(plain["data"]),
            frozen=frozen
            and Frozen(
                SnapshotId(frozen["snapshot"]),
                date.fromisoformat(frozen["as_of"]),
                int(frozen["people"]),
                int(frozen["doors"]),
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise NoSuchUniverse(name) from problem


class SavedLists(Mapping[str, Listed]):
    """The saved lists of a folder by name, each read when it is asked for."""

    def __init__(self, folder: Path, more: Mapping[str, Listed] | None = None) -> None:
        """Look at a folder, which need not exist; `more` lists go before its own."""
        self._folder = folder
        self._more = dict(more or {})

    def __getitem__(self, name: str) -> Listed:
        """Return one list; a saved one has person_id and door_id."""
        if name in self._more:
            return self._more[name]
        if not _NAME.fullmatch(name):
            raise KeyError(name)
        try:
            return pq.read_table(self._folder / f"{name}.parquet")
        except (OSError, pa.ArrowInvalid) as problem:
            raise KeyError(name) from problem

    def __iter__(self) -> Iterator[str]:
        """Give the names in the alphabet's order."""
        saved = {path.stem for path in self._folder.glob("[!.]*.parquet")}
        return iter(sorted(saved | set(self._more)))

    def __len__(self) -> int:
        """Count the lists."""
        return sum(1 for _ in self)


class SavedUniverses(Mapping[str, Rule]):
    """The saved universes of a folder by name, as rules that another may speak of."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder, which need not exist."""
        self._folder = folder

    def __getitem__(self, name: str) -> Rule:
        """Return the rule to ask: of a search its own, of a list who is on it."""
        try:
            return load(self._folder, name).asked
        except (BadUniverseName, NoSuchUniverse) as problem:
            raise KeyError(name) from problem

    def __iter__(self) -> Iterator[str]:
        """Give the names in the alphabet's order."""
        return iter(sorted(path.stem for path in self._folder.glob("[!.]*.json")))

    def __len__(self) -> int:
        """Count the universes."""
        return sum(1 for _ in self)


def _refuse_circle(
    universes: Mapping[str, Rule], rule: Rule, inside: tuple[str, ...]
) -> None:
    """Refuse a rule that leads back to a universe it is inside of."""
    for part in rule.walk():
        if not isinstance(part, InUniverse):
            continue
        if part.name in inside:
            raise CircularUniverse((*inside, part.name))
        saved = universes.get(part.name)
        if saved is not None:
            _refuse_circle(universes, saved, (*inside, part.name))


def _checked(name: str) -> str:
    """Return a name that is safe as a file's name anywhere."""
    if not _NAME.fullmatch(name):
        raise BadUniverseName(name)
    return name


def _write(folder: Path, saved: SavedUniverse) -> None:
    """Write the description in one step, so that it is whole or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    text = json.dumps(saved.as_dict(), ensure_ascii=False, indent=2)
    part.write_text(text, encoding="utf-8")
    part.replace(folder / f"{saved.name}.json")
