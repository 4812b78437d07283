"""Every way this library says no.

    GroundgameError
    ├── BadBatch            what a phone sent is not shaped as a batch of events
    ├── BadPlan             turfs cannot be cut to such a plan
    ├── BadScript           a script cannot be asked, or not be read
    ├── BadToken            a phone shows a token that nobody was given
    ├── BadTurfCode         what was typed is no turf code
    ├── BadUniverseName     a saved universe cannot be called so
    ├── CannotRelease       a quarantined event cannot enter the log
    ├── EmptyTurf           nobody of a turf may be contacted any more
    ├── ExpiredCode         a packet is no longer in hand
    ├── NameTaken           two things of one kind would have one name
    ├── NoReason            an export was asked for without a reason
    ├── NoSnapshot          there is no whole snapshot where one was looked for
    ├── NoSuchElection      a rule names an election that the file does not hold
    ├── NoSuchLayout        no layout is known by that name, or a file is none
    ├── NoSuchList          a rule names a list that nobody gave
    ├── NoSuchUniverse      no universe was saved under that name
    ├── NoSuchUser          nobody signs in under that name
    ├── NotYours            it is not there, or not for whoever asks
    ├── NothingRead         not one row of a voter file could be accepted
    ├── NothingToCut        no door has a place that can be walked to
    ├── PortTaken           something else listens where the server should
    ├── RuleNotUnderstood   the text of a rule does not make sense
    ├── SwappedPlaces       longitudes and latitudes stand in each other's column
    ├── TooManyWrongCodes   somebody is guessing turf codes
    ├── TurfTaken           somebody else has this turf
    ├── UnknownCode         no packet has this turf code
    ├── UnknownDoors        turfs name doors that the table of doors does not have
    ├── UnreadableFile      a file is no plain, whole table of text
    ├── UsedUpCode          as many phones as may have loaded this packet
    ├── WrongLayout         a voter file is not shaped like its layout
    └── WrongTable          a table is not shaped as the next room needs it

A message says three things in this order: what was found, what was wanted, and what
to do next. It may carry counts, column names and line numbers. It never carries a
name, an address or a voter's answer, because messages end up in logs.
"""

from dataclasses import dataclass
from typing import ClassVar


class GroundgameError(Exception):
    """The one class to catch when any refusal of the library will do."""

    SAYS: ClassVar[str] = ""
    """What was found, what was wanted, what to do next; {name} stands for a field."""

    def __str__(self) -> str:
        """Say it."""
        return self.SAYS.format(**vars(self)) if self.SAYS else super().__str__()


@dataclass(eq=False)
class WrongTable(GroundgameError):
    """A table lacks a column, or a column breaks its promise."""

    table: str
    problem: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"the table {self.table!r} {self.problem}. "
            f"Its columns are written down in groundgame.tables.{self.table.upper()}."
        )


@dataclass(eq=False)
class NoSnapshot(GroundgameError):
    """A folder holds no snapshot, or only a part of one."""

    name: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no whole snapshot named {self.name!r} there. "
            f"'groundgame voterfile list' shows those that are; "
            f"'groundgame voterfile import' makes one."
        )


@dataclass(eq=False)
class BadScript(GroundgameError):
    """A script cannot be read, asked or answered."""

    problem: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"the script {self.problem}. "
            "A script has a name, an opening and [[questions]] of the kinds choice, "
            "scale and text; mend the file, or start from the one that is shipped."
        )


@dataclass(eq=False)
class BadTurfCode(GroundgameError):
    """What was typed is no turf code."""

    problem: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"a turf code {self.problem}. It is eight letters and digits, such as "
            "7KQ2-MX4P; look again at the walk sheet, or scan its square."
        )


class NotYours(GroundgameError):
    """What was asked for is not there, or not for whoever asks: the same words."""

    SAYS = (
        "there is nothing here that you may see. Ask an organizer of the chapter to "
        "add you to it."
    )


@dataclass(eq=False)
class TurfTaken(GroundgameError):
    """Somebody else has this turf in hand."""

    SAYS = "{turf} is in somebody else's hands. Take it back first."

    turf: str


class UnknownCode(GroundgameError):
    """No packet has this turf code."""

    SAYS = "no packet has this code. Compare it with the sheet, letter by letter."


class ExpiredCode(GroundgameError):
    """A packet expired, or was taken back."""

    SAYS = (
        "this packet is no longer in hand. What was recorded under it is still taken "
        "in. Ask an organizer for a new code."
    )


@dataclass(eq=False)
class UsedUpCode(GroundgameError):
    """As many phones as may have loaded this packet."""

    SAYS = (
        "{limit} phones have loaded this packet, which is all that may. Ask an "
        "organizer for a new code."
    )

    limit: int


@dataclass(eq=False)
class TooManyWrongCodes(GroundgameError):
    """Somebody is guessing turf codes."""

    SAYS = (
        "too many wrong codes came from your network. Wait {minutes} minutes, then "
        "type the code again."
    )

    minutes: int


class BadToken(GroundgameError):
    """A phone shows a token that nobody was given."""

    SAYS = "this phone is not known here. Enter the turf code again."


@dataclass(eq=False)
class BadBatch(GroundgameError):
    """What a phone sent is not shaped as a batch of events."""

    SAYS = (
        "{problem}. Wanted: an object with 'device', a UUID, and 'events', a list of "
        "at most 1,000 objects."
    )

    problem: str


@dataclass(eq=False)
class CannotRelease(GroundgameError):
    """A quarantined event cannot enter the log."""

    SAYS = "this event cannot enter the log: {problem}. It stays where it is."

    problem: str


@dataclass(eq=False)
class NameTaken(GroundgameError):
    """Two things of one kind would have one name."""

    SAYS = "another {kind} has this name. Choose a new name."

    kind: str


class NoReason(GroundgameError):
    """An export was asked for without a reason."""

    SAYS = "an export needs a reason of at least 10 letters. Say what it is for."


@dataclass(eq=False)
class NoSuchLayout(GroundgameError):
    """No layout is known by that name, or what was given as one is none."""

    found: str
    next_step: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return f"there is {self.found} where a layout was wanted; {self.next_step}."


@dataclass(eq=False)
class UnreadableFile(GroundgameError):
    """A file is no plain, whole table of text."""

    file: str
    found: str
    next_step: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.file} {self.found}; a table of text was wanted, "
            f"plain or packed as gzip or zip. Next: {self.next_step}."
        )


@dataclass(eq=False)
class WrongLayout(GroundgameError):
    """A voter file is not shaped like the layout it was read with."""

    file: str
    layout: str
    found: str
    next_step: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.file} {self.found}, which layout {self.layout!r} wants. "
            f"Next: {self.next_step}."
        )


@dataclass(eq=False)
class NothingRead(GroundgameError):
    """Not one row of a voter file could be accepted, so there is no snapshot."""

    file: str
    rows: int
    refused: int
    reason: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.file} has {self.rows} rows and none could be accepted; most often "
            f"because: {self.reason}. Next: see whether it is the layout that fits."
        )


@dataclass(eq=False)
class RuleNotUnderstood(GroundgameError):
    """The text of a rule does not make sense from some place on.

    `position` counts characters from 1; `problem` is set where more is known than
    what stood there and what could have stood there.
    """

    position: int
    found: str = ""
    wanted: tuple[str, ...] = ()
    example: str = "party in (DEM, WFP) and age >= 18"
    problem: str = ""

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        what = f"found {self.found!r}" if self.found else "the rule ends"
        wanted = f", but wanted {' / '.join(self.wanted)}" if self.wanted else ""
        return (
            f"the rule is not understood at character {self.position}: "
            f"{self.problem or what + wanted}. Write for example: {self.example}"
        )


@dataclass(eq=False)
class NoSuchList(GroundgameError):
    """A rule names a list that nobody gave."""

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        known = ", ".join(self.known) or "none"
        return (
            f"there is no list named {self.name!r}; the lists given are: {known}. "
            f"'groundgame universe save NAME RULE --frozen' makes one."
        )


@dataclass(eq=False)
class NoSuchElection(GroundgameError):
    """A rule names an election that the file does not hold (up to the day asked for)."""

    wanted: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        known = ", ".join(self.known) or "none"
        return (
            f"the file holds no election {self.wanted!r} up to the day asked for; "
            f"of that kind it holds: {known}. Name one of these."
        )


@dataclass(eq=False)
class NoSuchUniverse(GroundgameError):
    """No universe was saved under that name, or its file is broken."""

    name: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"there is no readable universe saved as {self.name!r}; "
            f"'groundgame universe save NAME RULE' saves one."
        )


@dataclass(eq=False)
class BadUniverseName(GroundgameError):
    """A saved universe cannot be called so."""

    name: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.name[:80]!r} cannot name a universe: use 1 to 60 letters, digits, "
            f"spaces, '-' and '_', the first a letter or a digit."
        )


@dataclass(eq=False)
class EmptyTurf(GroundgameError):
    """Nobody of a turf may be contacted any more."""

    SAYS = (
        "{turf} holds no door that may be knocked on any more. Cut the universe again."
    )

    turf: str


@dataclass(eq=False)
class NoSuchUser(GroundgameError):
    """Nobody signs in under that name."""

    SAYS = "nobody signs in as {username!r}. 'groundgame server user' makes an account."

    username: str


@dataclass(eq=False)
class PortTaken(GroundgameError):
    """Something else listens where the server should."""

    SAYS = (
        "{host}:{port} cannot be listened on; something else may be there. Choose "
        "another with --port."
    )

    host: str
    port: int


@dataclass(eq=False)
class BadPlan(GroundgameError):
    """Turfs cannot be cut to such a plan."""

    SAYS = "{problem}. Ask for other sizes, such as 40 to 50."

    problem: str


@dataclass(eq=False)
class NothingToCut(GroundgameError):
    """No door has a usable place, so there is nothing to walk to."""

    SAYS = (
        "none of {doors} doors has a usable place. At least one needs lon and lat in "
        "degrees, or x and y in metres, as numbers; 'groundgame voterfile import' with "
        "--addresses places doors."
    )

    doors: int


@dataclass(eq=False)
class SwappedPlaces(GroundgameError):
    """Longitudes stand where latitudes should, and the other way round."""

    SAYS = (
        "{doors} doors have a latitude where nobody lives, but would be fine with lon "
        "and lat exchanged. Exchange the names of these two columns, and try again."
    )

    doors: int


@dataclass(eq=False)
class UnknownDoors(GroundgameError):
    """Turfs name doors that the table of doors does not have."""

    SAYS = (
        "{doors} doors of these turfs are not in the table of doors. Give the table "
        "that the turfs were cut from, or cut again."
    )

    doors: int
