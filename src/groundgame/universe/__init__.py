"""From a written rule to the people and doors that are wanted."""

from groundgame.universe.apart import count, find
from groundgame.universe.areas import Area, open_area, read_area
from groundgame.universe.ask import Counts, Found
from groundgame.universe.electorate import prepare
from groundgame.universe.explain import Explanation, Step, explain
from groundgame.universe.given import Given
from groundgame.universe.mentions import asks_beside_the_file, asks_the_log
from groundgame.universe.parse import parse
from groundgame.universe.rule import Rule, from_data
from groundgame.universe.saved import (
    SavedLists,
    SavedUniverse,
    SavedUniverses,
    load,
    save_list,
    save_search,
)

__all__ = [
    "Area",
    "Counts",
    "Explanation",
    "Found",
    "Given",
    "Rule",
    "SavedLists",
    "SavedUniverse",
    "SavedUniverses",
    "Step",
    "asks_beside_the_file",
    "asks_the_log",
    "count",
    "explain",
    "find",
    "from_data",
    "load",
    "open_area",
    "parse",
    "prepare",
    "read_area",
    "save_list",
    "save_search",
]
