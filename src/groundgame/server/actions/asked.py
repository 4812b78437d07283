"""A rule asked of a chapter's snapshot, with all that the chapter knows beside it.

A rule may speak of the chapter's own conversations, matched lists, areas, scores, other
snapshots, and of universes saved over the same snapshot; never of another chapter's. A
universe can speak only of those saved before it, so none ever leads back to itself.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import polars as pl
import pyarrow as pa
from django.db.models import Count, Max
from django.utils import timezone

from groundgame import universe
from groundgame.canvass import answered, columns, tried
from groundgame.server.actions import log, scored
from groundgame.server.actions.file import opened
from groundgame.server.actions.matches import holding
from groundgame.server.actions.suppression import suppressed
from groundgame.server.store.models import (
    Area,
    Event,
    MatchDecision,
    MatchList,
    ScoreTable,
    SnapshotRow,
    Universe,
)

Thing = TypeVar("Thing")


class Named(Mapping[str, Thing], Generic[Thing]):
    """Things by name, each fetched when it is first asked for."""

    def __init__(self, fetch: Mapping[str, Callable[[], Thing]]) -> None:
        """Take how each is fetched."""
        self._fetch = fetch
        self._here: dict[str, Thing] = {}

    def __getitem__(self, name: str) -> Thing:
        """Return one."""
        if name not in self._here:
            self._here[name] = self._fetch[name]()
        return self._here[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is one, without fetching it."""
        return name in self._fetch

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._fetch)

    def __len__(self) -> int:
        """Count them."""
        return len(self._fetch)


@dataclass(frozen=True, slots=True)
class Names:
    """What a rule over a snapshot may name: each in quotation marks."""

    lists: tuple[str, ...]
    universes: tuple[str, ...]
    snapshots: tuple[str, ...]


def found(over: SnapshotRow, rule: str) -> universe.Found:
    """Return the people and doors that a rule finds and that may be contacted.

    Raises:
        NoSnapshot: The folder of the snapshot is gone.
        RuleNotUnderstood: The rule does not make sense.
    """
    parsed = universe.parse(rule)
    return universe.find(
        opened(over), parsed, as_of=timezone.localdate(), given=given(over, parsed)
    )


def given(over: SnapshotRow, rule: universe.Rule) -> universe.Given:
    """Return what a rule may speak of beside the file; log and scores if it does."""
    universes = _universes(over)
    attempts = answers = None
    if universe.asks_the_log(rule, universes):
        attempts, answers = conversations(over.chapter_id)
    scores = None
    if universe.asks_for_scores(rule, universes):
        scores = scored.laid(over)
    return universe.Given(
        suppressed=suppressed(over.chapter_id).ids,
        areas=_areas(over),
        lists=_lists(over),
        scores=scores,
        universes=universes,
        earlier=_snapshots(over),
        attempts=attempts,
        answers=answers,
    )


def conversations(chapter: int) -> tuple[pa.Table, pa.Table]:
    """Return ATTEMPTS and ANSWERS of a chapter's log, as it stands. One query."""
    held, said = columns(log.of_chapter(chapter))
    return tried(held), answered(said)


def names(over: SnapshotRow) -> Names:
    """Return what a rule over a snapshot may name."""
    return Names(tuple(_lists(over)), tuple(_universes(over)), tuple(_snapshots(over)))


def mark(over: SnapshotRow, rule: str) -> str:
    """Return what changes when the same rule may find others, in the same file.

    All of it is only ever added to, or taken away for good, so counts of it tell.

    Raises:
        RuleNotUnderstood: The rule does not make sense.
    """
    said = [rule, str(timezone.localdate()), suppressed(over.chapter_id).mark]
    parsed = universe.parse(rule)
    if universe.asks_beside_the_file(parsed, _universes(over)):
        mine = {"snapshot__chapter": over.chapter_id}
        events = Event.objects.filter(chapter=over.chapter_id)
        decided = MatchDecision.objects.filter(match__snapshot__chapter=over.chapter_id)
        let_in = Count("quarantine__release")
        so_far = [
            events.aggregate(last=Max("position"), let_in=let_in),
            decided.aggregate(last=Max("pk")),
            MatchList.objects.filter(**mine).aggregate(last=Max("pk")),
            Universe.objects.filter(**mine).aggregate(last=Max("pk")),
            ScoreTable.objects.filter(chapter=over.chapter_id).aggregate(
                last=Max("pk")
            ),
            Area.objects.filter(chapter=over.chapter_id).aggregate(
                last=Max("pk"), gone=Count("gone")
            ),
            tuple(_snapshots(over)),
        ]
        said += map(str, so_far)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _universes(over: SnapshotRow) -> Named[universe.Rule]:
    """Return the universes saved over a snapshot, by name."""
    rows = over.universes.order_by("name").values_list("name", "rule")
    return Named({name: partial(universe.parse, rule) for name, rule in rows})


def _areas(over: SnapshotRow) -> Named[universe.Area]:
    """Return the chapter's areas that were not taken away, by name."""
    rows = Area.objects.filter(chapter=over.chapter_id, gone__isnull=True)
    there = rows.order_by("name").values_list("name", "pk")
    return Named({name: partial(_area, pk) for name, pk in there})


def _area(pk: int) -> universe.Area:
    """Return one area."""
    return universe.read_area(Area.objects.values_list("geojson", flat=True).get(pk=pk))


def _lists(over: SnapshotRow) -> Named[pa.Table]:
    """Return the chapter's matched lists by name; of two of one name, the newer."""
    rows = MatchList.objects.filter(snapshot__chapter=over.chapter_id).order_by("pk")
    newest = {row.label: row for row in rows}
    return Named({name: partial(_linked, newest[name]) for name in sorted(newest)})


def _linked(row: MatchList) -> pa.Table:
    """Return whom the rows of a list mean, as it stands now."""
    links = pl.DataFrame(holding(row))
    return links.filter(pl.col("state") == "linked").select("person_id").to_arrow()


def _snapshots(over: SnapshotRow) -> Named[pa.Table]:
    """Return the chapter's other snapshots, by the name on the screen; newest first.

    Where two have one name, each goes by its id.
    """
    rows = list(
        SnapshotRow.objects.filter(chapter=over.chapter_id)
        .exclude(pk=over.pk)
        .order_by("-at", "-pk")
    )
    labels = [row.label for row in rows]
    return Named(
        {
            row.label if labels.count(row.label) == 1 else row.snapshot: partial(
                _then, row
            )
            for row in rows
        }
    )


def _then(row: SnapshotRow) -> pa.Table:
    """Return who was where, and of which party, in a snapshot."""
    return opened(row).read("people", ["person_id", "door_id", "party"])
