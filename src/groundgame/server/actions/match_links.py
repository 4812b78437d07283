"""The links of a list as they hold: whom each row means, why, and taking one back.

The least probable come first, for these are the ones worth a look; what was decided by
hand comes last. Whoever organizes the chapter may take any link back: the row is then
unsure again, and nothing that was decided before is lost.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from groundgame.errors import NotYours
from groundgame.server.actions import matches
from groundgame.server.actions.matches import MatchLine
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import MatchList, User

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of a list and the person it means."""

    row: str
    list_line: int
    listed: dict[str, str]
    said: dict[str, str]
    probability: float | None
    by: str
    reasons: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Some links of a list, the least probable first."""

    line: MatchLine
    links: list[LinkRow]
    page: int
    pages: int


def links(*, id: int, seen_by: Anyone, page: int = 1) -> LinkPage:  # noqa: A002  # the word that all reads use
    """Return a page of the links that hold.

    Raises:
        NotYours: There is no such list, or not for them.
    """
    row = matches.found(id=id, seen_by=seen_by)
    held = matches.holding(row)
    every = (
        pl.DataFrame(held)
        .filter(pl.col("state") == "linked")
        .sort(pl.col("by") == "by hand", "probability", "line")
    )
    pages = max(-(-every.height // SHOWN), 1)
    page = min(max(page, 1), pages)
    some = every.slice((page - 1) * SHOWN, SHOWN).to_dicts()
    return LinkPage(matches.line_of(row, held), _rows(row, some), page, pages)


def take_back(*, id: int, row: str, by: User) -> None:  # noqa: A002  # the word that all reads use
    """Take a link back, whoever or whatever made it; its row is unsure again.

    Raises:
        NotYours: There is no such list or link, or not for them.
    """
    listed = matches.found(id=id, seen_by=by)
    held = pl.DataFrame(matches.holding(listed))
    mine = held.filter((pl.col("row_id") == row) & (pl.col("state") == "linked"))
    if not mine.height:
        raise NotYours
    matches.write(listed, row, None, "undone", by)


def _rows(row: MatchList, some: list[dict[str, Any]]) -> list[LinkRow]:
    """Return links with what list and file say, and who decided by name."""
    listed = matches.listed_rows(row, [each["row_id"] for each in some])
    about = matches.about_people(row, [each["person_id"] for each in some])
    users = {f"user:{user.pk}": str(user) for user in _deciders(row)}
    return [
        LinkRow(
            row=each["row_id"],
            list_line=each["line"],
            listed=listed.get(each["row_id"], {}),
            said=matches.said(about.get(each["person_id"], {})),
            probability=each["probability"],
            by=each["by"],
            reasons=each["reasons"] or "",
            decided_by=users.get(each["decided_by"], ""),
        )
        for each in some
    ]


def _deciders(row: MatchList) -> list[User]:
    """Return who has decided anything about a list."""
    return list(User.objects.filter(pk__in=row.decisions.values("by")))
