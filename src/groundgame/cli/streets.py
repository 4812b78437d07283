"""groundgame turf streets: a street file, prepared once, opened in a moment."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import numpy as np
import typer

from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.files import refuse_place, write_whole
from groundgame.turf import streets as room

StreetFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="An extract of OpenStreetMap (.osm.pbf), or streets as GeoJSON lines.",
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="The file to write: .parquet.")]


def streets(file: StreetFile, out: Out, as_json: AsJson = False) -> None:
    """Prepare the streets of a place for walking: once, before turf is cut on them.

    Whatever a person may walk is taken; motorways and private ways are not. Small parts
    that hang together with nothing are left out, and counted.
    """
    started = perf_counter()
    if out.suffix.lower() != room.PREPARED:
        raise typer.BadParameter(f"a prepared street file ends in {room.PREPARED}")
    refuse_place(out, file)
    done = room.prepare(file)
    write_whole(out, done.streets.write)
    metres = done.streets.metres
    kinds = np.bincount(
        done.streets.kind, weights=metres, minlength=len(room.classes().names)
    )
    by_class = {
        name: round(float(length) / 1000, 1)
        for name, length in zip(room.classes().names, kinds, strict=True)
        if length
    }
    parts = done.streets.parts()
    lone = np.bincount(parts, weights=metres)
    answer = {
        "nodes": done.streets.nodes,
        "edges": int(done.streets.a.size),
        "km": round(float(metres.sum()) / 1000, 1),
        "islands": len(lone) - 1,
        "islands_km": round(float(lone.sum() - lone.max()) / 1000, 1),
        "left_out": done.islands,
        "left_out_km": round(done.metres / 1000, 1),
        "seconds": round(perf_counter() - started, 3),
        "file": str(out),
    }
    if as_json:
        say(answer | {"km_by_class": by_class}, as_json=True)
    else:
        kilometres = {f"km {name}": length for name, length in by_class.items()}
        say(answer | kilometres, as_json=False, title="Streets")
    if len(lone) > 1:
        note(
            f"{len(lone) - 1} parts hang together with no other: no walk leads from "
            f"one to the next. An extract that reaches further may join them."
        )
