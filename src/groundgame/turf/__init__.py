"""From a universe of doors to turfs that one canvasser can walk."""

from groundgame.turf.apart import cut
from groundgame.turf.cut import Cut
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.plane import FURTHEST_OFF, Plane, on_plane, plane_of, rough
from groundgame.turf.walk import measure, order

__all__ = [
    "FURTHEST_OFF",
    "Cut",
    "CutPlan",
    "Limits",
    "Plane",
    "cut",
    "measure",
    "on_plane",
    "order",
    "plane_of",
    "rough",
]
