"""What waits for an organizer: seen with its reason, ruled on by its hash, never lost.

Each guarantee is a function that takes the world and a phone; it must hold of the
server as it is, and must fail for each bug planted beside it.
"""

import json

import pytest

from groundgame import errors
from groundgame.server.actions import audit, intake, log, quarantine
from groundgame.server.store.models import AuditLink, Event, Quarantine, Release
from tests.server.phone import sealed
from tests.server.test_log import Bug, statuses

pytestmark = pytest.mark.django_db
STRAY = "elm-door-12"


def seen(world, place=0) -> dict:
    """Return what a screen gives back of an entry that Alice looks at."""
    row = quarantine.quarantined(seen_by=world.alice)[place]
    return {"event": row.position, "sha256": row.sha256}


def a_ruling_falls_on_what_was_seen(world, phone):
    """After a book was brought back, another entry may have that place in the log."""
    phone.send(phone.conversation(door=STRAY))
    ruling = seen(world) | {"sha256": "0" * 64}

    for rule in (quarantine.release, quarantine.set_aside):
        with pytest.raises(errors.CannotRelease, match="looked at"):
            rule(**ruling, by=world.alice)
    assert log.entries([phone.packet]) == []
    assert len(quarantine.quarantined(seen_by=world.alice)) == 1


def a_ruling_is_made_once(world, phone):
    """Alice and Bob rule alike: the first is written down, with the hash; once."""
    phone.send(phone.conversation(door=STRAY))
    ruling = seen(world)

    first = quarantine.set_aside(**ruling, by=world.alice)
    assert quarantine.set_aside(**ruling, by=world.bob) == first
    links = AuditLink.objects.filter(verb="set event aside")
    assert [(link.actor, link.details) for link in links] == [
        (f"user:{world.alice.pk}", {"sha256": ruling["sha256"]})
    ]
    assert audit.verify_chain().whole


def what_is_set_aside_stays(world, phone):
    """It counts nowhere, its phone is told that it is safe, and it may be let in."""
    said = phone.conversation(door=STRAY)
    phone.send(said)
    ruling = seen(world)
    quarantine.set_aside(**ruling, by=world.alice)

    assert quarantine.quarantined(seen_by=world.bob) == []
    rows = quarantine.put_aside(seen_by=world.bob)
    assert [json.loads(row.body) for row in rows] == [said]
    assert statuses(phone.send(said)) == ["quarantined"]
    assert log.entries([phone.packet]) == []
    quarantine.release(**ruling, by=world.bob)
    assert len(log.entries([phone.packet])) == 1
    with pytest.raises(errors.CannotRelease, match="counts already"):
        quarantine.set_aside(**ruling, by=world.alice)


def what_comes_again_with_its_right_hash_needs_no_hand(_world, phone):
    """A phone whose first try was garbled on the way waits for nobody."""
    said = phone.conversation()
    garbled = sealed(said) | {"sha256": "0" * 64}

    assert statuses(phone.post([garbled])) == ["quarantined"]
    assert statuses(phone.post([garbled])) == ["quarantined"]
    assert statuses(phone.send(said)) == ["kept"]
    assert statuses(phone.send(said)) == ["repeat"]
    assert statuses(phone.post([garbled, sealed(said)])) == ["repeat", "repeat"]
    assert (Event.objects.count(), Release.objects.get().by) == (1, None)
    (held,) = log.entries([phone.packet])
    assert held.event.as_dict() == said
    last = AuditLink.objects.latest("n")
    assert last.details["let_in"] == [Event.objects.get().position]


def in_one_batch_too(_world, phone):
    """The garbled one and the right one arrive together."""
    said = phone.conversation()
    garbled = sealed(said) | {"sha256": "0" * 64}

    assert statuses(phone.post([garbled, sealed(said)])) == ["quarantined", "kept"]
    assert len(log.entries([phone.packet])) == 1


def a_right_hash_alone_is_not_enough(world, phone):
    """What is wrong besides is looked at all the same; a ruling is not undone."""
    stray = phone.conversation(door=STRAY)
    ruled = phone.conversation()
    for said in (stray, ruled):
        phone.post([sealed(said) | {"sha256": "0" * 64}])
    quarantine.set_aside(**seen(world), by=world.alice)

    assert statuses(phone.send(stray, ruled)) == ["quarantined"] * 2
    assert log.entries([phone.packet]) == []


def one_id_with_two_contents_keeps_both(world, phone):
    """The first stands, the second waits and says why; nobody lets both count."""
    said = phone.conversation(note="first")
    phone.post(phone.seal(said))
    assert statuses(phone.post(phone.seal(said | {"note": "second"}))) == ["conflict"]

    (row,) = quarantine.quarantined(seen_by=world.alice)
    assert row.says == "its id was used before, with other content"
    with pytest.raises(errors.CannotRelease):
        quarantine.release(**seen(world), by=world.alice)
    assert Event.objects.count() == 2


GUARANTEES = [
    a_ruling_falls_on_what_was_seen,
    a_ruling_is_made_once,
    what_is_set_aside_stays,
    what_comes_again_with_its_right_hash_needs_no_hand,
    in_one_batch_too,
    a_right_hash_alone_is_not_enough,
    one_id_with_two_contents_keeps_both,
]


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_rulings_keep_their_promises(guarantee, world, phone):
    """Each guarantee of what waits holds."""
    guarantee(world, phone)


def _whatever_was_seen(bug, original, event, _sha256, by):
    bug.fired.append("the hash is not looked at")
    now = Event.objects.get(position=event).sha256
    return original(event, now, by)


def _every_time(bug, original, waiting, by, verb):
    bug.fired.append("written down twice")
    original(waiting, by, verb)
    original(waiting, by, verb)


def _thrown_away(bug, original, waiting, by, verb):
    bug.fired.append("set aside is thrown away")
    original(waiting, by, verb)
    if verb == "set event aside":
        Event.objects.filter(pk=waiting.event_id).delete()


def _waits_for_ever(bug, _original, _event):
    bug.fired.append("a right hash changes nothing")
    return False


def _lets_anything_in(bug, original, batch, event):
    bug.fired.append("a right hash is enough")
    found = original(batch, event)
    return None if found in {"door", "conflict"} else found


BUGS = [
    (quarantine, "_held", _whatever_was_seen, a_ruling_falls_on_what_was_seen),
    (quarantine, "_tell", _every_time, a_ruling_is_made_once),
    (quarantine, "_tell", _thrown_away, what_is_set_aside_stays),
    (
        intake,
        "_unproved",
        _waits_for_ever,
        what_comes_again_with_its_right_hash_needs_no_hand,
    ),
    (intake.Intake, "_objection", _lets_anything_in, a_right_hash_alone_is_not_enough),
    (
        intake.Intake,
        "_objection",
        _lets_anything_in,
        one_id_with_two_contents_keeps_both,
    ),
]


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

    failures = (AssertionError, errors.GroundgameError, pytest.fail.Exception)
    with pytest.raises(failures):
        guarantee(world, phone)
    assert bug.fired


def test_an_organizer_rules_on_the_screen(world, phone, signed_in):
    """Bob sets one aside, then lets it in; what was altered meanwhile is refused."""
    phone.send(phone.conversation(door=STRAY), phone.conversation(result="NONSENSE"))
    bob, waiting = signed_in(world.bob), Quarantine.objects.order_by("pk")[0]
    here = f"/quarantine/{waiting.event_id}"
    hidden = {"sha256": waiting.event.sha256}

    assert hidden["sha256"] in bob.get("/quarantine/").content.decode()
    answer = bob.post(f"{here}/aside/", hidden | {"sha256": "f"}, follow=True)
    assert "looked at" in answer.content.decode()
    answer = bob.post(f"{here}/aside/", hidden, follow=True)
    assert "Set aside: looked at" in answer.content.decode()
    assert bob.post(f"{here}/release/", {}).status_code == 422
    assert bob.post(f"{here}/release/", hidden).status_code == 302
    assert len(log.entries([phone.packet])) == 1


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_nobody_else_rules_on_a_screen(name, world, phone, signed_in):
    """A canvasser and another chapter's organizer are told that nothing is here."""
    phone.send(phone.conversation(door=STRAY))
    waiting = Quarantine.objects.get()
    hidden = {"sha256": waiting.event.sha256}

    client = signed_in(getattr(world, name))
    for what in ("aside", "release"):
        answer = client.post(f"/quarantine/{waiting.event_id}/{what}/", hidden)
        assert answer.status_code == 404
    assert not hasattr(Quarantine.objects.get(), "set_aside")
