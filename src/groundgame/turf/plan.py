"""How to cut, and what sizes of turf arithmetic allows."""

from dataclasses import dataclass

LARGEST = 1000
"""Doors of the largest turf anybody may ask for: days of walking for one person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many doors (people, minutes) a turf of one cut has: from `least` to `most`.

    `as_asked` is False where the plan cannot be met by any division of these doors.
    """

    least: int
    most: int
    as_asked: bool
    metre: float = 0.0
    """What a metre walked takes of `most`, where turfs are not measured in doors."""


@dataclass(frozen=True, slots=True)
class CutPlan:
    """How to cut. The defaults are one volunteer's evening: 40 to 50 doors.

    `effort` is how long to look for shorter walks: twice the effort takes twice the
    time. At 0 doors do not move between turfs once the tour is divided.
    """

    least: int = 40
    most: int = 50
    effort: float = 1.0
    metre: float = 0.0
    """What a metre walked takes of a turf. Then, and where doors have a `weight`, turfs
    are measured in that: nothing is above `most`, and `least` is a goal."""

    def __post_init__(self) -> None:
        """Refuse what no turf can be."""
        if not 1 <= self.least <= self.most:
            raise ValueError(
                f"a turf has from 1 door up and at most as many as at least: "
                f"not {self.least} to {self.most}"
            )
        if self.most > LARGEST:
            raise ValueError(f"a turf has at most {LARGEST} doors, not {self.most}")
        if not 0.0 <= self.effort <= 1000.0:  # noqa: PLR2004  # a NaN is refused too
            raise ValueError(f"effort is from 0 to 1000, not {self.effort}")
        if not 0.0 <= self.metre <= 1.0:
            raise ValueError(f"a metre takes from 0 to 1 of a turf, not {self.metre}")

    def limits(self, doors: int) -> Limits:
        """Say what sizes a cut of so many doors has.

        Where turfs of `least` to `most` cannot add up to `doors` (51 doors in turfs of
        40 to 50), these are the sizes of the fewest turfs with none above `most`, as
        equal as can be.
        """
        fewest = -(-doors // self.most)
        if fewest * self.least <= doors:
            return Limits(self.least, min(self.most, doors), as_asked=True)
        return Limits(doors // fewest, -(-doors // fewest), as_asked=False)
