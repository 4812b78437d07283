"""From a written rule to the people and doors that are wanted."""

from groundgame.universe.about_given import Scored
from groundgame.universe.about_places import InArea, Near
from groundgame.universe.apart import count, find
from groundgame.universe.areas import Area, open_area, read_area
from groundgame.universe.ask import Counts, Found
from groundgame.universe.electorate import Electorate, prepare
from groundgame.universe.explain import Explanation, Step, explain
from groundgame.universe.given import Given, RowScores
from groundgame.universe.mentions import (
    asks_beside_the_file,
    asks_for_scores,
    asks_the_log,
)
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
from groundgame.universe.scores import Scores, read_scores
from groundgame.universe.where_given import lay_scores

__all__ = [
    "Area",
    "Counts",
    "Electorate",
    "Explanation",
    "Found",
    "Given",
    "InArea",
    "Near",
    "RowScores",
    "Rule",
    "SavedLists",
    "SavedUniverse",
    "SavedUniverses",
    "Scored",
    "Scores",
    "Step",
    "asks_beside_the_file",
    "asks_for_scores",
    "asks_the_log",
    "count",
    "explain",
    "find",
    "from_data",
    "lay_scores",
    "load",
    "open_area",
    "parse",
    "prepare",
    "read_area",
    "read_scores",
    "save_list",
    "save_search",
]
