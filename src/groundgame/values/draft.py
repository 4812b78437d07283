"""Files that are whole or not there, whoever else writes the same ones just then.

A piece of work may be done twice: its worker was thought dead, and was only slow. Both
write the same, each a draft of its own; the last to finish gives it the name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

_DRAFT = ".draft-"
_one_at_a_time = Lock()


@contextmanager
def draft_of(path: Path, *, beside: Path | None = None) -> Iterator[Path]:
    """Give a draft to write, which becomes the file at the end; after an error, not.

    Args:
        path: The file.
        beside: A folder on the same storage to keep drafts in, the file's if left out.
    """
    with TemporaryDirectory(prefix=_DRAFT, dir=beside or path.parent) as own:
        draft = Path(own) / path.name
        yield draft
        draft.replace(path)


def clear_drafts(folder: Path) -> None:
    """Remove the drafts of those who were killed, in a folder and in those inside."""
    for left in folder.rglob(f"{_DRAFT}*"):
        rmtree(left, ignore_errors=True)


def load_array(path: Path, mapped: Literal["r"] | None = None) -> npt.NDArray[Any]:
    """Return an array from disk; `mapped` 'r': in place.

    NumPy reads the head of the file with Python's own parser, which in Python 3.11 two
    threads must not use at once (cpython issue 106905).
    """
    with _one_at_a_time:
        found: npt.NDArray[Any] = np.load(path, mmap_mode=mapped)
    return found
