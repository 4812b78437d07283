"""Maps of many doors: how far one reaches, and what is in view."""

from pathlib import Path
from typing import Any

from groundgame.server.actions import density, drawn, snapshots, universes
from groundgame.server.actions.density import Box
from groundgame.server.actions.people import Anyone


def of_snapshot(
    *,
    id: int,  # noqa: A002  # the word that all reads use
    seen_by: Anyone,
    box: Box | None = None,
    zoom: float = 0,
) -> dict[str, Any]:
    """Return what a map of a snapshot shows; without a box, how far it reaches.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = snapshots.found(id=id, seen_by=seen_by)
    return _shown(drawn.of_snapshot(row), box, zoom)


def of_rule(
    *,
    snapshot: int,
    rule: str,
    seen_by: Anyone,
    box: Box | None = None,
    zoom: float = 0,
) -> dict[str, Any]:
    """Return what a map of the doors that `rule` finds shows.

    Raises:
        NotYours: There is no such snapshot, or not for them.
        GroundgameError: The rule cannot be read; the message says where.
    """
    over = snapshots.found(id=snapshot, seen_by=seen_by)
    return _shown(drawn.of_rule(over, rule), box, zoom)


def of_universe(
    *,
    id: int,  # noqa: A002  # the word that all reads use
    seen_by: Anyone,
    box: Box | None = None,
    zoom: float = 0,
) -> dict[str, Any]:
    """Return what a map of a universe shows.

    Raises:
        NotYours: There is none, or not for them.
    """
    row = universes.found(id=id, seen_by=seen_by)
    return _shown(drawn.of_rule(row.snapshot, row.rule), box, zoom)


def _shown(folder: Path, box: Box | None, zoom: float) -> dict[str, Any]:
    """Return what is in view, or how far all of it reaches."""
    if box is None:
        known = density.about(folder)
        return {name: known[name] for name in ("doors", "bounds", "most")}
    return density.view(folder, box, zoom).as_dict()
