"""Where doors are on the map: blocks of doors, and the box that each block lies in.

Doors stand by county, precinct and street, so a block of them is a small spot on the
map, and a question about a place looks at few.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

BLOCKS = "blocks.npy"
_DOORS = 1024
_FAR = 999.0

Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spots:
    """Some doors, by number, and where they are."""

    door_no: npt.NDArray[np.int64]
    lon: Degrees
    lat: Degrees


@dataclass(frozen=True, slots=True)
class Blocks:
    """West, south, east and north of each block of doors, shape (n, 4)."""

    boxes: Degrees

    @classmethod
    def of(cls, lon: Degrees, lat: Degrees) -> "Blocks":
        """Return the blocks of doors at these places; nan is no place."""
        known = np.isfinite(lon) & np.isfinite(lat)
        starts = np.arange(0, len(lon), _DOORS)
        if not len(starts):
            return cls(np.zeros((0, 4)))
        low = [np.where(known, side, _FAR) for side in (lon, lat)]
        high = [np.where(known, side, -_FAR) for side in (lon, lat)]
        sides = [np.minimum.reduceat(side, starts) for side in low]
        sides += [np.maximum.reduceat(side, starts) for side in high]
        return cls(np.column_stack(sides))

    def within(self, doors: pa.Table, box: tuple[float, float, float, float]) -> Spots:
        """Return those doors that lie in a box, its border included.

        Args:
            doors: All doors, with lon and lat.
            box: West, south, east and north, degrees.
        """
        west, south, east, north = box
        near = np.flatnonzero(
            (self.boxes[:, 0] <= east)
            & (self.boxes[:, 1] <= north)
            & (self.boxes[:, 2] >= west)
            & (self.boxes[:, 3] >= south)
        )
        rows = (near[:, np.newaxis] * _DOORS + np.arange(_DOORS)).ravel()
        rows = rows[rows < doors.num_rows]
        some = doors.select(["lon", "lat"]).take(pa.array(rows))
        lon, lat = degrees(some, "lon"), degrees(some, "lat")
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return Spots(rows[inside] + 1, lon[inside], lat[inside])


def degrees(doors: pa.Table, side: str) -> Degrees:
    """Return lon or lat of doors; nan is no place."""
    found: Degrees = doors[side].to_numpy(zero_copy_only=False).astype(np.float64)
    return found
