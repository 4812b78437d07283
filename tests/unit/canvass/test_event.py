"""Whatever arrives is an event, or is set aside with a reason; nothing is thrown."""

import json
import math

import pytest

from groundgame.canvass import Conversation, Malformed, canonical_sha256, event, read
from tests.unit.canvass.logs import event_id, talk, undo

LONG_AGO = "0" * 64


def nested(depth: int) -> list[object]:
    """Return a list in a list in a list."""
    inner: list[object] = []
    for _ in range(depth):
        inner = [inner]
    return inner


NO_EVENTS = [
    pytest.param(None, "not a JSON object", id="nothing"),
    pytest.param([talk()], "not a JSON object", id="a list"),
    pytest.param(json.dumps(talk()), "not a JSON object", id="a text"),
    pytest.param({}, "lacks a field", id="an empty object"),
    pytest.param(talk(note="a\0b"), "NUL", id="NUL"),
    pytest.param(talk(note="\ud83d"), "surrogate", id="half an emoji"),
    pytest.param(talk(answers={"\ud83d": ""}), "surrogate", id="in a key"),
    pytest.param(talk(at=math.nan), "not finite", id="NaN"),
    pytest.param(talk(at=-math.inf), "not finite", id="infinity"),
    pytest.param(talk(at=10**400), "'at'", id="a number beyond all others"),
    pytest.param(talk(seq=2**53), "'seq'", id="a seq that JavaScript rounds"),
    pytest.param(talk(seq=0), "'seq'", id="seq 0"),
    pytest.param(talk(seq=True), "'seq'", id="a seq that is true"),
    pytest.param(talk(seq=1.5), "'seq'", id="half a seq"),
    pytest.param(talk(note=None), "'note'", id="no note"),
    pytest.param(talk(note="x" * 2001), "'note'", id="a novel"),
    pytest.param(talk(note="x" * 10**6), "too large", id="a library"),
    pytest.param(talk(answers=nested(5)), "too deeply", id="deep"),
    pytest.param(talk(answers=nested(100_000)), "too deeply", id="very deep"),
    pytest.param(talk(answers=[1] * 10_000), "too large", id="wide"),
    pytest.param(talk(answers={"support": 2}), "'answers'", id="a number"),
    pytest.param(talk(answers={"a": {"b": "c"}}), "'answers'", id="a branch"),
    pytest.param(talk(answers=dict.fromkeys(map(str, range(51)), "")), "'answers'"),
    pytest.param(talk(result="Canvassed"), "'result'", id="capitals"),
    pytest.param(talk(result="canvassed\n"), "'result'", id="a line break"),
    pytest.param(talk(id="1"), "'id'", id="a short id"),
    pytest.param(talk(id=event_id(1).replace("-7", "-4")), "'id'", id="UUIDv4"),
    pytest.param(talk(id=event_id(1) + "\n"), "'id'", id="an id and a line break"),
    pytest.param(talk(kind="party"), "'kind'", id="an unknown kind"),
    pytest.param(talk(kind=[]), "'kind'", id="a kind that is a list"),
    pytest.param(talk(kind="withdrawal"), "", id="a kind with other fields"),
    pytest.param(talk(extra=1), "does not know", id="an unknown field"),
    pytest.param(undo(2, of=1, note=""), "does not know", id="undo with a note"),
    pytest.param({**talk(), 1: 2}, "not text", id="a key that is a number"),
    pytest.param({**talk(), "at": object()}, "'at'", id="no JSON at all"),
]


@pytest.mark.parametrize(("raw", "reason"), NO_EVENTS)
def test_what_is_no_event_is_set_aside_with_its_reason(raw, reason):
    """Each breach has a reason that names the field, or what is wrong with it."""
    reading = read(raw, LONG_AGO)

    assert isinstance(reading, Malformed)
    assert reason in reading.reason


@pytest.mark.parametrize("field", sorted(talk()))
def test_no_field_may_be_missing(field):
    """An event that lacks any one of its fields is set aside."""
    raw = {name: value for name, value in talk().items() if name != field}

    assert isinstance(read(raw, canonical_sha256(raw)), Malformed)


@pytest.mark.parametrize(
    "claim", [None, 7, "", "0" * 63, LONG_AGO, "\ud83d" * 64, ["0" * 64]]
)
def test_a_claim_that_is_not_the_hash_is_set_aside(claim):
    """Content and hash belong together, or the event does not count."""
    reading = read(talk(), claim)

    assert isinstance(reading, Malformed)
    assert "hash" in reading.reason


def test_the_hash_is_written_in_small_letters():
    """Capitals are another text: a receipt echoes the hash exactly."""
    assert isinstance(read(talk(), canonical_sha256(talk()).upper()), Malformed)


def test_a_reason_repeats_nothing_of_what_was_sent():
    """Reasons end up in logs, and what people said must not."""
    private = "owes rent"
    for raw in (
        talk(note=private * 1000),
        talk(**{private: private}),
        talk(answers={private: 1}),
        talk(result=private),
        talk(kind=private),
    ):
        reading = read(raw, LONG_AGO)
        assert isinstance(reading, Malformed)
        assert private not in reading.reason


def test_the_largest_event_the_schema_allows_is_read():
    """The bounds of size never refuse what the schema lets through."""
    keys = [f"{number:02}".ljust(64, "é") for number in range(50)]
    raw = talk(answers=dict.fromkeys(keys, "🙂" * 500), note="\x01" * 2000)

    assert isinstance(read(raw, canonical_sha256(raw)), Conversation)


def test_one_written_as_1_point_0_is_one():
    """JSON has one kind of number; the hash of 1.0 is that of 1."""
    raw = talk(seq=1.0)

    reading = read(raw, canonical_sha256(talk(seq=1)))

    assert isinstance(reading, Conversation)
    assert isinstance(reading.seq, int)


def test_a_result_code_of_a_newer_phone_is_kept():
    """An old server must not refuse what a new phone knows."""
    raw = talk(result="left_with_neighbor")

    assert isinstance(read(raw, canonical_sha256(raw)), Conversation)


def test_an_event_cannot_be_changed():
    """The log is append-only: not even the answers of an event can be set."""
    reading = read(talk(), canonical_sha256(talk()))

    assert isinstance(reading, Conversation)
    with pytest.raises(TypeError):
        reading.answers["support"] = "1"  # type: ignore[index]


@pytest.mark.parametrize(
    ("check", "raw", "reason"),
    [
        pytest.param("_bounds", talk(answers=nested(9)), "deeply", id="no bounds"),
        pytest.param("_text", talk(note="a\0b"), "NUL", id="no look at texts"),
        pytest.param("_shape", talk(seq=0), "'seq'", id="no schema"),
    ],
)
def test_a_planted_bug_is_seen(monkeypatch, check, raw, reason):
    """Leaving out any of the three checks lets something through, or says less."""
    fired = []
    claim = canonical_sha256(raw)
    assert reason in read(raw, claim).reason
    monkeypatch.setattr(event, check, fired.append)

    reading = read(raw, claim)

    assert not isinstance(reading, Malformed) or reason not in reading.reason
    assert fired


def test_what_no_json_can_hold_has_a_reason_too():
    """Python's own tools may hand in a number that JSON cannot write."""
    for raw in (talk(at=object()), talk(**{"owes rent": object()})):
        reading = read(raw, LONG_AGO)
        assert isinstance(reading, Malformed)
        assert "no JSON" in reading.reason
        assert "rent" not in reading.reason
