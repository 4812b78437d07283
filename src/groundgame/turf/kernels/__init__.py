"""The compiled loops of this room, and nothing else.

`search` betters a round tour, `walks` many open walks, `led` walks with given ends,
`ordered` one walk by a table of distances, `split` divides a walk into turfs, `mend`
moves doors across the borders of turfs. Distances are float64 throughout: in float32 a
move and its reverse can both look like a gain, and a search never ends. `boruvka` and
`prim` join all stops, and `ascend` and `weighed` say how short a cut could be at best.

A slow, obvious double of each stands in tests/reference/. Loading numba takes a moment,
so the rest of the room imports this folder only when it has something to cut.
"""

from groundgame.turf.kernels.bound import ascend, weighed
from groundgame.turf.kernels.mend import Town, mend
from groundgame.turf.kernels.order import ANY, BACK, led, ordered, walks
from groundgame.turf.kernels.ring import search
from groundgame.turf.kernels.spans import Boxes, Tree, boruvka, prim
from groundgame.turf.kernels.split import split

__all__ = [
    "ANY",
    "BACK",
    "Boxes",
    "Town",
    "Tree",
    "ascend",
    "boruvka",
    "led",
    "mend",
    "ordered",
    "prim",
    "search",
    "split",
    "walks",
    "weighed",
]
