"""A snapshot on disk: folders of Parquet parts, and a manifest that accounts for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.errors import NoSnapshot
from groundgame.tables.file import ADDRESSES, BALLOTS, DOORS, PLACES
from groundgame.values import SnapshotId

PARTED = ("people", "doors", "places", "votes")
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: its name, its size in bytes, and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was read and what became of it: rows = accepted + refused + merged."""

    snapshot: SnapshotId
    layout: str
    dated: date
    sources: tuple[Source, ...]
    rows: int
    accepted: int
    refused: int
    merged: int
    people: int
    doors: int
    buildings: int
    doors_without_place: int
    people_without_door: int
    protected: int
    votes: int
    elections: int
    votes_unread: int = 0
    state: str | None = None
    extra: tuple[str, ...] = ()
    unknown_codes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse to be born when the rows do not add up."""
        counted = self.accepted + self.refused + self.merged
        if self.rows != counted:
            raise ValueError(f"{self.rows} rows in, but {counted} accounted for")

    def as_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self) | {"dated": self.dated.isoformat()}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Self:
        """Return the manifest that `as_dict` wrote."""
        known = plain | {
            "dated": date.fromisoformat(plain["dated"]),
            "sources": tuple(Source(**source) for source in plain["sources"]),
            "extra": tuple(plain.get("extra", ())),
        }
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One dated import of a voter file, never changed afterwards."""

    folder: Path
    manifest: Manifest
    only: int | None = None
    """The one part that is meant; None: all of them."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the snapshot in `folder`.

        Raises:
            NoSnapshot: There is no whole snapshot in that folder.
        """
        try:
            plain = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            return cls(folder, Manifest.from_dict(plain))
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise NoSnapshot(folder.name) from problem

    @property
    def id(self) -> SnapshotId:
        """The snapshot's id, which is its folder's name."""
        return self.manifest.snapshot

    def paths(self, table: str) -> tuple[Path, ...]:
        """Return the parts of one table, in order: 'people', 'doors', 'places', ..."""
        every = tuple(sorted((self.folder / table).glob("[0-9]*.parquet")))
        if self.only is None or table not in PARTED:
            return every
        return every[self.only : self.only + 1]

    def parts(self) -> "tuple[Snapshot, ...]":
        """Return each part as a snapshot of its own: its people, doors and votes.

        What is told of the file as a whole (elections, districts, the account) is told
        with each of them.
        """
        count = len(self.paths("people"))
        return tuple(replace(self, only=number) for number in range(count))

    @property
    def streets(self) -> Path | None:
        """GeoJSON lines to draw under a map: of the places, or else of the import."""
        kept = (self.folder / folder / "streets.geojson" for folder in ("places", "."))
        return next((path for path in kept if path.exists()), None)

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read one table, or some columns of it.

        'doors' come with their places, as DOORS; 'ballots' are votes in words.
        """
        if table == "doors":
            return _columns(self._doors(columns), columns)
        if table == "ballots":
            return _columns(self._ballots(), columns)
        return self._whole(table, columns)

    def _whole(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return all parts of a table, one after another."""
        wanted = list(columns) if columns is not None else None
        parts = [
            pq.ParquetFile(path).read(columns=wanted) for path in self.paths(table)
        ]
        if not parts:
            raise NoSnapshot(self.folder.name)
        return pa.concat_tables(parts, promote_options="permissive")

    def _doors(self, columns: Sequence[str] | None) -> pa.Table:
        """Return doors with their places beside them."""
        wanted = set(DOORS.names if columns is None else columns)
        addresses = [name for name in ADDRESSES.names if name in wanted]
        places = [name for name in PLACES.names if name in wanted]
        doors = self._whole("doors", addresses or ["door_id"])
        if places:
            beside = self._whole("places", places)
            for name in places:
                doors = doors.append_column(name, beside[name])
        return doors

    def _ballots(self) -> pa.Table:
        """Return votes in words, in the order of people and elections."""
        parts = zip(self.paths("people"), self.paths("votes"), strict=True)
        elections = self._whole("elections")
        found = []
        for people, votes in parts:
            cast = pq.ParquetFile(votes).read()
            ids = pq.ParquetFile(people).read(columns=["person_id"])
            found.append(
                ids.take(cast["person"])
                .append_column("method", cast["method"].cast(pa.string()))
                .append_column("party", cast["party"].cast(pa.string()))
                .append_column("election", elections["name"].take(cast["election"]))
                .append_column("date", elections["date"].take(cast["election"]))
                .append_column("year", elections["year"].take(cast["election"]))
                .append_column("kind", elections["kind"].take(cast["election"]))
            )
        return BALLOTS.conform(pa.concat_tables(found))


def _columns(table: pa.Table, columns: Sequence[str] | None) -> pa.Table:
    """Return the columns that are asked for, in that order."""
    return table if columns is None else table.select(list(columns))
