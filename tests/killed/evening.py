"""An evening of many phones, with the app's own code, while the server is struck.

with phones(server, Many(100, 50, burst=40), tmp_path) as evening:
    ... strike ... evening.end() ... evening.saved
"""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

import psycopg

from tests.browser.house import Server

PHONES_JS = Path(__file__).with_name("phones.js")
READ = "SELECT event, sha256 FROM store_event ORDER BY position"
LATE = 900
"""Seconds after which an outbox that is not empty never will be."""


def book(server: Server, sql: str) -> list[tuple]:
    """Ask the book something, or change it, behind the server's back."""
    address = server.environment.get("GROUNDGAME_DATABASE_URL")
    if address:
        name, _, host = address.removeprefix("postgres://").partition("?host=")
        user, _, database = name.partition("@/")
        opened = psycopg.connect(user=user, dbname=database, host=host)
    else:
        opened = sqlite3.connect(server.data / "book.sqlite3", timeout=20)
    with closing(opened) as connection:
        cursor = connection.execute(sql)
        found = cursor.fetchall() if cursor.description else []
        connection.commit()
        return found


def verdict(saved: dict[str, str], rows: list[tuple[str, str]]) -> dict[str, int]:
    """Compare what was seen saved with what the book holds."""
    there = dict(rows)
    return {
        "lost": len(saved.keys() - there.keys()),
        "altered": sum(there.get(each, sha) != sha for each, sha in saved.items()),
        "extra": len(rows) - len(saved.keys() & there.keys()),
    }


@dataclass(frozen=True)
class Many:
    """Phones, what each of them saves, and how much of it at a time."""

    phones: int
    events: float
    """Infinity: as long as the evening lasts."""
    burst: int


@dataclass
class Evening:
    """Phones at work: each saves so many conversations, and sends what it can."""

    server: Server
    process: subprocess.Popen[bytes]
    said: Path
    before: int
    """Events that the book held (last year, in a demo)."""
    saved: dict[str, str] = field(default_factory=dict)
    """Once it has ended: id and hash of each event that was seen saved."""
    network: dict[str, int] = field(default_factory=dict)

    def lines(self) -> list[Any]:
        """Return what the phones have told so far."""
        whole = self.said.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def acknowledged(self) -> set[str]:
        """Return what receipts have named so far, by id."""
        told = [each for each in self.lines() if isinstance(each, list)]
        return {each for ids in told for each in ids}

    def at_work(self) -> bool:
        """Say whether the phones are still there."""
        return self.process.poll() is None

    def end(self) -> None:
        """Leave the server up until every phone has sent all it has."""
        self.process.communicate(timeout=LATE)
        assert self.process.returncode == 0
        told = self.lines()[-1]
        self.saved = told.pop("saved")
        self.network = told

    def rows(self) -> list[tuple[str, str]]:
        """Return what the book holds of this evening: id and hash of each event."""
        return book(self.server, READ)[self.before :]


@contextmanager
def phones(server: Server, many: Many, place: Path) -> Iterator[Evening]:
    """Let many phones work; what they tell lies in a folder."""
    before = len(book(server, READ))
    book(server, "UPDATE store_packet SET device_limit = 1000")
    told = [
        str(many.phones),
        "Infinity" if many.events == inf else str(many.events),
        str(many.burst),
    ]
    command = ["node", PHONES_JS, server.url, server.demo["code"], *told]
    said = place / "phones.jsonl"
    with (
        said.open("w") as out,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out) as process,
    ):
        try:
            yield Evening(server, process, said, before)
        finally:
            process.kill()
