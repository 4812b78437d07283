"""The log as tables, for counting."""

from collections.abc import Iterable

import pyarrow as pa

from groundgame.canvass.log import Entry, held
from groundgame.tables import CONVERSATIONS, RESPONSES


def columns(entries: Iterable[Entry]) -> tuple[pa.Table, pa.Table]:
    """Return CONVERSATIONS and RESPONSES of the received conversations that hold.

    The day of a conversation is that on which the server received it. A device's clock
    is a claim: it may say 1970, and then somebody visited yesterday would be visited
    again tomorrow. A phone that was long without a signal makes a visit look later than
    it was, never earlier, so the slip leaves people in peace.
    """
    received = [(c, e) for c, e in held(entries) if e.position is not None]
    conversations = [
        {
            "conversation_id": conversation.id,
            "packet_id": conversation.packet,
            "door_id": conversation.door,
            "person_id": conversation.person,
            "result": conversation.result,
            "note": conversation.note or None,
            "position": entry.position,
            "day": entry.received,
        }
        for conversation, entry in received
    ]
    responses = [
        {
            "conversation_id": conversation.id,
            "person_id": conversation.person,
            "question": question,
            "answer": answer,
            "position": entry.position,
        }
        for conversation, entry in received
        for question, answer in conversation.answers.items()
    ]
    return (
        pa.Table.from_pylist(conversations, schema=CONVERSATIONS.arrow),
        pa.Table.from_pylist(responses, schema=RESPONSES.arrow),
    )
