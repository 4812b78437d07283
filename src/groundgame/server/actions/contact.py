"""Who was contacted while an experiment ran: by arm, and against the draw.

A unit of the control that was contacted anyway stays in its arm: moving it would make
the two arms unlike. That it happened is an alarm, for somebody may still find out how.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Q, QuerySet

from groundgame.canvass import RESULTS, Conversation, Entry, holding
from groundgame.server.actions import held_out
from groundgame.server.actions.log import counted, event_of
from groundgame.server.store.models import Event, Experiment


@dataclass(frozen=True, slots=True)
class Leak:
    """A contact with somebody who was to be left alone."""

    position: int
    received: datetime
    turf: str
    cut: int
    packet: str
    canvasser: str


@dataclass(frozen=True, slots=True)
class ArmContact:
    """How far one arm is: units, those tried, those reached."""

    name: str
    role: str
    units: int
    tried: int
    reached: int

    @property
    def rate(self) -> float:
        """Contacts / units, 0 to 1."""
        return self.reached / self.units if self.units else 0.0


@dataclass(frozen=True, slots=True)
class Reached:
    """Ids of people and doors that were tried, and that were contacted."""

    tried_people: frozenset[str]
    tried_doors: frozenset[str]
    people: frozenset[str]
    doors: frozenset[str]


def reached(row: Experiment) -> Reached:
    """Return who was tried and contacted while an experiment ran. One query."""
    talks = list(_talks(row))
    spoken = [talk for talk in talks if _contact(talk)]
    return Reached(
        tried_people=frozenset(talk.person for talk in talks if talk.person),
        tried_doors=frozenset(talk.door for talk in talks),
        people=frozenset(talk.person for talk in spoken if talk.person),
        doors=frozenset(talk.door for talk in spoken),
    )


def arms(row: Experiment) -> list[ArmContact]:
    """Return how far each arm is, in units."""
    known = reached(row)
    by_person = row.unit == Experiment.Unit.PERSON
    column = "person_id" if by_person else "door_id"
    tried, spoken = (
        (known.tried_people, known.people)
        if by_person
        else (known.tried_doors, known.doors)
    )
    table = held_out.arms(row).filter(~pl.col("buffer"))
    counts = (
        table.with_columns(
            pl.col(column).is_in(list(tried)).alias("tried"),
            pl.col(column).is_in(list(spoken)).alias("reached"),
        )
        .group_by("arm", "unit")
        .agg(pl.col("tried", "reached").any())
        .group_by("arm")
        .agg(pl.len().alias("units"), pl.col("tried", "reached").sum())
    )
    each = {one["arm"]: one for one in counts.to_dicts()}
    blank = {"units": 0, "tried": 0, "reached": 0}
    return [
        ArmContact(name, role, **{k: each.get(name, blank)[k] for k in blank})
        for name, role, _ in row.arms
    ]


def leaks(row: Experiment) -> list[Leak]:
    """Return the contacts with somebody who was to be left alone, newest first.

    Two queries. Who it was is not said: the packet leads there.
    """
    if not hasattr(row, "launch"):
        return []
    left = held_out.of(row)
    bad = {
        talk.id
        for talk in _talks(row)
        if _contact(talk) and (talk.door in left.doors or talk.person in left.people)
    }
    events = (
        _events(row)
        .filter(event__in=bad)
        .select_related("packet__turf", "claim")
        .order_by("-position")
    )
    return [
        Leak(
            position=event.position,
            received=event.received,
            turf=event.packet.turf.name,
            cut=event.packet.turf.cut_id,
            packet=str(event.packet_id),
            canvasser=event.claim.name if event.claim else "",
        )
        for event in events
    ]


def _events(row: Experiment) -> QuerySet[Event]:
    """Return the events that came in while an experiment ran."""
    if not hasattr(row, "launch"):
        return counted().none()
    ran = Q(received__gte=row.launch.at)
    if hasattr(row, "stop"):
        ran &= Q(received__lt=row.stop.at)
    return counted().filter(ran, chapter=row.universe.snapshot.chapter_id)


def _talks(row: Experiment) -> Iterable[Conversation]:
    """Return the conversations that hold of that time."""
    rows = _events(row).order_by("position").values_list("body", "position")
    return holding([Entry(event_of(body), position) for body, position in rows])


def _contact(talk: Conversation) -> bool:
    """Return whether somebody was spoken with."""
    known = RESULTS.get(talk.result)
    return known is not None and known.contact
