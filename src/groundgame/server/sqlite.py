"""How SQLite keeps the book.

An answered phone deletes its copy, so a commit must survive a power cut: FULL. The
write-ahead log can corrupt a database in releases before 3.51.3, when two connections
write and checkpoint at once; with those we keep the older rollback journal, where
readers wait for a writer's commit, and a wait of 20 s is allowed for.
"""

import sqlite3
from typing import Any

FIRST_SAFE_WAL = (3, 51, 3)
WAIT = 20


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe with this version of SQLite."""
    return "WAL" if version >= FIRST_SAFE_WAL else "TRUNCATE"


def options() -> dict[str, Any]:
    """Return what Django hands to each new connection."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": WAIT,
        "init_command": (
            f"PRAGMA journal_mode={journal_mode()};"
            "PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;"
        ),
    }
