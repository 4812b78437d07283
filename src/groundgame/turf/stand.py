"""Doors on a plane, each at the street it is on: what is cut and ordered on streets.

In:  doors with lon and lat, and the street and number of their address where those are
     known; and streets as `turf streets` keeps them.
Out: the same doors with x, y, edge, along and side, and the network they stand at.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from groundgame.turf.loops import kernels
from groundgame.turf.plane import Plane, on_plane, plane_of
from groundgame.turf.streets import Streets, join, lay
from groundgame.turf.streets.network import Laid, Network
from groundgame.values import at_once


@dataclass(frozen=True, slots=True)
class Standing:
    """Doors at their streets."""

    placed: pa.Table
    """As groundgame.tables.PLACED, with edge (-1: none), along in metres, and side."""
    network: Network
    """The streets, on the same plane."""
    outside: int
    """Doors that have a place, and no street within reach."""
    laid: Laid
    """The streets with their names and lines, on the same plane."""


def stand(doors: pa.Table, streets: Streets, plane: Plane | None = None) -> Standing:
    """Put doors on a plane, at their streets.

    Args:
        doors: Doors with door_id, lon and lat in degrees; perhaps with street, number,
            unit and `meters`, which each place may be off by.
        streets: What there is to walk on.
        plane: The plane to put them on; the doors' own if left out.

    Raises:
        SwappedPlaces, WrongTable, NothingToCut: As `on_plane` does.
        OtherTown: Hardly any door is near a street.
    """
    there, _ = at_once(lambda: plane or plane_of(doors), kernels)  # to load takes long
    laid, placed = at_once(lambda: lay(streets, there), lambda: on_plane(doors, there))
    x, y = placed["x"].to_numpy(), placed["y"].to_numpy()
    told = (
        doors[name].cast(pa.string()) if name in doors.column_names else None
        for name in ("street", "number")
    )
    joined = join(laid, x, y, *told)
    columns: dict[str, Any] = {
        "edge": joined.edge,
        "along": np.nan_to_num(joined.along),
        "side": joined.side,
    }
    for name, column in columns.items():
        placed = placed.append_column(name, pa.array(column))
    outside = int((np.isfinite(x) & (joined.edge < 0)).sum())
    return Standing(placed, laid.network, outside, laid)
