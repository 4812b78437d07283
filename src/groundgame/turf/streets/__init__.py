"""Streets to walk on: read, kept, laid on a plane, and joined to doors."""

from groundgame.turf.streets.classes import NEVER, classes
from groundgame.turf.streets.join import Joined, join
from groundgame.turf.streets.kept import Streets
from groundgame.turf.streets.knit import Knitted, knit
from groundgame.turf.streets.network import Laid, Lines, Network, lay
from groundgame.turf.streets.read import PREPARED, prepare, read
from groundgame.turf.streets.search import OWN, REACH

__all__ = [
    "NEVER",
    "OWN",
    "PREPARED",
    "REACH",
    "Joined",
    "Knitted",
    "Laid",
    "Lines",
    "Network",
    "Streets",
    "classes",
    "join",
    "knit",
    "lay",
    "prepare",
    "read",
]
