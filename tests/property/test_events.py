"""Laws of what arrives from phones: nothing can stop it, nothing of it is lost."""

import hashlib
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundgame.canvass import Conversation, read
from groundgame.server.actions.arrivals import arrival, reread
from tests.house.measure import HOUSE
from tests.server.phone import DEVICE, sealed

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["\ud800", "\0", "id", "7" * 5000])
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
FIELDS = ("id", "device", "seq", "packet", "kind", "at", "door", "note", "answers")
nearly_events = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, anything))


@st.composite
def events(draw):
    """Return an event that a phone could have written."""
    seq = draw(st.integers(1, 2**53 - 1))
    return {
        "id": f"018f0000-0000-7000-8000-{draw(st.integers(0, 2**48 - 1)):012x}",
        "device": DEVICE,
        "seq": seq,
        "packet": "00000000-0000-4000-8000-000000000000",
        "kind": "conversation",
        "at": draw(st.integers(-(2**53) + 1, 2**53 - 1)),
        "door": draw(st.text("abcdef0123456789", min_size=1, max_size=64)),
        "person": draw(st.none() | st.text("abc:", max_size=20)),
        "result": "not_home",
        "script": "listening-1",
        "answers": {},
        "note": draw(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                max_size=50,
            )
        ),
    }


@given(anything | st.fixed_dictionaries({"event": nearly_events, "sha256": anything}))
def test_nothing_that_is_sent_can_stop_a_batch(entry):
    """Whatever JSON can hold: it becomes a row, and its text can be read again."""
    found = arrival(entry)

    assert len(found.id) <= 64
    assert found.sha256 == hashlib.sha256(found.body.encode()).hexdigest()
    assert "\0" not in found.body + found.entry
    assert json.loads(found.entry) == entry or "e+" in found.entry
    json.loads(found.body)


@given(events())
def test_an_event_is_kept_in_the_very_form_it_was_hashed_in(event):
    """What is in the book has the hash that the phone sent, and reads back the same."""
    sent = sealed(event)

    found = arrival(sent)

    assert found.problem == ""
    assert found.sha256 == sent["sha256"]
    assert json.loads(found.body) == event
    assert reread(found.body) == found.event == found.said


@given(events(), st.sampled_from("0123456789abcdef"), st.integers(0, 63))
def test_a_wrong_hash_is_never_taken_for_a_right_one(event, digit, place):
    """One digit off, and the event waits; what it says is known all the same."""
    sent = sealed(event)
    wrong = sent["sha256"][:place] + digit + sent["sha256"][place + 1 :]
    if wrong == sent["sha256"]:
        return

    found = arrival(sent | {"sha256": wrong})

    assert found.event is None
    assert found.said is not None
    assert "hash" in found.problem


# In ECMA-262, `$` is the very end; in Python it is that of the last line as well.
CONTRACT = (HOUSE / "contract" / "event.schema.json").read_text("utf-8")
OTHER_READER = Draft202012Validator(json.loads(CONTRACT.replace('$"', r'\\Z"')))
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=70)
values = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)  # beyond, there is no canonical form
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
    | st.dictionaries(texts, texts | st.integers(-9, 9), max_size=3)
    | st.sampled_from(["canvassed\n", "x" * 2001, "pt-BR", "2026-11-03T18:30\n"])
    | st.fixed_dictionaries({"name": texts}, optional={"age": st.integers(-1, 131)})
)
changes = st.dictionaries(
    st.sampled_from(
        (*FIELDS, "person", "result", "script", "language", "again", "added", "of")
    ),
    values,
    max_size=2,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(events(), changes)
def test_the_compiled_reader_takes_what_another_reader_of_the_contract_takes(
    event, change
):
    """Two implementations of JSON Schema agree on every event, nearly right or not."""
    nearly = event | change

    found = read(nearly, sealed(nearly)["sha256"])

    assert isinstance(found, Conversation) == OTHER_READER.is_valid(nearly)
