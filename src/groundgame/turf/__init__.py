"""From a universe of doors to turfs that one canvasser can walk."""

from groundgame.turf.apart import cut
from groundgame.turf.bound import bound
from groundgame.turf.cut import Cut
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.plane import FURTHEST_OFF, Plane, on_plane, plane_of, rough
from groundgame.turf.stand import Standing, stand
from groundgame.turf.walk import WalkPlan, measure, order

__all__ = [
    "FURTHEST_OFF",
    "Cut",
    "CutPlan",
    "Limits",
    "Plane",
    "Standing",
    "WalkPlan",
    "bound",
    "cut",
    "measure",
    "on_plane",
    "order",
    "plane_of",
    "rough",
    "stand",
]
