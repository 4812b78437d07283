"""The log as tables, for counting."""

from collections.abc import Iterable

import pyarrow as pa

from groundgame.canvass.log import Entry, held
from groundgame.tables import CONVERSATIONS, RESPONSES


def columns(entries: Iterable[Entry]) -> tuple[pa.Table, pa.Table]:
    """Return CONVERSATIONS and RESPONSES of the received conversations that hold."""
    received = [(c, p) for c, p in held(entries) if p is not None]
    conversations = [
        {
            "conversation_id": conversation.id,
            "packet_id": conversation.packet,
            "door_id": conversation.door,
            "person_id": conversation.person,
            "result": conversation.result,
            "note": conversation.note or None,
            "position": position,
        }
        for conversation, position in received
    ]
    responses = [
        {
            "conversation_id": conversation.id,
            "person_id": conversation.person,
            "question": question,
            "answer": answer,
            "position": position,
        }
        for conversation, position in received
        for question, answer in conversation.answers.items()
    ]
    return (
        pa.Table.from_pylist(conversations, schema=CONVERSATIONS.arrow),
        pa.Table.from_pylist(responses, schema=RESPONSES.arrow),
    )
