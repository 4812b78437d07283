"""What phones seal: only its chapter's server opens it, and then the log's rules hold.

Each guarantee is a function that takes the world and a phone; it must hold of the
server as it is, and must fail for each bug planted beside it.
"""

import base64
from dataclasses import replace

import pytest

from groundgame.canvass import box
from groundgame.server.actions import arrivals, audit, log, rescue, seals
from groundgame.server.store.models import Event, Quarantine, SealKey
from tests.server.phone import OTHER_DEVICE, Phone, boxed
from tests.server.test_log import Bug, statuses
from tests.server.test_rescue import NOTHING, saved, two

pytestmark = pytest.mark.django_db
FRESH = b"\x07" * 32


def a_box_counts_as_what_lies_in_it(_world, phone):
    """Sealed once, sealed again, or open as an old phone sends it: one event."""
    said = phone.conversation(result="canvassed", note="¿mañana?")

    assert statuses(phone.post(phone.seal(said))) == ["kept"]
    assert statuses(phone.post(phone.seal(said))) == ["repeat"]
    assert statuses(phone.send(said)) == ["repeat"]
    (held,) = log.entries([phone.packet])
    assert held.event.as_dict() == said
    answer = phone.post(phone.seal(phone.conversation())).json()
    assert (answer["high_water"], answer["missing"]) == (2, [])


def its_receipt_names_the_box(_world, phone):
    """The phone does not keep the hash of what it cannot read any more."""
    (sent,) = phone.seal(phone.conversation())

    (receipt,) = phone.post([sent]).json()["receipts"]

    assert (receipt["id"], receipt["sha256"]) == (sent["id"], sent["sha256"])
    assert Event.objects.get().sha256 != sent["sha256"]


def an_older_key_opens_what_it_sealed(world, phone):
    """A phone that lay in a drawer through two new keys still gets its evening in."""
    sent = phone.seal(phone.conversation())
    for _ in range(2):
        seals.renew(chapter=world.elm, by="host")

    assert phone.fetch().json()["seal"]["key"] != sent[0]["key"]
    assert statuses(phone.post(sent)) == ["kept"]
    phone.bundle = phone.fetch().json()
    assert statuses(phone.post(phone.seal(phone.conversation()))) == ["kept"]


def no_answer_holds_a_private_key(world, phone):
    """A phone is told the public half, and the audit log the name."""
    seals.renew(chapter=world.elm, by="host")
    answers = (
        phone.fetch().content + phone.post(phone.seal(phone.conversation())).content
    )

    assert set(phone.fetch().json()["seal"]) == {"key", "public"}
    assert SealKey.objects.count() == 2
    for row in SealKey.objects.all():
        for form in (bytes.hex, base64.b64encode, base64.urlsafe_b64encode):
            letters = form(bytes(row.private))
            secret = letters.encode() if isinstance(letters, str) else letters
            assert secret.rstrip(b"=") not in answers
    last = audit.AuditLink.objects.filter(verb="new seal key").latest("n")
    assert set(last.details) == {"key"}


def another_chapters_key_opens_nothing(world, phone):
    """Nobody seals for Oak what Elm is to read, nor the other way round."""
    oaks = seals.current(world.oak.pk)

    sent = boxed(phone.conversation(), oaks)

    assert statuses(phone.post([sent])) == ["quarantined"]
    assert Quarantine.objects.get().says == "no key of this chapter opens the box"
    assert log.entries([phone.packet]) == []


def a_box_under_another_label_does_not_count(_world, phone):
    """It stays shut; one that was sealed under a false label opens, and is seen."""
    first, second = phone.conversation(), phone.conversation()
    (moved,) = phone.seal(first)
    moved |= {"id": second["id"], "seq": second["seq"]}
    forged = boxed(first, phone.bundle["seal"], id=second["id"])

    assert statuses(phone.post([moved, forged])) == ["quarantined"] * 2
    says = Quarantine.objects.order_by("event").values_list("says", flat=True)
    assert [text.split(",")[0] for text in says] == [
        "the box is damaged",
        "the box holds another event than is written on it",
    ]
    assert statuses(phone.post(phone.seal(first, second))) == ["kept"] * 2


def a_box_that_changed_on_its_way_is_seen(_world, phone):
    """Whoever claims another hash of it gets a receipt for that hash, and no more."""
    (sent,) = phone.seal(phone.conversation())

    assert statuses(phone.post([sent | {"sha256": "0" * 64}])) == ["quarantined"]
    assert Quarantine.objects.get().says == "the hash is not that of the box"


def a_rescue_file_of_boxes_is_taken_in(world, phone):
    """By an organizer of the chapter whose key opens them, and by nobody else."""
    file = saved(entries=phone.seal(*two(phone)))

    became = rescue.take_in(file=file, by=world.charlie)
    assert became == replace(NOTHING, elsewhere=2)
    became = rescue.take_in(file=file, by=world.alice)
    assert became == replace(NOTHING, kept=2)
    became = rescue.take_in(file=file, by=world.bob)
    assert became == replace(NOTHING, repeat=2)


GUARANTEES = [
    a_box_counts_as_what_lies_in_it,
    its_receipt_names_the_box,
    an_older_key_opens_what_it_sealed,
    no_answer_holds_a_private_key,
    another_chapters_key_opens_nothing,
    a_box_under_another_label_does_not_count,
    a_box_that_changed_on_its_way_is_seen,
    a_rescue_file_of_boxes_is_taken_in,
]


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_boxes_keep_their_promises(guarantee, world, phone):
    """Each guarantee of what is sealed holds."""
    guarantee(world, phone)


def _box_for_event(bug, original, entry, keys):
    bug.fired.append("the box itself is what counts")
    found = original(entry, keys)
    return replace(found, sha256=entry["sha256"])


def _own_receipt(bug, original, entry, keys):
    bug.fired.append("the receipt names the event")
    found = original(entry, keys)
    return replace(found, sent_sha256=found.sha256)


def _newest_only(bug, original, chapters, entries):
    bug.fired.append("old keys are thrown away")
    found = original(chapters, entries)
    last = SealKey.objects.filter(chapter__in=chapters).latest("pk")
    return {name: key for name, key in found.items() if name == last.name}


def _tells_all(bug, original, chapter):
    bug.fired.append("the private key is served")
    told = original(chapter)
    row = SealKey.objects.get(name=told["key"])
    return told | {"private": base64.urlsafe_b64encode(bytes(row.private)).decode()}


def _anybodys(bug, original, _chapters, entries):
    bug.fired.append("any chapter's key opens")
    return original(SealKey.objects.values_list("chapter", flat=True), entries)


def _no_keys(bug, _original, _chapters, _entries):
    bug.fired.append("boxes of files stay shut")
    return {}


def _believed(bug, original, entry, keys):
    bug.fired.append("the hash of the box is believed")
    found = original(entry, keys)
    return replace(found, event=found.said, problem="")


BUGS = [
    (arrivals, "_out_of_box", _box_for_event, a_box_counts_as_what_lies_in_it),
    (arrivals, "_out_of_box", _own_receipt, its_receipt_names_the_box),
    (seals, "keys", _newest_only, an_older_key_opens_what_it_sealed),
    (seals, "current", _tells_all, no_answer_holds_a_private_key),
    (seals, "keys", _anybodys, another_chapters_key_opens_nothing),
    (seals, "keys", _no_keys, a_rescue_file_of_boxes_is_taken_in),
    (arrivals, "_out_of_box", _believed, a_box_under_another_label_does_not_count),
    (arrivals, "_out_of_box", _believed, a_box_that_changed_on_its_way_is_seen),
]


@pytest.mark.parametrize(
    ("place", "name", "breaks", "guarantee"),
    BUGS,
    ids=[f"{breaks.__name__}-{promise.__name__}" for *_, breaks, promise in BUGS],
)
def test_a_planted_bug_is_caught(
    place, name, breaks, guarantee, world, phone, monkeypatch
):
    """Each guarantee notices its bugs, and each bug goes off."""
    bug = Bug(place, name, guarantee)
    monkeypatch.setattr(place, name, bug.planted(breaks))

    with pytest.raises(AssertionError):
        guarantee(world, phone)
    assert bug.fired


HOSTILE = [
    {"box": None},
    {"box": 5, "key": []},
    {"box": {"a": [1]}, "key": {"b": 1}},
    {"box": "\ud800", "id": "\ud800", "key": "\ud800", "packet": "\0", "seq": 1e300},
    {"box": "A" * 100_000},
    {"box": "A" * 87, "event": {"id": "x"}},
]


@pytest.mark.parametrize("wrong", HOSTILE, ids=lambda each: str(each)[:30])
def test_no_box_can_stop_a_batch(wrong, phone):
    """What a hostile phone calls a box is kept aside, and the next entry counts."""
    (good,) = phone.seal(phone.conversation())

    answer = phone.post([{"key": good["key"], "id": good["id"]} | wrong, good])

    assert statuses(answer) == ["quarantined", "kept"]
    assert Quarantine.objects.get().event.body


INSIDE = [b"", b"5", b"[" * 100_000, b'{"event": NaN}', b'{"event": 1e400}', b"\xff"]


@pytest.mark.parametrize("text", INSIDE, ids=lambda each: str(each)[:12])
def test_nothing_in_a_box_can_stop_a_batch(text, phone, monkeypatch):
    """A hostile phone may seal anything: it is kept aside."""
    suite = box._SUITE
    key = box._key(FRESH)
    SealKey.objects.update(
        private=FRESH, name=(name := box.name_of(box.public_of(FRESH)))
    )
    label = {"id": "x", "packet": phone.packet, "seq": 1}
    shut = suite.encrypt(text, key.public_key(), info=box.written_on(label))
    letters = base64.urlsafe_b64encode(shut).decode().rstrip("=")

    answer = phone.post([label | {"key": name, "box": letters, "sha256": ""}])

    assert statuses(answer) == ["quarantined"]


def test_a_phone_of_another_chapter_has_another_key(oak_packet, phone):
    """Two chapters on one server cannot open each other's boxes."""
    theirs = Phone(device=OTHER_DEVICE, visitor="a phone of Oak")
    theirs.claim(oak_packet.code)

    assert theirs.bundle["seal"] != phone.bundle["seal"]
    assert theirs.bundle["time"] > 1_700_000_000_000


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "cass", "nobody"])
def test_squares_are_read_by_organizers(name, world, signed_in, client):
    """The page has nobody's data; it sends to the rescue file's own way in."""
    if name == "nobody":
        assert client.get("/rescue/squares/").status_code == 302
        return
    answer = signed_in(getattr(world, name)).get("/rescue/squares/")

    assert answer.status_code == (404 if name == "cass" else 200)
    assert (b'action="/rescue/"' in answer.content) == (name != "cass")
