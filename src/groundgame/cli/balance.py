"""What turfs are balanced in: doors, the people behind them, or minutes of a shift."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import numpy as np
import pyarrow as pa
import typer

from groundgame import turf
from groundgame.cli.pace import fitted_to
from groundgame.cli.places import Field

PEOPLE = "people"
OPENS = turf.Pace().opens


class Balance(StrEnum):
    """What a turf has room for."""

    DOORS = "doors"
    PEOPLE = "people"
    MINUTES = "minutes"


USUAL = {
    Balance.DOORS: (40, 50),
    Balance.PEOPLE: (70, 90),
    Balance.MINUTES: (150, 180),
}
"""The least and the most of each, where nobody says otherwise."""

BalanceIn = Annotated[
    Balance,
    typer.Option(
        "--balance",
        help="What --least and --most count: doors; people, of a snapshot or by a "
        "column people; or minutes of a shift: walking, stairs, knocking and talking.",
    ),
]
Least = Annotated[
    int | None,
    typer.Option(
        help="Doors of the smallest turf: 40. Of people and minutes a goal: 70, 150.",
        show_default=False,
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        help="Doors of the largest turf: 50. Of people 90, minutes 180; always kept.",
        show_default=False,
    ),
]
Questions = Annotated[
    int, typer.Option(min=0, help="Questions of the script, for minutes.")
]
Opens = Annotated[
    float, typer.Option(help="Share of doors with a conversation, for minutes.")
]


@dataclass(frozen=True, slots=True)
class Measure:
    """What turfs are measured in, and how fast a canvasser is."""

    what: Balance
    pace: turf.Pace
    questions: int

    @classmethod
    def asked(
        cls, what: Balance, questions: int, opens: float, pace_from: Path | None = None
    ) -> Self:
        """Return what was asked for; a share that is none is a misuse."""
        if pace_from is not None and what is not Balance.MINUTES:
            raise typer.BadParameter("--pace-from is for --balance minutes")
        try:
            return cls(what, turf.Pace(opens=opens), questions)
        except ValueError as nonsense:
            raise typer.BadParameter(str(nonsense)) from nonsense

    @property
    def peopled(self) -> bool:
        """Whether it has to be known how many live behind each door."""
        return self.what is Balance.PEOPLE

    def paced(self, path: Path | None, field: Field) -> Self:
        """Return the same at the pace of the conversations in a file, if there is one.

        Raises:
            UnreadableTable: It is not a file of conversations.
        """
        if path is None:
            return self
        return replace(self, pace=fitted_to(path, field, self.pace).pace)

    def plan(self, least: int | None, most: int | None, effort: float) -> turf.CutPlan:
        """Return the plan; a plan that nobody could follow is a misuse."""
        usual = USUAL[self.what]
        most = usual[1] if most is None else most
        least = usual[0] if least is None else least
        metre = self.pace.metre if self.what is Balance.MINUTES else 0.0
        try:
            return turf.CutPlan(least=least, most=most, effort=effort, metre=metre)
        except ValueError as nonsense:
            raise typer.BadParameter(str(nonsense)) from nonsense

    def weighed(self, field: Field) -> pa.Table:
        """Return doors with what each takes of a turf, unless that is one door."""
        if self.what is Balance.MINUTES:
            return turf.in_minutes(field.placed, self.pace, self.questions)
        if self.what is Balance.DOORS:
            return field.placed
        if PEOPLE not in field.doors.column_names:
            raise typer.BadParameter(
                f"--balance {PEOPLE} wants a column {PEOPLE} in DOORS: how many live "
                f"behind each door; or a snapshot, where they are counted"
            )
        people = field.doors[PEOPLE].to_numpy()
        return turf.weighed(field.placed, np.where(people >= 1, people, 1.0))
