"""Elm four times, a county each: what every room is given here and on the cluster."""

import csv
import json
import sys
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import pyarrow.parquet as pq

from groundgame import match, turf, universe, voterfile
from groundgame.turf import streets
from groundgame.turf.stand import stand
from groundgame.values import Seed
from tests.cluster.spark import HOUSE

DAY = date(2025, 1, 15)
COUNTIES = ("Ash", "Elm", "Fir", "Oak")
HOMES = 350  # of each county
STREET = 0.002  # degrees from one street to the next; twenty of them are a town
PART = 800  # people: a part for each county
TABLES = ("people", "doors", "places", "votes", "elections", "districts", "refused")
RULES = (
    "everyone",
    "party = DEM and age < 50",
    "voted in the 2022-11-08 general and not voted in the 2024-11-05 general",
    "random 30 % of doors seed 7",
    "a door where at least 2 are party = DEM",
    "a building with at least 3 doors",
    "random 25 people of each county seed 3 among party = UNA",
)


@contextmanager
def _town():
    """Give the modules of examples/elm."""
    sys.path.insert(0, str(HOUSE / "examples" / "elm"))
    try:
        yield [import_module(name) for name in ("small", "town", "voters")]
    finally:
        sys.path.remove(str(HOUSE / "examples" / "elm"))


def write(folder):
    """Write voters.csv, addresses.csv and list.csv, of four counties."""
    people, points, roads = [], [], []
    with _town() as (small, town, voters):
        homes = town.homes(Seed(1))[:HOMES]
        for n, county in enumerate(COUNTIES):
            for row in voters.voters(homes, Seed(n)):
                row |= {"voter_id": f"{row['voter_id']}-{n}", "county": county}
                people.append(row | {"zip": f"6900{n}"})
            for m, home in enumerate(homes):
                lon, lat = town.degrees(home.x, home.y)
                where = (home.number, home.street, home.unit)
                point = small.address_row(m, (lon + n / 10, lat), where)
                points.append(point | {"POSTCODE": f"6900{n}"})
    for n in range(len(COUNTIES)):
        degrees = [town.degrees(home.x, home.y) for home in homes]
        roads += _grid([(lon + n / 10, lat) for lon, lat in degrees])
    (folder / "streets.geojson").write_text(json.dumps({"features": roads}))
    people[-1] |= {"voter_id": "lives in Elm, listed in Oak"}
    same = next(row for row in people if row["county"] == "Elm" and row["unit"])
    home = {name: same[name] for name in ("house_number", "street", "zip")}
    people[-1] |= home | {"unit": "99"}  # a building in two parts
    people[3]["birth_date"] = "1970-02-30"  # one row that is refused
    _csv(folder / "voters.csv", people)
    _csv(folder / "addresses.csv", points[::2])
    _csv(folder / "all.csv", points[::3] + points[::2])
    _csv(folder / "list.csv", [_member(row) for row in people[::7]])


def _grid(places):
    """Return streets as GeoJSON: a grid over places, that meets at its crossings."""
    west, south = map(min, zip(*places, strict=True))
    lons = [west + n * STREET for n in range(20)]
    lats = [south + n * STREET for n in range(20)]
    lines = [[(lon, lat) for lon in lons] for lat in lats]
    lines += [[(lon, lat) for lat in lats] for lon in lons]
    return [{"geometry": {"type": "LineString", "coordinates": one}} for one in lines]


def _member(row):
    """Return a row of a list, as a member would have written it."""
    return {
        "first_name": row["first_name"],
        "last_name": row["last_name"].upper(),
        "birth_date": row["birth_date"],
        "address": f"{row['house_number']} {row['street']}",
        "zip": row["zip"],
    }


def _csv(path, rows):
    """Write rows as CSV."""
    with path.open("w", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def take_in(folder, into, workers):
    """Import the county, and return the snapshot."""
    return voterfile.import_file(
        folder / "voters.csv",
        "elm",
        into,
        dated=DAY,
        addresses=folder / "addresses.csv",
        workers=workers,
    )


def tables(snapshot):
    """Return every table of a snapshot, part by part, as they were written."""
    return {
        f"{table}/{path.name}": pq.ParquetFile(path).read()
        for table in TABLES
        for path in snapshot.paths(table)
    }


def imported(folder, snapshot, into, workers):
    """Import; return all tables, and the account."""
    del snapshot
    made = take_in(folder, into, workers)
    return tables(made) | {"account": made.manifest.as_dict()}


def located(folder, snapshot, into, workers):
    """Locate in a snapshot of one's own; return the places, and the account."""
    del snapshot
    made = take_in(folder, into, None)
    told = voterfile.locate(made, [folder / "all.csv"], workers=workers)
    return tables(made) | {"account": told.methods}


def asked(folder, snapshot, into, workers):
    """Ask all rules; return the counts, and who was found."""
    del folder, into
    found = {}
    for text in RULES:
        rule = universe.parse(text)
        found[text] = universe.count(snapshot, rule, as_of=DAY, workers=workers)
        lists = universe.find(snapshot, rule, as_of=DAY, workers=workers)
        found[f"{text}: people"] = lists.people.sort_by("person_id")
        found[f"{text}: doors"] = lists.doors.sort_by("door_id")
    return found


def cut(folder, snapshot, into, workers):
    """Cut the doors by their zip codes; return turfs and walks."""
    del folder, into
    doors = snapshot.read("doors")
    done = turf.cut(turf.on_plane(doors), workers=workers, by=doors["zip"])
    return {"turfs": done.turfs, "walks": done.summary, "lost": done.left_out}


def walked(folder, snapshot, into, workers):
    """Cut the doors by their zip codes, on streets; return turfs and walks."""
    del into
    doors = snapshot.read("doors")
    standing = stand(doors, streets.read(folder / "streets.geojson"))
    done = turf.cut(
        standing.placed, network=standing.network, workers=workers, by=doors["zip"]
    )
    assert standing.outside == 0
    return {"turfs": done.turfs, "walks": done.summary, "lost": done.left_out}


def matched(folder, snapshot, into, workers):
    """Match the list; return links and candidates."""
    del into
    listed = match.read(folder / "list.csv")
    links = match.link(listed, snapshot, workers=workers)
    return {"links": links.links, "candidates": links.candidates}


def differing(one, other):
    """Return the names of what is not the same."""
    names = one.keys() | other.keys()
    return sorted(name for name in names if not same(one.get(name), other.get(name)))


def same(one, other):
    """Say whether two tables, or two plain values, are the same."""
    return one.equals(other) if hasattr(one, "equals") else one == other


ROOMS = {one.__name__: one for one in (imported, located, asked, cut, walked, matched)}
