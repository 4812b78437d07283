"""Which script opens with a door: what an experiment says of it, and nothing else.

In:  a bundle that was just made, and the chapter whose it is.
Out: the same bundle; its stops say under `script` which script is theirs, and
     `scripts` holds those that are not the packet's own.

It is all that a phone is told of an experiment. Every stop of a placebo experiment
names its script, so that having one tells nothing; which one is seen when the door is
opened. The order of the stops, their number and their people stay as they are.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from groundgame.canvass import Script
from groundgame.server.actions import held_out
from groundgame.server.actions.held_out import PLACEBO
from groundgame.server.store.models import Chapter, Experiment


def shipped() -> dict[str, Any]:
    """Return the placebo script that comes with groundgame, in its bundle form."""
    path = files("groundgame.canvass") / "scripts" / "placebo.toml"
    return Script.loads(path.read_text(encoding="utf-8")).as_dict()


def by_door(chapter: Chapter | int) -> dict[str, dict[str, Any] | None]:
    """Return the script of each door that takes part in a placebo experiment.

    None: the one that its packet goes out with.
    """
    known: dict[str, dict[str, Any] | None] = {}
    for row in held_out.running(chapter):
        if is_placebo(row):
            known |= {
                door: row.scripts.get(arm)
                for door, arm in held_out.arms(row)
                .drop_nulls(["door_id", "arm"])
                .select("door_id", "arm")
                .iter_rows()
            }
    return known


def is_placebo(row: Experiment) -> bool:
    """Return whether an experiment visits some doors with another script."""
    return any(role == PLACEBO for _, role, _ in row.arms)


def tells(chapter: Chapter | int, doors: Mapping[str, Any] | set[str]) -> bool:
    """Return whether paper would show which of some doors have the other script."""
    known = by_door(chapter)
    return any(known.get(door) is not None for door in doors)


def lay(made: dict[str, Any], chapter: Chapter | int) -> dict[str, Any]:
    """Return a bundle whose stops say which script is theirs."""
    known = by_door(chapter)
    stops = [
        stop | {"script": (known[stop["door"]] or made["script"])["id"]}
        if stop["door"] in known
        else stop
        for stop in made["stops"]
    ]
    others = {
        script["id"]: script
        for stop in made["stops"]
        if (script := known.get(stop["door"])) is not None
    }
    return made | {"stops": stops} | ({"scripts": [*others.values()]} if others else {})
