"""An invented town, or a whole invented state: streets to walk on, and doors on them.

    python -m bench.town DOORS FOLDER [--seed N] [--state]

FOLDER gets streets.parquet (as 'groundgame turf streets' writes it) and doors.parquet
(door_id, lon, lat, street, number, unit, county). One seed, one town.

A town is a grid of blocks that is bent, shaken, and partly taken away: curved streets,
T-junctions, parks, culs-de-sac; a river with a few bridges, a railway with a few
crossings, and larger roads every fourth and eighth street. A state is many towns, few
of them large, in a countryside of winding roads with a house now and then. Houses stand
5 to 15 metres off the line, odd numbers on its left; some are towers of flats.
"""

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from bench.blocks import town
from bench.country import ROADS, SECTION, whole_state
from bench.homes import doors_on
from bench.nets import WORDS, Array, Net, largest
from groundgame.turf.streets.knit import knit
from groundgame.turf.streets.ways import Ways

LON, LAT = -99.5, 41.5  # degrees of an invented state's middle
COUNTIES = (10, 6)
FILES = ("streets.parquet", "doors.parquet")


def main() -> None:
    """Write what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("doors", type=int)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--state", action="store_true")
    told = asked.parse_args()
    make(told.doors, told.folder, seed=told.seed, state=told.state)


def make(doors: int, folder: Path, *, seed: int = 1, state: bool = False) -> None:
    """Write streets.parquet and doors.parquet of a town or a state of so many doors."""
    chance = np.random.default_rng([seed, 88])
    folder.mkdir(parents=True, exist_ok=True)
    net = whole_state(chance, doors) if state else town(chance, doors)
    net = largest(net)
    knit(_ways(net)).streets.write(folder / FILES[0])
    homes = doors_on(net, chance, doors)
    lon, lat = degrees(homes.x, homes.y)
    said, number, unit = (
        DOOR_NAMES.gather(net.name[homes.edge]),
        homes.number,
        homes.unit,
    )
    serial = pl.Series(chance.permutation(doors)).cast(pl.String).str.zfill(9)
    pl.DataFrame(
        {
            "door_id": "d" + serial,
            "lon": lon,
            "lat": lat,
            "street": said,
            "number": pl.Series(number).cast(pl.String),
            "unit": pl.Series(unit).cast(pl.String),
            "county": _counties(homes.x, homes.y),
        }
    ).with_columns(
        unit=pl.when(pl.col("unit") != "0").then("APT " + pl.col("unit"))
    ).write_parquet(folder / FILES[1])


def degrees(x: Array, y: Array) -> tuple[Array, Array]:
    """Return longitude and latitude of metres from the middle of the state."""
    lat = LAT + y / 111_132.0
    return LON + x / (111_320.0 * np.cos(np.radians(lat))), lat


def _names() -> tuple[pl.Series, pl.Series]:
    """Return all names of streets, as the map has them and as a voter file does."""
    heads = "Ash Birch Cedar Dun Elm Fern Glen Hazel Holly Ivy Juniper Laurel Linden"
    heads += " Maple Moss Oak Pine Poplar Reed Rowan Sage Sorrel Thorn Willow Yarrow"
    tails = (
        " berry brook bury creek dale field ford gate grove hill hurst ley mere mill"
    )
    tails += " moor ridge shaw stead stone ton vale well wick wood worth"
    words = [a + b for b in ["", *tails.split()] for a in heads.split()]
    words = [f"{a}{b}" for b in ("", " Bend") for a in words][:WORDS]
    kinds = [("Street", "ST"), ("Avenue", "AVE"), ("Court", "CT")]
    plain = [f"{word} {long}" for long, _ in kinds for word in words]
    short = [f"{word.upper()} {brief}" for _, brief in kinds for word in words]
    plain += [f"County Road {n}" for n in range(1, ROADS + 1)]
    short += [f"CO RD {n}" for n in range(1, ROADS + 1)]
    return pl.Series(plain), pl.Series(short)


NAMES, DOOR_NAMES = _names()


def _ways(net: Net) -> Ways:
    """Return a net's edges as ways that are still to be knitted."""
    bent = np.isfinite(net.bend_x)
    first = np.append(0, np.cumsum(2 + bent))
    place, x, y = (np.empty(first[-1], one) for one in (np.int64, float, float))
    for at, node in ((first[:-1], net.a), (first[1:] - 1, net.b)):
        place[at], x[at], y[at] = node, net.x[node], net.y[node]
    middle = first[:-1][bent] + 1
    place[middle] = net.x.size + np.arange(middle.size)
    x[middle], y[middle] = net.bend_x[bent], net.bend_y[bent]
    lon, lat = degrees(x, y)
    return Ways(
        way=np.arange(net.a.size),
        kind=net.kind.astype(np.int8),
        name=NAMES.gather(net.name).to_list(),
        oneway=np.zeros(net.a.size, np.bool_),
        first=first,
        place=place,
        lon=lon,
        lat=lat,
    )


def _counties(x: Array, y: Array) -> pl.Series:
    """Return the county of each door: rectangles, and one for a single town."""
    if np.ptp(x) < 10 * SECTION:
        return pl.Series(["ELM"]).gather(np.zeros(x.size, np.int64))
    column, row = (
        np.minimum((one - one.min()) / np.ptp(one) * many, many - 1).astype(np.int64)
        for one, many in zip((x, y), COUNTIES, strict=True)
    )
    names = DOOR_NAMES.str.replace(" ST$", "")[: COUNTIES[0] * COUNTIES[1]]
    return names.gather(column * COUNTIES[1] + row)


if __name__ == "__main__":
    main()
