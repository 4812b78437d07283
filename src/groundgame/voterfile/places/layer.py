"""A folder that can be made again, put in the place of the old one in one step.

One run at a time makes it: the others wait. What a killed run left behind is cleared
away by the next. Linux exchanges two folders at once; elsewhere, for a moment between
two renames, there is none, and the next run finds the old one again.
"""

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


@contextmanager
def layer(folder: Path, name: str) -> Iterator[Path]:
    """Give a hidden folder inside `folder`; at the end it is the folder `name`.

    After an error the old one stands, and the new one is gone.
    """
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        stands = folder / name
        _sweep(folder, name)
        making = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=folder))
        try:
            yield making
            making.chmod(0o755)
            if stands.exists():
                _exchange(making, stands)
            else:
                making.rename(stands)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    finally:
        os.close(held)


def _sweep(folder: Path, name: str) -> None:
    """Clear away what killed runs left; bring back a layer lost between two renames."""
    lost = folder / f".{name}-old"
    if lost.exists() and not (folder / name).exists():
        lost.rename(folder / name)
    for left in (lost, *folder.glob(f".{name}.*")):
        shutil.rmtree(left, ignore_errors=True)


def _exchange(new: Path, old: Path) -> None:
    """Let two folders change names."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = os.fsencode(new), os.fsencode(old)
    if rename and rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
        return
    aside = old.with_name(f".{old.name}-old")
    old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)
