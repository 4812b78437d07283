"""Pictures for docs/concepts/turf.md: one invented town, cut in boxes and by us."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.spatial import cKDTree

from bench.turf_peers import boxes
from bench.turf_tables import Box, Picture, draw
from bench.turf_world import World, invented, judgement, ours
from groundgame.turf.footing import footing
from groundgame.turf.stops import spread, stops
from groundgame.turf.tour import long_walk, neighbours

DOORS, SEED = 2_000, 501
SIDE = 620.0  # metres


def pictures(out: Path) -> None:
    """Draw the thick of a town: boxes, the long walk, and our turfs."""
    world = invented(DOORS, SEED)
    places = np.unique(np.column_stack((world.x, world.y)), axis=0)
    around = cKDTree(places).query_ball_point(places, SIDE / 2, return_length=True)
    x, y = places[np.argmax(around)]  # where most of the doors are
    box: Box = (x - SIDE / 2, y - SIDE / 2, x + SIDE / 2, y + SIDE / 2)
    ways = {"boxes": boxes, "long-walk": _one_walk, "turfs": ours(10.0)}
    for name, way in ways.items():
        made = way(world)
        metres = 1000.0 * judgement(world, made, 0.0).km
        print(f"turf-{name}.svg: all of the town {metres:,.0f} m")
        draw(out / f"turf-{name}.svg", Picture(world, made), box, 4.2)


def _one_walk(world: World) -> pa.Table:
    """Return the long walk through all doors that turfs are cut from, as one turf."""
    town = stops(world.placed)
    ground = footing(world.placed.take(town.rows), world.network)
    walk = long_walk(ground, neighbours(ground), 1.0, 1)
    starts = np.cumsum(town.doors) - town.doors
    doors = town.door_ids.take(pa.array(spread(starts[walk], town.doors[walk])))
    ones = pa.array(np.ones(world.count, np.int64))
    rank = pa.array(np.arange(1, world.count + 1))
    return pa.table([doors, ones, rank], names=["door_id", "turf", "position"])
