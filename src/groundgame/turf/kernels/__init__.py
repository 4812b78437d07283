"""The compiled loops of this room, and nothing else.

`search` betters a round tour, `walks` many open walks, `led` walks with given ends,
`ordered` one walk by a table of distances, `split` divides a walk into turfs, `mend`
moves doors across the borders of turfs. Distances are float64 throughout: in float32 a
move and its reverse can both look like a gain, and a search never ends.

A slow, obvious double of each stands in tests/reference/. Loading numba takes a moment,
so the rest of the room imports this folder only when it has something to cut.
"""

from groundgame.turf.kernels.mend import Town, mend
from groundgame.turf.kernels.order import ANY, BACK, led, ordered, walks
from groundgame.turf.kernels.ring import search
from groundgame.turf.kernels.split import split

__all__ = [
    "ANY",
    "BACK",
    "Town",
    "led",
    "mend",
    "ordered",
    "search",
    "split",
    "walks",
]
