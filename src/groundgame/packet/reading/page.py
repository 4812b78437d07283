"""Read one page: what is marked at each door, and what somebody has to look at.

In:  the marks of a page as they were seen, and its key.
Out: of each row the answers that are sure, and a doubt for each row that is not. A row
     in which nothing is marked is no conversation.

Of each question one box may be marked. Two marks are a doubt, whatever the paper meant;
and so is a single box that cannot be read, also where another one is marked clearly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from groundgame.packet.conversation import conversation
from groundgame.packet.key import PageKey
from groundgame.packet.layout import RESULT, SIDE
from groundgame.packet.reading.boxes import Boxes, Readings, darkness, read
from groundgame.packet.reading.find import UNIT, Seen, flatten
from groundgame.packet.reading.photo import Pixels
from groundgame.packet.reading.placed import Floats

MARGIN = 3.0
"""Points around a row that its picture shows."""
WRITTEN = 0.012
"""The share of a line for notes that is dark where something is written on it."""
DARK = 0.3


@dataclass(frozen=True, slots=True)
class Unsure:
    """One question in a row that cannot be read for sure."""

    name: str
    """RESULT, or the id of a question."""
    values: tuple[str, ...]
    """What may be marked."""
    maybe: tuple[str, ...]
    """What seems to be marked, the likeliest first."""
    likely: tuple[str, ...] = ()
    """And of it, what is marked rather than not."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that somebody has to look at."""

    code: str
    """Of the page."""
    row: Mapping[str, Any]
    """As the key has it."""
    sure: Mapping[str, str]
    """The answers that are clear, by question."""
    unsure: tuple[Unsure, ...]
    picture: bytes
    """The row as it was photographed, as PNG."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was read on a page."""

    key: PageKey
    conversations: tuple[dict[str, Any], ...]
    """Events without a hash, as contract/event.schema.json writes them."""
    doubts: tuple[Doubt, ...]
    boxes: int
    unsure: int
    """Boxes in doubt."""
    notes: tuple[int, ...]
    """The doors, as numbered on the sheet, at which something is written by hand."""


def read_page(seen: Seen, key: PageKey) -> PageRead:
    """Read the page that was seen in a photograph.

    Raises:
        UnreadablePhoto: The page is too small in it, or not flat.
    """
    page = flatten(seen, (key.says["size"][0], key.says["size"][1]))
    names = _names(key)
    ink = darkness(page)
    readings = read(ink, boxes_of(key))
    rows = _by_row(names, readings)
    said, doubts = [], []
    for row in key.says["rows"]:
        sure, unsure = _judged(rows[row["n"]])
        if unsure:
            doubts.append(Doubt(key.code, row, sure, unsure, _picture(page, row)))
        elif sure:
            said.append(conversation(key, row, sure))
    return PageRead(
        key,
        tuple(said),
        tuple(doubts),
        len(names),
        int((~readings.sure).sum()),
        _written(ink, key),
    )


def boxes_of(key: PageKey) -> Boxes:
    """Return where the boxes of a page were printed."""
    names = _names(key)
    corners = np.array([(x, y) for *_, x, y in names], np.float64).reshape(-1, 2)
    asked = [f"{n} {name}" for n, name, *_ in names]
    _, question = np.unique(asked, return_inverse=True)
    return Boxes(corners, key.says["box"], question)


def _names(key: PageKey) -> list[tuple[int, str, str, float, float]]:
    """Return of each box its row, question and value, and where it is."""
    return [
        (row["n"], name, value, x, y)
        for row in key.says["rows"]
        for name, boxes in row["fields"].items()
        for value, x, y in boxes
    ]


Answers = dict[str, list[tuple[str, float, bool]]]
"""By question, of each box what it stands for, how likely it is marked, and if sure."""


def _by_row(
    names: list[tuple[int, str, str, float, float]], read: Readings
) -> dict[int, Answers]:
    """Sort readings by row and question."""
    rows: dict[int, Answers] = {}
    found = zip(names, read.marked.tolist(), read.sure.tolist(), strict=True)
    for (n, name, value, _x, _y), marked, sure in found:
        rows.setdefault(n, {}).setdefault(name, []).append((value, marked, sure))
    return rows


def _judged(boxes: Answers) -> tuple[dict[str, str], tuple[Unsure, ...]]:
    """Return the answers of a row that are sure, and the questions that are not."""
    answers, unsure = {}, []
    for name, found in boxes.items():
        marked = [value for value, likely, _ in found if likely > 0.5]  # noqa: PLR2004  # rather so than not
        if len(marked) > 1 or not all(sure for *_, sure in found):
            likeliest = sorted(found, key=lambda each: -each[1])
            maybe = [v for v, likely, sure in likeliest if likely > 0.5 or not sure]  # noqa: PLR2004  # as above
            values = tuple(value for value, *_ in found)
            unsure.append(Unsure(name, values, tuple(maybe), tuple(marked)))
        elif marked:
            answers[name] = marked[0]
    return answers, tuple(unsure)


def together(pages: Iterable[PageRead]) -> list[PageRead]:
    """Return each page once, from all photographs of it.

    What one photograph shows clearly is in doubt no longer, unless another shows a mark
    that is not in it: it was made between the two, and somebody has to look. A
    conversation that two of them show clearly, and differently, stays as each has it:
    whoever keeps both sees that one id has two contents.
    """
    every: dict[str, list[PageRead]] = {}
    for page in pages:
        every.setdefault(page.key.code, []).append(page)
    return [_one(readings) for readings in every.values()]


def _one(readings: list[PageRead]) -> PageRead:
    """Return one reading of a page from several."""
    best = min(readings, key=lambda page: page.unsure)
    left: dict[int, Doubt] = {}
    for page in (best, *readings):
        for doubt in page.doubts:
            if not any(_settles(other, doubt) for other in readings):
                left.setdefault(doubt.row["n"], doubt)
    said: list[dict[str, Any]] = []
    for page in readings:
        kept = [each for each in page.conversations if each["seq"] not in left]
        said += [each for each in kept if each not in said]
    doubts = tuple(left[n] for n in sorted(left))
    notes = sorted({stop for page in readings for stop in page.notes})
    return replace(best, conversations=tuple(said), doubts=doubts, notes=tuple(notes))


def _settles(page: PageRead, doubt: Doubt) -> bool:
    """Return whether a page is clear about a row, and has all that is marked in it."""
    n = doubt.row["n"]
    if any(each.row["n"] == n for each in page.doubts):
        return False
    marked = set(doubt.sure.items())
    marked |= {(each.name, value) for each in doubt.unsure for value in each.likely}
    said = next((each for each in page.conversations if each["seq"] == n), None)
    if said is None:
        return not marked
    return marked <= {(RESULT, said["result"]), *said["answers"].items()}


def _picture(page: Pixels, row: Mapping[str, Any]) -> bytes:
    """Return a row as it was photographed, as PNG."""
    top, low = row["top"] - MARGIN, row["top"] + row["height"] + MARGIN
    left, right = SIDE - 2 * MARGIN, page.shape[1] / UNIT - SIDE + 2 * MARGIN
    part = page[
        max(round(top * UNIT), 0) : round(low * UNIT),
        round(left * UNIT) : round(right * UNIT),
    ]
    _, png = cv2.imencode(".png", part)
    return bytes(png)


def _written(ink: Floats, key: PageKey) -> tuple[int, ...]:
    """Return at which doors something is written on the line for notes."""
    return tuple(
        row["stop"]
        for row in key.says["rows"]
        if row["notes"][2] and _dark(ink, *row["notes"]) > WRITTEN
    )


def _dark(ink: Floats, x: float, foot: float, width: float) -> float:
    """Return how much of the space over a line is dark."""
    part = ink[
        round((foot - 8) * UNIT) : round((foot - 2) * UNIT),
        round((x + 2) * UNIT) : round((x + width - 2) * UNIT),
    ]
    return float((part > DARK).mean()) if part.size else 0.0
