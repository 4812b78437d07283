"""The server of the model (tests/model) is held to the real one.

The model walks ten thousand evenings against a server in memory, which is only worth as
much as it answers as this one does: word for word, to everything that phones ask.
"""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from groundgame.server.actions import packets
from groundgame.server.store.models import Chapter, Event, Packet, SealKey
from tests.server.phone import Phone

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).parents[2]
TELL = HOUSE / "tests" / "model" / "told.js"


class Desk:
    """Asks the real server what the model's server was asked."""

    def __init__(self, world, monkeypatch):
        """Begin with nothing handed out."""
        self.world, self.monkeypatch = world, monkeypatch
        self.packets: dict[str, Packet] = {}
        self.phones: dict[str, Phone] = {}

    def hand_out(self, step):
        """Hand out the turf that has these doors, under the model's own id."""
        turf = self.world.turfs[0 if "elm-door-1" in step["doors"] else 1]
        with self.monkeypatch.context() as patched:
            patched.setattr(packets.uuid, "uuid4", lambda: UUID(step["packet"]))
            handed = packets.hand_out(turf=turf, by=self.world.alice)
        Packet.objects.filter(pk=handed.id).update(device_limit=99)
        self.packets[step["packet"]] = handed

    def take_back(self, step):
        """Take a packet back."""
        packets.take_back(packet=UUID(step["packet"]), by=self.world.alice)

    def claim(self, step):
        """Load a packet on a phone; one that is no longer in hand was loaded before."""
        phone = Phone(device=step["device"], visitor="phones of both turfs")
        phone.claim(self.packets[step["packet"]].code)
        known = [
            other
            for other in self.phones.values()
            if (other.device, other.packet) == (step["device"], step["packet"])
        ]
        self.phones[step["token"]] = phone if phone.token else known[0]

    def post(self, step):
        """Hand a batch in, and compare the answers."""
        body, expected = step["body"], step["answer"]
        phone = self.phones.get(step["token"], Phone())
        answer = phone.post(body["events"], device=body["device"])
        assert answer.status_code == expected["status"]
        if expected["status"] == 200:
            assert bare(answer.json()) == bare(expected["body"])


def bare(answer: dict) -> dict:
    """Return an answer without its sentences for organizers, and without its clock."""
    receipts = [each | {"reason": None} for each in answer["receipts"]]
    return answer | {"receipts": receipts, "time": 0}


def told(first: int, count: int) -> list[list[dict]]:
    """Return what the model's server was asked in some evenings, in Elm's new key."""
    if shutil.which("node") is None:
        pytest.skip("there is no node on the PATH; bin/test puts one there")
    command = ["node", str(TELL), str(first), str(count)]
    done = subprocess.run(command, capture_output=True, check=True)
    found = json.loads(done.stdout)
    private = base64.urlsafe_b64decode(found["private"] + "=")
    SealKey.objects.create(
        chapter=Chapter.objects.get(name="Elm"),
        name=found["key"],
        private=private,
        at=timezone.now(),
    )
    return found["evenings"]


def ask(desk: Desk, evening: list[dict]) -> None:
    """Ask everything of an evening, in order."""
    for step in evening:
        getattr(desk, step["do"].replace(" ", "_"))(step)


@pytest.mark.parametrize("seed", range(100, 104))
def test_the_models_server_answers_as_the_real_one(seed, world, monkeypatch):
    """Every receipt, high water and gap of whole evenings is the same on both."""
    (evening,) = told(seed, 1)

    ask(Desk(world, monkeypatch), evening)

    posted = [step["body"]["events"] for step in evening if step["do"] == "post"]
    assert sum(map(len, posted)) > 20
    assert Event.objects.count() == len(
        {each["sha256"] for batch in posted for each in batch}
    )


@pytest.mark.parametrize(
    "twist", ["status", "high_water", "missing"], ids=lambda each: each
)
def test_a_model_that_answers_otherwise_is_noticed(twist, world, monkeypatch):
    """One answer of the evening is changed; the comparison finds it."""
    (evening,) = told(101, 1)
    answers = [step["answer"]["body"] for step in evening if step["do"] == "post"]
    answer = next(each for each in answers if each.get("receipts"))
    if twist == "status":
        answer["receipts"][0]["status"] = "quarantined"
    else:
        answer[twist] = {"high_water": 0, "missing": [1]}[twist]

    with pytest.raises(AssertionError):
        ask(Desk(world, monkeypatch), evening)
