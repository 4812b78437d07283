"""From a universe of doors to turfs that one canvasser can walk."""

from groundgame.turf.apart import cut
from groundgame.turf.bound import bound
from groundgame.turf.cut import Cut
from groundgame.turf.faces import by_address, faces
from groundgame.turf.fit import Fitted, fitted
from groundgame.turf.floors import stairs
from groundgame.turf.loads import WEIGHT, in_minutes, weighed
from groundgame.turf.meet import meet
from groundgame.turf.more import Added, add, beside, without
from groundgame.turf.pace import Pace
from groundgame.turf.pairs import CANVASSER, Pair, pair
from groundgame.turf.plan import CutPlan, Limits
from groundgame.turf.plane import (
    FURTHEST_OFF,
    Plane,
    on_plane,
    place_near,
    plane_of,
    rough,
)
from groundgame.turf.printed import street_order
from groundgame.turf.stand import Standing, stand
from groundgame.turf.streets.network import Network
from groundgame.turf.walk import WalkPlan, measure, order
from groundgame.turf.wish import Wishes, pick
from groundgame.turf.within import REGION, Borders, drawn, fenced, parted

__all__ = [
    "CANVASSER",
    "FURTHEST_OFF",
    "REGION",
    "WEIGHT",
    "Added",
    "Borders",
    "Cut",
    "CutPlan",
    "Fitted",
    "Limits",
    "Network",
    "Pace",
    "Pair",
    "Plane",
    "Standing",
    "WalkPlan",
    "Wishes",
    "add",
    "beside",
    "bound",
    "by_address",
    "cut",
    "drawn",
    "faces",
    "fenced",
    "fitted",
    "in_minutes",
    "measure",
    "meet",
    "on_plane",
    "order",
    "pair",
    "parted",
    "pick",
    "place_near",
    "plane_of",
    "rough",
    "stairs",
    "stand",
    "street_order",
    "weighed",
    "without",
]
