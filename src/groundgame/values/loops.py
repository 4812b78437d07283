"""Compile a loop, and keep what is compiled where no other version can take it up."""

import hashlib
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop, **options: Any) -> Loop:
    """Compile at the first call, and keep the result where the machine has room.

    What is kept is named after the content of all Python files in the loop's folder:
    loops call one another across files, and the code of those that are called is in
    what is kept of the caller. By itself Numba looks at the loop's own file only, so a
    process could load what another, of an earlier version, has kept: wrong results, and
    no error.

    Args:
        loop: The function.
        options: Numba's, besides those that all loops have: they hold no lock, and
            divide by zero as NumPy does.
    """
    loop.__qualname__ = (
        f"{loop.__name__}_{_written(Path(inspect.getfile(loop)).parent)}"
    )
    settled: dict[str, Any] = {"nogil": True, "error_model": "numpy"} | options
    try:
        ready: Loop = numba.njit(cache=True, **settled)(loop)
    except RuntimeError:  # nowhere to write: compile anew in each process
        ready = numba.njit(**settled)(loop)
    return ready


@cache
def _written(folder: Path) -> str:
    """Return a name for what the Python files of a folder hold."""
    texts = [file.read_bytes() for file in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]
