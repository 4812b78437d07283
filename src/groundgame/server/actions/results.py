"""Results: what came of a cut, as numbers, as a feed and on a map."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from django.db.models import Count as Number
from django.db.models import Max

from groundgame.canvass import RESULTS, Entry, columns, standing_answers
from groundgame.server.actions import cuts, geojson, standing
from groundgame.server.actions.deep import Moved, moved
from groundgame.server.actions.exports import export_csv
from groundgame.server.actions.feed import ConversationLine, lines, result_name
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.tally import Asked, Talk, by_turf, scripts, talks
from groundgame.server.store.models import Cut, Event, Turf

__all__ = [
    "ConversationLine",
    "Count",
    "HourCount",
    "QuestionCounts",
    "Results",
    "TurfResult",
    "conversations",
    "export_csv",
    "results",
    "results_map",
]


@dataclass(frozen=True, slots=True)
class Count:
    """A name, its number, and its share of the whole, 0 to 1."""

    id: str
    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class QuestionCounts:
    """The standing answers to one question."""

    id: str
    ask: str
    answers: list[Count]


@dataclass(frozen=True, slots=True)
class TurfResult:
    """How far one turf is."""

    turf_id: int
    number: int
    name: str
    doors: int
    attempted: int
    attempts: int
    contacts: int


@dataclass(frozen=True, slots=True)
class HourCount:
    """Conversations received in one hour."""

    hour: datetime
    attempts: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a cut, so far."""

    cut_id: int
    universe: str
    doors: int
    attempted: int
    """Doors with at least one conversation."""
    attempts: int
    contacts: int
    contact_rate: float
    """Contacts / attempts, 0 to 1."""
    by_result: list[Count]
    by_question: list[QuestionCounts]
    by_turf: list[TurfResult]
    by_hour: list[HourCount]
    moved: Moved | None
    """Two ratings of deep canvasses; None: nobody gave both."""
    quarantined: int
    """Events that wait for an organizer."""


def results(*, cut: int, seen_by: Anyone) -> Results:
    """Return the numbers of a cut. Quiet doors are not counted (standing.py).

    Raises:
        NotYours: There is none, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    asked = scripts(row)
    held = talks(row, asked)
    contacts = sum(talk.contact for talk in held)
    quiet = standing.quiet(row)
    shut = set[str]().union(*quiet.values())
    waiting = Event.objects.filter(
        packet__turf__cut=row,
        quarantine__isnull=False,
        quarantine__release__isnull=True,
        quarantine__set_aside__isnull=True,
    )
    return Results(
        cut_id=row.pk,
        universe=row.universe.name,
        doors=row.doors - len(shut),
        attempted=len({talk.said.door for talk in held} - shut),
        attempts=len(held),
        contacts=contacts,
        contact_rate=contacts / len(held) if held else 0.0,
        by_result=_by_result(asked, held),
        by_question=_by_question(asked, held),
        by_turf=_by_turf(row, held, quiet),
        by_hour=_by_hour(held),
        moved=_moved(asked, held),
        quarantined=waiting.count(),
    )


def seen(*, cut: int, seen_by: Anyone) -> str:
    """Return a mark that changes whenever the results do. The log is not read for it.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    log = Event.objects.filter(packet__turf__cut=row)
    told = log.aggregate(last=Max("position"), let_in=Number("quarantine__release"))
    return f"{told['last'] or 0}.{told['let_in']}"


def conversations(
    *, cut: int, seen_by: Anyone, after: int = 0, limit: int = 50
) -> list[ConversationLine]:
    """Return the latest conversations that hold, newest first, received after `after`.

    Of those who asked not to be contacted, only that a conversation took place.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    asked = scripts(row)
    held = [talk for talk in talks(row, asked) if talk.position > after]
    return lines(row, held[::-1][:limit], asked)


def results_map(*, cut: int, seen_by: Anyone) -> bytes:
    """Return GeoJSON: a point a door, {"turf": n, "result": code or ""}; no names.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    last = {talk.said.door: talk.said.result for talk in talks(row)}
    doors = standing.placed(row)
    ended = [last.get(str(door), "") for door in doors["door_id"].to_pylist()]
    told = doors.append_column("result", pa.array(ended, pa.string()))
    return geojson.collection(geojson.points(told, properties=["turf", "result"]))


def _counts(counted: Mapping[str, int], names: Mapping[str, str]) -> list[Count]:
    """Return counts in the order of `names`, then those that have none."""
    whole = sum(counted.values())
    others = sorted(set(counted) - set(names), key=lambda each: (len(each), each))
    order = [*names, *others]
    return [
        Count(each, names.get(each, each), counted[each], counted[each] / whole)
        for each in order
        if counted.get(each)
    ]


def _by_result(asked: Asked, held: Iterable[Talk]) -> list[Count]:
    """Count how conversations ended."""
    names = {result.id: result.name for result in RESULTS.values()}
    for script in asked.values():
        own = (each["id"] for each in script.get("results", []))
        names |= {code: result_name(script, code) for code in own}
    return _counts(Counter(talk.said.result for talk in held), names)


def _by_question(scripts: Asked, held: Iterable[Talk]) -> list[QuestionCounts]:
    """Count the standing answers, question by question, but not the open ones."""
    _, responses = columns(Entry(talk.said, talk.position) for talk in held)
    stands = standing_answers(responses)
    given: dict[str, Counter[str]] = {}
    asked = {
        question["id"]: question
        for script in scripts.values()
        for question in script["questions"]
        if question["kind"] not in {"text", "say"}
    }
    for row in stands.select(["question", "answer"]).to_pylist():
        name, answer = str(row["question"]), str(row["answer"])
        several = asked.get(name, {}).get("kind") == "many"
        given.setdefault(name, Counter()).update(
            answer.split(",") if several else [answer]
        )
    return [
        QuestionCounts(
            name,
            question["ask"],
            _counts(
                given.get(name, Counter()),
                {each["id"]: each["name"] for each in question.get("responses", [])},
            ),
        )
        for name, question in asked.items()
    ]


def _moved(asked: Asked, held: Iterable[Talk]) -> Moved | None:
    """Return how ratings moved in deep canvasses."""
    _, responses = columns(Entry(talk.said, talk.position) for talk in held)
    return moved(asked.values(), standing_answers(responses).to_pylist())


def _by_turf(
    cut: Cut, held: list[Talk], quiet: Mapping[int, set[str]]
) -> list[TurfResult]:
    """Count turf by turf, those where nobody has been as well.

    A turf that lost all its doors by hand stays as long as there is talk of it.
    """
    walked = by_turf(held)
    return [
        TurfResult(
            turf_id=turf.pk,
            number=turf.number,
            name=turf.name,
            doors=turf.doors - len(quiet[turf.number]),
            attempted=len(walked[turf.pk].doors - quiet[turf.number]),
            attempts=walked[turf.pk].attempts,
            contacts=walked[turf.pk].contacts,
        )
        for turf in Turf.objects.filter(cut=cut).order_by("number")
        if turf.doors or walked[turf.pk].attempts
    ]


def _by_hour(held: Iterable[Talk]) -> list[HourCount]:
    """Count by the hour in which the server received them."""
    attempts: Counter[datetime] = Counter()
    contacts: Counter[datetime] = Counter()
    for talk in held:
        hour = talk.received.replace(minute=0, second=0, microsecond=0)
        attempts[hour] += 1
        contacts[hour] += talk.contact
    return [
        HourCount(hour, attempts[hour], contacts[hour]) for hour in sorted(attempts)
    ]
