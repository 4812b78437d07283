"""How long an evening's work takes: walking, stairs, knocking and talking."""

from dataclasses import dataclass
from typing import Any, TypeVar

from groundgame.turf.floors import stairs
from groundgame.turf.stops import Floats

MINUTE, HOUR = 60.0, 3600.0  # seconds
N = TypeVar("N", float, Floats)
"""One turf, or an array of some."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one canvasser is. All but `speed` are assumptions to be replaced.

    Source:
        Bohannon and Andrews (2011), Normal walking speed: a descriptive meta-analysis,
        Physiotherapy 97(3): grown people walk 1.2 to 1.45 metres a second. What
        knocking and talking take differs between programs; these are round figures.
    """

    speed: float = 1.3
    """Metres walked in a second."""
    knock: float = 75.0
    """Seconds at each door until it opens or is given up, with writing it down."""
    opens: float = 0.25
    """Of all doors, the share at which there is a conversation."""
    opening: float = 60.0
    """Seconds of a conversation besides its questions."""
    question: float = 30.0
    """Seconds that a question of the script takes."""
    floor: float = 5.0
    """Seconds of stairs a door and floor above the ground; neighbours share them."""

    def __post_init__(self) -> None:
        """Refuse what nobody does."""
        if not 0.1 <= self.speed <= 10.0:  # noqa: PLR2004  # a NaN is refused too
            raise ValueError(f"one walks .1 to 10 metres a second, not {self.speed}")
        if not 0.0 <= self.opens <= 1.0:
            raise ValueError(f"a share of doors is from 0 to 1, not {self.opens}")
        for name in ("knock", "opening", "question", "floor"):
            seconds = getattr(self, name)
            if not 0.0 <= seconds <= HOUR:
                raise ValueError(f"{name} is 0 to 3600 seconds, not {seconds}")

    def hours(self, metres: float) -> float:
        """Return the hours of walking so far."""
        return metres / self.speed / HOUR

    @property
    def metre(self) -> float:
        """Minutes that a metre walked takes."""
        return 1.0 / self.speed / MINUTE

    def door(self, questions: int = 0) -> float:
        """Return the seconds that a door on the ground takes, on average."""
        return self.knock + self.opens * (self.opening + self.question * questions)

    def minutes(self, doors: N, metres: N, floors: N, questions: int = 0) -> N:
        """Return the minutes that a turf takes: its doors, stairs and walk.

        Args:
            doors: How many.
            metres: Of its walk.
            floors: Climbed, a door and floor.
            questions: Of the script.
        """
        work = doors * self.door(questions) + floors * self.floor
        return work / MINUTE + metres * self.metre

    def told(self, unit: Any, questions: int = 0) -> dict[str, float]:
        """Return what a packet carries: minutes a door, and metres walked a minute.

        Its doors are all alike there: each has its part of the stairs.

        Args:
            unit: The unit of each door; null where it has none.
            questions: Of the script.
        """
        doors, floors = max(len(unit), 1), int(stairs(unit).sum())
        a_door = self.minutes(float(doors), 0.0, float(floors), questions) / doors
        return {"door": max(round(a_door, 3), 0.001), "metres": self.speed * MINUTE}
