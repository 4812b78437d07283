"""A snapshot laid out for questions: everybody who may be asked about, a row each."""

from groundgame.universe.electorate.history import BITS
from groundgame.universe.electorate.place import open_electorate, prepare
from groundgame.universe.electorate.stand import Electorate

__all__ = ["BITS", "Electorate", "open_electorate", "prepare"]
