"""Conversations in words, as an organizer sees them come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from groundgame.canvass import RESULTS
from groundgame.server.actions.suppression import Suppressed, suppressed
from groundgame.server.actions.tally import Talk
from groundgame.server.store.models import Cut, Packet, PacketPerson, PacketStop


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation, as an organizer sees it come in."""

    position: int
    received: datetime
    turf: str
    canvasser: str
    input: str
    """How it came in: 'Phone' or 'Paper'."""
    address: str
    person: str
    result: str
    result_name: str
    contact: bool
    answers: list[tuple[str, str]]
    """The question, and the answer, in words."""
    note: str


def lines(cut: Cut, held: list[Talk]) -> list[ConversationLine]:
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
        scripts=scripts(cut),
        out=suppressed(cut.universe.snapshot.chapter),
    )
    return [words.line(talk) for talk in held]


def scripts(cut: Cut) -> dict[str, dict[str, Any]]:
    """Return the scripts that a cut was walked with, by their version. One query."""
    packets = Packet.objects.filter(turf__cut=cut).order_by("at")
    return dict(packets.values_list("script_version", "script"))


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
        known = RESULTS.get(said.result)
        return ConversationLine(
            position=talk.position,
            received=talk.received,
            turf=self.turfs.get(talk.turf, ""),
            canvasser=talk.canvasser,
            input=talk.input,
            address="" if hidden else self.addresses.get(said.door, ""),
            person="" if hidden else self.names.get(said.person or "", ""),
            result=said.result,
            result_name=known.name if known else said.result,
            contact=talk.contact,
            answers=[] if hidden else self._answers(said.script, said.answers),
            note="" if hidden else said.note,
        )

    def _answers(
        self, script: str, answers: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """Return questions and answers in words; what no script knows, as it is."""
        asked = {
            question["id"]: question
            for question in self.scripts.get(script, {}).get("questions", [])
        }
        return [
            (
                asked.get(question, {}).get("ask", question),
                _response(asked.get(question, {}), answer),
            )
            for question, answer in answers.items()
        ]


def _response(question: Mapping[str, Any], answer: str) -> str:
    """Return the name of a response; of a scale or open question, the answer itself."""
    named = {each["id"]: each["name"] for each in question.get("responses", [])}
    return str(named.get(answer, answer))
