"""Last year in Elm County: what two volunteers heard, for a demo to remember.

In:  a turf that nobody has in hand.
Out: conversations in the log, received a year ago, and how to get into a building. All
     of it comes in as a phone's does: claimed, sent, judged, and taken back afterwards.

Import it once Django is set up: see start.prepare. Nobody is meant.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from groundgame.canvass import canonical_sha256, kept
from groundgame.server.actions import claims, events, packets
from groundgame.server.store.models import Turf, User

A_YEAR = timedelta(days=357)
SAID = (
    ("canvassed", "housing", "Rent went up 200 since spring.", "2", "4"),
    ("not_home", "", "", "", ""),
    ("canvassed", "transport", "The 6 bus stops running at nine.", "1", "7"),
    ("not_home", "", "", "", ""),
    ("come_back", "", "Working nights, try a Saturday.", "", ""),
    ("canvassed", "health", "Waits four months for a doctor.", "3", "3"),
    ("refused", "", "", "", ""),
)
"""Result, issue, story, support, rating."""
VOLUNTEERS = ("Ines", "Tom")
WAY_IN = {"buzzer": "Ring the bottom one, the names are old", "hours": "After 5"}


def last_year(*, turf: Turf, by: User, now: datetime) -> int:
    """Walk a turf as it was walked last year; return how many events came in.

    Args:
        turf: Nobody has it in hand.
        by: Who organizes its chapter.
        now: When this year is.
    """
    packet = packets.hand_out(turf=turf, by=by)
    sent = 0
    for number, name in enumerate(VOLUNTEERS):
        device = _uuid7("phone", str(turf.pk), name)
        claimed = claims.claim(
            code=packet.code, device=UUID(device), name=name, network="demo"
        )
        batch = list(_shift(claimed.bundle, device, number))
        day = now - A_YEAR + timedelta(days=number)
        events.receive(
            token=claimed.token, batch={"device": device, "events": batch}, now=day
        )
        sent += len(batch)
    packets.take_back(packet=packet.id, by=by)
    return sent


def _shift(
    bundle: dict[str, Any], device: str, number: int
) -> Iterator[dict[str, Any]]:
    """Yield what one of the volunteers sent: every second door is theirs."""
    seq = 0
    stamp = {"device": device, "packet": bundle["packet"], "at": 0}
    described = set()
    for n, stop in enumerate(bundle["stops"]):
        if n % len(VOLUNTEERS) != number or n % 5 == 4:  # noqa: PLR2004  # a fifth was left
            continue
        seq += 1
        yield _sealed(stamp | {"seq": seq} | _talk(bundle["script"], stop, n))
        if stop["unit"] and stop["building"] not in described:
            described.add(stop["building"])
            seq += 1
            said = {"kind": "access", "building": stop["building"], "says": WAY_IN}
            yield _sealed(stamp | {"seq": seq} | said)


def _talk(script: dict[str, Any], stop: dict[str, Any], n: int) -> dict[str, Any]:
    """Return what was said at a door."""
    result, issue, story, support, rating = SAID[n // 2 % len(SAID)]
    given = {"issue": issue, "story": story, "support": support, "rating": rating}
    spoken = result != "not_home"
    return {
        "kind": "conversation",
        "door": stop["door"],
        "person": stop["people"][0]["id"] if spoken else None,
        "result": result,
        "script": script["id"],
        "answers": kept(script, result, given) if issue else {},
        "note": story if result == "come_back" else "",
    }


def _sealed(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event with an id of its own and its hash."""
    whole = event | {"id": _uuid7(event["device"], str(event["seq"]))}
    return {"event": whole, "sha256": canonical_sha256(whole)}


def _uuid7(*parts: str) -> str:
    """Return a UUID of version 7 that is made of these parts; its time is 1970."""
    whole = "\0".join(("groundgame demo", *parts)).encode()
    number = int.from_bytes(blake2b(whole, digest_size=10).digest())
    high, low = number >> 68, number & (2**62 - 1)
    return str(UUID(int=(0x7000 | high & 0xFFF) << 64 | 0x2 << 62 | low))
