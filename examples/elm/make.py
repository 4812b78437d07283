"""Make Elm County, which is made up, the same each time.

    python examples/elm/make.py --small DIR    the ten rows that lie beside this file
    python examples/elm/make.py --large DIR    about 5,000 voters behind 2,900 doors
    python examples/elm/make.py --over ADDRESSES_CSV DIR    voters over real addresses

Each writes voters.csv (layout elm) and addresses.csv (OpenAddresses columns); the
first two also write streets.geojson. `--voters N` makes a larger file for benchmarks.
"""

import argparse
import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import small
import spoil
import town
import trial
import voters

from groundgame.values import Seed

SEED = Seed(20250115)
WITHOUT_POINT = 0.02  # share of points left out; a unit may still have its building


@dataclass(frozen=True, slots=True)
class Point:
    """One address point of a file that somebody else made."""

    number: str
    street: str
    unit: str
    lon: str
    lat: str
    city: str
    zip: str
    ward: int


def make_small(folder: Path) -> None:
    """Write the ten rows, and an experiment that is over."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "voters.csv", _csv(small.VOTER_COLUMNS, small.voters()))
    _write(folder / "addresses.csv", _csv(small.ADDRESS_COLUMNS, small.addresses()))
    _write(folder / "streets.geojson", _geojson(small.streets()))
    _write(folder / "trial-doors.csv", _csv(trial.DOOR_COLUMNS, trial.doors()))
    _write(folder / "trial-outcomes.csv", _csv(trial.OUTCOME_COLUMNS, trial.outcomes()))


def make_large(folder: Path, seed: Seed = SEED) -> None:
    """Write the town: voters with some spoiled rows, addresses with some missing."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = town.homes(seed)
    text = _csv(small.VOTER_COLUMNS, voters.voters(homes, seed))
    _write(folder / "voters.csv", spoil.spoil(text, seed, share=0.015))
    _write(folder / "addresses.csv", _csv(small.ADDRESS_COLUMNS, _points(homes, seed)))
    lines = {
        street.name: [list(town.degrees(x, y)) for x, y in street.line]
        for street in town.streets()
    }
    _write(folder / "streets.geojson", _geojson(lines))


def make_over(addresses: Path, folder: Path, seed: Seed = SEED) -> None:
    """Write invented voters behind the addresses of another file."""
    folder.mkdir(parents=True, exist_ok=True)
    points = list(_read_points(addresses))
    rows = voters.voters(points, seed, behind=1.4)
    _write(folder / "voters.csv", _csv(small.VOTER_COLUMNS, rows))
    placed = (
        small.address_row(n, (float(p.lon), float(p.lat)), (p.number, p.street, p.unit))
        | {"POSTCODE": p.zip, "CITY": p.city, "REGION": ""}
        for n, p in enumerate(points, start=1)
    )
    _write(folder / "addresses.csv", _csv(small.ADDRESS_COLUMNS, placed))


def make_many(count: int, folder: Path, seed: Seed = SEED) -> None:
    """Write about `count` voters: large Elm, again and again, with ids of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    one = voters.voters(town.homes(seed), seed)
    made = (
        row | {"voter_id": f"{row['voter_id']}-{town_no}", "zip": f"{town_no:05}"}
        for town_no in range(1 + count // len(one))
        for row in one
    )
    text = _csv(
        small.VOTER_COLUMNS, (row for _, row in zip(range(count), made, strict=False))
    )
    _write(folder / "voters.csv", text)


def _points(homes: Sequence[town.Home], seed: Seed) -> Iterable[Mapping[str, str]]:
    """Yield an address point for nearly every home."""
    chance = seed.stream("elm.addresses")
    for n, home in enumerate(homes, start=1):
        if chance.random() >= WITHOUT_POINT:
            address = (home.number, home.street, home.unit)
            yield small.address_row(n, town.degrees(home.x, home.y), address)


def _read_points(path: Path) -> Iterable[Point]:
    """Yield the addresses of a CSV, plain or gzip, by any of the usual column names."""
    packed = path.suffix == ".gz"
    raw_bytes = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    for n, raw in enumerate(csv.DictReader(io.StringIO(raw_bytes.decode()))):
        row = {key.lower(): value for key, value in raw.items()}
        yield Point(
            number=row.get("number") or row["housenumber"],
            street=row["street"],
            unit=row["unit"],
            lon=row["lon"],
            lat=row["lat"],
            city=row.get("city", ""),
            zip=row.get("zip") or row["postcode"],
            ward=1 + n % 4,
        )


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a CSV file's text."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _geojson(lines: Mapping[str, Sequence[Sequence[float]]]) -> str:
    """Return named lines as GeoJSON, one feature a line of text."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": {"type": "LineString", "coordinates": line},
            }
        )
        for name, line in lines.items()
    ]
    body = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def main() -> None:
    """Make what the command line asks for."""
    say = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    which = say.add_mutually_exclusive_group(required=True)
    which.add_argument("--small", type=Path, metavar="DIR", nargs="?", const=HERE)
    which.add_argument("--large", type=Path, metavar="DIR")
    which.add_argument("--over", type=Path, nargs=2, metavar=("ADDRESSES_CSV", "DIR"))
    which.add_argument("--voters", nargs=2, metavar=("N", "DIR"))
    asked = say.parse_args()
    if asked.small:
        make_small(asked.small)
    elif asked.large:
        make_large(asked.large)
    elif asked.over:
        make_over(*asked.over)
    else:
        make_many(int(asked.voters[0]), Path(asked.voters[1]))


HERE = Path(__file__).parent

if __name__ == "__main__":
    main()
