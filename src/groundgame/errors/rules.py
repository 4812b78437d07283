"""How a rule says no, when it names what is not there to be asked."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError

_SHOWN = 12


def _some(known: tuple[str, ...]) -> str:
    """Return some of the names that are known."""
    shown = ", ".join(known[:_SHOWN]) or "none"
    return f"{shown} and more" if len(known) > _SHOWN else shown


@dataclass(eq=False)
class BadArea(GroundgameError):
    """What was given as an area is no polygon."""

    SAYS = (
        "an area {problem}; GeoJSON with a Polygon or MultiPolygon in degrees, "
        "longitude first, was wanted. Draw it again, or save it as GeoJSON."
    )

    problem: str


@dataclass(eq=False)
class CircularUniverse(GroundgameError):
    """A saved universe leads back to itself, or to more of them than can be asked."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        way = " → ".join(self.names[-_SHOWN:])
        return (
            f"saved universes lead back to themselves, or to too many others: {way}. "
            f"Save one of them again without naming the next."
        )


@dataclass(eq=False)
class NoSuchArea(GroundgameError):
    """A rule names an area that nobody gave."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no area named {self.name!r}; the areas given are: "
            f"{_some(self.known)}. Next: give it as GeoJSON, --area NAME=FILE."
        )


@dataclass(eq=False)
class NoSuchColumn(GroundgameError):
    """A rule names a column of its own that this file does not have."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"this file has no column {self.name!r} of its own; it has: "
            f"{_some(self.known)}. A layout names such columns under [extra]."
        )


@dataclass(eq=False)
class NoSuchDistrict(GroundgameError):
    """A rule names a district by an id that the file does not hold."""

    SAYS = (
        "nobody in this file lives in a district with the id {name!r}. Look for it in "
        "the snapshot's table of districts, or name the district by its column: "
        "congressional = 12."
    )

    name: str


@dataclass(eq=False)
class NoSuchScore(GroundgameError):
    """A rule names a score that is not among those given."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no score named {self.name!r}; those given are: "
            f"{_some(self.known)}. Name one of these, or give another table of scores."
        )


@dataclass(eq=False)
class NotGiven(GroundgameError):
    """A rule asks of something beside the file that was not given at all."""

    SAYS = (
        "the rule asks about {what}, and none were given. Give a table of them: "
        "--{what} FILE."
    )

    what: str


@dataclass(eq=False)
class UnknownSnapshot(GroundgameError):
    """A rule compares with an earlier snapshot that was not given."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no earlier snapshot named {self.name!r} to compare with; there "
            f"are: {_some(self.known)}. Name one of these, by its id."
        )
