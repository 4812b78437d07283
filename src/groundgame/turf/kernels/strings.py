"""Follow lines from corner to corner.

In:  places, numbered; pieces between two of them; which places are corners.
Out: strings of pieces, each from a corner to a corner, or once around from one place.
"""

import numpy as np
import numpy.typing as npt

from groundgame.turf.kernels.compiled import Counts, Ints, compiled, inner

Marks = npt.NDArray[np.bool_]


@inner
def follow(  # noqa: PLR0913, PLR0917  # a network, and what has been done with it
    place: int,
    piece: int,
    ends: Ints,
    start: Counts,
    at: Ints,
    corner: Marks,
    done: Marks,
    places: Ints,
    pieces: Ints,
    filled: int,
) -> int:
    """Write down the string that begins with `piece` at `place`; return its length."""
    length = 0
    while not done[piece]:
        done[piece] = True
        places[filled + length] = place
        pieces[filled + length] = piece
        length += 1
        place = ends[piece, 0] + ends[piece, 1] - place
        if corner[place]:
            break
        other = at[start[place]]
        piece = at[start[place] + 1] if other == piece else other
    return length


@compiled
def strings(
    ends: Ints, start: Counts, at: Ints, corner: Marks
) -> tuple[Ints, Ints, Counts]:
    """String pieces together at every place that is no corner.

    Args:
        ends: The two places of each piece, shape (pieces, 2).
        start: Of each place, where its pieces begin in `at`, shape (places + 1,).
        at: Pieces, place by place, shape (2 * pieces,).
        corner: Whether a place ends strings; one that does not has two pieces.

    Returns:
        For each piece in the order of strings: the place it is left from, itself, and
        in which string; strings begin at low places first, rings come last.
    """
    count = ends.shape[0]
    places, pieces = np.empty(count, np.int32), np.empty(count, np.int32)
    string = np.empty(count, np.int64)
    done = np.zeros(count, np.bool_)
    filled, number = 0, 0
    for rings in range(2):
        for place in range(corner.size):
            if corner[place] or rings == 1:
                for half in range(start[place], start[place + 1]):
                    length = follow(
                        place,
                        at[half],
                        ends,
                        start,
                        at,
                        corner,
                        done,
                        places,
                        pieces,
                        filled,
                    )
                    for k in range(length):
                        string[filled + k] = number
                    filled += length
                    number += length > 0
    return places, pieces, string
