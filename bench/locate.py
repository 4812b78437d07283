"""Where doors are found when some of the points are hidden: ours beside two others.

    .venv/bin/python bench/locate.py ADDRESSES [STREETS] [SEED]

ADDRESSES is a list of real address points (CSV, perhaps packed) and STREETS an extract
of OpenStreetMap. Points are hidden in four ways, each drawn with the seed (1 if left
out), and the hidden ones are looked for among the rest:

- a fifth of the points, here and there, which is how lists are incomplete;
- a fifth of the blockfaces: every house on one side of one block;
- a fifth of the streets, with and without the streets' lines.

The peers are what is usually written by hand: the middle of the zip code; and one
straight line through all numbers of a street (numpy.interp over block * 100 + lot, no
sides and no blocks). The tables give, for each method, the share of the hidden doors,
the median and the 95th percentile of the distance to where they really are, and what
was said of it.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from groundgame.normal import address
from groundgame.values import Seed
from groundgame.voterfile.places import draw, gather, listed, streets_of
from groundgame.voterfile.places.numbers import positions
from groundgame.voterfile.places.search import search

GOAL = 60.0  # metres
HIDDEN = 0.2
SIDES = ["street_key", "zip", "block", "side"]
STREETS = ["street_key", "zip"]


def main() -> None:
    """Hide, look, measure; print a table for each way of hiding."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    addresses = Path(sys.argv[1])
    lines = [Path(sys.argv[2])] if len(sys.argv) > 2 else []
    seed = Seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    points = _points(addresses)
    files = " ".join(path.name for path in [addresses, *lines])
    print(f"$ python bench/locate.py {files}")
    print(f"{points.height:,} points, seed {seed.number}\n")
    ways: dict[str, tuple[list[str], list[Path]]] = {
        "a fifth of the points": (["row"], lines),
        "a fifth of the blockfaces": (SIDES, lines),
        "a fifth of the streets, lines known": (STREETS, lines),
        "a fifth of the streets, no lines": (STREETS, []),
    }
    for name, (by, known) in ways.items():
        if known or not name.endswith("lines known"):
            measure(name, points, hide(points, by, seed), known)


def _points(path: Path) -> pl.DataFrame:
    """Return the points with their normal form and the position of their number."""
    spelled = pl.concat(rows for rows, _ in listed.read(path))
    keyed = address.keys(spelled.select(address.PARTS))
    there = spelled.hstack(keyed.select("street_key", number_key="number"))
    hyphened = pl.col("number_key").str.contains("-", literal=True)
    return (
        there.filter(
            pl.col("street_key").is_not_null() & pl.col("number").is_not_null()
        )
        .with_columns(**positions(pl.col("number_key"), hyphened))
        .unique(["street_key", "number_key", "zip"], keep="none", maintain_order=True)
        .with_row_index("row")
    )


def hide(points: pl.DataFrame, by: list[str], seed: Seed) -> pl.Series:
    """Return which points are hidden: a fifth of the groups, drawn by the seed."""
    groups = points.select(by).unique().sort(by)
    draw = seed.stream("bench.locate").random(groups.height) < HIDDEN
    hidden = groups.filter(pl.Series(draw)).with_columns(hidden=pl.lit(value=True))
    joined = points.join(
        hidden, on=by, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["hidden"].fill_null(value=False)


def measure(
    name: str, points: pl.DataFrame, hidden: pl.Series, lines: list[Path]
) -> None:
    """Look for the hidden points among the others, and print how far off they are."""
    lost, rest = points.filter(hidden), points.filter(~hidden)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rest.select("lon", "lat", *address.PARTS).write_csv(folder / "points.csv")
        streets = []
        if lines:
            streets = [folder / "streets.geojson"]
            _drawn(lines[0], streets[0])
        known = gather([folder / "points.csv"], folder / "known", streets=streets)
        ours = search(lost.select(address.PARTS), known)
    print(f"## {name} hidden: {lost.height:,} doors")
    print(
        f"{'':<24}{'share':>8}{'median m':>10}{'95 % m':>9}{'said m':>8}{'<= 60 m':>9}"
    )
    for method in ("address point", "spelling", "interpolation", "street", "zip"):
        _line(f"  {method}", lost, ours, pl.col("placed_by") == method)
    off = _line("groundgame, all", lost, ours, pl.lit(value=True))
    for peer, placed in (
        ("a line through numbers", _one_line(lost, rest)),
        ("middle of the zip code", _zip_middles(lost, rest)),
    ):
        if not placed["lon"].count():
            print(f"{peer:<24}{0:>8.1%}")
            continue
        other = _line(peer, lost, placed, pl.lit(value=True))
        print(f"{'':<24}{'':>8}{other / off:>9.1f}x  of ours, median")
    print()


def _drawn(extract: Path, to: Path) -> None:
    """Write the streets of an extract, without its address points."""
    draw(streets_of(extract), to)


def _line(name: str, lost: pl.DataFrame, placed: pl.DataFrame, which: pl.Expr) -> float:
    """Print one line of the table, and return the median."""
    both = lost.select("lon", "lat").hstack(
        placed.select(
            lon_found="lon", lat_found="lat", placed_by="placed_by", meters="meters"
        )
    )
    east = (
        (pl.col("lon_found") - pl.col("lon")) * pl.col("lat").radians().cos() * 111_320
    )
    north = (pl.col("lat_found") - pl.col("lat")) * 111_132
    rows = both.with_columns(off=(east**2 + north**2).sqrt()).filter(which)
    found = rows.drop_nulls("off")
    if found.is_empty():
        return float("nan")
    near = found.filter(pl.col("off") <= GOAL).height / rows.height
    middle, most = found["off"].median(), found["off"].quantile(0.95)
    said = found["meters"].median()
    print(
        f"{name:<24}{found.height / both.height:>8.1%}{middle:>10.1f}{most:>9.1f}"
        f"{said if said is not None else float('nan'):>8.1f}{near:>9.1%}"
    )
    return float(middle)  # type: ignore[arg-type]  # a median of numbers is a number


def _one_line(lost: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """The peer: one straight line through all numbers of a street in a zip code."""
    number = pl.col("block").fill_null(0) * 100 + pl.col("part").fill_null(0)
    known = rest.with_columns(at=number).sort("at")
    streets = known.partition_by(STREETS, as_dict=True)
    lon, lat = np.full(lost.height, np.nan), np.full(lost.height, np.nan)
    asked = lost.with_columns(at=number).with_row_index("place")
    for key, doors in asked.partition_by(STREETS, as_dict=True).items():
        if (street := streets.get(key)) is None:
            continue
        at, where = doors["at"].to_numpy(), doors["place"].to_numpy()
        lon[where] = np.interp(at, street["at"], street["lon"])
        lat[where] = np.interp(at, street["at"], street["lat"])
    return _as_placed(lon, lat)


def _zip_middles(lost: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """The peer: the middle of all points of the zip code."""
    middles = rest.group_by("zip").agg(pl.col("lon", "lat").median())
    found = lost.select("zip").join(
        middles, on="zip", how="left", maintain_order="left"
    )
    return _as_placed(found["lon"].to_numpy(), found["lat"].to_numpy())


def _as_placed(lon: "np.ndarray", lat: "np.ndarray") -> pl.DataFrame:
    """Return places as a search does."""
    columns = {
        "lon": pl.Series(lon).fill_nan(None),
        "lat": pl.Series(lat).fill_nan(None),
    }
    none = pl.lit(None)
    return pl.DataFrame(columns).with_columns(
        placed_by=none.cast(pl.String), meters=none.cast(pl.Float32)
    )


if __name__ == "__main__":
    main()
