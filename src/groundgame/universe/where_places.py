"""Conditions on where somebody lives."""

from collections.abc import Mapping
from math import asin, cos, degrees, pi, radians, sin

import numpy as np

from groundgame.errors import NoSuchArea, NoSuchDistrict
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.asking import Asking, Flags, predicate
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.electorate.spots import Spots

EARTH = 6_371_008.8
"""Metres; the mean radius."""
_WIDER = 1.0001  # a box round a circle, a little larger than rounding could want
_POLE = 89.0
_HALF = 180.0


@predicate.register
def _(rule: Near, asking: Asking) -> str:
    spots = asking.electorate.doors_within(*_box(rule))
    half = [
        np.sin(np.radians(there - here) / 2) ** 2
        for there, here in ((spots.lat, rule.lat), (spots.lon, rule.lon))
    ]
    chord = half[0] + cos(radians(rule.lat)) * np.cos(np.radians(spots.lat)) * half[1]
    meters = 2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    return _at(spots, meters <= rule.meters, asking)


def _at(spots: Spots, fitting: Flags, asking: Asking) -> str:
    """Return the condition to live behind one of those doors that fit."""
    flags = np.zeros(len(asking.electorate.building_of), np.bool_)
    flags[spots.door_no[fitting]] = True
    return asking.mark(flags, "door_no")


def _box(rule: Near) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a box round the circle, never too small."""
    angle = rule.meters / EARTH * _WIDER
    high = degrees(angle)
    wide = _HALF
    if angle < pi / 2 and abs(rule.lat) + high <= _POLE:
        wide = degrees(asin(min(1.0, sin(angle) / cos(radians(rule.lat))))) * _WIDER
    west, east = rule.lon - wide, rule.lon + wide
    if west < -_HALF or east > _HALF:
        west, east = -_HALF, _HALF
    return west, rule.lat - high, east, rule.lat + high


@predicate.register
def _(rule: InArea, asking: Asking) -> str:
    known = asking.given.areas
    if rule.name not in known:
        raise NoSuchArea(rule.name, tuple(sorted(known)))
    area = known[rule.name]
    spots = asking.electorate.doors_within(*area.box())
    return _at(spots, area.holds(spots.lon, spots.lat), asking)


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
