"""Streets as they are kept: prepared once, opened in a moment.

In:  a network in degrees; or a file that `write` has written.
Out: the same, as one Parquet file of the schema groundgame.tables.STREETS.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from groundgame.errors import NoStreets, UnreadableTable, WrongTable
from groundgame.tables import STREETS
from groundgame.turf.stops import Counts, Floats
from groundgame.turf.streets.classes import classes
from groundgame.values import draft_of

Ints = npt.NDArray[np.int32]
DEGREE = 111_320.0  # metres of a degree, on the equator
_WANTED = "the columns that 'groundgame turf streets' writes"


@dataclass(frozen=True, slots=True)
class Streets:
    """A network of streets in degrees: an edge is a street from corner to corner."""

    a: Ints
    """The node at the first place of each edge, shape (edges,)."""
    b: Ints
    """The node at its last place; the same node where it is a ring."""
    kind: npt.NDArray[np.int8]
    """Its class of road: a place in classes().names."""
    name: Ints
    """Its name: a place in `names`; -1 where it has none."""
    names: tuple[str, ...]
    way: Counts
    """The source's own number of its line."""
    oneway: npt.NDArray[np.bool_]
    first: Counts
    """Where the places of each edge begin, shape (edges + 1,)."""
    lon: Floats
    """Degrees, shape (places,)."""
    lat: Floats
    """Degrees, shape (places,)."""

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return int(max(self.a.max(), self.b.max())) + 1 if self.a.size else 0

    @property
    def metres(self) -> Floats:
        """About how long each edge is, shape (edges,)."""
        return lengths(self.first, self.lon, self.lat)

    def parts(self) -> Ints:
        """Return a number for each edge, the same for all that hang together."""
        return parts(self.a, self.b)

    def table(self) -> pa.Table:
        """Return the streets as groundgame.tables.STREETS."""
        first = pa.array(self.first, pa.int32())
        number: Any = pa.array(self.name, mask=self.name < 0)
        kind: Any = pa.array(self.kind, pa.int8())
        columns: dict[str, Any] = {
            "a": pa.array(self.a, pa.int32()),
            "b": pa.array(self.b, pa.int32()),
            "kind": pa.array(classes().names, pa.string()).take(kind),
            "name": pa.array(self.names, pa.string()).take(number),
            "way": pa.array(self.way, pa.int64()),
            "oneway": pa.array(self.oneway),
            "lon": pa.ListArray.from_arrays(first, pa.array(self.lon)),
            "lat": pa.ListArray.from_arrays(first, pa.array(self.lat)),
        }
        return STREETS.conform(pa.table(columns))

    def write(self, path: Path) -> None:
        """Write the streets to one Parquet file; it is there whole, or not at all."""
        with draft_of(path) as draft:
            pq.write_table(self.table(), draft, compression="zstd")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the streets of a file.

        Raises:
            UnreadableTable: It is no file that `write` has written.
            NoStreets: It holds no street.
        """
        if not path.is_file():
            raise UnreadableTable(path.name, "does not exist", _WANTED)
        try:
            table = STREETS.conform(pq.read_table(path, columns=list(STREETS.names)))
            streets = cls.of(table)
        except (pa.ArrowException, WrongTable, ValueError) as problem:
            found = "is no prepared street file"
            raise UnreadableTable(path.name, found, _WANTED) from problem
        if not streets.a.size:
            raise NoStreets(path.name, "holds no street")
        return streets

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        """Return the streets of a table of the schema groundgame.tables.STREETS."""
        kind = _coded(table["kind"])
        known = [classes().number(one) for one in kind.dictionary.to_pylist()]
        name = _coded(table["name"])
        lon, lat = (_joined(table[one]) for one in ("lon", "lat"))
        whole = cls(
            a=table["a"].to_numpy().copy(),  # a loop would be compiled once more
            b=table["b"].to_numpy().copy(),  # for arrays that cannot be written
            kind=np.array(known, np.int8)[kind.indices.to_numpy()],
            name=name.indices.fill_null(-1).to_numpy(),
            names=tuple(name.dictionary.to_pylist()),
            way=table["way"].to_numpy(),
            oneway=table["oneway"].to_numpy(),
            first=lon.offsets.to_numpy().astype(np.int64),
            lon=lon.values.to_numpy(),
            lat=lat.values.to_numpy(),
        )
        whole._refuse(lat.offsets.to_numpy())
        return whole

    def _refuse(self, first: Counts) -> None:
        """Refuse numbers that loops would run out of their arrays with."""
        sizes = np.diff(self.first)
        used = np.bincount(np.concatenate((self.a, self.b)))
        sound = {
            "places that are none": np.isfinite(self.lon) & np.isfinite(self.lat),
            "lines of less than two places": sizes > 1,
            "nodes without a street": used > 0,
            "an unknown class of road": self.kind >= 0,
            "more longitudes than latitudes": self.first == first,
        }
        for problem, fine in sound.items():
            if not fine.all():
                raise WrongTable(STREETS.name, f"has {problem}")


def parts(a: Ints, b: Ints) -> Ints:
    """Return a number for each edge from a to b, the same for all that hang together.

    Args:
        a: The node at one end of each edge, shape (edges,).
        b: The node at the other.
    """
    size = int(max(a.max(initial=-1), b.max(initial=-1))) + 1
    joined = coo_matrix((np.ones(a.size, np.int8), (a, b)), shape=(size, size))
    of: Ints = connected_components(joined, directed=False)[1][a]
    return np.unique(of, return_inverse=True)[1].astype(np.int32)


def _joined(column: Any) -> Any:
    """Return a column in one piece."""
    return column.combine_chunks()


def _coded(column: Any) -> Any:
    """Return a column of text as numbers into its words."""
    return _joined(column.dictionary_encode())


def lengths(first: Counts, lon: Floats, lat: Floats) -> Floats:
    """Return about how many metres long lines are; lines have two places or more."""
    east = np.diff(lon) * np.cos(np.radians(lat[1:]))
    metres = np.append(DEGREE * np.hypot(east, np.diff(lat)), 0.0)
    metres[first[1:] - 1] = 0.0  # from one line to the next
    whole: Floats = (
        np.add.reduceat(metres, first[:-1]) if first.size > 1 else metres[:0]
    )
    return whole
