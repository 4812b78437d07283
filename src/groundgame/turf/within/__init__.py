"""Borders that no turf lies across: drawn lines, roads, and given columns."""

from groundgame.turf.within.drawn import Borders, drawn
from groundgame.turf.within.region import REGION, fenced, parted
from groundgame.turf.within.roads import called

__all__ = ["REGION", "Borders", "called", "drawn", "fenced", "parted"]
