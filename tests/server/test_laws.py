"""Laws of the log in the book: whatever is sent, in whatever order, however often."""

import threading
from contextlib import contextmanager, suppress

import pytest
from django.db import OperationalError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundgame.canvass import doors
from groundgame.server.actions import events, log, together
from groundgame.server.store.models import Event
from groundgame.values import Seed
from tests.server.phone import Phone, sealed

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RESULTS = ("not_home", "canvassed", "moved", "come_back")


@FEW
@given(st.data())
def test_every_entry_has_a_receipt_and_is_in_the_book(phone, data):
    """Repeats, conflicts, strays and nonsense: as many receipts as entries, all kept.

    Sent again as a whole, the same batch adds nothing to the book.
    """
    Event.objects.all().delete()
    said = [
        sealed(phone.conversation(result=result))
        for result in data.draw(st.lists(st.sampled_from(RESULTS), max_size=5))
    ]
    twisted = [
        {"event": each["event"] | {"note": "twisted"}, "sha256": each["sha256"]}
        for each in said[:2]
    ]
    nonsense = data.draw(
        st.lists(st.none() | st.text(max_size=5) | st.just({"event": {}}), max_size=3)
    )
    entries = data.draw(st.permutations([*said, *said[:2], *twisted, *nonsense]))

    first = phone.post(entries).json()["receipts"]
    rows = Event.objects.count()
    again = phone.post(entries).json()["receipts"]

    assert len(first) == len(again) == len(entries)
    assert Event.objects.count() == rows
    assert {each["status"] for each in again} <= {"repeat", "conflict", "quarantined"}
    kept = {each["id"] for each in first if each["status"] == "kept"}
    assert kept == {each["event"]["id"] for each in said}


@FEW
@given(
    st.lists(st.sampled_from(RESULTS), min_size=1, max_size=6),
    st.integers(0, 2**32),
)
def test_however_a_days_batches_are_cut_and_repeated_the_same_holds(
    phone, results, chance
):
    """A bad network sends pieces twice and in pieces; what holds is the same."""
    Event.objects.all().delete()
    said = [phone.conversation(result=result) for result in results]
    draw = Seed(chance).stream("tests.server.network")
    sent = 0
    while sent < len(said):
        upto = int(draw.integers(sent + 1, len(said), endpoint=True))
        for _ in range(int(draw.integers(1, 3))):
            assert phone.send(*said[max(0, sent - 1) : upto]).status_code == 200
        sent = upto

    assert doors(log.entries([phone.packet])) == {phone.door: results[-1]}
    assert Event.objects.count() == len(said)


def answer_when_the_commit_fails(phone, monkeypatch):
    """Return what a phone is told when the disk fails in the commit of its events."""
    engine = type(connections["default"])
    fired, commit = [], engine._commit

    def failing(self):
        if Event.objects.exists():
            fired.append("the disk failed")
            raise OperationalError("no space left on device")
        return commit(self)

    monkeypatch.setattr(engine, "_commit", failing)
    answer = phone.send(phone.conversation())
    monkeypatch.setattr(engine, "_commit", commit)
    assert fired
    return answer


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_is_not_acknowledged(phone, monkeypatch):
    """Receipts go out after the commit: when the disk fails in it, none goes out."""
    answer = answer_when_the_commit_fails(phone, monkeypatch)

    assert answer.status_code == 500
    assert "receipts" not in answer.json()


@pytest.mark.django_db(transaction=True)
def test_acknowledging_before_the_commit_is_caught(phone, monkeypatch):
    """Were receipts made up before the commit, the test above would see one go out."""
    fired = []

    @contextmanager
    def hopeful(**durable):
        with (
            suppress(OperationalError),
            transaction.Atomic(using=None, savepoint=True, durable=False),
        ):
            yield
            fired.append("acknowledged, whatever becomes of the commit")

    monkeypatch.setattr(together.transaction, "atomic", hopeful)

    assert answer_when_the_commit_fails(phone, monkeypatch).status_code == 200
    assert fired
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_receiving_inside_another_transaction_is_refused(phone):
    """Else a receipt could be written before the commit it tells of."""
    batch = {"device": phone.device, "events": [sealed(phone.conversation())]}
    with pytest.raises(RuntimeError), transaction.atomic():
        events.receive(token=phone.token, batch=batch)


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_lose_nothing(packet):
    """Both hand in at the same moment; positions grow without a gap in what is seen."""
    phones = [Phone(device=f"018f0000-0000-7000-8000-00000000001{n}") for n in range(3)]
    for phone in phones:
        assert phone.claim(packet.code).status_code == 200
    statuses = []

    def hand_in(phone):
        answers = [phone.send(phone.conversation()) for _ in range(4)]
        statuses.extend(answer.status_code for answer in answers)
        connection.close()

    threads = [threading.Thread(target=hand_in, args=[phone]) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 12
    assert Event.objects.count() == 12
