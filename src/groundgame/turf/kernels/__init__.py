"""The compiled loops of this room, and nothing else.

`search` betters a round tour, `led` walks with given ends, `ordered` one walk, `faced`
walks that keep to one side of a street, `shared` gives two canvassers a side each,
`split` divides a walk into turfs, `mend` moves doors across the borders of turfs; all
of them ask `ground` how far it is. `strings` follows streets from
corner to corner, `nearest` finds the street of each door. `boruvka` and `prim` join all
stops, `ascend` and `weighed` say how short a cut could be at best, and `clumps` where
to look for rules that every cut obeys. Distances are
float64 throughout: in float32 a move and its reverse can both look like a gain, and a
search never ends.

A slow, obvious double of each stands in tests/reference/. Loading numba takes a moment,
so the rest of the room imports this folder only when it has something to cut.
"""

from groundgame.turf.kernels.begin import begin
from groundgame.turf.kernels.bound import Sizes, weighed
from groundgame.turf.kernels.faces import faced, shared
from groundgame.turf.kernels.ground import Ground, closest, gaps, legs
from groundgame.turf.kernels.mend import mend
from groundgame.turf.kernels.nearest import Grid, Pieces, Reach, nearest, sorted_in
from groundgame.turf.kernels.order import ANY, BACK, led, ordered, tabled
from groundgame.turf.kernels.plane import curve, on_plane, squares
from groundgame.turf.kernels.roads import (
    SETTLED,
    Corners,
    Streets,
    around,
    beside,
    both_ways,
)
from groundgame.turf.kernels.rules import (
    Known,
    Listed,
    Rules,
    Sought,
    ascend,
    clumps,
    inside,
    tolled,
)
from groundgame.turf.kernels.search import search
from groundgame.turf.kernels.slip import Walks, followed, slip
from groundgame.turf.kernels.spans import Boxes, Raised, Tree, boruvka, prim
from groundgame.turf.kernels.split import portions, split
from groundgame.turf.kernels.strings import strings
from groundgame.turf.kernels.town import Town

__all__ = [
    "ANY",
    "BACK",
    "SETTLED",
    "Boxes",
    "Corners",
    "Grid",
    "Ground",
    "Known",
    "Listed",
    "Pieces",
    "Raised",
    "Reach",
    "Rules",
    "Sizes",
    "Sought",
    "Streets",
    "Town",
    "Tree",
    "Walks",
    "around",
    "ascend",
    "begin",
    "beside",
    "boruvka",
    "both_ways",
    "closest",
    "clumps",
    "curve",
    "faced",
    "followed",
    "gaps",
    "inside",
    "led",
    "legs",
    "mend",
    "nearest",
    "on_plane",
    "ordered",
    "portions",
    "prim",
    "search",
    "shared",
    "slip",
    "sorted_in",
    "split",
    "squares",
    "strings",
    "tabled",
    "tolled",
    "weighed",
]
