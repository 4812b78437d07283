"""An invented town without streets to walk on: doors, for what is in straight lines.

Quarters of streets with houses on both sides, and some entrances that many doors share.
bench/town.py makes towns with streets.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from groundgame.values import Seed

Array = npt.NDArray[np.float64]

QUARTER = 900.0  # metres


class Town:
    """Doors of an invented town: where they are, on which street, at which number."""

    def __init__(self, doors: int, seed: int) -> None:
        """Build quarters from the middle outwards until there are enough doors."""
        chance = Seed(seed).stream("bench.town")
        wide = int(np.ceil(np.sqrt(doors / 520))) + 1
        cells = np.argwhere(np.ones((wide, wide))) - wide / 2
        cells = cells[np.argsort((cells**2).sum(axis=1), kind="stable")]
        faces, count = [], 0
        for cell in cells:
            for face in quarter(cell * QUARTER, chance):
                faces.append((*face, np.full(face[0].size, len(faces) // 2)))
                count += face[0].size
            if count > 1.05 * doors:
                break
        x, y, number, street = map(np.concatenate, zip(*faces, strict=True))
        kept = np.sort(chance.permutation(x.size)[:doors])
        self.street, self.number = street[kept], number[kept]
        ids = [f"{n:08}" for n in range(doors)]
        self.placed = pa.table({"door_id": ids, "x": x[kept], "y": y[kept]})


def quarter(
    corner: Array, chance: np.random.Generator
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield x, y and house number of each side of each street of one quarter."""
    turned = chance.choice([0.0, 0.0, chance.uniform(0, np.pi / 2)])
    blocks = chance.uniform(60, 110), chance.uniform(150, 260)
    gap, wanted = chance.uniform(11, 24), chance.uniform(0.25, 0.7)
    along = np.arange(-QUARTER / 2 + gap / 2, QUARTER / 2, gap)
    for across, (space, share) in enumerate(zip(blocks, (1.0, 0.35), strict=True)):
        for middle in np.arange(-QUARTER / 2 + space / 2, QUARTER / 2, space):
            for side in (-1, 1):
                at = np.flatnonzero(chance.random(along.size) < wanted * share)
                u = along[at] + chance.normal(0, 1, at.size)
                v = middle + side * (8 + chance.normal(0, 1.5, at.size))
                if across:
                    u, v = v, u
                x = corner[0] + np.cos(turned) * u - np.sin(turned) * v
                y = corner[1] + np.sin(turned) * u + np.cos(turned) * v
                shared = chance.random(at.size) < 0.02
                doors = np.where(shared, chance.integers(4, 30, at.size), 1)
                number = 100.0 + 2 * at + (side > 0)
                yield tuple(np.repeat(axis, doors) for axis in (x, y, number))
