"""From a universe of doors to turfs that one canvasser can walk."""

from groundgame.turf.cut import Cut, cut
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.plane import on_plane
from groundgame.turf.walk import measure, order

__all__ = ["Cut", "CutPlan", "Limits", "cut", "measure", "on_plane", "order"]
