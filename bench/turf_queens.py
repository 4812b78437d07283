"""Question: what do real streets and real doors say? Queens Village, 32,255 doors.

In:  the extract and the addresses beside the repository (../shared/data/streets), or
     in the folder that is given. Out: a table, a plot, and a map of each way.
"""

import gzip
from pathlib import Path
from time import process_time

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from bench import turf_peers as peers
from bench.turf_beside import fewest, least
from bench.turf_exact import kilometres
from bench.turf_tables import Box, Picture, Table, draw, plot
from bench.turf_world import PACE, Judged, Way, World, judged, judgement, ours, warm
from groundgame import turf
from groundgame.turf.streets import prepare

EFFORTS = (0.1, 1.0, 2.0, 10.0, 30.0, 300.0, 600.0)
STEPS = 12_000  # for the lower bound, which is held against the longest try
PIECE = 2_000  # doors of the piece that PyVRP is given
CLOSE = 700.0  # metres of a side of the maps that are looked at closely
HEADS = ("", "km", "of boxes", "hours", "CPU s", "turfs", "outside", "km by scipy")


def queens(folder: Path, out: Path, seconds: float) -> list[Table]:
    """Cut Queens Village in all ways, and the piece of it that PyVRP can take."""
    warm()
    started = process_time()
    streets = prepare(folder / "queens-village-ny.osm.pbf").streets
    read = process_time() - started
    doors = _doors(folder)
    started = process_time()
    world = World.of(doors, streets)
    stood = process_time() - started
    title = f"Queens Village, {world.count:,} doors, walked on its streets"
    whole = _all(title, world, _ways(world, EFFORTS), out)
    whole.note = (
        f"CPU s is the cut's. Before it the extract is read in {read:.2f} s, and doors"
        f" are put at their streets in {stood:.2f} s."
    )
    piece = _piece(world)
    ways = _ways(piece, EFFORTS)
    ways[f"PyVRP on streets, {seconds:g} s"] = peers.vehicles(seconds, fewest(piece))
    title = f"The {PIECE:,} of them that are nearest to the middle"
    return [whole, _all(title, piece, ways, None)]


def _doors(folder: Path) -> pa.Table:
    """Return the addresses as doors."""
    with gzip.open(folder / "queens-village-ny-addresses.csv.gz") as file:
        rows = pa_csv.read_csv(file)
    ids = pa.array([f"q{n:05}" for n in range(rows.num_rows)])
    rows = rows.append_column("door_id", ids)
    wanted = ["door_id", "lon", "lat", "street", "housenumber"]
    return rows.select(wanted).rename_columns([*wanted[:-1], "number"])


def _ways(world: World, efforts: tuple[float, ...]) -> dict[str, Way]:
    """Return all ways, those that walk farthest first."""
    turfs = fewest(world)

    def lined(world: World) -> pa.Table:
        return ours(3.0)(world.straight())

    def lined_then_ordered(world: World) -> pa.Table:
        return turf.order(lined(world), world.placed, network=world.network)

    ways: dict[str, Way] = {
        "street names, then numbers": peers.street_order,
        "boxes, odd and even": peers.boxes,
        "METIS on streets, our order": peers.metis(turfs),
        "k-means, our order": peers.k_means(turfs),
        "ours in straight lines": lined,
        "the same, ordered on streets": lined_then_ordered,
    }
    return ways | {f"ours, effort {e:g}": ours(e) for e in efforts}


def _all(title: str, world: World, ways: dict[str, Way], out: Path | None) -> Table:
    """Cut in each way; return the table, and draw what was made if there is where."""
    table, found = Table(title, HEADS), {}
    base = judgement(world, peers.boxes(world), 0.0).km
    for name, way in ways.items():
        found[name] = judged(way, world)
        _row(table, name, found[name], base, world)
        if out is not None:
            _maps(out, name, world, found[name])
    bound = least(world, STEPS)
    table.add("lower bound", f"{bound:.1f}", f"{bound / base:.3f}", *[""] * 5)
    if out is not None:
        _drawn(found, out)
    return table


def _drawn(found: dict[str, Judged], out: Path) -> None:
    """Draw kilometres against seconds: ours on streets as a line, others as points."""
    lines: dict[str, tuple[list[float], list[float]]] = {}
    for name, one in found.items():
        said = "ours on streets" if name.startswith("ours, effort") else name
        x, y = lines.setdefault(said, ([], []))
        x.append(max(one.cpu, 0.01))
        y.append(one.km)
    labels = ("seconds of the processor", "kilometres walked")
    plot(out / "queens.svg", lines, labels, log_y=True)


def _row(table: Table, name: str, one: Judged, base: float, world: World) -> None:
    """Write down what came of one way."""
    hours = 1000.0 * one.km / PACE / 60.0
    table.add(
        name, f"{one.km:.1f}", f"{one.km / base:.3f}", f"{hours:.0f}", f"{one.cpu:.2f}",
        one.turfs, one.outside, f"{kilometres(world, one.made):.1f}",
    )  # fmt: skip


def _piece(world: World) -> World:
    """Return the doors around the middle."""
    far = np.hypot(world.x - np.median(world.x), world.y - np.median(world.y))
    return world.take(np.sort(np.argsort(far, kind="stable")[:PIECE]))


def _maps(out: Path, name: str, world: World, one: Judged) -> None:
    """Draw all of it as a picture, and a few blocks closely."""
    said = name.replace(",", "").replace(" ", "-")
    (west, east), (south, north) = (
        np.percentile(side, (0.2, 99.8)) for side in (world.x, world.y)
    )
    whole: Box = (west, south, east, north)
    picture = Picture(world, one.made)
    draw(out / f"queens-{said}.png", picture, whole, 9.0)
    x, y = (float(np.percentile(side, 45)) for side in (world.x, world.y))
    near = (x - CLOSE / 2, y - CLOSE / 2, x + CLOSE / 2, y + CLOSE / 2)
    draw(out / f"queens-{said}-near.png", picture, near, 4.5)
