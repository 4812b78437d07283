"""What every loop needs: a compiler, the types of its arrays, and chance."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Compile at the first call, and keep the result where the machine has room."""
    return _keep(loop, {"nogil": True, "error_model": "numpy"})


def inner(loop: Loop) -> Loop:
    """Compile a loop that only other loops call, and that makes no arrays of its own.

    Such a loop need not count who refers to which array, which is most of the time that
    small functions over a record of arrays take: `walks` is 3.5 times faster so. Numba
    names the option with an underscore, so without it we do as well, only slower.
    """
    lean = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False}
    try:
        return _keep(loop, {"nogil": True, "error_model": "numpy"} | lean)
    except (TypeError, KeyError):  # a numba that does not know the option
        return compiled(loop)


def _keep(loop: Loop, options: dict[str, Any]) -> Loop:
    """Compile with a cache beside the source, or in the user's folder, or with none."""
    try:
        ready: Loop = numba.njit(cache=True, **options)(loop)
    except RuntimeError:  # nowhere to write: compile anew in each process
        ready = numba.njit(**options)(loop)
    return ready


@inner
def draw(state: Bits, below: int) -> int:
    """Return a number from 0 to below - 1 (splitmix64)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return np.int64((z >> np.uint64(33)) % np.uint64(below))  # type: ignore[return-value]  # numba has one whole number
