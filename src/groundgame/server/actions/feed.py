"""Conversations in words, as an organizer sees them come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from groundgame.canvass import RESULTS, Conversation
from groundgame.server.actions.memory import in_words
from groundgame.server.actions.suppression import Suppressed, suppressed
from groundgame.server.actions.tally import Asked, Talk, scripts
from groundgame.server.store.models import Cut, PacketPerson, PacketStop


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation, as an organizer sees it come in."""

    said: Conversation
    """The same, as it is in the log."""
    position: int
    received: datetime
    turf: str
    canvasser: str
    input: str
    """How it came in: 'Phone' or 'Paper'."""
    phone: bool
    """Whether it was written down at the door."""
    address: str
    person: str
    result: str
    result_name: str
    contact: bool
    answers: list[tuple[str, str]]
    """The question, and the answer, in words."""
    note: str


def lines(
    cut: Cut, held: list[Talk], asked: Asked | None = None
) -> list[ConversationLine]:
    """Return conversations in words. Six queries, however many."""
    packets = {talk.packet for talk in held}
    doors = {talk.said.door for talk in held}
    stops = PacketStop.objects.filter(packet__in=packets, door__in=doors)
    names = PacketPerson.objects.filter(
        stop__packet__in=packets,
        person__in={talk.said.person for talk in held if talk.said.person},
    )
    words = _Words(
        turfs=dict(cut.turfs.values_list("pk", "name")),
        addresses=dict(stops.values_list("door", "address")),
        names=dict(names.values_list("person", "name")),
        scripts=scripts(cut) if asked is None else asked,
        out=suppressed(cut.universe.snapshot.chapter),
    )
    return [words.line(talk) for talk in held]


@dataclass(frozen=True, slots=True)
class _Words:
    """What a conversation's ids mean."""

    turfs: Mapping[int, str]
    addresses: Mapping[str, str]
    names: Mapping[str, str]
    scripts: Mapping[str, Mapping[str, Any]]
    out: Suppressed

    def line(self, talk: Talk) -> ConversationLine:
        """Say one conversation in words."""
        said = talk.said
        hidden = self.out.holds(door=said.door, person=said.person)
        script = self.scripts.get(said.script, {})
        return ConversationLine(
            said=said,
            position=talk.position,
            received=talk.received,
            turf=self.turfs.get(talk.turf, ""),
            canvasser=talk.canvasser,
            input=talk.input,
            phone=talk.phone,
            address="" if hidden else self.addresses.get(said.door, ""),
            person="" if hidden else self._name(said),
            result=said.result,
            result_name=result_name(script, said.result),
            contact=talk.contact,
            answers=[] if hidden else [*self._answers(said), *_besides(said)],
            note="" if hidden else said.note,
        )

    def _name(self, said: Conversation) -> str:
        """Return whom it was with; somebody who was added is in the conversation."""
        if said.added:
            return str(said.added["name"])
        return self.names.get(said.person or "", "")

    def _answers(self, said: Conversation) -> list[tuple[str, str]]:
        """Return questions and answers in words; what no script knows, as it is."""
        asked = {
            question["id"]: question
            for question in self.scripts.get(said.script, {}).get("questions", [])
        }
        return [
            (
                asked.get(question, {}).get("ask", question),
                in_words(asked[question], answer) if question in asked else answer,
            )
            for question, answer in said.answers.items()
        ]


def _besides(said: Conversation) -> list[tuple[str, str]]:
    """Return what a conversation says besides its answers, in words."""
    told = [
        (_("When to come back"), said.again.replace("T", " ")),
        (_("Language spoken"), said.language),
        (_("Was not on the list"), _("added at the door") if said.added else ""),
    ]
    return [(name, text) for name, text in told if text]


def result_name(script: Mapping[str, Any], code: str) -> str:
    """Return what a result is called; one that no script knows is its own name."""
    own = {each["id"]: each.get("name") for each in script.get("results", [])}
    return RESULTS[code].name if code in RESULTS else own.get(code) or code
