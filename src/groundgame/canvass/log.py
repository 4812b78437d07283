"""The fold: what holds, given every conversation so far.

In:  entries of the log, in any order, any of them any number of times.
Out: the conversations that hold, the standing answers, the state of each door.

The server's order of receipt orders. What it has not received yet comes after all that
it has, in the order in which its device wrote it. What a device's clock says plays no
part. The same rules are in phone/core; contract/standing/ holds both to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from groundgame.canvass.event import (
    Access,
    Conversation,
    Event,
    Withdrawal,
    canonical_sha256,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and its place in the order of receipt; None: not received yet.

    `received` is the day on which the server took it in, at the server; None where
    nobody says. It is for telling how long ago something was: `position` orders.
    """

    event: Event
    position: int | None = None
    received: date | None = None


def holding(entries: Iterable[Entry]) -> tuple[Conversation, ...]:
    """Return the conversations that nobody has withdrawn, oldest first.

    A withdrawal reaches a conversation of its own packet only, and may arrive first.
    """
    return tuple(conversation for conversation, _entry in held(entries))


def standing(entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    """Return the answer that stands, by person and question.

    It is the one of the latest conversation that holds and that answers the question;
    one in which the question was not answered changes nothing. Answers of nobody in
    particular stand for nobody.
    """
    return {
        (conversation.person, question): answer
        for conversation in holding(entries)
        if conversation.person is not None
        for question, answer in conversation.answers.items()
    }


def doors(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the result of the latest conversation that holds, by door."""
    return {conv.door: conv.result for conv in holding(entries)}


def access(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """Return what holds of how to get into each building, field by field.

    The latest word about a field holds; an empty one takes it back. A withdrawal
    reaches a word about a building as it does a conversation.
    """
    log = sorted(_once(entries), key=_order)
    undone = _undone(log)
    found: dict[str, dict[str, str]] = {}
    for entry in log:
        said = entry.event
        if isinstance(said, Access) and (said.packet, said.id) not in undone:
            found.setdefault(said.building, {}).update(said.says)
    kept = {
        building: {name: text for name, text in says.items() if text}
        for building, says in found.items()
    }
    return {building: says for building, says in kept.items() if says}


def held(entries: Iterable[Entry]) -> list[tuple[Conversation, Entry]]:
    """Return the conversations that hold with their entries, oldest first."""
    log = sorted(_once(entries), key=_order)
    undone = _undone(log)
    return [
        (entry.event, entry)
        for entry in log
        if isinstance(entry.event, Conversation)
        and (entry.event.packet, entry.event.id) not in undone
    ]


def _undone(log: Iterable[Entry]) -> set[tuple[str, str]]:
    """Return which conversations were withdrawn, as packet and id."""
    return {
        (entry.event.packet, entry.event.of)
        for entry in log
        if isinstance(entry.event, Withdrawal)
    }


def _order(entry: Entry) -> tuple[bool, int, int, str]:
    """Return what an entry is sorted by: received ones first, by position."""
    return (
        entry.position is None,
        entry.position or 0,
        entry.event.seq,
        entry.event.id,
    )


def _once(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Return each id once; of several contents, the one received first."""
    first: dict[str, Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.event.id, entry)
        if known is not entry and _rank(entry) < _rank(known):
            first[entry.event.id] = entry
    return first.values()


def _rank(entry: Entry) -> tuple[tuple[bool, int, int, str], str]:
    """Return which of two entries with one id goes first, whatever they hold."""
    return _order(entry), canonical_sha256(entry.event.as_dict())
