"""What holds of every cut, said slowly and without any of the code that cuts."""

from itertools import pairwise
from math import hypot, isclose

from groundgame import turf
from groundgame.values import Seed
from tests.unit.turf.towns import shuffled, walks


def possible(doors, least, most):
    """Say whether some number of turfs of least to most doors adds up to `doors`."""
    return any(least * k <= doors <= most * k for k in range(1, doors + 1))


def broken(placed, plan, seed=None):
    """Cut, and return the names of the laws that do not hold."""
    cut = turf.cut(placed, plan, seed or Seed(1))
    at = {r["door_id"]: (r["x"], r["y"]) for r in placed.to_pylist()}
    walked = walks(cut.turfs)
    doors = [door for walk in walked for door in walk]
    return [
        *_once(at, doors, cut),
        *_sizes(plan, [len(walk) for walk in walked], cut),
        *_metres(at, walked, cut),
        *_positions(cut),
        *_rows(placed, plan, cut, seed or Seed(1)),
    ]


def _once(at, doors, cut):
    """Each door is in one turf, or is left out."""
    if sorted(doors + cut.left_out.to_pylist()) != sorted(at):
        yield "each door once"


def _sizes(plan, sizes, cut):
    """Turfs are as asked where that can be, else few and equal."""
    n = sum(sizes)
    if max(sizes) > plan.most:
        yield "none above most"
    if possible(n, plan.least, plan.most):
        if min(sizes) < plan.least or not cut.limits.as_asked:
            yield "none below least"
        return
    if len(sizes) != -(-n // plan.most) or max(sizes) - min(sizes) > 1:
        yield "few and equal"
    if cut.limits.as_asked:
        yield "says that it is not as asked"


def _metres(at, walked, cut):
    """A turf is as long as its legs, and all turfs as long as the turfs."""
    told = {row["turf"]: row for row in cut.summary.to_pylist()}
    total = 0.0
    for number, walk in enumerate(walked, start=1):
        places = [at[door] for door in walk]
        legs = pairwise(places)
        metres = sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in legs)
        total += metres
        row = told[number]
        if row["doors"] != len(walk):
            yield "the summary counts doors"
        if not isclose(row["metres"], metres, rel_tol=1e-9, abs_tol=1e-6):
            yield "a turf is as long as its legs"
    if not isclose(cut.metres, total, rel_tol=1e-9, abs_tol=1e-6):
        yield "the whole is as long as its turfs"


def _positions(cut):
    """Turfs are numbered from 1, and so are the places of each walk."""
    rows = cut.turfs.to_pylist()
    numbers = sorted({row["turf"] for row in rows})
    if numbers != list(range(1, len(numbers) + 1)):
        yield "turfs are numbered from 1"
    for number in numbers:
        places = sorted(row["position"] for row in rows if row["turf"] == number)
        if places != list(range(1, len(places) + 1)):
            yield "places are numbered from 1"


def _rows(placed, plan, cut, seed):
    """The order of the rows is nothing."""
    if walks(turf.cut(shuffled(placed), plan, seed).turfs) != walks(cut.turfs):
        yield "the order of the rows changes nothing"
