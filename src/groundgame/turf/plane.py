"""From degrees to metres: doors on a plane that is true to length around them.

In:  doors with lon and lat in degrees (WGS 84), and how far off they may be.
Out: the same doors with x and y in metres, every one of them.

A door that was placed only by its street or its ZIP code stands, on the map, at the
middle of that street or area, with all others of it: a walk past them would be short on
paper and miles long on foot. So a place that may be off by too much is no place.

The projection is the transverse Mercator on the WGS 84 ellipsoid with the doors' middle
as its origin and true length along its central meridian. Lengths come out too long by
d² / (2 R²) at d metres east or west of the middle: one part in 8,000 at 100 km, one in
900 at 300 km; the same in all directions, so no walk is preferred to another.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyproj import Proj

from groundgame.errors import (
    FarPlace,
    NoDegrees,
    NothingToCut,
    SwappedPlaces,
    WrongTable,
)
from groundgame.tables import PLACED
from groundgame.turf.stops import Floats

COLDEST, NORTHMOST = -60.0, 84.0  # degrees; nobody votes beyond
FAR_AWAY = 300_000.0  # metres; from farther away nobody comes to these doors
FURTHEST_OFF = 250.0  # metres; a place that may be off by more leads nobody to a door


@dataclass(frozen=True, slots=True)
class Plane:
    """The projection: doors and streets that are on one plane have one origin."""

    lon: float
    """Degrees east of the origin."""
    lat: float
    """Degrees north of it."""

    @classmethod
    def around(cls, lon: Floats, lat: Floats) -> Self:
        """Return the plane with the middle of these places, in degrees, as origin."""
        return cls(_middle_longitude(lon), float(np.median(lat)))

    def metres(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return metres east and north; infinite on the other side of the globe."""
        x, y = self._mercator()(lon, lat)
        return x, y

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return longitude and latitude of metres east and north."""
        lon, lat = self._mercator()(x, y, inverse=True)
        return lon, lat

    def _mercator(self) -> Proj:
        middle = {"lat_0": self.lat, "lon_0": self.lon}
        return Proj({"proj": "tmerc", "ellps": "WGS84", **middle})


def plane_of(doors: pa.Table) -> Plane:
    """Return the plane that `on_plane` puts these doors on.

    Raises:
        SwappedPlaces, NoDegrees, WrongTable: As `on_plane` does.
        NothingToCut: No door has a usable place.
    """
    lon, lat, usable = _degrees(doors)
    if not usable.any():
        raise NothingToCut(doors=doors.num_rows)
    return Plane.around(lon[usable], lat[usable])


def on_plane(doors: pa.Table, plane: Plane | None = None) -> pa.Table:
    """Put doors on a plane.

    A door with no usable place (empty, NaN, infinite, exactly 0, 0, out of range, or
    `rough`) keeps its row with NaN for x and y: turf.cut lists it in `left_out`. A
    column `unit` is kept too, for the order within a building.

    Args:
        doors: Doors with door_id, lon and lat in degrees, in any order; perhaps with
            `meters`, which each may be off by.
        plane: The plane; the doors' own if left out.

    Returns:
        A table that conforms to groundgame.tables.PLACED, in the same order.

    Raises:
        SwappedPlaces: Most latitudes are beyond the poles or where nobody lives, and
            would be fine as longitudes.
        NoDegrees: Most places are beyond the globe.
        WrongTable: A column is missing, or is not of numbers.
    """
    lon, lat, usable = _degrees(doors)
    x, y = np.full(lon.size, np.nan), np.full(lon.size, np.nan)
    if usable.any():
        plane = plane or Plane.around(lon[usable], lat[usable])
        x[usable], y[usable] = plane.metres(lon[usable], lat[usable])
    columns = {"door_id": doors["door_id"], "x": pa.array(x), "y": pa.array(y)}
    table = PLACED.conform(pa.table(columns))
    return (
        table.append_column("unit", doors["unit"])
        if "unit" in doors.column_names
        else table
    )


def place_near(
    placed: pa.Table, plane: Plane, lat: float, lon: float
) -> tuple[float, float]:
    """Return a place in metres: where somebody sets out for these doors, or is at home.

    Args:
        placed: The doors on the plane.
        plane: The plane.
        lat: Degrees north.
        lon: Degrees east.

    Raises:
        FarPlace: It is far from all doors, or nowhere.
    """
    x, y = plane.metres(np.array([lon, lat]), np.array([lat, lon]))
    away = np.hypot(
        *(placed[axis].to_numpy()[:, None] - at for axis, at in (("x", x), ("y", y)))
    )
    near, exchanged = (bool((each <= FAR_AWAY).any()) for each in away.T)
    if not near:
        raise FarPlace(exchanged)
    return float(x[0]), float(y[0])


def rough(doors: pa.Table) -> npt.NDArray[np.bool_]:
    """Say of each door whether its place is too far off to walk to.

    Where nobody says how far a place is off, it is taken as it stands.
    """
    if "meters" not in doors.column_names:
        return np.zeros(doors.num_rows, dtype=np.bool_)
    off: npt.NDArray[np.bool_] = _numbers(doors, "meters") > FURTHEST_OFF
    return off


def _degrees(doors: pa.Table) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return longitudes, latitudes, and which of these places can be walked to.

    Refuse them where most are something else: exchanged, or in no degrees.
    """
    missing = {"door_id", "lon", "lat"} - set(doors.column_names)
    if missing:
        raise WrongTable("doors", f"has no column {', '.join(sorted(missing))}")
    lon, lat = _numbers(doors, "lon"), _numbers(doors, "lat")
    _refuse_swapped(lon, lat)
    said = np.isfinite(lon) & np.isfinite(lat) & ((lon != 0) | (lat != 0))
    there = said & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)  # noqa: PLR2004  # degrees
    beyond = int(said.sum()) - int(there.sum())
    if 2 * beyond > int(said.sum()):
        raise NoDegrees(doors=beyond)
    return lon, lat, there & ~rough(doors)


def _numbers(doors: pa.Table, name: str) -> Floats:
    """Return one column of numbers, NaN where a cell is empty."""
    try:
        column = doors[name].cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
        raise WrongTable(
            "doors", f"has something else than numbers in {name}"
        ) from problem
    return column.to_numpy(zero_copy_only=False)


def _refuse_swapped(lon: Floats, lat: Floats) -> None:
    """Refuse places that make sense only the other way round."""
    known = np.isfinite(lon) & np.isfinite(lat)
    lives = (lon >= COLDEST) & (lon <= NORTHMOST) & (np.abs(lat) <= 180)  # noqa: PLR2004  # degrees
    odd = known & lives & ((lat < COLDEST) | (lat > NORTHMOST))
    if 2 * int(odd.sum()) > int(known.sum()):
        raise SwappedPlaces(doors=int(odd.sum()))


def _middle_longitude(lon: Floats) -> float:
    """Return the median longitude, also for islands on both sides of 180 degrees."""
    around = np.degrees(np.angle(np.exp(1j * np.radians(lon)).mean()))
    return float(around + np.median((lon - around + 180) % 360 - 180))
