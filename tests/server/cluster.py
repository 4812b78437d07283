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

FAST = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off")


def programs() -> Path | None:
    """Return where the newest PostgreSQL's programs lie; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def cluster(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a cluster, give the address of its database, stop and remove it."""
    there = programs()
    if there is None:
        raise FileNotFoundError("there is no initdb below /usr/lib/postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gg-pg-"))
    user = _user(folder)
    try:
        _run(user, there / "initdb", "-A", "trust", "-U", "book", "-D", folder / "data")
        more = [f"-c {name}={value}" for name, value in (settings or {}).items()]
        options = " ".join([*FAST, *more, "-c", f"unix_socket_directories={folder}"])
        control = (there / "pg_ctl", "-D", folder / "data", "-w")
        _run(user, *control, "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgres://book@/postgres?host={folder}"
        finally:
            _run(user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
