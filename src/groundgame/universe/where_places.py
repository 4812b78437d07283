"""Conditions on where somebody lives."""

from collections.abc import Mapping
from math import asin, cos, degrees, pi, radians, sin

import numpy as np

from groundgame.errors import NoSuchArea, NoSuchDistrict
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.asking import Asking, predicate
from groundgame.universe.columns import TEXT_COLUMNS

EARTH = 6_371_008.8
"""Metres; the mean radius."""
_WIDER = 1.0001  # a box round a circle, a little larger than rounding could want
_POLE = 89.0
_HALF = 180.0


@predicate.register
def _(rule: Near, asking: Asking) -> str:
    lat, lon = asking.bind(rule.lat), asking.bind(rule.lon)
    half = "pow(sin(radians({}) / 2), 2)"
    chord = (
        f"{half.format(f'lat - {lat}')} + cos(radians({lat})) * cos(radians(lat)) * "
        f"{half.format(f'lon - {lon}')}"
    )
    meters = f"{2 * EARTH!r} * asin(least(1.0, sqrt({chord})))"
    return f"({_box(rule, asking)} and {meters} <= {asking.bind(rule.meters)})"


def _box(rule: Near, asking: Asking) -> str:
    """Return the condition to be in a box round the circle: quick, and never too small.

    A door without a place has a longitude that no box holds.
    """
    angle = rule.meters / EARTH * _WIDER
    high = degrees(angle)
    wide = _HALF
    if angle < pi / 2 and abs(rule.lat) + high <= _POLE:
        wide = degrees(asin(min(1.0, sin(angle) / cos(radians(rule.lat))))) * _WIDER
    west, east = rule.lon - wide, rule.lon + wide
    if west < -_HALF or east > _HALF:
        west, east = -_HALF, _HALF
    sides = {"lat": (rule.lat - high, rule.lat + high), "lon": (west, east)}
    return " and ".join(
        f"{side} between {asking.bind(low)} and {asking.bind(top)}"
        for side, (low, top) in sides.items()
    )


@predicate.register
def _(rule: InArea, asking: Asking) -> str:
    known = asking.given.areas
    if rule.name not in known:
        raise NoSuchArea(rule.name, tuple(sorted(known)))
    doors = asking.electorate.doors
    x, y = (
        doors[side].to_numpy(zero_copy_only=False).astype(np.float64)
        for side in ("lon", "lat")
    )
    inside = np.concatenate([[False], known[rule.name].holds(x, y)])
    return asking.mark(asking.electorate.at_doors(inside))


@predicate.register
def _(rule: InDistrict, asking: Asking) -> str:
    known = asking.electorate.districts.select(["kind", "name", "county", "ocd_id"])
    rows = [row for row in known.to_pylist() if row["ocd_id"] in rule.ids]
    missing = set(rule.ids) - {row["ocd_id"] for row in rows}
    if missing:
        raise NoSuchDistrict(min(missing))
    meant = [_district(row, asking) for row in rows if row["kind"] in TEXT_COLUMNS]
    return f"({' or '.join(meant) or 'false'})"


def _district(row: Mapping[str, str | None], asking: Asking) -> str:
    """Return the condition to live in one district."""
    named = asking.electorate.one_of(str(row["kind"]), (str(row["name"]),))
    if row["county"] is None:
        return named
    return f"({named} and {asking.electorate.one_of('county', (row['county'],))})"
