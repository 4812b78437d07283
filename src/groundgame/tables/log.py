"""What the conversation log comes to: conversations, and the answers in them."""

import pyarrow as pa

from groundgame.tables.schema import Column, TableSchema, maybe

CONVERSATIONS = TableSchema(
    name="conversations",
    means="Each conversation that holds: one row an attempt.",
    unique=("conversation_id",),
    columns=(
        Column("conversation_id", pa.string(), "UUIDv7 of the event"),
        Column("packet_id", pa.string(), "the packet it was recorded under"),
        Column("door_id", pa.string(), "as in doors"),
        maybe("person_id", pa.string(), "null: nobody in particular"),
        Column("result", pa.string(), "a result code"),
        maybe("note", pa.string(), "what was worth writing down"),
        Column("position", pa.int64(), "place in the server's order of receipt"),
        maybe("day", pa.date32(), "on which the server received it, where it is known"),
    ),
)

RESPONSES = TableSchema(
    name="responses",
    means="Each answer that was given: one row a conversation and question.",
    unique=("conversation_id", "question"),
    columns=(
        Column("conversation_id", pa.string(), "as in conversations"),
        maybe("person_id", pa.string(), "whose answer it is"),
        Column("question", pa.string(), "id of the survey question"),
        Column("answer", pa.string(), "id of the response, or what was typed"),
        Column("position", pa.int64(), "place in the server's order of receipt"),
    ),
)

KNOCKS = TableSchema(
    name="knocks",
    means="When what was recorded at the doors: what a pace is fitted to.",
    columns=(
        Column("walk", pa.string(), "who walked: a packet and a phone"),
        Column("at", pa.float64(), "seconds since any day, when it was written down"),
        Column("door_id", pa.string(), "as in doors"),
        Column("contact", pa.bool_(), "somebody was spoken with"),
        Column("answers", pa.int64(), "how many questions were answered"),
    ),
)

ATTEMPTS = TableSchema(
    name="attempts",
    means="What attempts came to: one row a door and person, or nobody in particular.",
    unique=("door_id", "person_id"),
    columns=(
        Column("door_id", pa.string(), "as in doors"),
        maybe("person_id", pa.string(), "null: nobody in particular"),
        Column("attempts", pa.int64(), "how many"),
        Column("last_result", pa.string(), "result code of the last one"),
        maybe("last_day", pa.date32(), "latest day of receipt that is known"),
        Column("position", pa.int64(), "of the last one, in the order of receipt"),
    ),
)

ANSWERS = TableSchema(
    name="answers",
    means="The answers that stand: one row a person and question.",
    unique=("person_id", "question"),
    columns=(
        Column("person_id", pa.string(), "whose answer it is"),
        Column("question", pa.string(), "id of the survey question"),
        Column("answer", pa.string(), "id of the response, or what was typed"),
    ),
)

SCORES = TableSchema(
    name="scores",
    means="Modelled scores: one row a person and score.",
    unique=("person_id", "score"),
    columns=(
        Column("person_id", pa.string(), "as in people"),
        Column("score", pa.string(), "its name: turnout"),
        Column("value", pa.float64(), "as the model gave it"),
    ),
)
