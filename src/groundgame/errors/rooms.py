"""How the rooms say no: to files, tables, rules and plans."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class BadColumns(GroundgameError):
    """The columns of a list do not say, or not as was claimed, who is meant.

    `known` is empty where the first line may be a person's row, not names of columns.
    """

    problem: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        there = (
            f"there are: {', '.join(self.known)[:500]}"
            if self.known
            else "no column is named as we know it, so it may lack a header row"
        )
        return (
            f"the list {self.problem}; {there}. A header row was wanted, with names "
            f"such as last name, name, phone or voter id; name the columns so. Next: "
            f"or say which is what, with --column last_name=NAME."
        )


@dataclass(eq=False)
class BadDecision(GroundgameError):
    """What was decided about a link is not whole."""

    SAYS = (
        "a decision is not whole: {problem}. It is 'accepted' or 'refused' with a "
        "person, or 'undone' without one, with who decided and when."
    )

    problem: str


@dataclass(eq=False)
class BadMatchName(GroundgameError):
    """A match cannot be called so."""

    name: str

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.name[:80]!r} cannot name a match: use 1 to 60 letters, digits, "
            f"spaces, '.', '-' and '_', the first a letter or a digit. Name it with"
            f" --as."
        )


@dataclass(eq=False)
class BadList(GroundgameError):
    """A list that a rule or a suppression needs cannot be read as ids."""

    SAYS = (
        "a list {problem}; ids of people or of doors were wanted. Give CSV or Parquet"
        " with a column person_id or door_id."
    )

    problem: str


@dataclass(eq=False)
class BadScript(GroundgameError):
    """A script cannot be read, asked or answered."""

    SAYS = (
        "the script {problem}. A script has a name, an opening and [[questions]] of "
        "the kinds choice, many, scale, text, number, date and say; mend the file, or "
        "start from one that is shipped."
    )

    problem: str


@dataclass(eq=False)
class BadTurfCode(GroundgameError):
    """What was typed is no turf code."""

    SAYS = (
        "a turf code {problem}. It is eight letters and digits, such as 7KQ2-MX4P; "
        "look again at the walk sheet, or scan its square."
    )

    problem: str


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
class CannotWrite(GroundgameError):
    """A file that was asked for cannot be written where it was asked for."""

    SAYS = (
        "{file} cannot be written: {reason}. A file in a folder that is there, and that"
        " you may write to, was wanted. Name another."
    )

    file: str
    reason: str


@dataclass(eq=False)
class EmptyTurf(GroundgameError):
    """Nobody of a turf may be contacted any more."""

    SAYS = (
        "{turf} holds no door that may be knocked on any more. Cut the universe again."
    )

    turf: str


@dataclass(eq=False)
class NoSnapshot(GroundgameError):
    """A folder holds no snapshot, or only a part of one."""

    SAYS = (
        "there is no whole snapshot named {name!r} there. 'groundgame voterfile list'"
        " shows those that are; 'groundgame voterfile import' makes one."
    )

    name: str


@dataclass(eq=False)
class NoSuchElection(GroundgameError):
    """A rule names an election that the file does not hold by the day asked for."""

    wanted: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        known = ", ".join(self.known)
        next_step = (
            f"It holds: {known}. Name one of these."
            if known
            else ("It holds none of that kind; a vote history may have to be imported.")
        )
        return f"the file holds no {self.wanted} by the day asked for. {next_step}"


@dataclass(eq=False)
class NoSuchEngine(GroundgameError):
    """No cluster can be worked with at an address."""

    SAYS = "the engine {address!r} cannot be worked with: it wants {wanted}."

    address: str
    wanted: str


@dataclass(eq=False)
class NoSuchLayout(GroundgameError):
    """No layout is known by that name, or what was given as one is none."""

    SAYS = "there is {found} where a layout was wanted; {next_step}."

    found: str
    next_step: str


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
class NoSuchMatch(GroundgameError):
    """No match was saved under that name, or its folder is broken."""

    SAYS = (
        "there is no readable match saved as {name!r}; 'groundgame match LIST' makes"
        " one."
    )

    name: str


@dataclass(eq=False)
class NoSuchUniverse(GroundgameError):
    """No universe was saved under that name, or its file is broken."""

    SAYS = (
        "there is no readable universe saved as {name!r}; 'groundgame universe save "
        "NAME RULE' saves one."
    )

    name: str


@dataclass(eq=False)
class NotComparable(GroundgameError):
    """Two snapshots do not speak of the same people, or not in this order."""

    SAYS = (
        "these two snapshots {problem}; two of one source were wanted, the older first."
        " See 'groundgame voterfile list'."
    )

    problem: str


@dataclass(eq=False)
class NothingRead(GroundgameError):
    """Not one row of a voter file could be accepted, so there is no snapshot."""

    SAYS = (
        "{file} has {rows} rows and none could be accepted; most often because: "
        "{reason}. Next: see whether it is the layout that fits."
    )

    file: str
    rows: int
    refused: int
    reason: str


@dataclass(eq=False)
class ExchangedDates(GroundgameError):
    """Days stand where months should be, or the other way round."""

    SAYS = (
        "of {dates:,} {what} in the first rows of {file}, {other:,} make sense only "
        "with day and month exchanged, and {so:,} only as the layout says. Dates as "
        "{form} were wanted. Next: export it so, or write a layout with the order that "
        "it has, under 'formats'."
    )

    file: str
    what: str
    dates: int
    other: int
    so: int
    form: str


@dataclass(eq=False)
class MostlyMisread(GroundgameError):
    """Many rows of a voter file cannot be read, and it shows why: the rest is wrong."""

    SAYS = (
        "{refused:,} of {rows:,} rows of {file} cannot be read with layout {layout!r}, "
        "and what can be would be read wrongly: {why}. A file as its layout says was "
        "wanted. Next: look at it with 'groundgame voterfile check', and mend the file "
        "or write a layout of its own."
    )

    file: str
    layout: str
    rows: int
    refused: int
    why: str


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
class UnreadableTable(GroundgameError):
    """A file of doors or turfs is no table, or lacks the columns that are needed."""

    SAYS = (
        "{file} {found}; a CSV or Parquet table was wanted, with {wanted}. Rename its "
        "columns, or give another file."
    )

    file: str
    found: str
    wanted: str


@dataclass(eq=False)
class UnreadableFile(GroundgameError):
    """A file is no plain, whole table of text."""

    SAYS = (
        "{file} {found}; a table of text was wanted, plain or packed as gzip or zip. "
        "Next: {next_step}."
    )

    file: str
    found: str
    next_step: str


@dataclass(eq=False)
class UnsureLayout(GroundgameError):
    """No layout fits a file well enough to read it without being told."""

    file: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        near = f"it may be {', '.join(self.near)}" if self.near else "none fits it"
        return (
            f"{self.file} was held against every layout, and {near}; one that fits "
            "clearly was wanted. Name it with --layout; 'groundgame voterfile check "
            "FILE' says more."
        )


@dataclass(eq=False)
class WrongLayout(GroundgameError):
    """A voter file is not shaped like the layout it was read with."""

    SAYS = "{file} {found}, which layout {layout!r} wants. Next: {next_step}."

    file: str
    layout: str
    found: str
    next_step: str


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
