"""What is in doubt on filled sheets, as it is shown to whoever decides it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from groundgame.canvass import RESULTS
from groundgame.errors import NotYours
from groundgame.packet.layout import RESULT, choices
from groundgame.server.actions import people
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.suppression import suppressed
from groundgame.server.store.models import PaperDoubt


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be marked."""

    value: str
    letters: str
    """As they stand over the box; '' for a result, whose letters are the sheet's."""
    words: str
    maybe: bool
    """It seems to be marked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in doubt."""

    name: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DoubtPage:
    """A row of a sheet, beside what may be marked in it."""

    id: int
    turf: str
    page: int
    stop: int
    """The number of the door on the sheet."""
    asked: tuple[Asked, ...]
    left: int
    """How many rows wait, with this one."""
    next: int | None
    """The row after this one."""


def waiting(*, seen_by: Anyone) -> list[int]:
    """Return the rows that wait in the chapters that `seen_by` organizes, oldest first.

    Who asked since then not to be contacted is not shown.
    """
    return [each.pk for each in _waiting(seen_by)]


def doubt(*, id: int, seen_by: Anyone) -> DoubtPage:  # noqa: A002  # the word that all reads use
    """Return one row that waits.

    Raises:
        NotYours: There is none, or not for them.
    """
    rows = list(_waiting(seen_by))
    found = next((each for each in rows if each.pk == id), None)
    if found is None:
        raise NotYours
    after = [each.pk for each in rows if each.pk > id]
    others = [each.pk for each in rows if each.pk != id]
    return DoubtPage(
        id=found.pk,
        turf=found.page.says["turf"],
        page=found.page.says["page"],
        stop=row_of(found)["stop"],
        asked=tuple(_asked(found)),
        left=len(rows),
        next=next(iter(after or others), None),
    )


def picture(*, id: int, seen_by: Anyone) -> bytes:  # noqa: A002  # the word that all reads use
    """Return the picture of a row that waits, as PNG.

    Raises:
        NotYours: There is none, or not for them.
    """
    found = next((each for each in _waiting(seen_by) if each.pk == id), None)
    if found is None:
        raise NotYours
    return bytes(found.picture)


def row_of(doubt: PaperDoubt) -> dict[str, Any]:
    """Return the row of a page that is in doubt, as its key has it."""
    row: dict[str, Any] = next(
        each for each in doubt.page.says["rows"] if each["n"] == doubt.row
    )
    return row


def _waiting(seen_by: Anyone) -> Iterator[PaperDoubt]:
    """Yield what waits where `seen_by` organizes, and may be shown."""
    mine = people.organizes(seen_by)
    gone = {chapter: suppressed(chapter) for chapter in mine}
    rows = (
        PaperDoubt.objects.waiting()
        .filter(
            page__packet__turf__cut__universe__snapshot__chapter__in=mine,
        )
        .select_related("page__packet__turf__cut__universe__snapshot")
    )
    for each in rows.order_by("pk"):
        row = row_of(each)
        chapter = each.page.packet.turf.cut.universe.snapshot.chapter_id
        if not gone[chapter].holds(door=row["door"], person=row["person"]):
            yield each


def _asked(found: PaperDoubt) -> Iterator[Asked]:
    """Yield the questions of a row that are in doubt, in words."""
    script = {each["id"]: each for each in found.page.packet.script["questions"]}
    for name, values, maybe in found.unsure:
        if name == RESULT:
            words, names = "Result", {code: r.name for code, r in RESULTS.items()}
            letters = {}
        else:
            words = script[name]["ask"]
            said = script[name].get("responses", [])
            names = {each["id"]: each["name"] for each in said}
            letters = dict(choices(script[name])) if said else {}
        offered = tuple(
            Choice(
                value, letters.get(value, ""), names.get(value, value), value in maybe
            )
            for value in values
        )
        yield Asked(name, words, offered)
