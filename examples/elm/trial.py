"""An experiment of Elm County that is over: its doors, and what came of them.

In:  nothing.
Out: the rows of trial-doors.csv and trial-outcomes.csv. Half of 600 doors in three
     precincts were visited, drawn by the seed 20; two people live behind most. Visits
     brought out 12 of 100 people whose door was opened. Nobody is meant.
"""

from collections.abc import Iterator, Mapping

import pyarrow as pa

from groundgame import experiment
from groundgame.values import Seed

DOORS, SEED = 600, Seed(20)
DOOR_COLUMNS = ("door_id", "precinct", "voted_before")
OUTCOME_COLUMNS = (
    *("person_id", "door_id", "precinct", "arm", "opened", "voted_before", "voted"),
)
OPENS, MOVED, LOST = 0.4, 0.12, 0.02
"""Shares of doors that open, of people moved behind them, of outcomes not known."""


def doors() -> list[dict[str, str]]:
    """Return the doors that could be drawn."""
    chance = SEED.stream("elm.trial.doors")
    return [
        {
            "door_id": f"D{n:04}",
            "precinct": f"ELM-{1 + n % 3}",
            "voted_before": str(int(chance.integers(0, 5))),
        }
        for n in range(1, DOORS + 1)
    ]


def outcomes() -> Iterator[Mapping[str, str]]:
    """Yield the people behind them: who was visited, who opened, who voted."""
    rows = doors()
    draw = experiment.Draw(
        {"visit": 1.0, "control": 1.0}, SEED, "door_id", block="precinct"
    )
    drawn = experiment.assign(pa.Table.from_pylist(rows), draw)["arm"].to_pylist()
    chance = SEED.stream("elm.trial.outcomes")
    for door, arm in zip(rows, drawn, strict=True):
        opened = arm == "visit" and chance.random() < OPENS
        for who in range(1 + int(chance.random() < 0.8)):
            likely = 0.15 + 0.13 * int(door["voted_before"]) + MOVED * opened
            luck, lost = chance.random(2)
            yield door | {
                "person_id": f"{door['door_id']}-{who + 1}",
                "arm": str(arm),
                "opened": str(int(opened)),
                "voted": "" if lost < LOST else str(int(luck < likely)),
            }
