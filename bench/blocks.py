"""An invented town: a grid of blocks that is bent, shaken and partly taken away.

A river has few bridges and a railway few crossings; every fourth, eighth and sixteenth
street is larger; parks have no streets, and courts end in the middle of a block.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bench.homes import DENSE
from bench.nets import (
    LOCAL,
    PRIMARY,
    SECONDARY,
    TERTIARY,
    WORDS,
    Array,
    Chance,
    Net,
    together,
)

BLOCK = (80.0, 120.0)  # metres of a block
PER_BLOCK = 9.0  # doors, of a town as a whole
RIVER = 6.0  # blocks from the middle to the edge of a town that has a river
LARGE = 16.0  # blocks from the middle to the edge of one with bridges far between
WIDE = 0.6  # blocks from the middle of a river to its bank
SHAKEN = 0.03  # blocks by which a crossing is off its place
BULGE = 0.05  # blocks by which the middle of an edge is
GONE = 0.13  # of residential edges
COURTS = 0.05


def town(chance: Chance, doors: int, x: float = 0.0, y: float = 0.0) -> Net:
    """Return a town of about so many doors around a place."""
    size = float(np.sqrt(doors / PER_BLOCK / np.pi))
    half = int(size * 1.45) + 2
    i, j = (one.reshape(-1) for one in np.mgrid[-half : half + 1, -half : half + 1])
    bend = _Bend(chance, size, x, y)
    shake = chance.normal(0.0, SHAKEN, (2, i.size))
    grid = _Grid(i, j, *bend.places(i + shake[0], j + shake[1]), size)
    inside = _inside(chance, i, j, size)
    barriers = []
    if size >= RIVER:
        barriers = [
            barrier(
                chance, size, i, j, PRIMARY if size > 16 else SECONDARY, WIDE
            ),  # blocks
            barrier(chance, size, j, i, TERTIARY, 0.0),
        ]
    words = chance.permutation(WORDS)
    parts = [
        _way(chance, grid, bend, _Way(along, inside, barriers, words))
        for along in range(2)
    ]
    return _courts(chance, together(parts, same=True), words)


class _Grid(NamedTuple):
    """Crossings: their column and row, where they are, and how large the town is."""

    i: Array
    j: Array
    x: Array
    y: Array
    size: float


class Barrier(NamedTuple):
    """A river or a railway."""

    side: Array  # of each crossing: before it, behind it
    wet: Array  # whether a crossing is in it
    bridged: int  # the smallest class of street that has bridges


@dataclass(frozen=True)
class _Way:
    """Streets of one direction, and what is in their way."""

    along: int  # 0: along columns, 1: along rows
    inside: Array
    barriers: list[Barrier]
    words: Array


class _Bend:
    """From places in blocks to places in metres: waves, long and short, and a turn."""

    def __init__(self, chance: Chance, size: float, x: float, y: float) -> None:
        """Draw the waves of a town around a place."""
        wave = chance.uniform(8.0, max(10.0, 1.5 * size), (2, 3)) / (2 * np.pi)
        turn = chance.uniform(0.0, 2 * np.pi, (2, 3))
        self._wave = np.stack((np.cos(turn), np.sin(turn)), axis=2) / wave[:, :, None]
        self._high = chance.uniform(0.05, 0.22, (2, 3)) * wave
        self._phase = chance.uniform(0.0, 2 * np.pi, (2, 3))
        self._turn = chance.uniform(0.0, 2 * np.pi)
        self._middle = x, y

    def places(self, u: Array, v: Array) -> tuple[Array, Array]:
        """Return metres east and north."""
        du, dv = (
            sum(
                high * np.sin(wave[0] * u + wave[1] * v + phase)
                for high, wave, phase in zip(*one, strict=True)
            )
            for one in zip(self._high, self._wave, self._phase, strict=True)
        )
        p, q = (u + du) * BLOCK[0], (v + dv) * BLOCK[1]
        c, s = np.cos(self._turn), np.sin(self._turn)
        return self._middle[0] + c * p - s * q, self._middle[1] + s * p + c * q


def _way(chance: Chance, grid: _Grid, bend: _Bend, way: _Way) -> Net:
    """Return the edges of one direction: streets along columns, or along rows."""
    i, j = grid.i, grid.j
    side = round(float(np.sqrt(i.size)))
    square = np.arange(i.size).reshape(side, side)
    square = square.T if way.along else square
    a, b = square[:, :-1].reshape(-1), square[:, 1:].reshape(-1)
    line, step = (j, i) if way.along else (i, j)
    rank = _rank(line[a])
    goes = way.inside[a] & way.inside[b]
    goes &= (rank < LOCAL) | (chance.random(a.size) >= GONE)
    for one in way.barriers:
        dry = (one.side[a] == one.side[b]) & ~one.wet[a] & ~one.wet[b]
        goes &= dry | (rank <= one.bridged)
    a, b, rank = a[goes], b[goes], rank[goes]
    bulge = chance.normal(0.0, BULGE, (2, a.size))
    x, y = bend.places((i[a] + i[b]) / 2 + bulge[0], (j[a] + j[b]) / 2 + bulge[1])
    straight = chance.random(a.size) < 0.5  # half of them
    names = way.words[(line[a] - line.min()) % WORDS] + way.along * WORDS
    return Net(
        grid.x,
        grid.y,
        a,
        b,
        np.where(straight, np.nan, x),
        np.where(straight, np.nan, y),
        rank,
        names,
        100 * (step[a] - step.min() + 1),
        _lots(chance, np.hypot(i[a], j[a]) / grid.size, rank, way.along),
    )


def _inside(chance: Chance, i: Array, j: Array, size: float) -> Array:
    """Say which crossings are in the town: a ragged round, with parks in it."""
    angle = np.arctan2(j, i)
    ragged = sum(
        chance.uniform(-0.12, 0.12) * np.sin(k * angle + chance.uniform(0, 6.3))
        for k in (1, 2, 3, 5)
    )
    inside = np.hypot(i, j) <= size * (1.08 + ragged)
    for _ in range(int(np.pi * size * size / 150)):
        u, v = chance.integers(-int(size), int(size) + 1, 2)
        wide, high = chance.integers(0, 3, 2)
        park = (np.abs(i - u) <= wide) & (np.abs(j - v) <= high)
        inside &= ~(park & (i % 4 != 0) & (j % 4 != 0))
    return np.asarray(inside)


def _rank(line: Array) -> Array:
    """Return the class of streets by their place: every 16th, 8th and 4th is larger."""
    steps = [line % 16 == 0, line % 8 == 0, line % 4 == 0]
    return np.select(steps, [PRIMARY, SECONDARY, TERTIARY], LOCAL)


def barrier(  # noqa: PLR0913, PLR0917  # where it is, and how it is crossed
    chance: Chance, size: float, u: Array, v: Array, bridged: int, wide: float
) -> Barrier:
    """Return a river or railway that goes along u, somewhere in the middle of v."""
    level, high = chance.uniform(-0.5, 0.5) * size, chance.uniform(0.02, 0.1) * size
    wave = 4.0 / max(size, 4.0)
    course = level + 0.5 + high * np.sin(u * wave + chance.uniform(0, 6.3))
    wet = (np.abs(v - course) < wide) & (_rank(u) > bridged)
    return Barrier(v > course, wet, bridged)


def _lots(chance: Chance, out: Array, rank: Array, along: int) -> Array:
    """Return metres of street for one house: narrow in the middle, wide outside."""
    lot = DENSE * (0.8 + 0.6 * out) * chance.lognormal(0.0, 0.25, out.size)
    lot = np.where(rank < TERTIARY, 2.2 * lot, lot)
    return lot * 2.6 if along else lot


def _courts(chance: Chance, net: Net, words: Array) -> Net:
    """Let dead ends branch off in the middle of some streets."""
    court = (net.kind == LOCAL) & (chance.random(net.a.size) < COURTS)
    old = net.edges(court)
    count = old.a.size
    dx, dy = net.x[old.b] - net.x[old.a], net.y[old.b] - net.y[old.a]
    out = chance.choice([-1, 1], count) * chance.uniform(35, 65, count)
    out /= np.hypot(dx, dy)
    x, y = net.x[old.a] + dx / 2, net.y[old.a] + dy / 2
    middle = net.x.size + np.arange(count)
    none = np.full(count, np.nan)
    halves = old.changed(bend_x=none, bend_y=none)
    parts = [
        net.edges(~court),
        halves.changed(b=middle),
        halves.changed(a=middle, number=old.number + 50),
        halves.changed(
            a=middle,
            b=middle + count,
            name=words[np.arange(count) % WORDS] + 2 * WORDS,
            number=np.ones(count, np.int64),
        ),
    ]
    return together(parts, same=True).changed(
        x=np.concatenate((net.x, x, x - out * dy)),
        y=np.concatenate((net.y, y, y + out * dx)),
    )
