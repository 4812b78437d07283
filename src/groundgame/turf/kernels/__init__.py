"""The compiled loops of this room, and nothing else.

`search` betters a round tour, `walks` many open walks, `split` divides a walk into
turfs, `mend` moves doors across the borders of turfs; all of them ask `ground` how far
it is. Distances are float64 throughout:
in float32 a move and its reverse can both look like a gain, and a search never ends.

A slow, obvious double of each stands in tests/reference/. Loading numba takes a moment,
so the rest of the room imports this folder only when it has something to cut.
"""

from groundgame.turf.kernels.ground import (
    SETTLED,
    Corners,
    Ground,
    Streets,
    around,
    beside,
    closest,
    legs,
)
from groundgame.turf.kernels.mend import Town, mend
from groundgame.turf.kernels.ring import search, walks
from groundgame.turf.kernels.split import split

__all__ = [
    "SETTLED",
    "Corners",
    "Ground",
    "Streets",
    "Town",
    "around",
    "beside",
    "closest",
    "legs",
    "mend",
    "search",
    "split",
    "walks",
]
