"""Where everything stands on the pages of a walk sheet.

In:  a bundle, and how it is to be printed (paper, size, language).
Out: pages. Each has rows: a door with the boxes for it, or a person with theirs. The
     place of every box is known before anything is drawn, in points from the upper left
     corner of the paper; so what prints a page and what reads it cannot disagree.

A row of boxes stands for one conversation: with a person, or with nobody in particular
at a door. This file draws nothing; sheet.py does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from groundgame.errors import BadScript
from groundgame.packet import marks
from groundgame.packet.said import Language, Words

Paper = Literal["a4", "letter"]

SIZES: Mapping[str, tuple[float, float]] = {
    "a4": (595.0, 842.0),
    "letter": (612.0, 792.0),
}
"""Width and height in points."""

DOOR_RESULTS = ("not_home", "inaccessible", "lit_dropped", "vacant")
"""The result codes that are of a door, whoever lives there."""
PERSON_RESULTS = (
    "canvassed",
    "refused",
    "come_back",
    "language_barrier",
    "moved",
    "do_not_contact",
)
"""The result codes that are of a person."""
RESULT = "=result"
"""The name of the boxes for how it ended; no question can be called so."""
SIDE = marks.EDGE + marks.SIZE + 8.0
"""Points from the edge of the paper that belong to the marks."""
LEAST_NOTES = 110.0
"""Points of a line on which something can be written."""
MOST_BOXES = 64
"""A question with more answers than this has none; its answer goes into the notes."""
LONGEST_NUMBER = 6
"""A house number with more letters than this is set smaller."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet is printed."""

    paper: Paper = "letter"
    large: bool = False
    language: Language = "en"

    @property
    def scale(self) -> float:
        """How much larger everything is than on an ordinary sheet."""
        return 1.4 if self.large else 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return SIZES[self.paper]

    @property
    def box(self) -> float:
        """The side of a box, to the middle of its line."""
        return 9.6 * self.scale

    @property
    def pitch(self) -> float:
        """From one box to the next."""
        return 12.6 * self.scale


@dataclass(frozen=True, slots=True)
class Option:
    """One box: what it stands for, the letters at it, and its upper left corner."""

    value: str
    letters: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Field:
    """The boxes of one question in one row; one of them may be marked, or none."""

    name: str
    """RESULT, or the id of a question."""
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What is printed for a door or a person, and where."""

    door: str
    person: str | None
    position: int
    """Of the door in the walk."""
    top: float
    height: float
    fields: tuple[Field, ...]
    stop: Mapping[str, Any] = field(default_factory=dict)
    """The stop of a door's row, the person of a person's."""
    notes: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Of a door: left end, foot and length of the line to write on."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a street over its doors."""

    street: str
    city: str
    top: float
    again: bool
    """It began on a page before."""


@dataclass(slots=True)
class Page:
    """One side of paper."""

    number: int
    rows: list[Row] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    legend: tuple[Field, ...] = ()
    """The titles of the columns; their y is that of the first line of titles."""


class Plan:
    """The measures of one turf's pages: what a row needs, and where its boxes go."""

    def __init__(self, bundle: Mapping[str, Any], look: Look) -> None:
        """Look at the questions of a bundle."""
        self.look, self.words = look, Words.of(look.language)
        self.script = self.words.script(bundle["script"])
        k = look.scale
        self.left, self.right = SIDE, look.size[0] - SIDE
        self.top, self.foot = SIDE + 2, look.size[1] - SIDE
        self.name_width, self.gap = 98.0 * k, 7.0 * k
        self.line = look.box + 9.0 * k
        self.street_height = 18.0 * k
        ends = self._door_ends()
        self.notes_below = self.right - ends[-1] < LEAST_NOTES
        self.notes_left = self.left + self.name_width if self.notes_below else ends[-1]
        self.door_height = (40.0 if self.notes_below else 24.0) * k
        self.columns = self._columns()
        lines = 1 + max((line for *_, line in self.columns), default=0)
        self.person_height = lines * self.line + 2.0 * k
        self.legend_height = lines * 8.0 * k + 4.0 * k
        needed = self.legend_height + self.street_height + self.door_height
        if self.top + needed + self.person_height > self.foot:
            raise BadScript("asks more of one person than a page of this size can hold")

    def _columns(self) -> list[tuple[str, str, list[tuple[str, str]], float, int]]:
        """Return of each field its name, title, options, left end and line."""
        asked = [(RESULT, self.words.say("result"), self._results())]
        asked += [
            (each["id"], each["title"], options)
            for each in self.script["questions"]
            for options in _pieces(choices(each), self._most())
            if options
        ]
        begin = self.left + self.name_width
        x, line, placed = begin, 0, []
        for name, title, options in asked:
            width = len(options) * self.look.pitch
            if x > begin and x + width > self.right:
                x, line = begin, line + 1
            placed.append((name, title, options, x, line))
            x += width + self.gap
        return placed

    def _most(self) -> int:
        """Return how many boxes a line has room for."""
        return int((self.right - self.left - self.name_width) // self.look.pitch)

    def _results(self) -> list[tuple[str, str]]:
        """Return the results of a person, with the letters over each."""
        return [(code, self.words.letters(code)) for code in PERSON_RESULTS]

    def person(
        self, stop: Mapping[str, Any], someone: Mapping[str, Any], top: float
    ) -> Row:
        """Return the row of a person."""
        lower = 8.0 * self.look.scale
        fields = tuple(
            Field(name, title, self._boxes(options, x, top + line * self.line + lower))
            for name, title, options, x, line in self.columns
        )
        return Row(
            stop["door"],
            someone["id"],
            stop["position"],
            top,
            self.person_height,
            fields,
            someone,
        )

    def door(self, stop: Mapping[str, Any], top: float) -> Row:
        """Return the row of a door."""
        k = self.look.scale
        begins = [self.left + self.name_width, *self._door_ends()]
        options = tuple(
            Option(code, self.words.result(code), round(x, 2), round(top + 7 * k, 2))
            for code, x in zip(DOOR_RESULTS, begins, strict=False)
        )
        whole = Field(RESULT, self.words.say("result"), options)
        foot = top + self.door_height - 3.0 * k
        length = self.right - self.notes_left
        return Row(
            stop["door"],
            None,
            stop["position"],
            top,
            self.door_height,
            (whole,),
            stop,
            (round(self.notes_left, 2), round(foot, 2), round(length, 2)),
        )

    def _door_ends(self) -> list[float]:
        """Return where each box of a door ends, its words included."""
        x, ends = self.left + self.name_width, []
        for code in DOOR_RESULTS:
            words = self.words.result(code)
            x += self.look.box + (9.0 + 4.3 * len(words)) * self.look.scale
            ends.append(x)
        return ends

    def legend(self, top: float) -> tuple[Field, ...]:
        """Return the titles of the columns, at their places."""
        lower = 8.0 * self.look.scale
        return tuple(
            Field(name, title, self._boxes(options[:1], x, top + line * lower))
            for name, title, options, x, line in self.columns
        )

    def _boxes(
        self, options: Sequence[tuple[str, str]], x: float, y: float
    ) -> tuple[Option, ...]:
        """Return boxes side by side."""
        pitch = self.look.pitch
        return tuple(
            Option(value, letters, round(x + n * pitch, 2), round(y, 2))
            for n, (value, letters) in enumerate(options)
        )

    def must_turn(self, stop: Mapping[str, Any], at: float) -> bool:
        """Return whether a door has to go on the next page.

        It does where all who live behind it fit there and not here; and where here is
        no room for the first of them.
        """
        people = len(stop["people"])
        needed = self.door_height + people * self.person_height
        least = self.door_height + min(people, 1) * self.person_height
        fresh = self.top + self.legend_height + self.street_height
        whole = fresh + needed <= self.foot
        return at + (needed if whole else least) > self.foot


def choices(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the boxes of a question: what each stands for, and the letters over it.

    None where the answer is to be written: in words, as several, or as one of too many.
    """
    if question["kind"] == "scale":
        least, most = question.get("least", 0), question.get("most", 10)
        if most - least >= MOST_BOXES:
            return []
        return [(str(n), str(n)) for n in range(least, most + 1)]
    ids = [each["id"] for each in question.get("responses", [])]
    if len(ids) > MOST_BOXES or question["kind"] == "many":
        return []
    short = all(len(each) <= 2 for each in ids)  # noqa: PLR2004  # fits over a box
    return [(each, each if short else _letter(n)) for n, each in enumerate(ids)]


def pages(bundle: Mapping[str, Any], look: Look, *, first: float) -> list[Page]:
    """Return the pages of a turf.

    Args:
        bundle: As `bundle` makes it.
        look: How it is printed.
        first: Points of the first page that its map and script take.
    """
    plan = Plan(bundle, look)
    sheet = [Page(1)]
    at, street = plan.top + first, None
    at = _begin(sheet[-1], plan, at)
    for stop in bundle["stops"]:
        here = (stop["street"], stop["city"] or "")
        heading = 0.0 if here == street else plan.street_height
        if plan.must_turn(stop, at + heading):
            sheet.append(Page(len(sheet) + 1))
            at = _begin(sheet[-1], plan, plan.top)
            heading = plan.street_height
        if heading:
            sheet[-1].headings.append(Heading(*here, at, again=here == street))
        street = here
        at = _door(sheet, plan, stop, at + heading)
    return sheet


def _begin(page: Page, plan: Plan, at: float) -> float:
    """Write the titles of the columns, and return where the next thing goes."""
    page.legend = plan.legend(at)
    return at + plan.legend_height


def _door(sheet: list[Page], plan: Plan, stop: Mapping[str, Any], at: float) -> float:
    """Put a door and its people on paper; return where the next thing goes.

    More people than a page has room for go on on the next one, under the door's row.
    """
    sheet[-1].rows.append(plan.door(stop, at))
    at += plan.door_height
    for someone in stop["people"]:
        if at + plan.person_height > plan.foot:
            sheet.append(Page(len(sheet) + 1))
            at = _begin(sheet[-1], plan, plan.top)
            again = Heading(stop["street"], stop["address"], at, again=True)
            sheet[-1].headings.append(again)
            at += plan.street_height
        sheet[-1].rows.append(plan.person(stop, someone, at))
        at += plan.person_height
    return at


def _pieces(
    options: list[tuple[str, str]], most: int
) -> Iterator[list[tuple[str, str]]]:
    """Yield the boxes of a question in lines that fit on the paper."""
    for start in range(0, len(options), most):
        yield options[start : start + most]


def _letter(number: int) -> str:
    """Return A, B, ... Z, then 27, 28 ..."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[number] if number < len(letters) else str(number + 1)
