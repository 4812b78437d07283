"""What phones of every release so far have in their outboxes still comes in.

A phone may lie in a drawer for a year with its evening unsent. `corpora/` holds the
outbox of each release as its phones send it (corpora/make.js), with what lies in it.
"""

import base64
import json
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from groundgame.canvass import Malformed, event
from groundgame.server.actions import arrivals, log, packets, rescue, seals
from groundgame.server.store.models import Event, Packet, SealKey
from tests.house.measure import HOUSE
from tests.server.phone import Phone
from tests.server.test_log import Bug, statuses

pytestmark = pytest.mark.django_db
CORPORA = Path(__file__).parent / "corpora"
FILES = sorted(CORPORA.glob("*/*.json"))
BOXES = json.loads((HOUSE / "contract" / "box" / "cases.json").read_text("utf-8"))


def outbox(file: Path, world, monkeypatch) -> tuple[dict, list[Phone]]:
    """Return a corpus, and its phones, to whom its packet was handed out."""
    corpus = json.loads(file.read_text("utf-8"))
    with monkeypatch.context() as patched:
        patched.setattr(packets.uuid, "uuid4", lambda: UUID(corpus["packet"]))
        handed = packets.hand_out(turf=world.turfs[0], by=world.alice)
    phones = [Phone(device=batch["device"]) for batch in corpus["batches"]]
    for phone in phones:
        assert phone.claim(handed.code).status_code == 200
    SealKey.objects.create(
        chapter=world.elm,
        name=BOXES["seal"]["key"],
        private=base64.urlsafe_b64decode(BOXES["private"] + "="),
        at=timezone.now(),
    )
    seals.renew(chapter=world.elm, by="host")
    packets.take_back(packet=Packet.objects.get().pk, by=world.alice)
    return corpus, phones


def it_drains(file, world, monkeypatch):
    """Everything is kept, counts, and says what it said; twice changes nothing."""
    corpus, phones = outbox(file, world, monkeypatch)
    for phone, batch in zip(phones, corpus["batches"], strict=True):
        answer = phone.post(batch["events"])
        assert set(statuses(answer)) == {"kept"}
        assert answer.json()["missing"] == []
    for phone, batch in zip(phones, corpus["batches"], strict=True):
        assert set(statuses(phone.post(batch["events"]))) == {"repeat"}

    held = [entry.event.as_dict() for entry in log.entries([corpus["packet"]])]
    assert held == corpus["holds"]


def its_rescue_file_is_taken_in(file, world, monkeypatch):
    """The same outboxes, carried to an organizer as files."""
    corpus, _ = outbox(file, world, monkeypatch)
    for batch in corpus["batches"]:
        became = rescue.take_in(
            file=json.dumps({"format": 1} | batch).encode(), by=world.alice
        )
        assert became.kept == len(batch["events"])

    assert Event.objects.count() == len(corpus["holds"])


PROMISES = [it_drains, its_rescue_file_is_taken_in]
EACH = {"ids": lambda each: each.parent.name if isinstance(each, Path) else None}


@pytest.mark.parametrize("promise", PROMISES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("file", FILES, **EACH)
def test_an_old_releases_outbox_still_comes_in(promise, file, world, monkeypatch):
    """Each corpus, by both ways in."""
    promise(file, world, monkeypatch)


def test_every_kind_of_event_is_in_every_corpus():
    """A corpus that lacks a kind would let it be forgotten."""
    assert len(FILES) >= 2
    for file in FILES:
        holds = json.loads(file.read_text("utf-8"))["holds"]
        assert {each["kind"] for each in holds} == set(event._KINDS)
        fields = {name for each in holds for name in each}
        assert {"language", "again", "added", "of", "says", "what"} <= fields


def _only_boxes(bug, original, entry):
    bug.fired.append("an open event is no longer known")
    return original(None) if "event" in entry else original(entry)


def _stricter(bug, original, raw, *more):
    bug.fired.append("a field that old phones never knew is wanted")
    return original(raw, *more) if "weather" in raw else Malformed("no weather")


def _newest_key(bug, original, chapters, entries):
    bug.fired.append("an older key is thrown away")
    newest = SealKey.objects.latest("pk").name
    found = original(chapters, entries)
    return {name: key for name, key in found.items() if name == newest}


BUGS = [
    ("0.1-plain", arrivals, "_plain", _only_boxes),
    ("0.1-plain", arrivals, "read", _stricter),
    ("0.2-sealed", arrivals, "read", _stricter),
    ("0.2-sealed", seals, "keys", _newest_key),
]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda each: each.__name__)
@pytest.mark.parametrize(
    ("release", "place", "name", "fault"),
    BUGS,
    ids=[f"{release}{fault.__name__}" for release, *_, fault in BUGS],
)
def test_a_server_that_forgets_a_release_is_noticed(
    release, place, name, fault, promise, world, monkeypatch
):
    """Each bug goes off, and its corpus no longer comes in."""
    (file,) = (CORPORA / release).glob("shift.json")
    bug = Bug(place, name, promise)
    monkeypatch.setattr(place, name, bug.planted(fault))

    with pytest.raises(AssertionError):
        promise(file, world, monkeypatch)
    assert bug.fired
