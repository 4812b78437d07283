"""Two phones, one turf, the real server: any evening that Hypothesis thinks of.

What fails comes back as the shortest evening that fails.
"""

from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from groundgame.server.actions import intake, packets
from groundgame.server.store.models import Event, Packet
from tests.server.phone import Phone, sealed, uuid7

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
WHO = st.integers(0, 1)


class Evening(RuleBasedStateMachine):
    """What was said, what still waits on a phone, and what receipts have named."""

    devices, ids = count(1000), count(10**9)
    """Never the same again: a chapter remembers."""

    def __init__(self, world):
        """Hand a turf out, and load it on two phones."""
        super().__init__()
        self.world = world
        self.packet = packets.hand_out(turf=world.turfs[0], by=world.alice)
        Packet.objects.update(device_limit=10_000)
        self.phones = [Phone(device=uuid7(next(self.devices))) for _ in range(2)]
        for phone in self.phones:
            assert phone.claim(self.packet.code).status_code == 200
        self.said, self.named = {}, set()
        self.waiting = [{}, {}]
        self.sent = []

    @rule(who=WHO, result=st.sampled_from(["canvassed", "refused", "come_back"]))
    def record(self, who, result):
        """Somebody talks."""
        self.keep(who, self.phones[who].conversation(result=result))

    @precondition(lambda self: self.said)
    @rule(who=WHO)
    def withdraw(self, who):
        """Somebody takes back whatever was said first."""
        first = next(iter(self.said.values()))["event"]
        self.keep(who, self.phones[who].withdrawal(of=first))

    def keep(self, who, event):
        """Write an event down on a phone."""
        event["id"] = uuid7(next(self.ids))
        self.said[event["id"]] = self.waiting[who][event["id"]] = sealed(event)

    @rule(who=WHO, many=st.integers(1, 4), late=st.booleans(), dropped=st.booleans())
    def send(self, who, many, late, dropped):
        """Some of it is sent, in either order; the answer may be lost."""
        batch = list(self.waiting[who].values())[:: -1 if late else 1][:many]
        self.sent.append((who, batch))
        receipts = self.receipts(who, batch)
        for receipt in [] if dropped else receipts:
            self.waiting[who].pop(receipt["id"])
            self.named.add(receipt["id"])

    @precondition(lambda self: self.sent)
    @rule(by=WHO, which=st.integers(0, 100))
    def replay(self, by, which):
        """An old request comes again, by whichever phone."""
        _, batch = self.sent[which % len(self.sent)]
        self.receipts(by, batch)

    def receipts(self, who, batch):
        """Send a batch; there is a receipt for each."""
        answer = self.phones[who].post(batch)
        assert answer.status_code == 200, answer.content
        receipts = answer.json()["receipts"]
        assert [each["id"] for each in receipts] == [
            each["event"]["id"] for each in batch
        ]
        return receipts

    @rule()
    def take_back(self):
        """The turf is taken back, while they are out."""
        packets.take_back(packet=self.packet.id, by=self.world.alice)

    def there(self):
        """Return what the book holds of this evening: id and hash of each."""
        mine = Event.objects.filter(packet_id=self.packet.id)
        return list(mine.values_list("event", "sha256"))

    @invariant()
    def what_was_named_is_in_the_book(self):
        """Once, unaltered; and nothing is there that nobody said."""
        there = self.there()
        assert self.named <= dict(there).keys() <= self.said.keys()
        assert len(there) == len(dict(there))
        assert all(self.said[each]["sha256"] == sha for each, sha in there)

    def teardown(self):
        """All is well again: one try empties each phone, and the book has it all."""
        try:
            for who, waiting in enumerate(self.waiting):
                self.receipts(who, list(waiting.values()))
            assert dict(self.there()).keys() == self.said.keys()
        finally:
            self.take_back()  # so that the next evening has a packet of its own


def test_whatever_happens_what_was_named_is_kept_and_all_of_it_arrives(world):
    """Lost answers, repeats, replays by another, turfs taken back, in any order."""
    run_state_machine_as_test(lambda: Evening(world), settings=FEW)


def test_a_book_that_leaves_one_out_is_found(world, monkeypatch):
    """An intake that acknowledges two and writes one breaks the law within a few."""
    as_found = settings(FEW, phases=[Phase.generate])  # what is sought is not shortness
    fired = []
    whole = intake.write

    def planted(intakes):
        fired.extend(each.rows.pop() for each in intakes if len(each.rows) > 1)
        whole(intakes)

    monkeypatch.setattr(intake, "write", planted)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(lambda: Evening(world), settings=as_found)

    assert fired
