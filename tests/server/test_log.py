"""The conversation log on the server: its guarantees, and bugs that would break them.

Each guarantee is a function that takes phones and checks one promise. It must hold of
the server as it is, and must fail for each bug planted beside it.
"""

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db.models import Max
from django.utils import timezone

from groundgame import errors
from groundgame.canvass import doors as state_of_doors
from groundgame.server.actions import (
    arrivals,
    audit,
    events,
    intake,
    log,
    packets,
    together,
    tokens,
)
from groundgame.server.store.models import Event, Packet, PacketReturn, Quarantine

pytestmark = pytest.mark.django_db


def statuses(response) -> list[str]:
    """Return the status of each receipt."""
    assert response.status_code == 200, response.content
    return [receipt["status"] for receipt in response.json()["receipts"]]


def what_is_acknowledged_is_in_the_book(phone, _other):
    """A phone deletes what a receipt names, so the receipt must be true."""
    said = [phone.conversation(), phone.conversation(result="canvassed")]

    assert statuses(phone.send(*said)) == ["kept", "kept"]
    kept = Event.objects.order_by("position").values_list("event", flat=True)
    assert list(kept) == [event["id"] for event in said]
    assert audit.verify_chain().whole
    last = audit.AuditLink.objects.latest("n")
    assert (last.verb, last.details["events"]) == ("receive events", 2)


def a_repeat_changes_nothing(phone, _other):
    """A reply that was lost on the way back may be asked for again."""
    said = phone.conversation()

    assert statuses(phone.send(said)) == ["kept"]
    assert statuses(phone.send(said)) == ["repeat"]
    assert statuses(phone.send(said, said)) == ["repeat", "repeat"]
    assert Event.objects.count() == 1


def it_is_taken_in_after_the_packet_expired(phone, _other):
    """A phone that lay in a drawer for a month still gets its evening in."""
    expired = timezone.now() - timedelta(days=30)
    Packet.objects.filter(pk=phone.packet).update(expires=expired)

    assert phone.fetch().status_code == 410
    assert statuses(phone.send(phone.conversation())) == ["kept"]


def it_is_taken_in_after_the_turf_was_given_to_somebody_else(phone, _other):
    """Taking a packet back takes the doors away, not the conversations."""
    packet = Packet.objects.get(pk=phone.packet)
    packets.take_back(packet=packet.pk, by=packet.by)
    packets.hand_out(turf=packet.turf, by=packet.by)

    assert phone.fetch().status_code == 410
    assert statuses(phone.send(phone.conversation())) == ["kept"]


def a_batch_is_kept_whole_or_not_at_all(phone, _other):
    """When the audit link cannot be written, neither is the batch, nor acknowledged."""
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(audit, "seal", _full_disk)
        assert phone.send(phone.conversation(), phone.conversation()).status_code == 500
    assert Event.objects.count() == 0


def a_conflict_keeps_both(phone, _other):
    """Same id, other content: nobody's words are written over."""
    said = phone.conversation(note="first")

    assert statuses(phone.send(said)) == ["kept"]
    assert statuses(phone.send(said | {"note": "second"})) == ["conflict"]
    assert statuses(phone.send(said | {"note": "second"})) == ["conflict"]
    bodies = Event.objects.order_by("position").values_list("body", flat=True)
    assert ["first" in body for body in bodies] == [True, False]
    (held,) = [entry.event for entry in log.entries([phone.packet])]
    assert held.note == "first"


def receipts_echo_what_was_sent(phone, _other):
    """In the order and the very letters of the batch, whatever nonsense it holds."""
    good = phone.conversation()
    entries = [
        {"event": {"id": "not a uuid"}, "sha256": "ABC"},
        {"event": good, "sha256": "F" * 64},
        5,
        {"event": {"id": ["x"]}},
    ]

    receipts = phone.post(entries).json()["receipts"]

    assert [(each["id"], each["sha256"]) for each in receipts] == [
        ("not a uuid", "ABC"),
        (good["id"], "F" * 64),
        (None, None),
        (["x"], None),
    ]
    assert {each["status"] for each in receipts} == {"quarantined"}


def what_cannot_count_is_kept_for_an_organizer(phone, other):
    """Another turf's door, another packet, an unknown device: kept, with a reason."""
    stray = phone.conversation(device="018f0000-0000-7000-8000-00000000000c")
    said = [
        phone.conversation(door="elm-door-12"),
        phone.conversation(packet="00000000-0000-4000-8000-000000000000"),
        stray,
        phone.conversation(result="WRONG"),
    ]

    assert statuses(phone.send(*said)) == ["quarantined"] * 4
    reasons = Quarantine.objects.order_by("event").values_list("reason", flat=True)
    assert list(reasons) == ["door", "packet", "device", "malformed"]
    assert log.entries([phone.packet]) == []
    assert statuses(phone.send(*said)) == ["quarantined"] * 4
    assert Event.objects.count() == 4


def the_server_says_what_is_missing(phone, _other):
    """If a browser throws its storage away, the app can say what was lost."""
    said = [phone.conversation() for _ in range(5)]

    assert phone.send(said[0], said[3]).json()["missing"] == [2, 3]
    answer = phone.send(said[4]).json()
    assert (answer["high_water"], answer["missing"]) == (5, [2, 3])
    answer = phone.send(said[1], said[2]).json()
    assert (answer["high_water"], answer["missing"]) == (5, [])


def another_phone_cannot_move_its_high_water(phone, other):
    """Else a phone would number its next entry beyond any end, and lose it."""
    phone.send(phone.conversation())
    forged = other.conversation(device=phone.device, seq=2**53 - 1)

    assert statuses(other.send(forged)) == ["kept"]
    answer = phone.send(phone.conversation()).json()
    assert (answer["high_water"], answer["missing"]) == (2, [])


def nobody_speaks_for_who_is_not_behind_the_door(phone, _other):
    """Nobody of another turf can be made to ask for silence, or to say anything."""
    elsewhere = phone.conversation(person="elm:elm-12-1", result="do_not_contact")
    next_door = phone.conversation(person="elm:elm-2-1")

    assert statuses(phone.send(elsewhere, next_door)) == ["quarantined"] * 2
    reasons = Quarantine.objects.values_list("reason", flat=True)
    assert list(reasons) == ["door", "door"]


def a_number_that_is_no_count_is_seen_at_once(phone, _other):
    """A fraction as a sequence number is set aside, and nobody waits for it."""
    said = phone.conversation(seq=1.5)

    assert statuses(phone.send(said)) == ["quarantined"]


def receipt_orders_and_clocks_do_not(phone, other):
    """The phone whose clock says 1970 spoke last, so what it says holds."""
    phone.send(phone.conversation(result="not_home", at=9_000_000_000_000))
    other.send(other.conversation(result="canvassed", at=-1))

    assert state_of_doors(log.entries([phone.packet])) == {phone.door: "canvassed"}


def an_undo_undoes(phone, _other):
    """What was withdrawn holds no longer, whichever of the two arrives first."""
    said = phone.conversation()

    assert statuses(phone.send(phone.withdrawal(of=said))) == ["kept"]
    assert statuses(phone.send(said)) == ["kept"]
    assert state_of_doors(log.entries([phone.packet])) == {}


GUARANTEES = [
    what_is_acknowledged_is_in_the_book,
    a_repeat_changes_nothing,
    it_is_taken_in_after_the_packet_expired,
    it_is_taken_in_after_the_turf_was_given_to_somebody_else,
    a_batch_is_kept_whole_or_not_at_all,
    a_conflict_keeps_both,
    receipts_echo_what_was_sent,
    what_cannot_count_is_kept_for_an_organizer,
    the_server_says_what_is_missing,
    another_phone_cannot_move_its_high_water,
    nobody_speaks_for_who_is_not_behind_the_door,
    a_number_that_is_no_count_is_seen_at_once,
    receipt_orders_and_clocks_do_not,
    an_undo_undoes,
]


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_the_log_keeps_its_promises(guarantee, phone, other_phone):
    """Each guarantee of the log holds."""
    guarantee(phone, other_phone)


@dataclass
class Bug:
    """A fault planted in one function; it notes when it went off."""

    place: object
    name: str
    breaks: object
    fired: list = field(default_factory=list)

    def planted(self, fault):
        """Return the faulty function."""
        original = getattr(self.place, self.name)

        def faulty(*args, **kwargs):
            return fault(self, original, *args, **kwargs)

        return faulty


def _full_disk(*_):
    raise OSError("no space left on device")


def _not_written(bug, _original, _intake):
    bug.fired.append("nothing was written")


def _nothing_seen(bug, original, *args):
    known = original(*args)
    bug.fired.append("no dedupe")
    known.seen.clear()
    known.ids.clear()
    return known


def _refused_when_out_of_hand(bug, original, token):
    claim = original(token)
    if not claim.packet.in_hand(timezone.now()):
        bug.fired.append("refused")
        raise errors.ExpiredCode
    return claim


def _refused_when_taken_back(bug, original, token):
    claim = original(token)
    if PacketReturn.objects.filter(packet=claim.packet).exists():
        bug.fired.append("refused")
        raise errors.NotYours
    return claim


def _written_over(bug, original, intake, sent):
    known = Event.objects.filter(event=sent.id).first()
    if known is None:
        return original(intake, sent)
    bug.fired.append("written over")
    known.body = sent.body
    known.save()
    return "conflict", "written over"


def _receipt_of_its_own_making(bug, original, intake, sent):
    receipt = original(intake, sent)
    bug.fired.append("another hash")
    return type(receipt)(sent.id, sent.sha256, receipt.status, receipt.reason)


def _dropped(bug, original, intake, sent):
    if intake._objection(sent.event) is None:
        return original(intake, sent)
    bug.fired.append("dropped")
    return "quarantined", "dropped"


def _by_anybody(bug, _original, devices):
    bug.fired.append("forged")
    found = Event.objects.filter(device__in=devices).values_list("device")
    return {device: (top, []) for device, top in found.annotate(Max("seq"))}


def _anybody_behind(bug, original, intake, event):
    reason = original(intake, event)
    if reason == "door":
        bug.fired.append("let in")
        return None
    return reason


def _no_gaps(bug, original, devices):
    bug.fired.append("no gaps")
    return {device: (top, []) for device, (top, _) in original(devices).items()}


def _by_the_devices_clock(bug, original, packet_ids):
    bug.fired.append("sorted by clock")
    found = original(packet_ids)
    return [type(each)(each.event, each.event.at + 10**13) for each in found]


def _undo_is_no_event(bug, original, raw, *hashes):
    found = original(raw, *hashes)
    if isinstance(raw, dict) and raw.get("kind") == "withdrawal":
        bug.fired.append("undo refused")
        return arrivals.Malformed("no undo here")
    return found


def _commits_each_row(bug, _original, **_):
    bug.fired.append("no transaction")
    return nullcontext()


BUGS = [
    (intake, "write", _not_written, what_is_acknowledged_is_in_the_book),
    (intake.Known, "of", _nothing_seen, a_repeat_changes_nothing),
    (
        tokens,
        "sender_of",
        _refused_when_out_of_hand,
        it_is_taken_in_after_the_packet_expired,
    ),
    (
        tokens,
        "sender_of",
        _refused_when_taken_back,
        it_is_taken_in_after_the_turf_was_given_to_somebody_else,
    ),
    (intake.Intake, "_keep", _written_over, a_conflict_keeps_both),
    (intake.Intake, "take", _receipt_of_its_own_making, receipts_echo_what_was_sent),
    (intake.Intake, "_keep", _dropped, what_cannot_count_is_kept_for_an_organizer),
    (events, "_gaps", _no_gaps, the_server_says_what_is_missing),
    (events, "_gaps", _by_anybody, another_phone_cannot_move_its_high_water),
    (
        intake.Intake,
        "_objection",
        _anybody_behind,
        nobody_speaks_for_who_is_not_behind_the_door,
    ),
    (log, "entries", _by_the_devices_clock, receipt_orders_and_clocks_do_not),
    (arrivals, "read", _undo_is_no_event, an_undo_undoes),
    (
        together.transaction,
        "atomic",
        _commits_each_row,
        a_batch_is_kept_whole_or_not_at_all,
    ),
]


@pytest.mark.parametrize(
    ("place", "name", "fault", "guarantee"),
    BUGS,
    ids=[fault.__name__.strip("_") for _, _, fault, _ in BUGS],
)
def test_a_planted_bug_is_caught(
    place, name, fault, guarantee, phone, other_phone, monkeypatch
):
    """The guarantee fails while the bug is there, and because of it."""
    bug = Bug(place, name, guarantee)
    monkeypatch.setattr(place, name, bug.planted(fault))

    with pytest.raises((AssertionError, errors.GroundgameError)):
        guarantee(phone, other_phone)

    assert bug.fired
