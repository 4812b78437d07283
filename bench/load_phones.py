"""The phones of bench/load.py: a process of its own that sends what was saved.

    python bench/load_phones.py OURS BARE EVENTS RUSH SECONDS STRETCH SEED

It writes all batches before anything is timed, says "ready", then reads one line of
JSON for each part ({"part", "url", "arm"}) and answers each with one line of figures.
"""

import asyncio
import base64
import hashlib
import json
import sys
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
import numpy as np
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from groundgame.values import Seed

CONNECTIONS = 64
FILLED = 512
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
PATIENCE = aiohttp.ClientTimeout(total=30)  # what the app waits
SAID = (
    ("canvassed", {"issue": "housing", "support": "2"}, "Rent went up 200 in spring."),
    ("not_home", {}, ""),
    ("canvassed", {"issue": "transport", "support": "1"}, ""),
    ("not_home", {}, ""),
    ("not_home", {}, ""),
    ("come_back", {}, "Working nights, try a Saturday."),
)


@dataclass(frozen=True)
class Sending:
    """One batch: when it is due, in seconds; its length; its bytes."""

    due: float
    events: int
    body: bytes


@dataclass
class Tally:
    """What came of the sending."""

    milliseconds: list[float] = field(default_factory=list)
    kept: int = 0
    errors: int = 0

    def figures(self, seconds: float) -> dict[str, Any]:
        """Return them as the table shows them."""
        late = np.array(self.milliseconds or [0.0])
        return {
            "errors": self.errors,
            "requests": len(self.milliseconds),
            "events_a_second": self.kept / seconds,
            "p50_ms": float(np.percentile(late, 50)),
            "p99_ms": float(np.percentile(late, 99)),
            "worst_ms": float(late.max()),
            "seconds": seconds,
        }


def batches(
    phone: dict[str, Any], seqs: range, *, stretch: float, span: float, draw: Any
) -> list[Sending]:
    """Return what a phone sends of the events with these numbers, in order.

    Sealed as the app seals it, where the phone was told of a key.
    """
    enter = sealed if phone["seal"] else plain
    signal = draw.random(len(seqs)) < 1 / stretch
    signal[-1:] = True
    dues = iter(np.sort(draw.uniform(0, span, signal.sum())))
    made, waiting = [], []
    for n, seq in enumerate(seqs):
        waiting.append(enter(phone, seq))
        if signal[n]:
            batch = {"device": phone["device"], "events": waiting}
            text = json.dumps(batch, ensure_ascii=False, separators=(",", ":"))
            made.append(Sending(float(next(dues)), len(waiting), text.encode()))
            waiting = []
    return made


def sealed(phone: dict[str, Any], seq: int) -> dict[str, Any]:
    """Return a phone's event of that number in a box (phone/shelf/lock.js)."""
    entry = plain(phone, seq)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    label = {name: entry["event"][name] for name in ("id", "packet", "seq")}
    info = "groundgame event 1 {packet} {id} {seq}".format(**label).encode()
    point = base64.urlsafe_b64decode(phone["seal"]["public"] + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    filled = text.ljust(-(-len(text) // FILLED) * FILLED)
    box = base64.urlsafe_b64encode(SUITE.encrypt(filled, public, info=info))
    box = box.rstrip(b"=")
    own = {"box": box.decode(), "sha256": hashlib.sha256(box).hexdigest()}
    return label | {"key": phone["seal"]["key"]} | own


def plain(phone: dict[str, Any], seq: int) -> dict[str, Any]:
    """Return a phone's event of that number, with its hash."""
    door, person = phone["doors"][seq % len(phone["doors"])]
    result, answers, note = SAID[seq % len(SAID)]
    event = {
        "id": f"018f0000-{seq:04x}-7000-8000-{phone['device'][-12:]}",
        "device": phone["device"],
        "seq": seq,
        "packet": phone["packet"],
        "kind": "conversation",
        "at": 1_750_000_000_000 + seq * 60_000,
        "door": door,
        "person": person if answers else None,
        "result": result,
        "script": phone["script"],
        "answers": answers,
        "note": note,
    }
    return {"event": event, "sha256": hashlib.sha256(rfc8785.dumps(event)).hexdigest()}


async def send(
    session: aiohttp.ClientSession,
    to: tuple[str, dict[str, str]],
    batch: Sending,
    tally: Tally,
) -> float:
    """Send one batch, count what its receipts say, and return when it was done."""
    url, headers = to
    try:
        async with session.post(url, data=batch.body, headers=headers) as answer:
            said = await answer.json(content_type=None)
            statuses = [each["status"] for each in said["receipts"]]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
        statuses = []
    tally.kept += statuses.count("kept")
    tally.errors += statuses != ["kept"] * batch.events
    return perf_counter()


def address(phone: dict[str, Any], url: str, arm: str) -> tuple[str, dict[str, str]]:
    """Return where a phone sends to, and with which headers."""
    json_headers = {"Content-Type": "application/json"}
    if arm == "bare":
        where = "{chapter}/{packet}/{claim}".format(**phone)
        return f"{url}/bare/{where}", json_headers
    token = {"Authorization": f"Bearer {phone['token']}"}
    return f"{url}/api/events", json_headers | token


async def evening(
    session: aiohttp.ClientSession, phones: list[Any], tally: Tally
) -> None:
    """Let each phone send its batches when they are due, one after the other."""
    began = perf_counter()

    async def one(to: tuple[str, dict[str, str]], mine: list[Sending]) -> None:
        for batch in mine:
            await asyncio.sleep(began + batch.due - perf_counter())
            done = await send(session, to, batch, tally)
            tally.milliseconds.append((done - began - batch.due) * 1000)

    await asyncio.gather(*(one(to, mine) for to, mine in phones))


async def rush(session: aiohttp.ClientSession, phones: list[Any], tally: Tally) -> None:
    """Send everything as fast as so many connections can."""
    rounds = zip_longest(*([(to, batch) for batch in mine] for to, mine in phones))
    waiting = iter([each for around in rounds for each in around if each])

    async def one() -> None:
        for to, batch in waiting:
            began = perf_counter()
            done = await send(session, to, batch, tally)
            tally.milliseconds.append((done - began) * 1000)

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))


async def part(
    asked: dict[str, str], held: list[Any], made: list[Any]
) -> dict[str, Any]:
    """Do one part against one server."""
    tally = Tally()
    phones = [
        (address(phone, asked["url"], asked["arm"]), mine)
        for phone, mine in zip(held, made, strict=True)
    ]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as session:
        began = perf_counter()
        await (rush if asked["part"] == "rush" else evening)(session, phones, tally)
        return tally.figures(perf_counter() - began)


def main() -> None:
    """Write the batches, then do what is asked."""
    files, numbers = sys.argv[1:3], sys.argv[3:]
    events, more, seed = int(numbers[0]), int(numbers[1]), Seed(int(numbers[4]))
    span, stretch = float(numbers[2]), float(numbers[3])
    arms = dict(zip(("groundgame", "bare"), files, strict=True))
    held = {arm: json.loads(Path(file).read_text()) for arm, file in arms.items()}
    held["bare"] = [phone | {"seal": None} for phone in held["bare"]]
    ranges = {"rush": range(1, more + 1), "evening": range(more + 1, more + events + 1)}
    made = {
        (arm, name): [
            batches(phone, seqs, stretch=stretch, span=span, draw=draw)
            for phone in phones
        ]
        for arm, phones in held.items()
        for name, seqs in ranges.items()
        for draw in [seed.stream(f"bench.load.{name}")]
    }
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        arm = asked["arm"]
        done = asyncio.run(part(asked, held[arm], made[arm, asked["part"]]))
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main()
