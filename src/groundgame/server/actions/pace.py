"""How fast a chapter's canvassers are, from what was recorded at the doors."""

import pyarrow as pa

from groundgame import turf as engine
from groundgame.canvass import RESULTS, Conversation, Entry, holding
from groundgame.server.actions.ground import Ground
from groundgame.server.actions.log import counted, event_of
from groundgame.server.store.models import Claim
from groundgame.tables import KNOCKS

NEWEST = 20_000
"""Events that a pace is fitted to, the last ones received."""


def fitted(snapshot: int, on: Ground) -> engine.Fitted:
    """Return the pace of what was recorded at these doors of a snapshot. One query."""
    return engine.fitted(knocks(snapshot), on.placed, network=on.network)


def knocks(snapshot: int) -> pa.Table:
    """Return when what was recorded at the doors of a snapshot. One query.

    What came on paper was written down later, and says nothing of time.
    """
    rows = (
        counted()
        .filter(packet__turf__cut__universe__snapshot=snapshot)
        .exclude(claim__input=Claim.Input.PAPER)
        .order_by("-position")
        .values_list("body", "position")[:NEWEST]
    )
    log = [Entry(event_of(body), position) for body, position in rows]
    return KNOCKS.conform(
        pa.Table.from_pylist([_knock(talk) for talk in holding(log)], KNOCKS.arrow)
    )


def _knock(talk: Conversation) -> dict[str, object]:
    """Return what a pace needs of a conversation."""
    result = RESULTS.get(talk.result)
    return {
        "walk": f"{talk.packet}/{talk.device}",
        "at": talk.at / 1000.0,
        "door_id": talk.door,
        "contact": result is not None and result.contact,
        "answers": len(talk.answers),
    }
