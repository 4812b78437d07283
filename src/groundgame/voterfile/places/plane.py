"""Degrees and metres: a plane for a county, and a rule of thumb between two neighbours.

In:  longitudes and latitudes in degrees (WGS 84).
Out: metres east and north of their middle, or the distance between two near places.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Proj

Floats = npt.NDArray[np.float64]
LAT_METERS = 111_132.0  # one degree of latitude, give or take half a per cent
LON_METERS = 111_320.0  # one degree of longitude on the equator


@dataclass(frozen=True, slots=True)
class Plane:
    """A transverse Mercator around one place; true to length for a county or two."""

    lon: float
    lat: float

    @classmethod
    def around(cls, lon: Floats, lat: Floats) -> "Plane":
        """Return the plane around the middle of these places."""
        return cls(
            round(float(np.median(lon)), 3) if lon.size else 0.0,
            round(float(np.median(lat)), 3) if lat.size else 0.0,
        )

    def xy(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Return metres east and north; infinite on the other side of the globe."""
        x, y = self._mercator()(lon, lat)
        return np.asarray(x), np.asarray(y)

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return longitudes and latitudes of metres east and north."""
        lon, lat = self._mercator()(x, y, inverse=True)
        return np.asarray(lon), np.asarray(lat)

    def _mercator(self) -> Proj:
        middle = {"lon_0": self.lon, "lat_0": self.lat}
        return Proj({"proj": "tmerc", "ellps": "WGS84", **middle})


def meters(lon: str, lat: str, other_lon: str, other_lat: str) -> pl.Expr:
    """Return the distance of two columns of places that lie near each other."""
    shrunk = pl.col(lat).radians().cos() * LON_METERS
    east = (pl.col(other_lon) - pl.col(lon)) * shrunk
    north = (pl.col(other_lat) - pl.col(lat)) * LAT_METERS
    return (east**2 + north**2).sqrt()
