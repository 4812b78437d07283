"""What takes a minute and never changes: turfs of others, kept from run to run."""

from pathlib import Path

import pyarrow.parquet as pq

from bench.turf_world import Judged, Way, World, judged, judgement

CPU = b"cpu"


def kept(path: Path, way: Way, world: World) -> Judged:
    """Cut a world, or take what was cut before, with the seconds that it took then.

    Args:
        path: Where to keep the turfs; its name says all that they depend on.
        way: How to cut.
        world: What to cut. What was kept is measured anew on it.
    """
    if path.exists():
        made = pq.read_table(path)
        seconds = float(made.schema.metadata[CPU])
        return judgement(world, made.replace_schema_metadata(None), seconds)
    found = judged(way, world)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    pq.write_table(found.made.replace_schema_metadata({CPU: str(found.cpu)}), part)
    part.rename(path)
    return found
