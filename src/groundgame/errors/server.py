"""How the server says no: to whoever asks, and to phones."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class BadBatch(GroundgameError):
    """What a phone sent is not shaped as a batch of events."""

    SAYS = (
        "{problem}. Wanted: an object with 'device', a UUID, and 'events', a list of "
        "at most 1,000 objects."
    )

    problem: str


@dataclass(eq=False)
class BadPlan(GroundgameError):
    """Turfs cannot be cut to such a plan."""

    SAYS = "{problem}. Ask for other sizes, such as 40 to 50."

    problem: str


class BadToken(GroundgameError):
    """A phone shows a token that nobody was given."""

    SAYS = "this phone is not known here. Enter the turf code again."


@dataclass(eq=False)
class BeyondLimits(GroundgameError):
    """A change would make a turf larger or smaller than turfs of its cut are."""

    SAYS = (
        "turf {turfs} would have another size than the {least} to {most} {measure} "
        "that were asked for. Say that it may, or move other doors."
    )

    turfs: str
    least: int
    most: int
    measure: str


@dataclass(eq=False)
class BadBorder(GroundgameError):
    """What was drawn can be no border of these turfs."""

    SAYS = (
        "that can be no border: {problem}. A line of two places or more among the doors"
        " was wanted. Draw it again; nothing was changed."
    )

    problem: str


@dataclass(eq=False)
class CannotEdit(GroundgameError):
    """Turfs cannot be changed so by hand.

    `problem` may speak of {turfs}: the numbers that are in `turfs`.
    """

    problem: str
    turfs: str = ""

    def __str__(self) -> str:
        """Say it."""
        return f"{self.problem.format(turfs=self.turfs)}. Nothing was changed."


@dataclass(eq=False)
class CannotRelease(GroundgameError):
    """A quarantined event cannot enter the log."""

    SAYS = "this event cannot enter the log: {problem}. It stays where it is."

    problem: str


class ExpiredCode(GroundgameError):
    """A packet expired, or was taken back."""

    SAYS = (
        "this packet is no longer in hand. What was recorded under it is still taken "
        "in. Ask an organizer for a new code."
    )


@dataclass(eq=False)
class NameTaken(GroundgameError):
    """Two things of one kind would have one name."""

    SAYS = "another {kind} has this name. Choose a new name."

    kind: str


class NoReason(GroundgameError):
    """An export was asked for without a reason."""

    SAYS = "an export needs a reason of at least 10 letters. Say what it is for."


@dataclass(eq=False)
class NoRescueFile(GroundgameError):
    """What was given is no rescue file of a phone, or not a whole one."""

    SAYS = (
        "this is no whole rescue file: {problem}. Nothing was taken in. Choose the "
        "file as the phone saved it, or save it on the phone once more."
    )

    problem: str


@dataclass(eq=False)
class NoSuchChapter(GroundgameError):
    """No local group has that name."""

    SAYS = "there is no chapter {chapter!r}. 'groundgame server user' makes one."

    chapter: str


@dataclass(eq=False)
class NoSuchUser(GroundgameError):
    """Nobody signs in under that name."""

    SAYS = "nobody signs in as {username!r}. 'groundgame server user' makes an account."

    username: str


class NotYours(GroundgameError):
    """What was asked for is not there, or not for whoever asks: the same words."""

    SAYS = (
        "there is nothing here that you may see. Ask an organizer of the chapter to "
        "add you to it."
    )


class OffTheMap(GroundgameError):
    """A place was given where no door can be."""

    SAYS = (
        "no door can be at that place; degrees east (minus: west) and degrees north "
        "were wanted, such as -78.0 and 42.0. Look whether the two are exchanged."
    )


@dataclass(eq=False)
class PortTaken(GroundgameError):
    """Something else listens where the server should."""

    SAYS = (
        "{host}:{port} cannot be listened on; something else may be there. Choose "
        "another with --port."
    )

    host: str
    port: int


class StaleTurfs(GroundgameError):
    """Somebody else changed the turfs of a cut in the meantime."""

    SAYS = (
        "somebody else has changed these turfs since you opened them; nothing of yours "
        "was changed. Look at them as they are now, then do it again."
    )


@dataclass(eq=False)
class TooManyWrongCodes(GroundgameError):
    """Somebody is guessing turf codes."""

    SAYS = (
        "too many wrong codes came from your network. Wait {minutes} minutes, then "
        "type the code again."
    )

    minutes: int


@dataclass(eq=False)
class TurfTaken(GroundgameError):
    """Somebody else has this turf in hand."""

    SAYS = "{turf} is in somebody else's hands. Take it back first."

    turf: str


class UnknownCode(GroundgameError):
    """No packet has this turf code."""

    SAYS = "no packet has this code. Compare it with the sheet, letter by letter."


@dataclass(eq=False)
class UsedUpCode(GroundgameError):
    """As many phones as may have loaded this packet."""

    SAYS = (
        "{limit} phones have loaded this packet, which is all that may. Ask an "
        "organizer for a new code."
    )

    limit: int
