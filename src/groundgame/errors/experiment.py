"""How the experiment room says no."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class CannotAnalyse(GroundgameError):
    """Data cannot be of the experiment that is asked about."""

    SAYS = "found: {found}. Wanted: {wanted}. What to do: {then}."

    found: str
    wanted: str
    then: str


@dataclass(eq=False)
class CannotAssign(GroundgameError):
    """Units cannot be drawn into arms so."""

    SAYS = "found: {found}. Wanted: {wanted}. What to do: {then}."

    found: str
    wanted: str
    then: str
