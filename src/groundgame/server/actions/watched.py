"""An experiment while it runs: how far each arm is, alarms, and what the log shows."""

from dataclasses import dataclass
from typing import Any

from groundgame.server.actions import contact, experiments, findings
from groundgame.server.actions.contact import ArmContact, Leak
from groundgame.server.actions.people import Anyone


@dataclass(frozen=True, slots=True)
class Early:
    """An estimate so far, with an interval that is right at any look."""

    arm: str
    n: int
    says: str


@dataclass(frozen=True, slots=True)
class Watched:
    """How far an experiment is."""

    arms: list[ArmContact]
    leaks: list[Leak]
    """Contacts with somebody who was to be left alone, newest first."""
    early: list[Early]


def watched(*, id: int, seen_by: Anyone) -> Watched:  # noqa: A002  # the word that all reads use
    """Return how far an experiment is.

    Raises:
        NotYours: There is none, or not for them.
        LostUnits: Its list of arms is gone.
    """
    row = experiments.found(id=id, seen_by=seen_by)
    return Watched(contact.arms(row), contact.leaks(row), _early(findings.so_far(row)))


def alarms(*, seen_by: Anyone) -> dict[int, int]:
    """Return how many contacts with a control each running experiment has, if any."""
    found = {}
    for line in experiments.experiments(seen_by=seen_by):
        if line.state == "runs":
            row = experiments.found(id=line.id, seen_by=seen_by)
            found[line.id] = len(contact.leaks(row))
    return {experiment: many for experiment, many in found.items() if many}


def _early(report: dict[str, Any] | None) -> list[Early]:
    """Return what the log shows so far; only intervals that peeking cannot spoil."""
    if report is None:
        return []
    return [
        Early(row["arm"], row["n"], row["always"])
        for row in report["rows"]
        if row["always"]
    ]
