"""How experiments in the book say no."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class BookAway(GroundgameError):
    """Whom nobody may contact is written in a book that cannot be read."""

    SAYS = (
        "the book of {where} could not be read ({problem}), so nobody knows whom a "
        "running experiment leaves alone, and no list is made. Start the server once, "
        "which brings the book up to date, or name another folder with --data."
    )

    where: str
    problem: str


@dataclass(eq=False)
class CannotLaunch(GroundgameError):
    """An experiment cannot begin or end so."""

    SAYS = "this experiment cannot be {verb}: {problem}. What to do: {then}."

    verb: str
    problem: str
    then: str


@dataclass(eq=False)
class HeldOut(GroundgameError):
    """A list holds somebody whom a running experiment leaves alone."""

    SAYS = (
        "{many} of this list are held out by a running experiment, so it was not "
        "written. Make it from a universe, which leaves them out."
    )

    many: int


class PaperTells(GroundgameError):
    """On paper everybody sees which doors have the other script."""

    SAYS = (
        "this turf takes part in an experiment with two scripts, and on paper whoever "
        "walks would see before the door opens which one it has. Walk it with a phone."
    )


@dataclass(eq=False)
class LostUnits(GroundgameError):
    """The list of who is in which arm is not there, or is another."""

    SAYS = (
        "the list of who is in which arm of experiment {experiment} {found}. Nobody "
        "can be listed until it is back: put data/experiments back from the backup, or "
        "stop this experiment."
    )

    experiment: int
    found: str
