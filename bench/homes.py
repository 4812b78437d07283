"""Doors along invented streets: lots, numbers by side, towers of flats."""

from dataclasses import dataclass
from typing import Any

import numpy as np

DENSE = 26.0  # metres of street for one house on one side, in the middle of a town
CLEAR = 8.0  # metres from a corner to the first house
OFF = (5.0, 15.0)  # metres from the line to a door
FLATS = 0.05  # of buildings, with a few doors each
TOWERS = 0.004  # of buildings, with a staircase each
SPARE = (1.04, 1.5, 3.0, 9.0)  # doors that are made for one, until there are enough

Array = np.ndarray[Any, Any]
Chance = np.random.Generator


@dataclass(frozen=True)
class Homes:
    """Doors: where they are, on which edge, and what is on them."""

    x: Array
    y: Array
    edge: Array
    number: Array
    unit: Array  # 0: the building is one door


def doors_on(net: Any, chance: Chance, doors: int) -> Homes:
    """Return so many doors along the edges of a net, edge by edge."""
    for spare in SPARE:
        buildings = _buildings(net, chance, doors * spare)
        if buildings.unit.sum() >= doors:
            break
    return _chosen(buildings, chance, doors)


def _buildings(net: Any, chance: Chance, doors: float) -> Homes:
    """Return buildings with about so many doors; `unit` says how many each has."""
    legs = _legs(net)
    length = legs[0].long + legs[1].long
    room = np.maximum(length - 2 * CLEAR, 0.0)
    flats = 1 + FLATS * 3.0 + TOWERS * 60.0
    expected = 2 * (room / net.lot).sum() * flats
    mean = room / net.lot * (doors / expected)
    houses = chance.poisson(np.tile(mean, 2))
    at = np.repeat(np.arange(houses.size), houses)
    nth = np.arange(at.size) - np.repeat(np.cumsum(houses) - houses, houses)
    edge, right = at % mean.size, at // mean.size
    share = (nth + chance.uniform(0.2, 0.8, at.size)) / houses[at]
    along = CLEAR + share * room[edge]
    x, y = _beside(legs, edge, along, right, chance.uniform(*OFF, at.size))
    most = max(int(houses.max(initial=1)), 1)
    step = np.maximum(100 // (2 * most + 2), 1) if most < 49 else 1
    number = net.number[edge] + 2 * nth * step + np.where(right, 0, 1)
    kind = chance.random(at.size)
    units = np.where(kind < FLATS, chance.integers(2, 7, at.size), 1)
    units = np.where(kind > 1 - TOWERS, chance.integers(20, 101, at.size), units)
    return Homes(x, y, edge, number, units)


@dataclass(frozen=True)
class _Leg:
    """One straight part of every edge."""

    x: Array
    y: Array
    dx: Array
    dy: Array
    long: Array


def _legs(net: Any) -> list[_Leg]:
    """Return the parts of edges up to their bend, and from there on."""
    ax, ay, bx, by = net.x[net.a], net.y[net.a], net.x[net.b], net.y[net.b]
    bent = np.isfinite(net.bend_x)
    mx, my = np.where(bent, net.bend_x, bx), np.where(bent, net.bend_y, by)
    return [
        _Leg(x, y, to_x - x, to_y - y, np.hypot(to_x - x, to_y - y))
        for x, y, to_x, to_y in ((ax, ay, mx, my), (mx, my, bx, by))
    ]


def _beside(
    legs: list[_Leg], edge: Array, along: Array, right: Array, off: Array
) -> tuple[Array, Array]:
    """Return the places so far along edges and so far off, on one of their sides."""
    far = legs[0].long[edge]
    second = along > far
    x, y, dx, dy, long = (
        np.where(second, getattr(legs[1], of)[edge], getattr(legs[0], of)[edge])
        for of in ("x", "y", "dx", "dy", "long")
    )
    share = np.where(second, along - far, along) / np.maximum(long, 1e-9)
    out = np.where(right, off, -off) / np.maximum(long, 1e-9)
    return x + share * dx + out * dy, y + share * dy - out * dx


def _chosen(buildings: Homes, chance: Chance, doors: int) -> Homes:
    """Return the doors of buildings, as many as are asked for."""
    units = buildings.unit
    at = np.repeat(np.arange(units.size), units)
    unit = np.arange(at.size) - np.repeat(np.cumsum(units) - units, units) + 1
    unit = np.where(units[at] == 1, 0, unit)
    stays = np.sort(chance.permutation(at.size)[:doors])
    at, unit = at[stays], unit[stays]
    order = np.argsort(buildings.edge[at], kind="stable")
    at, unit = at[order], unit[order]
    return Homes(
        buildings.x[at], buildings.y[at], buildings.edge[at], buildings.number[at], unit
    )
