"""Take conversations out as a file: for a reason, and written down."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groundgame.errors import NoReason
from groundgame.server.actions import audit, cuts, pace
from groundgame.server.actions.feed import ConversationLine, lines
from groundgame.server.actions.suppression import suppressed
from groundgame.server.actions.tally import talks
from groundgame.server.store.models import Export, User

SHORTEST_REASON = 10
KEEP = timedelta(days=30)
LAST = 253_402_300_800_000
"""Milliseconds to the year 10,000: a device's clock may claim anything."""
COLUMNS = (
    *("received", "turf", "canvasser", "input"),
    *("address", "person", "result", "note"),
    *("door_id", "walk", "at", "contact", "answers"),
)
"""What each line says; the last five, how fast people were: `turf cut --pace-from`."""
FORMULA = re.compile(r"(^|[;\t\r\n])(\s*)(?=[=+\-@])")
"""Where a cell begins that would be run. Some spreadsheets begin one at a semicolon."""


def export_csv(*, cut: int, reason: str, by: User) -> bytes:
    """Return the conversations of a cut as CSV (UTF-8), for a reason that is kept.

    Who asked not to be contacted is not in it. A cell that a spreadsheet would run as a
    formula gets an apostrophe before it.

    Raises:
        NotYours: There is no such cut, or not for them.
        NoReason: No reason was given.
    """
    row = cuts.found(id=cut, seen_by=by)
    said = reason.strip()
    if len(said) < SHORTEST_REASON:
        raise NoReason
    out = suppressed(row.universe.snapshot.chapter)
    held = [
        talk
        for talk in talks(row)
        if not out.holds(door=talk.said.door, person=talk.said.person)
    ]
    text = _csv(lines(row, held))
    now = timezone.now()
    with transaction.atomic():
        export = Export.objects.create(
            cut=row,
            reason=said[:500],
            rows=len(held),
            by=by,
            at=now,
            expires=now + KEEP,
        )
        audit.add(
            by=by,
            verb="export conversations",
            subject=f"cut:{row.pk}",
            details={"export": export.pk, "rows": len(held)},
        )
    return text


def _csv(told: list[ConversationLine]) -> bytes:
    """Return the lines as CSV, a column a question."""
    questions = list(dict.fromkeys(q for line in told for q, _ in line.answers))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_safe(each) for each in [*COLUMNS, *questions]])
    for line in told:
        answers = dict(line.answers)
        cells = [
            line.received.isoformat(),
            *(line.turf, line.canvasser, line.input),
            *(line.address, line.person, line.result_name, line.note),
            *_timed(line),
            *(answers.get(question, "") for question in questions),
        ]
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue().encode()


def _timed(line: ConversationLine) -> tuple[str, str, str, str, str]:
    """Return where and when a conversation was, as a pace is fitted to it.

    What came on paper was written down later: it has no time.
    """
    said = line.said
    timed = line.phone and 0 <= said.at < LAST
    at = datetime.fromtimestamp(said.at / 1000 if timed else 0, UTC)
    return (
        said.door,
        pace.walk_of(said),
        at.isoformat(timespec="milliseconds") if timed else "",
        str(line.contact).lower(),
        str(len(said.answers)),
    )


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs."""
    return FORMULA.sub(r"\1'\2", cell)
