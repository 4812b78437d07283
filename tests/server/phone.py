"""A phone for tests: it claims a packet and sends events as the real one does."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.test import Client

from groundgame.canvass import box

DEVICE = "018f0000-0000-7000-8000-00000000000a"
OTHER_DEVICE = "018f0000-0000-7000-8000-00000000000b"


def uuid7(n: int) -> str:
    """Return the n-th id of a device that counts."""
    return f"018f0000-{n % 65536:04x}-7000-8000-{n:012x}"


def sealed(event: dict) -> dict:
    """Return an event with the hash of its canonical content."""
    return {"event": event, "sha256": hashlib.sha256(rfc8785.dumps(event)).hexdigest()}


def boxed(event: dict, seal: dict, **label) -> dict:
    """Return an event as a phone seals it; `label`: what is written on it instead."""
    public = base64.urlsafe_b64decode(seal["public"] + "=")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    written = {name: event.get(name) for name in ("id", "packet", "seq")} | label
    text = json.dumps(sealed(event)).encode()
    text += b" " * (-len(text) % 512)
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    shut = suite.encrypt(text, key, info=box.written_on(written))
    letters = base64.urlsafe_b64encode(shut).decode().rstrip("=")
    own = hashlib.sha256(letters.encode()).hexdigest()
    return written | {"key": seal["key"], "box": letters, "sha256": own}


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

    def seal(self, *events: dict) -> list[dict]:
        """Return events as this phone seals them."""
        return [boxed(event, self.bundle["seal"]) for event in events]

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
