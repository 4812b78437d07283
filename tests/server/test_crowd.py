"""Batches of many phones, judged in one go: each gets what it would get alone."""

from dataclasses import dataclass

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groundgame.server.actions import audit, events, intake, tokens
from groundgame.server.actions.arrivals import arrival
from groundgame.server.store.models import Chapter, Event
from tests.server.phone import Phone, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def oak_phone(oak_packet):
    """A phone of the other chapter."""
    ours = Phone(device="018f0000-0000-7000-8000-0000000000aa", visitor="charlie")
    assert ours.claim(oak_packet.code).status_code == 200
    return ours


@dataclass
class Sender:
    """A phone, and what it sends."""

    phone: Phone
    events: list

    def piece(self):
        """Return what waits in line for it."""
        claim = tokens.sender_of(self.phone.token)
        handed = intake.Handover(claim.packet, claim, by="device", verb="receive")
        arrivals = [arrival(sealed(event)) for event in self.events]
        return claim.device, intake.Batch(handed, arrivals, timezone.now())


def at_once(*senders):
    """Send all in one transaction; return statuses and what is missing, for each."""
    with transaction.atomic():
        answers = events._keep([each.piece() for each in senders])
    return [
        ([each.status for each in told.receipts], told.high_water, told.missing)
        for told in answers
    ]


def each_is_judged_as_if_alone(phone, other_phone, oak_phone):
    """One id in two chapters is two events; in one chapter, a repeat or a conflict."""
    said = phone.conversation()
    theirs = oak_phone.conversation(id=said["id"])
    other = said | {"note": "other words"}
    later = [other_phone.conversation() for _ in range(3)]

    answers = at_once(
        Sender(phone, [said]),
        Sender(oak_phone, [theirs]),
        Sender(other_phone, [said, other, later[0], later[2]]),
    )

    assert answers == [
        (["kept"], 1, []),
        (["kept"], 1, []),
        (["repeat", "conflict", "kept", "kept"], 3, [2]),
    ]
    assert Event.objects.count() == 5
    assert audit.verify_chain().whole


def test_each_is_judged_as_if_alone(phone, other_phone, oak_phone):
    """The promise holds."""
    each_is_judged_as_if_alone(phone, other_phone, oak_phone)


def _one_chapter(fired):
    first = Chapter.objects.earliest("pk").pk
    return property(lambda _: fired.append("one chapter") or first)


def _no_memory(fired):
    original = intake.Intake.__dict__["take"]

    def take(self, sent):
        fired.append("forgets")
        self.known.seen.clear()
        self.known.ids.clear()
        return original(self, sent)

    return take


BUGS = [
    (intake.Handover, "chapter_id", _one_chapter),
    (intake.Intake, "take", _no_memory),
]


@pytest.mark.parametrize(("place", "name", "bug"), BUGS)
def test_a_planted_bug_is_caught(
    place, name, bug, phone, other_phone, oak_phone, monkeypatch
):
    """Batches that are mixed up, or do not know of each other, are noticed."""
    fired = []
    monkeypatch.setattr(place, name, bug(fired))

    with pytest.raises((AssertionError, IntegrityError)):
        each_is_judged_as_if_alone(phone, other_phone, oak_phone)

    assert fired


def test_a_crowd_asks_no_more_than_one(phone, other_phone, oak_phone):
    """The book is asked as often for three batches as for one."""
    pieces = [
        Sender(each, [each.conversation()]).piece()
        for each in (phone, other_phone, oak_phone)
    ]

    counts = []
    for some in (pieces[:1], pieces[1:]):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            events._keep(some)
        counts.append(len(asked))

    assert counts[0] == counts[1]
