"""A PostgreSQL of the tests' own: its own folder, a Unix socket, no port, no trace.

with cluster() as url: ...
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FAST = ("-c", "fsync=off", "-c", "full_page_writes=off")


def programs() -> Path | None:
    """Return where the newest PostgreSQL's programs lie; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def cluster(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a cluster, give the address of its database, stop and remove it."""
    with folder() as (place, user):
        make(place / "data", user)
        options = " ".join([*FAST, *said(place, settings or {})])
        control = (program("pg_ctl"), "-D", place / "data", "-w")
        _run(user, *control, "-l", place / "log", "-o", options, "start")
        try:
            yield address(place)
        finally:
            _run(user, *control, "-m", "immediate", "stop")


@contextmanager
def folder() -> Iterator[tuple[Path, str | None]]:
    """Give a folder, and as whom to run a cluster in it: root may not; remove it."""
    place = Path(tempfile.mkdtemp(prefix="gg-pg-"))
    try:
        yield place, _user(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def make(data: Path, user: str | None) -> None:
    """Make an empty cluster."""
    _run(user, program("initdb"), "-A", "trust", "-U", "book", "-D", data)


def said(place: Path, settings: Mapping[str, str]) -> list[str]:
    """Return what a cluster is started with whose socket is in a folder."""
    more = [f"{name}={value}" for name, value in settings.items()]
    own = ("listen_addresses=", f"unix_socket_directories={place}")
    return [word for each in (*own, *more) for word in ("-c", each)]


def address(place: Path) -> str:
    """Return the address of the database of a cluster in a folder."""
    return f"postgres://book@/postgres?host={place}"


def program(name: str) -> Path:
    """Return where one of PostgreSQL's programs is."""
    there = programs()
    if there is None:
        raise FileNotFoundError("there is no initdb below /usr/lib/postgresql")
    return there / name


def _user(folder: Path) -> str | None:
    """Return as whom to run it: root may not, so as postgres or nobody."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    return name


def _run(user: str | None, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs; show what it said when it fails."""
    done = subprocess.run(
        command,
        user=user,
        cwd="/",
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise RuntimeError((done.stdout or b"see the log").decode(errors="replace"))
