"""The files of an organization as large as is asked for, as a server's demo takes them.

In:  a number of doors and a seed.
Out: a folder with voters.csv (layout elm, one voter a door), addresses.csv and
     streets.geojson of an invented town (bench/town.py).
"""

import json
from pathlib import Path

import numpy as np
import polars as pl

from bench.blocks import town
from bench.homes import Homes, doors_on
from bench.nets import Net, largest
from bench.town import NAMES, degrees

CITY, ZIP, COUNTY = "Elmton", "69999", "Elm"
PLACES = 7


def make(doors: int, folder: Path, *, seed: int = 1) -> None:
    """Write the three files of a town of so many doors."""
    chance = np.random.default_rng([seed, 88])
    folder.mkdir(parents=True, exist_ok=True)
    net = largest(town(chance, doors))
    homes = doors_on(net, chance, doors)
    address = _addresses(net, homes)
    _voters(address).write_csv(folder / "voters.csv")
    _points(address, homes).write_csv(folder / "addresses.csv")
    (folder / "streets.geojson").write_text(_streets(net), encoding="utf-8")


def _addresses(net: Net, homes: Homes) -> pl.DataFrame:
    """Return number, street and unit of each door."""
    unit = pl.Series(homes.unit).cast(pl.String)
    return pl.DataFrame(
        {
            "number": pl.Series(homes.number).cast(pl.String),
            "street": NAMES.gather(net.name[homes.edge]),
            "unit": unit,
        }
    ).with_columns(unit=pl.when(pl.col("unit") != "0").then("APT " + pl.col("unit")))


def _voters(address: pl.DataFrame) -> pl.DataFrame:
    """Return a voter file with somebody behind each door."""
    return address.select(
        voter_id="E" + pl.int_range(pl.len()).cast(pl.String),
        last_name=pl.lit("Elm"),
        first_name=pl.lit("Ada"),
        middle_name=pl.lit(""),
        suffix=pl.lit(""),
        birth_date=pl.lit("1980-01-01"),
        gender=pl.lit(""),
        party=pl.lit("UNA"),
        status=pl.lit("A"),
        registered=pl.lit("2016-08-01"),
        phone=pl.lit(""),
        house_number=pl.col("number"),
        street=pl.col("street"),
        unit=pl.col("unit"),
        city=pl.lit(CITY),
        zip=pl.lit(ZIP),
        county=pl.lit(COUNTY),
        precinct=pl.lit("ELM-1"),
        ward=pl.lit("1"),
        congressional=pl.lit("03"),
        state_senate=pl.lit("07"),
        state_house=pl.lit("014"),
        confidential=pl.lit("N"),
        history=pl.lit(""),
    )


def _points(address: pl.DataFrame, homes: Homes) -> pl.DataFrame:
    """Return address points with the columns of OpenAddresses."""
    lon, lat = degrees(homes.x, homes.y)
    places = pl.DataFrame({"LON": lon.round(PLACES), "LAT": lat.round(PLACES)})
    said = address.select(
        NUMBER="number",
        STREET="street",
        UNIT="unit",
        CITY=pl.lit(CITY),
        POSTCODE=pl.lit(ZIP),
        ID=pl.int_range(pl.len()).cast(pl.String),
    )
    return pl.concat([places, said], how="horizontal")


def _streets(net: Net) -> str:
    """Return the streets as GeoJSON lines, one for each stretch between corners."""
    x = np.column_stack([net.x[net.a], net.bend_x, net.x[net.b]])
    y = np.column_stack([net.y[net.a], net.bend_y, net.y[net.b]])
    lon, lat = (each.round(PLACES).tolist() for each in degrees(x, y))
    names = NAMES.gather(net.name).to_list()
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {
                "type": "LineString",
                "coordinates": [
                    list(p) for p in zip(x, y, strict=True) if p[0] == p[0]
                ],
            },
        }
        for name, x, y in zip(names, lon, lat, strict=True)
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, separators=(",", ":"))
