"""One event of the log: read from whatever arrived, or set aside with a reason.

In:  anything at all, and the hash its sender claims for it.
Out: an Event, or Malformed with one sentence that repeats nothing of what was sent.
     Never an exception: what a phone sends late at night is kept, not refused.

The shape is `contract/event.schema.json`, of which this room ships its own copy. Beyond
it, no text may hold U+0000 or half of a surrogate pair: stores and hashes cannot.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256 as _sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import rfc8785
from jsonschema_rs import Draft202012Validator, ValidationError

DEEPEST = 3
MOST_NODES = 200
MOST_CHARACTERS = 128 * 1024
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One attempt and all that was recorded in it."""

    id: str
    device: str
    seq: int
    packet: str
    at: int
    door: str
    person: str | None
    result: str
    script: str
    answers: Mapping[str, str]
    note: str
    language: str = ""
    """What is spoken there, where ours was not enough; '': not said."""
    again: str = ""
    """When to come back, by the clock at the door; '': not said."""
    added: Mapping[str, Any] | None = None
    """Name and perhaps age of who was not on the list."""

    def as_dict(self) -> dict[str, Any]:
        """Return the event as the contract writes it; what was not said is left out."""
        plain = _plain(self, "conversation") | {"answers": dict(self.answers)}
        plain["added"] = dict(self.added or {})
        for name in ("language", "again", "added"):
            if not plain[name]:
                del plain[name]
        return plain


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An undo: it names the conversation that is to hold no longer."""

    id: str
    device: str
    seq: int
    packet: str
    at: int
    of: str

    def as_dict(self) -> dict[str, Any]:
        """Return the event as the contract writes it."""
        return _plain(self, "withdrawal")


@dataclass(frozen=True, slots=True)
class Access:
    """How to get into a building, as far as somebody found out."""

    id: str
    device: str
    seq: int
    packet: str
    at: int
    building: str
    says: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return the event as the contract writes it."""
        return _plain(self, "access") | {"says": dict(self.says)}


@dataclass(frozen=True, slots=True)
class Shift:
    """A canvasser's time: it starts, stops for a while, goes on, ends."""

    id: str
    device: str
    seq: int
    packet: str
    at: int
    what: str
    """'start', 'pause', 'resume', 'hand' (the turf to a colleague) or 'end'."""

    def as_dict(self) -> dict[str, Any]:
        """Return the event as the contract writes it."""
        return _plain(self, "shift")


Event = Conversation | Withdrawal | Access | Shift
_KINDS: Mapping[str, type[Event]] = {
    "conversation": Conversation,
    "withdrawal": Withdrawal,
    "access": Access,
    "shift": Shift,
}


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why something that was sent is not an event; it repeats nothing of it."""

    reason: str


def canonical_sha256(event: Mapping[str, Any]) -> str:
    """Return the lower hex SHA-256 of an event's RFC 8785 form.

    Raises:
        ValueError: The event holds what no canonical form can hold.
    """
    return _sha256(rfc8785.dumps(dict(event))).hexdigest()


def read(raw: object, sha256: object, own: str = "") -> Event | Malformed:
    """Return the event that was sent, or why it is none.

    Args:
        raw: Anything.
        sha256: The hash that was claimed for it.
        own: The hash of its canonical form, where the caller knows it.
    """
    if not isinstance(raw, dict):
        return Malformed("the event is not a JSON object")
    for problem in (_bounds, _shape):
        if reason := problem(raw):
            return Malformed(reason)
    if not isinstance(sha256, str) or not _HEX.fullmatch(sha256):
        return Malformed("the hash is not 64 lower hex digits")
    if (own or canonical_sha256(raw)) != sha256:
        return Malformed("the hash is not that of the content")
    return event_of(raw)


def event_of(raw: Mapping[str, Any]) -> Event:
    """Return the event that an object of the right shape holds; it is not looked at.

    JSON may write 1 as 1.0.
    """
    fields = {name: value for name, value in raw.items() if name != "kind"}
    fields |= {"seq": int(raw["seq"]), "at": int(raw["at"])}
    for name in ("answers", "says", "added"):
        if name in fields:
            fields[name] = MappingProxyType(dict(fields[name]))
    return _KINDS[raw["kind"]](**fields)


def _plain(event: Event, kind: str) -> dict[str, Any]:
    """Return an event's fields, with its kind."""
    return {"kind": kind} | {name: getattr(event, name) for name in event.__slots__}


def _walk(raw: object) -> Iterator[tuple[int, object]]:
    """Yield every key and value with its depth, without recursion."""
    waiting = [(0, raw)]
    while waiting:
        depth, value = waiting.pop()
        yield depth, value
        if isinstance(value, dict):
            waiting.extend((depth + 1, key) for key in value)
            waiting.extend((depth + 1, each) for each in value.values())
        elif isinstance(value, list | tuple):
            waiting.extend((depth + 1, each) for each in value)


def _bounds(raw: dict[Any, Any]) -> str | None:
    """Say what no event can have: depth, size, or what cannot be stored or hashed."""
    characters, said = 0, None
    for count, (depth, value) in enumerate(_walk(raw), start=1):
        if isinstance(value, str | bytes):
            characters += len(value)
            said = said or _text(value)
        elif isinstance(value, float) and not math.isfinite(value):
            said = said or "the event holds a number that is not finite"
        if depth > DEEPEST:
            return "the event is nested too deeply"
        if count > MOST_NODES or characters > MOST_CHARACTERS:
            return "the event is too large"
    if not all(isinstance(key, str) for key in raw):
        return said or "the event has a key that is not text"
    return said


def _text(value: str | bytes) -> str | None:
    """Say what a text holds that neither stores nor hashes can hold."""
    if isinstance(value, str):
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return "the event holds half of a surrogate pair"
        if "\0" in value:
            return "the event holds a NUL character"
    return None


def _shape(raw: dict[str, Any]) -> str | None:
    """Say which field, if any, breaks the schema, and which rule of it."""
    kind = raw.get("kind")
    known = kind if isinstance(kind, str) and kind in _VALIDATORS else "conversation"
    try:
        error = next(iter(_VALIDATORS[known].iter_errors(raw)), None)
    except ValueError:  # what JSON cannot hold
        return _no_json(raw)
    return _sentence(error) if error else None


def _sentence(error: ValidationError) -> str:
    """Return a reason made of the schema's words only."""
    rule = next(name for name in reversed(error.schema_path) if isinstance(name, str))
    if "propertyNames" in error.schema_path:
        rule = "propertyNames"
    where = error.instance_path[0] if error.instance_path else "event"
    if rule == "additionalProperties":
        return "the event has a field that its kind does not know"
    if rule == "required":
        return "the event lacks a field that its kind needs"
    return f"the field {where!r} breaks the rule {rule!r} of the event schema"


def _no_json(raw: dict[str, Any]) -> str:
    """Return which field holds what is no JSON; it repeats a field we know, or none."""
    for name in sorted(_FIELDS & raw.keys()):
        try:
            _ANYTHING.is_valid(raw[name])
        except ValueError:
            return f"the field {name!r} holds what is no JSON"
    return "the event holds what is no JSON"


def _read_schema() -> dict[str, Any]:
    """Return the schema as it is shipped."""
    file = files("groundgame.canvass") / "event.schema.json"
    return json.loads(file.read_text("utf-8"))  # type: ignore[no-any-return]


def _validators() -> dict[str, Draft202012Validator]:
    """Return the schema once for each kind of event, so that no other is tried."""
    schema = _read_schema()
    kinds = schema.pop("oneOf")
    return {
        kind["properties"]["kind"]["const"]: Draft202012Validator(
            schema | {"allOf": [kind]}
        )
        for kind in kinds
    }


_VALIDATORS = _validators()
_ANYTHING = Draft202012Validator({})
_FIELDS = frozenset(
    name for kind in _read_schema()["oneOf"] for name in kind["properties"]
)
