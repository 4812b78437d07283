"""How paper says no: photographs that show no page, and keys that are none."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class BadDoubts(GroundgameError):
    """A list of doubts was filled in so that it cannot be read."""

    SAYS = (
        "the list of doubts {problem}; the one that 'groundgame packet read' wrote was "
        "wanted, with its last column filled in. Mend it, or have it written again."
    )

    problem: str


@dataclass(eq=False)
class NoSheetKey(GroundgameError):
    """What was given is no key of printed walk sheets."""

    SAYS = (
        "{file} {problem}; the key that 'groundgame packet print' wrote beside the "
        "walk sheets was wanted. Give that file as it was written, or print again."
    )

    file: str
    problem: str


@dataclass(eq=False)
class UnreadablePhoto(GroundgameError):
    """A photograph shows no page that can be read."""

    SAYS = "{file} {found}; {wanted} was wanted. {next_step}."

    file: str
    found: str
    wanted: str
    next_step: str
