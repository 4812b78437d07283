"""A box: an event that only its chapter can open (HPKE, RFC 9180; contract/README.md).

In:  an entry as a phone sealed it, and the private keys that may open it.
Out: the event with its hash as they lay in it, or one sentence on why it stays shut.
     Never an exception: a box that cannot be opened is kept, not refused.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_SIZE = 32
"""Bytes of a private key of P-256."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Why a box cannot be opened; it repeats nothing of what was sent."""

    reason: str


def new_key() -> bytes:
    """Return a private key that nobody knows, 32 bytes. Chance is the system's own."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return number.to_bytes(_SIZE, "big")


def public_of(private: bytes) -> bytes:
    """Return the public half of a key, 65 bytes: what phones seal with."""
    half = _key(private).public_key()
    return half.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def name_of(public: bytes) -> str:
    """Return what a key is called: 16 hex digits that follow from it."""
    return sha256(public).hexdigest()[:16]


def written_on(entry: Mapping[str, Any]) -> bytes:
    """Return what is written on a box: it cannot be opened under another label."""
    packet, id_, seq = (entry.get(name) for name in ("packet", "id", "seq"))
    return f"groundgame event 1 {packet} {id_} {seq}".encode(errors="replace")


def unsealed(entry: Mapping[str, Any], keys: Mapping[str, bytes]) -> Any | Shut:
    """Return what is in a box: an object with `event` and `sha256`, if all is well.

    Args:
        entry: `id`, `packet`, `seq`, `key`, `box` as they were sent.
        keys: The private keys that may open it, by name.
    """
    name, box = entry.get("key"), entry.get("box")
    private = keys.get(name) if isinstance(name, str) else None
    if private is None:
        return Shut("no key of this chapter opens the box")
    try:
        padded = str(box) + "=" * (-len(str(box)) % 4)
        sealed = base64.b64decode(padded, b"-_", validate=True)
        text = _SUITE.decrypt(sealed, _key(private), info=written_on(entry))
    except (ValueError, InvalidTag):
        return Shut("the box is damaged, or was sealed for another key or label")
    try:
        found = json.loads(text)
        json.dumps(found)  # what is nested too deeply can be read and not be written
    except (ValueError, RecursionError):
        return Shut("what is in the box is no JSON")
    return found


@lru_cache(maxsize=256)
def _key(private: bytes) -> ec.EllipticCurvePrivateKey:
    """Return a key in the form that opens boxes."""
    return ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
