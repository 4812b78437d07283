"""What was made of a list, kept: a folder with its tables, and what was decided.

    matches/NAME/match.json             the list's name, the snapshot, the plan
    matches/NAME/links.parquet          LINKS, as they were made
    matches/NAME/candidates.parquet     CANDIDATES
    duplicates/NAME/duplicates.json     the list's name, the plan
    duplicates/NAME/rows.parquet        row_id, line and key of every row
    duplicates/NAME/pairs.parquet       PAIRS, as they were found
    .../refused.parquet                 REFUSED
    .../decisions/*.parquet             DECISIONS, one file each time somebody decides

What was made is never changed; what holds is what was made, and every decision after.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import uuid4

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from groundgame.errors import BadDecision, BadMatchName, NoSuchMatch
from groundgame.match.decisions import settle, still_meant
from groundgame.match.linking import Links, counts
from groundgame.match.pairs import clusters, settle_pairs
from groundgame.match.plan import MatchPlan
from groundgame.match.reading import Listed
from groundgame.match.within import Duplicates
from groundgame.tables import DECISIONS, Snapshot
from groundgame.values import draft_of

_NAME = re.compile(r"[^\W_][\w .-]{0,58}[\w-]|[^\W_]")
_MATCH, _DUPLICATES = "match.json", "duplicates.json"


@dataclass(frozen=True, slots=True)
class _Saved:
    """What was made of a list under a name, and where it lies."""

    folder: Path
    account: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name

    def read(self, table: str) -> pa.Table:
        """Return one of its tables, as it was made."""
        return pq.ParquetFile(self.folder / f"{table}.parquet").read()

    def decisions(self) -> pa.Table:
        """Return every decision."""
        files = sorted((self.folder / "decisions").glob("[!.]*.parquet"))
        return pa.concat_tables(
            [DECISIONS.empty(), *(pq.ParquetFile(path).read() for path in files)]
        )

    def decide(self, decisions: pa.Table) -> None:
        """Add decisions; they are whole on the disk, or not there."""
        folder = self.folder / "decisions"
        folder.mkdir(exist_ok=True)
        with draft_of(folder / f"{uuid4().hex}.parquet") as draft:
            pq.write_table(DECISIONS.conform(decisions), draft)


@dataclass(frozen=True, slots=True)
class SavedMatch(_Saved):
    """A match with a name: whom the rows of a list mean."""

    def links(self) -> pa.Table:
        """Return LINKS as they hold now."""
        return settle(self.read("links"), self.read("candidates"), self.decisions())

    def candidates(self) -> pa.Table:
        """Return CANDIDATES, without those that were refused."""
        return still_meant(self.read("candidates"), self.decisions())

    def as_dict(self) -> dict[str, Any]:
        """Return its account, with the counts that hold now."""
        return self.account | counts(self.links())


@dataclass(frozen=True, slots=True)
class SavedDuplicates(_Saved):
    """A list with a name: which of its rows are one person."""

    def pairs(self) -> pa.Table:
        """Return PAIRS as they hold now."""
        return settle_pairs(self.read("pairs"), self.decisions())

    def now(self) -> Duplicates:
        """Return the clusters and the pairs that hold now."""
        pairs = self.pairs()
        return Duplicates(clusters(self.read("rows"), pairs), pairs)

    def as_dict(self) -> dict[str, Any]:
        """Return its account, with the counts that hold now."""
        refused = {"refused": self.read("refused").num_rows}
        return self.account | self.now().counts() | refused


def save(  # noqa: PLR0913  # what was made, of what, and how
    folder: Path,
    name: str,
    *,
    listed: Listed,
    links: Links,
    snapshot: Snapshot,
    plan: MatchPlan,
) -> SavedMatch:
    """Keep a match under a name, in place of what had it before.

    What was decided about rows that are on the list again still holds, unless it names
    somebody who is not in this snapshot, or is protected there.

    Raises:
        BadMatchName: Nothing can be saved under that name.
    """
    account = _account(name, listed, plan) | {"snapshot": snapshot.id}
    tables = {"links": links.links, "candidates": links.candidates}
    decided = _earlier(folder / name)
    here = pl.DataFrame(_there(snapshot, decided["person_id"].drop_null()))
    person = pl.col("person_id")
    kept = pl.DataFrame(decided).filter(
        person.is_null() | person.is_in(here["person_id"].implode())
    )
    whole = _keep(
        folder, _MATCH, account, tables | {"refused": listed.refused}, kept.to_arrow()
    )
    return SavedMatch(whole, account)


def save_duplicates(
    folder: Path, name: str, *, listed: Listed, found: Duplicates, plan: MatchPlan
) -> SavedDuplicates:
    """Keep which rows of a list are one person, as `save` keeps a match.

    Raises:
        BadMatchName: Nothing can be saved under that name.
    """
    account = _account(name, listed, plan)
    rows = listed.table.select(["row_id", "line", "key"])
    tables = {"rows": rows, "pairs": found.pairs, "refused": listed.refused}
    kept = _earlier(folder / name)
    return SavedDuplicates(_keep(folder, _DUPLICATES, account, tables, kept), account)


def _earlier(folder: Path) -> pa.Table:
    """Return what was decided under a name that is given again."""
    return _Saved(folder, {}).decisions()


def _account(name: str, listed: Listed, plan: MatchPlan) -> dict[str, Any]:
    """Return what is said of a list and of how it was held against others."""
    if not _NAME.fullmatch(name):
        raise BadMatchName(name)
    return {
        "name": name,
        "list": listed.name,
        "columns": dict(listed.columns),
        "unread": dict(listed.unread),
        "plan": plan.as_dict(),
    }


def _keep(
    folder: Path,
    kind: str,
    account: dict[str, Any],
    tables: dict[str, pa.Table],
    decided: pa.Table,
) -> Path:
    """Write a folder in one step, so that it is whole or not there; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    part.mkdir()
    try:
        for table, rows in tables.items():
            pq.write_table(rows, part / f"{table}.parquet")
        text = json.dumps(account, indent=2, ensure_ascii=False)
        (part / kind).write_text(text + "\n", encoding="utf-8")
        if decided.num_rows:
            _Saved(part, account).decide(decided)
        whole = folder / str(account["name"])
        if whole.exists():
            whole.replace(folder / f"{part.name}.old")
        part.replace(whole)
    finally:
        rmtree(part, ignore_errors=True)
        rmtree(folder / f"{part.name}.old", ignore_errors=True)
    return whole


def load(folder: Path, name: str) -> SavedMatch:
    """Return a match that was saved.

    Raises:
        NoSuchMatch: None was saved under that name.
    """
    return SavedMatch(*_load(folder, name, _MATCH))


def load_duplicates(folder: Path, name: str) -> SavedDuplicates:
    """Return a list of which somebody saved the rows that are one person.

    Raises:
        NoSuchMatch: None was saved under that name.
    """
    return SavedDuplicates(*_load(folder, name, _DUPLICATES))


def _load(folder: Path, name: str, kind: str) -> tuple[Path, dict[str, Any]]:
    """Return the folder of a name, and its account."""
    if not _NAME.fullmatch(name):
        raise NoSuchMatch(name)
    try:
        text = (folder / name / kind).read_text(encoding="utf-8")
        return folder / name, json.loads(text)
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
    if not _there(snapshot, pa.chunked_array([[person_id]])).num_rows:
        raise BadDecision("the snapshot has no such person")


def _there(snapshot: Snapshot, people: "pa.ChunkedArray[Any]") -> pa.Table:
    """Return which of these people are in a snapshot and not protected."""
    paths = [str(path) for path in snapshot.paths("people")]
    asked = pc.field("person_id").isin(people.unique()) & ~pc.field("protected")
    return ds.dataset(paths).to_table(columns=["person_id"], filter=asked)


def check_pair(saved: SavedDuplicates, pair: str) -> str:
    """Return the other row of a pair; refuse a decision about one that is not there.

    Raises:
        BadDecision: The list has no such pair.
    """
    pairs = saved.read("pairs")
    rows = pairs.filter(pc.field("pair") == pair)
    if not rows.num_rows:
        raise BadDecision("the list has no such pair")
    return str(rows["other_id"][0].as_py())
