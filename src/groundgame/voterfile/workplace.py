"""A folder to make a snapshot in, and an end to those whose maker was killed.

Whoever makes a snapshot holds a lock on its folder, which the system gives back when
the process ends, however it ends. So a hidden folder that is not locked belongs to
nobody, and is cleared away when the next one is made.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MADE_HERE = re.compile(r"\..+-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.[a-z0-9_]{8}")


@contextmanager
def workplace(into: Path, identity: str) -> Iterator[Path]:
    """Give a hidden folder inside `into`; at the end it is gone, or was renamed.

    What others left behind there, who are no longer running, is cleared away.
    """
    with _locked(into):  # so that nobody clears away a folder before it is locked
        _sweep(into)
        making = Path(tempfile.mkdtemp(prefix=f".{identity}.", dir=into))
        held = _lock(making, fcntl.LOCK_EX)
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)
        os.close(held)


def _sweep(into: Path) -> None:
    """Remove the folders of runs that were killed."""
    for left in into.iterdir():
        if _MADE_HERE.fullmatch(left.name) and left.is_dir():
            try:
                held = _lock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:  # somebody is at work in it, or it has just been renamed
                continue
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for a moment."""
    held = _lock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(held)


def _lock(folder: Path, how: int) -> int:
    """Lock a folder, and return what to close so that it is free again."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, how)
    except OSError:
        os.close(opened)
        raise
    return opened
