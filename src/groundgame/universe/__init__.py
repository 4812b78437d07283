"""From a written rule to the people and doors that are wanted."""

from groundgame.universe.ask import Counts, Found, count, find
from groundgame.universe.explain import Explanation, Step, explain
from groundgame.universe.parse import parse
from groundgame.universe.rule import Rule, from_data
from groundgame.universe.saved import (
    SavedLists,
    SavedUniverse,
    load,
    save_list,
    save_search,
)

__all__ = [
    "Counts",
    "Explanation",
    "Found",
    "Rule",
    "SavedLists",
    "SavedUniverse",
    "Step",
    "count",
    "explain",
    "find",
    "from_data",
    "load",
    "parse",
    "save_list",
    "save_search",
]
