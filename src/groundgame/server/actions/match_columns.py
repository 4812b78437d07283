"""A list that waits for a match: which of its columns holds what, and its first rows.

Only whoever organizes the chapter sees it, as they see the rows in the review later.
"""

from collections.abc import Mapping
from dataclasses import replace

from groundgame import match as engine
from groundgame.errors import NotYours
from groundgame.server.actions import jobs, kept
from groundgame.server.actions.jobs import Kind
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Job

Look = engine.Look
MOST_COLUMNS = 400
"""More no page offers; whoever has more of them writes a layout."""


def draft(*, id: int, seen_by: Anyone) -> Job:  # noqa: A002  # the word that all reads use
    """Return the job of a list that was sent, asked for already or not.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = jobs.found(id=id, seen_by=seen_by)
    if row.kind != Kind.MATCH:
        raise NotYours
    return row


def look(row: Job, columns: Mapping[str, str] | None = None) -> Look:
    """Return how the list of a draft would be read.

    Args:
        row: The draft.
        columns: Which column holds which field, '' for none; left out, as named.

    Raises:
        UnreadableFile: The list is no table.
    """
    files = kept.paths(row, "list")
    if not files:
        raise NotYours
    found = engine.look(files[0], columns)
    return replace(found, header=found.header[:MOST_COLUMNS])
