"""A hostile phone: each field of each kind of event, at its limits and far beyond.

The fields and their limits are read out of contract/event.schema.json, so a new field
is attacked from the day it is there. Whatever is sent: never a fault of ours, a receipt
for each entry, nothing in the log that the contract does not take, nothing of another
turf.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundgame.canvass import doors as state_of_doors
from groundgame.server.actions import intake, log, packets
from groundgame.server.store.models import Event, Packet, PacketStop, Quarantine
from tests.house.measure import HOUSE
from tests.server.phone import OTHER_DEVICE, Phone, boxed, sealed, uuid7

pytestmark = pytest.mark.django_db
CONTRACT = json.loads((HOUSE / "contract" / "event.schema.json").read_text("utf-8"))
# In ECMA-262, `$` is the very end; in Python it is that of the last line as well.
READER = Draft202012Validator(json.loads(json.dumps(CONTRACT).replace('$"', r'\\Z"')))
KINDS = {each["properties"]["kind"]["const"]: each for each in CONTRACT["oneOf"]}
FIELDS = [(kind, name) for kind, shape in KINDS.items() for name in shape["properties"]]
DEEP = json.loads('{"a":' * 12 + "1" + "}" * 12)
BEYOND = [
    *(None, True, False, 0, -1, 1.5, 2**53, -(2**53), 2**63, 10**40, 1e308),
    *("", " ", "\0", "a\0b", "\ud800", "\n", "\u202e", "x" * 70_000, "NaN"),
    *([], [[]], {}, {"a": 1}, {"": ""}, {"__proto__": "x"}, DEEP),
    *("'; drop table store_event", "<script>alert(1)</script>", "../../etc/passwd"),
    *("elm-door-12", "elm:elm-12-1", "oak-door-1", "oak:oak-1-1"),
]
STATUSES = {"kept", "repeat", "conflict", "quarantined"}


def whole(phone: Phone, kind: str) -> dict:
    """Return a right event of a kind."""
    said = phone.conversation()
    if kind == "withdrawal":
        return phone.withdrawal(of=said)
    base = {name: said[name] for name in ("id", "device", "seq", "packet", "at")}
    if kind == "access":
        building = phone.bundle["stops"][0]["building"]
        return base | {"kind": kind, "building": building, "says": {"buzzer": "2"}}
    return said if kind == "conversation" else base | {"kind": kind, "what": "start"}


def limits(name: str, shape: dict) -> list:
    """Return values at a field's limits and one beyond, as its schema has them."""
    rule = CONTRACT["properties"].get(name, {}) | (shape if shape is not True else {})
    found = []
    if "maxLength" in rule:
        most = rule["maxLength"]
        found += [
            "x" * most,
            "x" * (most + 1),
            "é" * most,
            "😀" * most,
            "😀" * (most + 1),
        ]
    found += [rule[end] + step for end in rule if end in LIMITS for step in (-1, 0, 1)]
    if rule.get("type") == "object":
        found += [{str(n): "x" for n in range(many)} for many in (0, 1, 50, 51, 1000)]
        found += [{"x" * 64: "y" * 500}, {"x" * 65: "y"}, {"x": "y" * 501}]
    return found


LIMITS = ("minimum", "maximum")


def entry(phone: Phone, event: dict, *, box: bool) -> dict:
    """Return an event with its right hash, if it can have one; in a box or open."""
    try:
        return boxed(event, phone.bundle["seal"]) if box else sealed(event)
    except (ValueError, RecursionError):
        return {"event": event, "sha256": "0" * 64}


def counts_only_what_may(phone: Phone, sent: list[dict]) -> None:
    """Hold the log to the contract: each event in it was sent, and is one."""
    right = {json.dumps(each, sort_keys=True) for each in sent if READER.is_valid(each)}
    for body in log.counted().values_list("body", flat=True):
        assert json.dumps(json.loads(body), sort_keys=True) in right
    ours = set(
        PacketStop.objects.filter(packet=phone.packet).values_list("door", flat=True)
    )
    assert state_of_doors(log.entries([phone.packet])).keys() <= ours


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_field_at_its_limits_and_beyond_is_taken_in_and_counts_for_nothing_wrong(
    kind, name, phone, oak_packet
):
    """A receipt for each; what breaks the contract waits, and says why."""
    before = Event.objects.count()
    shape = KINDS[kind]["properties"][name]
    values = [*limits(name, shape), *BEYOND, phone.packet, str(oak_packet.id)]
    sent = [whole(phone, kind) | {name: value} for value in values]
    missing = whole(phone, kind)
    missing.pop(name, None)
    sent.append(missing)

    answer = phone.post(
        [entry(phone, each, box=n % 2 == 0) for n, each in enumerate(sent)]
    )

    assert answer.status_code == 200, answer.content[:300]
    receipts = answer.json()["receipts"]
    assert len(receipts) == len(sent)
    assert {each["status"] for each in receipts} <= STATUSES
    assert Event.objects.count() > before
    for event, receipt in zip(sent, receipts, strict=True):
        if not READER.is_valid(event):
            assert (receipt["status"], bool(receipt["reason"])) in WAITS, event
    counts_only_what_may(phone, sent)
    assert Quarantine.objects.filter(says="").count() == 0


WAITS = {("quarantined", True), ("conflict", True), ("repeat", False)}


anything = st.recursive(
    st.sampled_from(BEYOND[:24]) | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner)
    ),
    max_leaves=8,
)
LABEL = ("id", "packet", "seq", "key", "box", "sha256", "event")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(LABEL), anything, max_size=7) | anything,
        max_size=5,
    )
)
def test_whatever_a_batch_holds_it_gets_a_receipt_each(phone, entries):
    """Boxes that are none, labels without boxes, lists: never a fault of ours."""
    answer = phone.client.post(
        "/api/events",
        json.dumps({"device": phone.device, "events": entries}),
        "application/json",
        headers=phone.headers,
    )

    if answer.status_code == 200:
        assert len(answer.json()["receipts"]) == len(entries)
        assert log.entries([phone.packet]) == []
    else:
        assert answer.status_code in {400, 422}, answer.content[:300]


def test_a_stolen_code_opens_its_own_turf_while_it_is_in_hand_and_nothing_else(
    world, phone, packet
):
    """A thief with the sheet is one phone more, and goes when it is taken back."""
    thief = Phone(device=OTHER_DEVICE)
    assert thief.claim(packet.code, "Nobody").status_code == 200
    second = packets.hand_out(turf=world.turfs[1], by=world.alice)
    assert thief.fetch(str(second.id)).status_code == 403
    named = Packet.objects.get(pk=packet.id).claims.values_list("name", flat=True)
    assert sorted(named) == ["Ana", "Nobody"]

    packets.take_back(packet=packet.id, by=world.alice)

    assert thief.fetch().status_code == 410
    assert Phone(device=uuid7(9)).claim(packet.code).status_code == 410
    forged = thief.conversation(device=phone.device, seq=2**53 - 1)
    answer = thief.send(forged).json()
    assert (answer["high_water"], answer["missing"]) == (0, [])


def test_a_replayed_session_changes_nothing_whoever_plays_it(phone, other_phone):
    """Word for word, by its own token or another's: repeats, and the same log."""
    said = [sealed(phone.conversation()) for _ in range(5)]
    phone.post(said)
    before = list(Event.objects.order_by("pk").values_list("pk", "sha256"))

    for player in (phone, other_phone):
        for times in (1, 3):
            receipts = player.post(said * times, device=phone.device).json()["receipts"]
            assert {each["status"] for each in receipts} == {"repeat"}

    assert list(Event.objects.order_by("pk").values_list("pk", "sha256")) == before


def test_a_packet_that_was_edited_on_the_phone_reaches_no_other_door(phone, oak_packet):
    """Doors, buildings, people that were put into it: what is said of them waits."""
    foreign = PacketStop.objects.filter(packet=oak_packet.id).first()
    inserted = [
        phone.conversation(door=foreign.door),
        phone.conversation(door="elm-door-12", person="elm:elm-12-1"),
        phone.conversation(person="oak:oak-1-1", result="do_not_contact"),
        phone.conversation(packet=str(oak_packet.id), door=foreign.door),
        whole(phone, "access") | {"building": foreign.building},
    ]

    receipts = phone.post([sealed(each) for each in inserted]).json()["receipts"]

    assert {each["status"] for each in receipts} == {"quarantined"}
    assert log.entries([phone.packet]) == log.entries([oak_packet.id]) == []
    assert "Oakcanary" not in phone.fetch().content.decode()


def test_an_intake_that_skips_the_contract_is_noticed(phone, oak_packet, monkeypatch):
    """The look at the log can fail: with no objection to anything, it does."""
    fired = []
    monkeypatch.setattr(
        intake.Intake, "_objection", lambda _, event: fired.append(event)
    )

    with pytest.raises((AssertionError, KeyError)):
        test_a_field_at_its_limits_and_beyond_is_taken_in_and_counts_for_nothing_wrong(
            kind="conversation",
            name="door",
            phone=phone,
            oak_packet=oak_packet,
        )

    assert None in fired
