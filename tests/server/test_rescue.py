"""A rescue file: taken in as if the phone had sent it, and by the same rules.

Each guarantee is a function that takes the world and a phone; it must hold of the
server as it is, and must fail for each bug planted beside it.
"""

import json
from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError

from groundgame import errors
from groundgame.server.actions import (
    arrivals,
    audit,
    intake,
    log,
    packets,
    people,
    quarantine,
    rescue,
    results,
)
from groundgame.server.actions.rescue import Rescued
from groundgame.server.store.models import (
    AuditLink,
    Chapter,
    Claim,
    Event,
    Packet,
    Quarantine,
)
from tests.server.phone import DEVICE, OTHER_DEVICE, Phone, sealed
from tests.server.test_log import Bug, statuses

pytestmark = pytest.mark.django_db
NOWHERE = "00000000-0000-4000-8000-000000000000"
NOTHING = Rescued(kept=0, repeat=0, conflict=0, quarantined=0, elsewhere=0)


def saved(*events, device=DEVICE, entries=(), **changes) -> bytes:
    """Return a rescue file as the phone writes it; `entries` go in as they are."""
    listed = [*(sealed(event) for event in events), *entries]
    file = {"format": 1, "device": device, "events": listed} | changes
    return f"{json.dumps(file, indent=1, ensure_ascii=False)}\n".encode()


def two(phone) -> list[dict]:
    """Return two conversations that a phone could not send."""
    return [phone.conversation(note="¿mañana?"), phone.conversation(result="canvassed")]


def what_is_taken_in_is_in_the_book_and_in_the_audit_log(world, phone):
    """It counts under the phone's own claim, and who took it in is written down."""
    said = two(phone)

    assert rescue.take_in(file=saved(*said), by=world.bob) == replace(NOTHING, kept=2)
    rows = Event.objects.order_by("position")
    assert [row.event for row in rows] == [event["id"] for event in said]
    assert {row.claim for row in rows} == {Claim.objects.get()}
    assert len(log.entries([phone.packet])) == 2
    last = AuditLink.objects.latest("n")
    assert (last.actor, last.verb) == (f"user:{world.bob.pk}", "take in rescue file")
    assert (last.subject, last.details["events"]) == (f"packet:{phone.packet}", 2)
    assert audit.verify_chain().whole


def the_same_file_twice_doubles_nothing(world, phone):
    """Alice takes it in, and Bob, who did not know: nothing is there twice."""
    stray = phone.conversation(door="elm-door-12")
    file = saved(*two(phone), stray)

    first = rescue.take_in(file=file, by=world.alice)
    links = AuditLink.objects.count()
    again = rescue.take_in(file=file, by=world.bob)

    assert first == replace(NOTHING, kept=2, quarantined=1)
    assert again == replace(NOTHING, repeat=2, quarantined=1)
    assert (Event.objects.count(), AuditLink.objects.count()) == (3, links)


def the_phone_that_sends_later_is_told_that_it_is_safe(world, phone):
    """A day later there is a signal: every entry is a repeat, and none is missing."""
    said = two(phone)
    rescue.take_in(file=saved(*said), by=world.alice)

    answer = phone.send(*said)

    assert statuses(answer) == ["repeat", "repeat"]
    assert (answer.json()["high_water"], answer.json()["missing"]) == (2, [])
    assert Event.objects.count() == 2


def what_the_phone_sent_before_is_there_already(world, phone):
    """A phone that sent one of two, and saved both: one is new."""
    said = two(phone)
    phone.send(said[0])

    became = rescue.take_in(file=saved(*said), by=world.alice)

    assert became == replace(NOTHING, kept=1, repeat=1)
    assert Event.objects.count() == 2


def an_entry_that_was_edited_by_hand_does_not_count(world, phone):
    """Its hash is wrong; it waits, and what the phone wrote counts when it comes."""
    true = phone.conversation(result="refused")
    edited = sealed(true) | {"event": true | {"result": "canvassed"}}

    became = rescue.take_in(file=saved(entries=[edited]), by=world.alice)

    assert became == replace(NOTHING, quarantined=1)
    assert Quarantine.objects.get().says == "the hash is not that of the content"
    assert log.entries([phone.packet]) == []
    assert statuses(phone.send(true)) == ["kept"]


def another_chapters_entries_are_not_taken_in(world, phone):
    """Charlie's packet and one that there never was are answered alike."""
    oak = Packet.objects.exclude(pk=phone.packet).get()
    file = saved(
        phone.conversation(packet=str(oak.pk), door="oak-door-1"),
        phone.conversation(packet=NOWHERE),
        phone.conversation(packet="?"),
        phone.conversation(),
        entries=[5, {}, {"event": None}],
    )
    links = AuditLink.objects.count()

    became = rescue.take_in(file=file, by=world.charlie)
    assert became == replace(NOTHING, quarantined=1, elsewhere=6)
    assert Quarantine.objects.get().reason == "device"
    became = rescue.take_in(file=file, by=world.alice)
    assert became == replace(NOTHING, kept=1, elsewhere=6)

    here = Event.objects.filter(chapter=world.elm)
    assert [str(event.packet_id) for event in here] == [phone.packet]
    assert AuditLink.objects.count() == links + 2


def half_a_file_changes_nothing(world, phone):
    """A message that broke off on the way is refused; the whole one can still come."""
    whole = saved(*two(phone))
    links = AuditLink.objects.count()

    for upto in range(0, len(whole.rstrip()), 40):
        with pytest.raises(errors.NoRescueFile):
            rescue.take_in(file=whole[:upto], by=world.alice)

    assert (Event.objects.count(), AuditLink.objects.count()) == (0, links)
    assert rescue.take_in(file=whole, by=world.alice).kept == 2


def a_full_disk_in_the_midst_leaves_nothing(world, phone):
    """Two packets in a file: when the second cannot be written, nothing is."""
    second = packets.hand_out(turf=world.turfs[1], by=world.alice)
    there = phone.conversation(packet=str(second.id), door="elm-door-7")
    links = AuditLink.objects.count()
    seal = audit.seal

    def full(link):
        if link.subject == f"packet:{second.id}":
            raise OSError("no space left on device")
        return seal(link)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(audit, "seal", full)
        with pytest.raises(OSError, match="no space"):
            rescue.take_in(file=saved(phone.conversation(), there), by=world.alice)

    assert (Event.objects.count(), AuditLink.objects.count()) == (0, links)


def a_phone_that_never_loaded_the_packet_waits(world, phone):
    """Nobody's claim is borrowed for it; once let in, it is of an unknown phone."""
    stray = Phone(device=OTHER_DEVICE, packet=phone.packet, door=phone.door)
    file = saved(stray.conversation(), device=OTHER_DEVICE)

    assert rescue.take_in(file=file, by=world.alice).quarantined == 1
    (row,) = quarantine.quarantined(seen_by=world.alice)
    assert (row.reason, row.canvasser) == ("device", "an unknown phone")
    assert Event.objects.get().claim is None
    quarantine.release(event=row.position, sha256=row.sha256, by=world.alice)
    (line,) = results.conversations(cut=world.cut.pk, seen_by=world.alice)
    assert line.canvasser == "an unknown phone"


GUARANTEES = [
    what_is_taken_in_is_in_the_book_and_in_the_audit_log,
    the_same_file_twice_doubles_nothing,
    the_phone_that_sends_later_is_told_that_it_is_safe,
    what_the_phone_sent_before_is_there_already,
    an_entry_that_was_edited_by_hand_does_not_count,
    another_chapters_entries_are_not_taken_in,
    half_a_file_changes_nothing,
    a_full_disk_in_the_midst_leaves_nothing,
    a_phone_that_never_loaded_the_packet_waits,
]


@pytest.mark.usefixtures("oak_packet")
@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_a_rescue_file_keeps_the_promises_of_the_log(guarantee, world, phone):
    """Each guarantee holds."""
    guarantee(world, phone)


@pytest.mark.usefixtures("oak_packet")
@pytest.mark.parametrize("name", ["cass", "anonymous"])
def test_whoever_organizes_nothing_takes_nothing_in(world, phone, name):
    """Cass hands her file to an organizer; a stranger finds nothing here."""
    by = AnonymousUser() if name == "anonymous" else world.cass
    with pytest.raises(errors.NotYours):
        rescue.take_in(file=saved(*two(phone)), by=by)
    assert Event.objects.count() == 0


NO_FILES = [
    pytest.param(b"", "some other file", id="empty"),
    pytest.param(b"\x89PNG\r\n\x1a\n", "some other file", id="a photograph"),
    pytest.param(b"[" * 100_000, "some other file", id="nested without end"),
    pytest.param(b"9" * 5_000, "some other file", id="a number without end"),
    pytest.param(b"[]", "does not say its format", id="a list"),
    pytest.param(b"{}", "does not say its format", id="an empty object"),
    pytest.param(saved(format=2), "not of format 1", id="another format"),
    pytest.param(saved(format=True), "not of format 1", id="a format that is true"),
    pytest.param(saved(device="?"), "'device'", id="no device"),
    pytest.param(saved(events={}), "'events'", id="events that are no list"),
    pytest.param(saved(entries=[0] * 10_001), "10,001 events", id="too many"),
    pytest.param(b" " * (5 * 2**20 + 1), "larger than 5 MiB", id="too large"),
]


@pytest.mark.parametrize(("file", "says"), NO_FILES)
def test_what_is_no_rescue_file_is_refused_with_the_reason(world, file, says):
    """The wrong attachment costs nothing, and one knows what was wrong with it."""
    with pytest.raises(errors.NoRescueFile, match=says):
        rescue.take_in(file=file, by=world.alice)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("depth", range(900, 1000, 7))
def test_an_entry_may_be_nested_as_deep_as_it_will(world, phone, depth):
    """It is refused or it waits; no screen breaks on it afterwards."""
    entry = {"event": {"packet": phone.packet, "note": "HERE", "seq": float("nan")}}
    deep = b"[" * depth + b"]" * depth
    file = saved(entries=[entry]).replace(b'"HERE"', deep)
    try:
        rescue.take_in(file=file, by=world.alice)
    except errors.NoRescueFile:
        assert Event.objects.count() == 0
    else:
        (row,) = quarantine.quarantined(seen_by=world.alice)
        assert not row.releasable


def test_a_file_that_notepad_saved_again_is_the_same_file(world, phone):
    """A mark at the start and other line ends are no other words."""
    touched = b"\xef\xbb\xbf" + saved(*two(phone)).replace(b"\n", b"\r\n")

    assert rescue.take_in(file=touched, by=world.alice).kept == 2


def _nothing_seen(bug, original, *args):
    known = original(*args)
    bug.fired.append("no dedupe")
    known.seen.clear()
    known.ids.clear()
    return known


def _another_hash(bug, original, *sent):
    bug.fired.append("another hash")
    return replace(original(*sent), sha256="0" * 64)


def _believes_any_hash(bug, original, raw, sha256, own=""):
    bug.fired.append("hash not looked at")
    return original(raw, own or sha256)


def _organizes_everything(bug, _original, _user):
    bug.fired.append("no fence")
    return list(Chapter.objects.values_list("pk", flat=True))


def _mends_what_broke_off(bug, original, file):
    try:
        return original(file)
    except errors.NoRescueFile:
        entries, entry_ends, _ = file.rpartition(b"\n  }")
        if not entry_ends:
            raise
        bug.fired.append("half a file")
        return original(entries + b"}]}")


def _packet_by_packet(bug, _original, **_):
    bug.fired.append("no transaction")
    return nullcontext()


def _borrows_a_claim(bug, original, *args):
    bug.fired.append("any claim will do")
    found = {(p, p.claims.first()): batch for (p, _), batch in original(*args).items()}
    return {key: batch for key, batch in found.items() if key[1]}


def _asks_no_device(bug, original, batch, event):
    reason = original(batch, event)
    if reason == Quarantine.Reason.DEVICE:
        bug.fired.append("any device")
        return None
    return reason


def _says_nothing(bug, _original, _links):
    bug.fired.append("no link")


BUGS = [
    (intake.Known, "of", _nothing_seen, the_same_file_twice_doubles_nothing),
    (intake.Known, "of", _nothing_seen, what_the_phone_sent_before_is_there_already),
    (
        rescue,
        "arrival",
        _another_hash,
        the_phone_that_sends_later_is_told_that_it_is_safe,
    ),
    (
        arrivals,
        "read",
        _believes_any_hash,
        an_entry_that_was_edited_by_hand_does_not_count,
    ),
    (
        people,
        "organizes",
        _organizes_everything,
        another_chapters_entries_are_not_taken_in,
    ),
    (rescue, "_read", _mends_what_broke_off, half_a_file_changes_nothing),
    (
        rescue.transaction,
        "atomic",
        _packet_by_packet,
        a_full_disk_in_the_midst_leaves_nothing,
    ),
    (
        rescue,
        "_batches",
        _borrows_a_claim,
        a_phone_that_never_loaded_the_packet_waits,
    ),
    (
        intake.Intake,
        "_objection",
        _asks_no_device,
        a_phone_that_never_loaded_the_packet_waits,
    ),
    (
        audit,
        "append",
        _says_nothing,
        what_is_taken_in_is_in_the_book_and_in_the_audit_log,
    ),
]


@pytest.mark.usefixtures("oak_packet")
@pytest.mark.parametrize(
    ("place", "name", "fault", "guarantee"),
    BUGS,
    ids=[f"{fault.__name__.strip('_')}-{n}" for n, (*_, fault, _) in enumerate(BUGS)],
)
def test_a_planted_bug_is_caught(
    place, name, fault, guarantee, world, phone, monkeypatch
):
    """The guarantee fails while the bug is there, and because of it."""
    bug = Bug(place, name, guarantee)
    monkeypatch.setattr(place, name, bug.planted(fault))

    failures = (
        AssertionError,
        errors.GroundgameError,
        DatabaseError,
        pytest.fail.Exception,
    )
    with pytest.raises(failures):
        guarantee(world, phone)

    assert bug.fired
