"""How fast a chapter's canvassers are, from what was recorded at the doors.

A pace is fitted when a universe is cut and when turf is handed out, if much was
recorded since the last one, and is written down. All that says minutes reads it there.
"""

from dataclasses import dataclass

import pyarrow as pa
from django.db.models import QuerySet

from groundgame import turf as engine
from groundgame.canvass import RESULTS, Conversation, Entry, holding
from groundgame.server.actions import ground
from groundgame.server.actions.log import counted, event_of
from groundgame.server.store.models import Claim, Cut, Event, PaceRow, SnapshotRow
from groundgame.tables import KNOCKS

NEWEST = 20_000
"""Events that a pace is fitted to, the last ones received."""
FRESH, GROWN = 30, 1.1
"""A pace is fitted anew after so many events more, and so many times as many."""
NUMBERS = ("speed", "knock", "opens", "opening", "question", "floor")


@dataclass(frozen=True, slots=True)
class Known:
    """A pace, and what it is from."""

    pace: engine.Pace
    row: PaceRow | None = None
    """What was fitted; None: it is the assumed one."""

    @property
    def enough(self) -> bool:
        """Whether enough was recorded to say how fast people are."""
        return self.row is not None

    @property
    def metre(self) -> float:
        """Minutes that a metre walked takes."""
        return self.pace.metre

    @property
    def doors(self) -> int:
        """Doors knocked on that it is from."""
        return self.row.doors if self.row else 0

    @property
    def conversations(self) -> int:
        """Of those, with a conversation."""
        return self.row.conversations if self.row else 0


def of(cut: Cut) -> Known:
    """Return the pace that all minutes of a cut are said in. One query.

    A cut whose turfs are measured in minutes keeps the pace that it was cut by; any
    other has the newest of its voter file.
    """
    if cut.measure == Cut.Measure.MINUTES:
        return _known(cut.paced)
    return _known(_newest(cut.universe.snapshot_id))


def learn(over: SnapshotRow) -> Known:
    """Fit the pace of a voter file anew, if much was recorded since the last time.

    Repeated, it changes nothing.
    """
    last = _newest(over.pk)
    events = _timed(over.pk).count()
    if events < (last.events if last else 0) * GROWN + FRESH:
        return _known(last)
    table = knocks(over.pk)
    doors = ground.doors_of(over, table["door_id"])
    if doors["lon"].null_count == doors.num_rows:
        return _known(last)
    on = ground.under(over, doors)
    found = engine.fitted(table, on.placed, network=on.network)
    if not found.enough:
        return _known(last)
    fast = {name: getattr(found.pace, name) for name in NUMBERS}
    many = {"doors": found.doors, "conversations": found.conversations}
    return _known(PaceRow.objects.create(snapshot=over, events=events, **fast, **many))


def knocks(snapshot: int) -> pa.Table:
    """Return when what was recorded at the doors of a snapshot. One query."""
    rows = _timed(snapshot).order_by("-position")
    told = rows.values_list("body", "position")[:NEWEST]
    log = [Entry(event_of(body), position) for body, position in told]
    return KNOCKS.conform(
        pa.Table.from_pylist([_knock(talk) for talk in holding(log)], KNOCKS.arrow)
    )


def _timed(snapshot: int) -> QuerySet[Event]:
    """Return the events of a snapshot that say when they were.

    What came on paper was written down later, and says nothing of time.
    """
    return (
        counted()
        .filter(packet__turf__cut__universe__snapshot=snapshot)
        .exclude(claim__input=Claim.Input.PAPER)
    )


def _newest(snapshot: int) -> PaceRow | None:
    """Return what was fitted last."""
    return PaceRow.objects.filter(snapshot=snapshot).order_by("-pk").first()


def _known(row: PaceRow | None) -> Known:
    """Return the pace of a row; where there is none, the assumed one."""
    if row is None:
        return Known(engine.Pace())
    return Known(engine.Pace(**{name: getattr(row, name) for name in NUMBERS}), row)


def walk_of(talk: Conversation) -> str:
    """Return whose walk a conversation was on: a packet's, with one phone."""
    return f"{talk.packet}/{talk.device}"


def _knock(talk: Conversation) -> dict[str, object]:
    """Return what a pace needs of a conversation."""
    result = RESULTS.get(talk.result)
    return {
        "walk": walk_of(talk),
        "at": talk.at / 1000.0,
        "door_id": talk.door,
        "contact": result is not None and result.contact,
        "answers": len(talk.answers),
    }
