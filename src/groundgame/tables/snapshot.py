"""A snapshot on disk: a folder of Parquet files and a manifest that accounts for it."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.errors import NoSnapshot
from groundgame.values import SnapshotId

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
        }
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One dated import of a voter file, never changed afterwards."""

    folder: Path
    manifest: Manifest

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

    def path(self, table: str) -> Path:
        """Return where one table lies: 'people', 'doors', 'votes' or 'refused'."""
        return self.folder / f"{table}.parquet"

    @property
    def streets(self) -> Path | None:
        """GeoJSON lines to draw under a map, where the import was given some."""
        path = self.folder / "streets.geojson"
        return path if path.exists() else None

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """Read one table, or some columns of it."""
        return pq.read_table(self.path(table), columns=columns)
