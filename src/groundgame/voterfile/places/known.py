"""What is known of a region: address points and street lines, in one form, on disk.

In:  files of points (CSV, GeoJSON, the National Address Database, .osm.pbf) and of
     street lines (GeoJSON, .osm.pbf).
Out: a folder: points.parquet (in the normal form of addresses, sorted), lines.parquet
     (one row a straight piece of a street), sources.json.

Files come in the order of trust: where two know one address, the first is believed. A
folder of known places is small, and any worker may read it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from glob import escape
from pathlib import Path

import duckdb
import polars as pl

from groundgame.errors import SwappedPlaces, WrongLayout
from groundgame.normal import address
from groundgame.voterfile.places import geojson, listed, mapped, osm, ways

COLDEST, NORTHMOST = -60.0, 84.0  # degrees; nobody votes beyond
MEMORY = "1GB"
EXTRACT, FEATURES = ".pbf", (".geojson", ".geojsonl", ".ndjson", ".json", ".geojsons")
Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much: ('reading', 3000, 90000)."""


@dataclass(frozen=True, slots=True)
class KnownSource:
    """One file of points: its name, its rows, and how many have address and place."""

    name: str
    rows: int
    points: int


@dataclass(frozen=True, slots=True)
class Known:
    """A folder of known places."""

    folder: Path

    @property
    def sources(self) -> tuple[KnownSource, ...]:
        """The files of points, in the order of trust."""
        plain = json.loads((self.folder / "sources.json").read_text(encoding="utf-8"))
        return tuple(KnownSource(**source) for source in plain)

    def points(self, near: pl.DataFrame) -> pl.DataFrame:
        """Return the points in the zip codes and towns of some doors."""
        return _near(self.folder / "points.parquet", near).collect()

    def streets(self, near: pl.DataFrame) -> pl.DataFrame:
        """Return the named street lines there, with their middles and metres."""
        return _near(self.folder / "streets.parquet", near).collect()

    def lines(self) -> pl.LazyFrame:
        """Return the straight pieces of all street lines, to be asked."""
        return pl.scan_parquet(self.folder / "lines.parquet", glob=False)


def _near(path: Path, doors: pl.DataFrame) -> pl.LazyFrame:
    """Return what is in the zip codes and towns of doors, or says neither."""
    zips, cities = doors["zip"].drop_nulls(), doors["city_key"].drop_nulls()
    zipped, town = pl.col("zip"), pl.col("city_key")
    return pl.scan_parquet(path, glob=False).filter(
        zipped.is_in(zips.unique().implode())
        | town.is_in(cities.unique().implode())
        | (zipped.is_null() & town.is_null())
    )


def gather(
    points: Sequence[Path],
    folder: Path,
    *,
    streets: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Known:
    """Read all that is known into a new folder.

    Args:
        points: Files of address points, the most trusted first.
        folder: Where it is written; it must not exist yet.
        streets: Files of street lines; extracts among the points bring theirs along.
        progress: Told how many bytes of how many are read.

    Raises:
        WrongLayout: A list lacks a column, or no row of it has a place.
        SwappedPlaces: Most of a list's latitudes are where nobody lives.
        UnreadableFile: A file is not what its name says.
    """
    (folder / "read").mkdir(parents=True)
    whole = sum(path.stat().st_size for path in points if path.is_file())
    done, sources = 0, []
    _usable(_NOTHING, 0).write_parquet(folder / "read" / "none.parquet")
    lines = [streets_of(path) for path in streets]
    for rank, path in enumerate(points):
        rows = kept = odd = 0
        for n, (spelled, size) in enumerate(_spelled(path, lines)):
            found = _usable(spelled, rank)
            found.write_parquet(folder / "read" / f"{rank:03}-{n:06}.parquet")
            rows, kept = rows + spelled.height, kept + found.height
            odd += exchanged(spelled)
            done += size
            if progress:
                progress("reading points", done, whole)
        _refuse(path, kept, odd=odd)
        sources.append(KnownSource(path.name, rows, kept))
    _sort(folder)
    known = Known(folder)
    text = json.dumps([asdict(source) for source in sources])
    (folder / "sources.json").write_text(text, encoding="utf-8")
    mapped.write(ways.together(lines), folder)
    return known


_NOTHING = pl.DataFrame(
    schema=dict.fromkeys(address.PARTS, pl.String)
    | {"lon": pl.Float64, "lat": pl.Float64}
)


def is_extract(path: Path) -> bool:
    """Say whether a file is an extract of OpenStreetMap, which has streets too."""
    return path.suffix.lower() == EXTRACT


def _spelled(
    path: Path, lines: list[pl.DataFrame]
) -> Iterator[tuple[pl.DataFrame, int]]:
    """Yield the points of a file as they are spelled; an extract's lines are kept."""
    endings = [ending.lower() for ending in path.suffixes]
    if is_extract(path):
        found = osm.read(path)
        lines.append(ways.from_wkb(found.lines))
        yield found.points, path.stat().st_size
    elif any(ending in FEATURES for ending in endings[-2:]):
        yield from geojson.read(path)
    else:
        yield from listed.read(path)


def streets_of(path: Path) -> pl.DataFrame:
    """Return the pieces of the street lines in GeoJSON or an extract."""
    if is_extract(path):
        return ways.from_wkb(osm.read(path).lines)
    return ways.from_geojson(path)


def _usable(spelled: pl.DataFrame, rank: int) -> pl.DataFrame:
    """Return the points that have a street, a number and a place, in normal form."""
    keyed = address.keys(spelled.select(address.PARTS)).select(
        *("number", "street_key", "street_shown", "unit_key", "city_key", "zip"),
        lon=spelled["lon"],
        lat=spelled["lat"],
        source=pl.lit(rank, dtype=pl.UInt8),
    )
    lon, lat = pl.col("lon"), pl.col("lat")
    return keyed.filter(
        lon.is_between(-180, 180)
        & lat.is_between(-90, 90)
        & ((lon != 0) | (lat != 0))
        & pl.col("street_key").is_not_null()
        & pl.col("number").is_not_null()
    )


def exchanged(places: pl.DataFrame) -> int:
    """Count places where nobody lives that would be fine with lon and lat exchanged."""
    lon, lat = pl.col("lon"), pl.col("lat")
    odd = ~lat.is_between(COLDEST, NORTHMOST) & lat.is_between(-180, 180)
    return places.filter(odd & lon.is_between(COLDEST, NORTHMOST)).height


def _refuse(path: Path, points: int, *, odd: int) -> None:
    """Refuse a list that would place nothing, or doors in the ice."""
    if odd > points / 2:
        raise SwappedPlaces(doors=odd)
    if not points:
        said = "has no row with a place"
        raise WrongLayout(path.name, listed.FORM, said, "look at LON and LAT")


def _sort(folder: Path) -> None:
    """Put all points into one file, in an order that no source decides."""
    with duckdb.connect() as ask:
        ask.execute(f"SET memory_limit = '{MEMORY}'")
        ask.execute("SET temp_directory = ?", [str(folder / "spill")])
        parts = ask.read_parquet(f"{escape(str(folder / 'read'))}/*.parquet")
        order = "zip, city_key, street_key, number, unit_key, source, lon, lat"
        parts.order(order).write_parquet(
            str(folder / "points.parquet"), compression="zstd"
        )
