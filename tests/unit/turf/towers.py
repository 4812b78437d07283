"""Towers of Elm County: so many doors on each floor."""

import pyarrow as pa

from tests.unit.turf.towns import placed, walks


def built(plan):
    """Return the doors of towers: so many on each floor, named 101, 102, 201 ..."""
    rows = [
        (f"{n}-{level}-{unit}", *place, f"{level}{unit:02}")
        for n, (place, floors) in enumerate(plan)
        for level, doors in enumerate(floors, start=1)
        for unit in range(1, doors + 1)
    ]
    names, x, y, unit = zip(*rows, strict=True)
    table = placed(x, y, names)
    return table.append_column("unit", pa.array(unit))


def homes_of(turfs):
    """Return the turfs that each building has doors in, and each of its floors."""
    buildings, floors = {}, {}
    for number, walk in enumerate(walks(turfs)):
        for door in walk:
            building, level, _unit = door.split("-")
            buildings.setdefault(building, set()).add(number)
            floors.setdefault((building, level), set()).add(number)
    return buildings, floors
