"""What a turf is cut and walked on: streets where a snapshot has some, else lines.

Streets are prepared once for a chapter's snapshot and kept as one Parquet file: of the
file that somebody gave to walk on, or else of the lines that came with the snapshot.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from groundgame import turf as engine
from groundgame.errors import NoStreets, OtherTown, UnreadableFile
from groundgame.server.actions import file
from groundgame.server.store.models import Cut, SnapshotRow
from groundgame.turf.stand import stand
from groundgame.turf.streets import Laid, Streets, prepare
from groundgame.turf.streets.network import Network
from groundgame.turf.within import called

Walked = Cut.Ground
Texts: TypeAlias = Any
"""A column of text, in one piece or several."""
ADDRESSED = (
    *("door_id", "lon", "lat", "meters"),
    *("city", "street", "number", "unit"),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Doors on a plane, and what lies between them."""

    kind: Walked
    placed: pa.Table
    network: Network | None
    """None: straight lines."""
    plane: engine.Plane
    laid: Laid | None = None
    """The streets with their names and lines; None: straight lines."""

    def metres(self, turfs: pa.Table) -> float:
        """Return how long the walks of some turfs are, all together."""
        walks = engine.measure(turfs, self.placed, network=self.network)
        return float(pc.sum(walks["metres"]).as_py() or 0.0)


def doors_of(row: SnapshotRow, ids: Texts) -> pa.Table:
    """Return the doors with these ids: where they are, and street, number and unit."""
    doors = file.opened(row).read("doors", list(ADDRESSED))
    return doors.filter(pc.is_in(doors["door_id"], ids))


def under(
    row: SnapshotRow, doors: pa.Table, plane: engine.Plane | None = None
) -> Ground:
    """Put doors of a snapshot on what there is to walk on; on their own plane or this.

    Where hardly any door is near a street, straight lines are better than no turf; the
    kind says so.

    Raises:
        GroundgameError: The doors cannot be put on a plane; the message says why.
    """
    streets = _streets(row)
    kind = Walked.LINES
    if streets is not None:
        try:
            standing = stand(doors, streets, plane)
        except OtherTown:
            kind = Walked.ELSEWHERE
        else:
            on, laid = standing.network, standing.laid
            return Ground(Walked.STREETS, standing.placed, on, laid.plane, laid)
    plane = plane or engine.plane_of(doors)
    return Ground(kind, engine.on_plane(doors, plane), None, plane)


def again(cut: Cut, ids: Texts, *, plane_of: Texts | None = None) -> Ground:
    """Put some doors of a cut on the ground that the cut was measured on.

    Streets that were given since count only for the next cut. They are on the plane of
    the doors `plane_of`, or else on their own.
    """
    over = cut.universe.snapshot
    doors = doors_of(over, ids)
    plane = engine.plane_of(doors if plane_of is None else doors_of(over, plane_of))
    if cut.ground == Walked.STREETS:
        return under(over, doors, plane)
    return Ground(Walked(cut.ground), engine.on_plane(doors, plane), None, plane)


def roads(cut: Cut) -> list[str]:
    """Return the names of the streets that a cut was measured on; maybe none."""
    streets = _streets(cut.universe.snapshot)
    return sorted(streets.names) if streets and cut.ground == Walked.STREETS else []


def road(cut: Cut, name: str) -> list[list[list[float]]]:
    """Return the lines of a road under a cut, in degrees; none where there is none.

    Raises:
        UnknownRoad: The streets have changed since it was one.
    """
    streets = _streets(cut.universe.snapshot)
    if streets is None:
        return []
    places, first = np.column_stack((streets.lon, streets.lat)), streets.first
    edges = np.flatnonzero(called(streets, name))
    return [places[first[n] : first[n + 1]].tolist() for n in edges]


def keep(row: SnapshotRow, path: Path) -> None:
    """Prepare a file of streets, to cut the turfs of a snapshot on from now on.

    Raises:
        UnreadableFile: It is neither an extract of OpenStreetMap nor GeoJSON lines.
        NoStreets: It holds nothing that may be walked.
        OtherTown: Hardly any door of the snapshot is near one of its streets.
    """
    streets = prepare(path).streets
    doors = file.opened(row).read("doors", ["door_id", "lon", "lat"])
    if doors["lon"].null_count < doors.num_rows:
        stand(doors, streets)
    streets.write(_made(row))


def known(row: SnapshotRow) -> bool:
    """Return whether a snapshot has streets to walk on, prepared or to be prepared."""
    return _file(row).exists() or file.opened(row).streets is not None


def _streets(row: SnapshotRow) -> Streets | None:
    """Return the streets of a snapshot, prepared now if they are not yet."""
    path = _file(row)
    lines = file.opened(row).streets
    if not path.exists() and lines is not None:
        with suppress(NoStreets, UnreadableFile):  # they are drawn, and not walked on
            prepare(lines).streets.write(_made(row))
    return Streets.open(path) if path.exists() else None


def _made(row: SnapshotRow) -> Path:
    """Return where streets are kept, in a folder that is there."""
    path = _file(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _file(row: SnapshotRow) -> Path:
    """Return where the streets of a chapter's snapshot are kept."""
    folder: Path = settings.DATA / "streets"
    return folder / f"{row.snapshot}-{row.chapter_id}.parquet"
