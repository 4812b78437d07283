"""What every loop needs: a compiler, the types of its arrays, and chance."""

import numpy as np
import numpy.typing as npt

from groundgame.values.loops import Loop, compiled

Ints = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

FOURTH = 3  # the neighbour that says how far apart stops are somewhere; 0 is the next
EVEN = 0.3  # of the mean of that, which each stop has to begin with
WINDOW = 1000  # what is near enough to be in the processor's own memory


__all__ = [
    "Bits",
    "Counts",
    "Floats",
    "Ints",
    "around",
    "compiled",
    "draw",
    "filed",
    "inner",
    "often",
    "within",
]


def within(loop: Loop) -> Loop:
    """Compile a small loop into each that calls it.

    A record of arrays is handed over array by array: a hundred words, which takes
    longer than what a small loop does. Only for those that are called all the time.
    """
    return inner(loop, forceinline=True)


def inner(loop: Loop, **more: bool) -> Loop:
    """Compile a loop that only other loops call, and that makes no arrays of its own.

    Such a loop need not count who refers to which array, which is most of the time that
    small functions over a record of arrays take: `led` is 3.5 times faster so. Numba
    names the option with an underscore, so without it we do as well, only slower.
    """
    lean = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False} | more
    try:
        return compiled(loop, **lean)
    except (TypeError, KeyError):  # a numba that does not know the option
        return compiled(loop, **more)


@inner
def draw(state: Bits, below: int) -> int:
    """Return a number from 0 to below - 1, below 2**32 (splitmix64).

    The upper half of 64 bits is a share of 1, and that times `below` is the number: a
    division would take longer than all the rest (Lemire, 2019, Fast random integer
    generation in an interval).
    """
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    share = (z >> np.uint64(32)) * np.uint64(below)
    return np.int64(share >> np.uint64(32))  # type: ignore[return-value]  # numba has one whole number


@inner
def around(count: int, share: float, state: Bits) -> int:
    """Return one of so many things by chance, not far from where `share` has come to.

    What is tried after one another is near one another, which is a third faster where
    there are many: things near in number share memory. `share` goes round at 1.0.
    """
    first = int((share - np.floor(share)) * count)
    return int((first + draw(state, min(WINDOW, count))) % count)


@compiled
def often(gap: Floats, stops: Ints) -> Ints:
    """Return as many stops, in the same order; some of them often, others not at all.

    A stop comes the more often the farther away its neighbours are, by `gap`: where
    stops are far apart there are more metres to be gained, so that is where more should
    be tried, in the country and not in its towns.
    """
    at, mean, n = min(FOURTH, gap.shape[1] - 1), 0.0, stops.size
    for stop in stops:
        mean += gap[stop, at] / n
    least = EVEN * mean if mean else 1.0
    each = mean + least
    chosen, place, owed = np.empty(n, np.int32), -1, 0.5 * each
    for done in range(n):
        while owed > 0.0 and place < n - 1:
            place += 1
            owed -= gap[stops[place], at] + least
        chosen[done] = stops[place]
        owed += each
    return chosen


@compiled
def filed(number: Counts, count: int) -> tuple[Counts, Ints]:
    """File things under the numbers they have, below `count`.

    Returns:
        Where those of each number begin, shape (count + 1,), and which they are: the
        lowest first among those of one number.
    """
    begins = np.zeros(count + 1, np.int64)
    for one in number:
        begins[one + 1] += 1
    begins = np.cumsum(begins)
    free, which = begins.copy(), np.empty(number.size, np.int32)
    for at in range(number.size):
        which[free[number[at]]] = at
        free[number[at]] += 1
    return begins, which
