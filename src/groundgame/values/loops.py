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

    What is kept is named after the content of the loop's file. By itself Numba names it
    after the loop, so that one process could load for a moment what another, of an
    earlier version, has kept: wrong results, and no error.

    Args:
        loop: The function.
        options: Numba's, besides those that all loops have: they hold no lock, and
            divide by zero as NumPy does.
    """
    loop.__qualname__ = f"{loop.__name__}_{_written(inspect.getfile(loop))}"
    settled: dict[str, Any] = {"nogil": True, "error_model": "numpy"} | options
    try:
        ready: Loop = numba.njit(cache=True, **settled)(loop)
    except RuntimeError:  # nowhere to write: compile anew in each process
        ready = numba.njit(**settled)(loop)
    return ready


@cache
def _written(path: str) -> str:
    """Return a name for what a file holds."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
