"""Matches that are kept: a folder for each, with its tables and what was decided.

    NAME/match.json          the list's name, the snapshot, the plan, the counts
    NAME/links.parquet       LINKS, as they were made
    NAME/candidates.parquet  CANDIDATES
    NAME/refused.parquet     REFUSED
    NAME/decisions/*.parquet DECISIONS, one file each time somebody decides

What was made is never changed; what holds is what was made, and every decision after.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from groundgame.errors import BadDecision, BadMatchName, NoSuchMatch
from groundgame.match.decisions import settle
from groundgame.match.linking import Links, counts
from groundgame.match.plan import MatchPlan
from groundgame.match.reading import Listed
from groundgame.tables import DECISIONS, Snapshot
from groundgame.values import SnapshotId

_NAME = re.compile(r"[^\W_][\w .-]{0,58}[\w-]|[^\W_]")
_ACCOUNT = "match.json"


@dataclass(frozen=True, slots=True)
class SavedMatch:
    """A match with a name: what was made of a list, and where it lies."""

    folder: Path
    account: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name

    def read(self, table: str) -> pa.Table:
        """Return 'links', 'candidates' or 'refused', as they were made."""
        return pq.ParquetFile(self.folder / f"{table}.parquet").read()

    def decisions(self) -> pa.Table:
        """Return every decision."""
        files = sorted((self.folder / "decisions").glob("[!.]*.parquet"))
        return pa.concat_tables(
            [DECISIONS.empty(), *(pq.ParquetFile(path).read() for path in files)]
        )

    def links(self) -> pa.Table:
        """Return LINKS as they hold now."""
        return settle(self.read("links"), self.read("candidates"), self.decisions())

    def decide(self, decisions: pa.Table) -> None:
        """Add decisions; they are whole on the disk, or not there."""
        folder = self.folder / "decisions"
        folder.mkdir(exist_ok=True)
        name = uuid4().hex
        part = folder / f".{name}.part"
        pq.write_table(DECISIONS.conform(decisions), part)
        part.replace(folder / f"{name}.parquet")

    def as_dict(self) -> dict[str, Any]:
        """Return its account, with the counts that hold now."""
        return self.account | counts(self.links())


def save(  # noqa: PLR0913  # what was made, of what, and how
    folder: Path,
    name: str,
    *,
    listed: Listed,
    links: Links,
    snapshot: SnapshotId,
    plan: MatchPlan,
) -> SavedMatch:
    """Keep a match under a name; what had it before goes, and so do its decisions.

    Raises:
        BadMatchName: Nothing can be saved under that name.
    """
    if not _NAME.fullmatch(name):
        raise BadMatchName(name)
    account = {
        "name": name,
        "list": listed.name,
        "columns": dict(listed.columns),
        "unread": dict(listed.unread),
        "snapshot": snapshot,
        "plan": plan.as_dict(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    part.mkdir()
    try:
        for table, rows in (
            ("links", links.links),
            ("candidates", links.candidates),
            ("refused", listed.refused),
        ):
            pq.write_table(rows, part / f"{table}.parquet")
        text = json.dumps(account, indent=2, ensure_ascii=False)
        (part / _ACCOUNT).write_text(text + "\n", encoding="utf-8")
        whole = folder / name
        if whole.exists():
            whole.replace(folder / f"{part.name}.old")
        part.replace(whole)
    finally:
        rmtree(part, ignore_errors=True)
        rmtree(folder / f"{part.name}.old", ignore_errors=True)
    return SavedMatch(whole, account)


def load(folder: Path, name: str) -> SavedMatch:
    """Return a match that was saved.

    Raises:
        NoSuchMatch: None was saved under that name.
    """
    if not _NAME.fullmatch(name):
        raise NoSuchMatch(name)
    try:
        text = (folder / name / _ACCOUNT).read_text(encoding="utf-8")
        return SavedMatch(folder / name, json.loads(text))
    except (OSError, ValueError) as problem:
        raise NoSuchMatch(name) from problem


def check(
    saved: SavedMatch, snapshot: Snapshot, row_id: str, person_id: str | None
) -> None:
    """Refuse a decision about a row or a person that is not there.

    A protected person is not there, as for everybody else.

    Raises:
        BadDecision: The match has no such row, or the snapshot no such person.
    """
    rows = saved.read("links").filter(
        (pc.field("row_id") == row_id) & (pc.field("state") != "refused")
    )
    if not rows.num_rows:
        raise BadDecision("the list has no such row")
    if person_id is None:
        return
    asked = (pc.field("person_id") == person_id) & ~pc.field("protected")
    paths = [str(path) for path in snapshot.paths("people")]
    if not ds.dataset(paths).count_rows(filter=asked):
        raise BadDecision("the snapshot has no such person")
