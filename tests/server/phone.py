"""A phone for tests: it claims a packet and sends events as the real one does."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

import rfc8785
from django.test import Client

DEVICE = "018f0000-0000-7000-8000-00000000000a"
OTHER_DEVICE = "018f0000-0000-7000-8000-00000000000b"


def uuid7(n: int) -> str:
    """Return the n-th id of a device that counts."""
    return f"018f0000-{n % 65536:04x}-7000-8000-{n:012x}"


def sealed(event: dict) -> dict:
    """Return an event with the hash of its canonical content."""
    return {"event": event, "sha256": hashlib.sha256(rfc8785.dumps(event)).hexdigest()}


@dataclass
class Phone:
    """One device; `visitor` is who holds it, for the watch over every answer."""

    device: str = DEVICE
    visitor: str = "phone"
    token: str = ""
    packet: str = ""
    door: str = ""
    seq: int = 0
    bundle: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open a client of its own, without cookies."""
        self.client = Client(raise_request_exception=False, visitor=self.visitor)

    def claim(self, code: str, name: str = "Ana"):
        """Load a packet by its code; keep the token when it is given one."""
        body = {"code": code, "device": self.device, "name": name}
        response = self.client.post("/api/claim", body, "application/json")
        if response.status_code == 200:
            self.token = response.json()["token"]
            self.bundle = response.json()["bundle"]
            self.packet = self.bundle["packet"]
            self.door = self.bundle["stops"][0]["door"]
        return response

    def conversation(self, **changes) -> dict:
        """Return the next conversation of this device."""
        self.seq += 1
        event = {
            "id": uuid7(self.seq + UUID(self.device).int % 1000 * 1000),
            "device": self.device,
            "seq": self.seq,
            "packet": self.packet,
            "kind": "conversation",
            "at": 1_750_000_000_000,
            "door": self.door,
            "person": None,
            "result": "not_home",
            "script": "listening-1",
            "answers": {},
            "note": "",
        }
        return event | changes

    def withdrawal(self, of: dict) -> dict:
        """Return the next event of this device: the undoing of another."""
        event = self.conversation(kind="withdrawal", of=of["id"])
        for name in ("door", "person", "result", "script", "answers", "note"):
            del event[name]
        return event

    def send(self, *events: dict, **headers):
        """Send events with their right hashes."""
        return self.post([sealed(event) for event in events], **headers)

    def post(self, entries: list, **body):
        """Send entries as they are."""
        return self.client.post(
            "/api/events",
            {"device": self.device, "events": entries} | body,
            "application/json",
            headers=self.headers,
        )

    def fetch(self, packet: str = ""):
        """Fetch a packet, by default its own."""
        return self.client.get(
            f"/api/packets/{packet or self.packet}", headers=self.headers
        )

    @property
    def headers(self) -> dict[str, str]:
        """The token, where there is one."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}
