"""From ways to a network: edges from corner to corner, nodes where they meet.

In:  ways, in any order.
Out: the same streets, whatever the order was: nodes numbered along a space-filling
     curve, edges by their nodes.

A place where two pieces of one street meet and nothing else is no corner but a bend. A
piece that two ways have in common is in the network once, with the larger class. A
part of the network that hangs together with nothing is left out where it is so short
that nobody walks there, or has nothing that a door could be on.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundgame.turf.loops import kernels
from groundgame.turf.stops import Counts, Floats, along_curve, spread
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.kept import Streets, lengths, parts
from groundgame.turf.streets.ways import Ways

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Knitted:
    """Streets, and what was left out of them."""

    streets: Streets
    islands: int
    """Parts that were left out."""
    metres: float
    """Metres of them."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Straight pieces between two places, each once."""

    ends: Ints
    """The numbers of their places, shape (pieces, 2)."""
    kind: npt.NDArray[np.int8]
    name: Ints
    way: Counts
    oneway: npt.NDArray[np.bool_]
    lon: Floats
    """Of each place, shape (places,)."""
    lat: Floats


def knit(ways: Ways) -> Knitted:
    """Return the network of ways, from corner to corner."""
    names = sorted({name for name in ways.name if name})
    pieces = _pieces(ways, names)
    lines = _strung(pieces)
    stays, islands, metres = _land(pieces, lines)
    lines = lines.chosen(np.flatnonzero(stays))
    a, b = _numbered(pieces, lines)
    lines = lines.turned(_backward(lines, a, b))
    a, b = np.minimum(a, b), np.maximum(a, b)
    second = lines.place[lines.first[:-1] + 1]
    order = np.lexsort((second, np.diff(lines.first), b, a))
    lines = lines.chosen(order)
    streets = Streets(
        a=a[order],
        b=b[order],
        kind=pieces.kind[lines.piece],
        name=pieces.name[lines.piece],
        names=tuple(names),
        way=lines.way,
        oneway=pieces.oneway[lines.piece],
        first=lines.first,
        lon=pieces.lon[lines.place],
        lat=pieces.lat[lines.place],
    )
    return Knitted(streets, islands, metres)


def _pieces(ways: Ways, names: list[str]) -> _Pieces:
    """Cut ways into straight pieces; number places from west to east."""
    _, first, place = np.unique(ways.place, return_index=True, return_inverse=True)
    lon, lat = ways.lon[first], ways.lat[first]
    order = np.lexsort((np.arange(first.size), lat, lon))
    rank = np.empty(first.size, np.int32)
    rank[order] = np.arange(first.size, dtype=np.int32)
    number = rank[place]
    of = np.repeat(np.arange(ways.way.size), np.diff(ways.first))
    goes_on = np.flatnonzero((of[1:] == of[:-1]) & (number[1:] != number[:-1]))
    ends = np.sort(np.column_stack((number[goes_on], number[goes_on + 1])), axis=1)
    of = of[goes_on]
    known = {name: n for n, name in enumerate(names)}
    called = np.array([known.get(name or "", -1) for name in ways.name], np.int32)
    kind, way, oneway = ways.kind[of], ways.way[of], ways.oneway[of]
    name = called[of]
    order_ = np.lexsort((oneway, name, way, name < 0, kind, ends[:, 1], ends[:, 0]))
    new = np.ones(of.size, np.bool_)
    new[1:] = (np.diff(ends[order_], axis=0) != 0).any(axis=1)
    once = order_[new]
    return _Pieces(
        ends[once],
        kind[once],
        name[once],
        way[once],
        oneway[once],
        lon[order],
        lat[order],
    )


def _corners(pieces: _Pieces, start: Counts, at: Ints) -> npt.NDArray[np.bool_]:
    """Say of each place whether it is more than a bend of one street."""
    corner: npt.NDArray[np.bool_] = np.diff(start) != 2  # noqa: PLR2004  # to and from
    bends = np.flatnonzero(~corner)
    one, two = at[start[bends]], at[start[bends] + 1]
    differ = (
        (pieces.kind[one] != pieces.kind[two])
        | (pieces.name[one] != pieces.name[two])
        | (pieces.oneway[one] != pieces.oneway[two])
    )
    corner[bends] = differ
    return corner


@dataclass(frozen=True, slots=True)
class _Lines:
    """Pieces strung together, from corner to corner."""

    first: Counts
    """Where the places of each line begin, shape (lines + 1,)."""
    place: Ints
    piece: Ints
    """A piece of each line: all of a line are of one kind and name."""
    way: Counts
    """The lowest number of a way that it is made of."""

    def chosen(self, which: Counts) -> "_Lines":
        """Return some of the lines, in this order."""
        sizes = np.diff(self.first)[which]
        return _Lines(
            np.append(0, np.cumsum(sizes)),
            self.place[spread(self.first[which], sizes)],
            self.piece[which],
            self.way[which],
        )

    def turned(self, backward: npt.NDArray[np.bool_]) -> "_Lines":
        """Return the lines, some of them drawn the other way round."""
        sizes = np.diff(self.first)
        at = np.arange(self.place.size)
        mirrored = np.repeat(self.first[:-1] + self.first[1:] - 1, sizes) - at
        at = np.where(np.repeat(backward, sizes), mirrored, at)
        return _Lines(self.first, self.place[at], self.piece, self.way)

    def ends(self) -> tuple[Ints, Ints]:
        """Return the first and the last place of each line."""
        return self.place[self.first[:-1]], self.place[self.first[1:] - 1]


def _strung(pieces: _Pieces) -> _Lines:
    """String pieces together, from corner to corner."""
    ends = pieces.ends
    order = np.argsort(ends.reshape(-1), kind="stable")
    places = np.arange(pieces.lon.size + 1)
    start = np.searchsorted(ends.reshape(-1)[order], places)
    at = (order // 2).astype(np.int32)
    corner = _corners(pieces, start, at)
    left, piece, string = kernels().strings(ends, start, at, corner)
    begins = np.flatnonzero(np.diff(string, prepend=-1))
    first = np.append(begins, string.size) + np.arange(begins.size + 1)
    place = np.empty(string.size + begins.size, np.int32)
    place[np.arange(string.size) + string] = left
    last = np.append(begins[1:], string.size) - 1
    place[first[1:] - 1] = ends[piece[last]].sum(axis=1) - left[last]
    way = np.minimum.reduceat(pieces.way[piece], begins)
    return _Lines(first, place, piece[begins], way)


def _land(pieces: _Pieces, lines: _Lines) -> tuple[npt.NDArray[np.bool_], int, float]:
    """Say which lines stay; and how many islands are lost, of how many metres.

    The largest part that has a street stays in any case.
    """
    known = classes()
    metres = lengths(lines.first, pieces.lon[lines.place], pieces.lat[lines.place])
    a, b = lines.ends()
    part = parts(a, b)
    long = np.bincount(part, weights=metres)
    street = (known.figures("shy") == 0) & (known.figures("joins") > 0)
    streets = np.bincount(part, weights=street[pieces.kind[lines.piece]])
    stays = (long >= known.fewest) & (streets > 0)
    stays[np.argmax(long * (streets > 0))] = True
    return stays[part], int((~stays).sum()), float(long[~stays].sum())


def _numbered(pieces: _Pieces, lines: _Lines) -> Ints:
    """Return the numbers of the two nodes of each line, shape (2, lines).

    Nodes that are near one another have numbers that are: loops over the network then
    find most of what they need where they have just been.
    """
    used, number = np.unique(np.stack(lines.ends()), return_inverse=True)
    order = np.argsort(along_curve(pieces.lon[used], pieces.lat[used]), kind="stable")
    rank = np.empty(used.size, np.int32)
    rank[order] = np.arange(used.size, dtype=np.int32)
    numbers: Ints = rank[number.reshape(2, -1)]
    return numbers


def _backward(lines: _Lines, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """Say which lines are drawn from the higher node to the lower; rings by places."""
    second, last_but_one = lines.first[:-1] + 1, lines.first[1:] - 2
    turned = lines.place[second] > lines.place[last_but_one]
    backward: npt.NDArray[np.bool_] = (a > b) | ((a == b) & turned)
    return backward
