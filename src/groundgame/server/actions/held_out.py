"""Whom running experiments leave alone: their control, and their buffers.

They are part of those who are suppressed (suppression.py), which is where every list of
the house asks: universes, cuts, packets, sheets, exports. And as a list that does not
ask would spoil a year's work without a sign, `refuse` stands where doors and people are
written down to be handed out, and there it is checked once more.

A list of arms that is gone or was changed stops every list: nobody is contacted by
mistake because a file was lost.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from groundgame.errors import HeldOut, LostUnits
from groundgame.server.store.models import Chapter, Experiment

CONTROL, PLACEBO, TREATMENT = "control", "placebo", "treatment"
KEPT = 16
"""Lists of arms that are held in memory."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Ids of people, and of whole doors, that are left alone."""

    people: frozenset[str] = frozenset()
    doors: frozenset[str] = frozenset()

    def __or__(self, other: "Alone") -> "Alone":
        """Return both together."""
        return Alone(self.people | other.people, self.doors | other.doors)


def running(chapter: Chapter | int) -> list[Experiment]:
    """Return the experiments of a chapter that were launched and not stopped."""
    return list(
        Experiment.objects.filter(
            universe__snapshot__chapter=chapter,
            launch__isnull=False,
            stop__isnull=True,
        ).order_by("pk")
    )


def alone(chapter: Chapter | int) -> Alone:
    """Return whom a chapter's running experiments leave alone. One query.

    Raises:
        LostUnits: A list of arms is gone, or is not the one that was registered.
    """
    whole = Alone()
    for row in running(chapter):
        whole |= of(row)
    return whole


def of(row: Experiment) -> Alone:
    """Return whom one experiment leaves alone while it runs.

    Raises:
        LostUnits: Its list of arms is gone, or is not the one that was registered.
    """
    quiet = tuple(name for name, role, _ in row.arms if role == CONTROL)
    return _left(row.file, _stand(row), quiet, row.unit == Experiment.Unit.PERSON)


def arms(row: Experiment) -> pl.DataFrame:
    """Return person_id, door_id, unit, block, buffer, arm and probability.

    Raises:
        LostUnits: The file is gone, or is not the one that was registered.
    """
    return _read(row.file, _stand(row))[1]


def _stand(row: Experiment) -> int:
    """Return when the list of arms was last written, if it is the registered one."""
    try:
        changed = row.file.stat().st_mtime_ns
        found, _ = _read(row.file, changed)
    except OSError as problem:
        raise LostUnits(row.pk, "is gone") from problem
    if found != row.file_sha256:
        raise LostUnits(row.pk, "is not the one that was registered")
    return changed


@lru_cache(maxsize=KEPT)
def _read(path: Path, _changed: int) -> tuple[str, pl.DataFrame]:
    """Return the SHA-256 of a file, and the table in it."""
    body = path.read_bytes()
    sha256 = hashlib.sha256(body).hexdigest()
    try:
        return sha256, pl.read_parquet(body)
    except pl.exceptions.PolarsError:
        return "", pl.DataFrame()


@lru_cache(maxsize=KEPT)
def _left(path: Path, changed: int, quiet: tuple[str, ...], by_person: bool) -> Alone:  # noqa: FBT001  # a key
    """Return whom a list of arms leaves alone."""
    table = _read(path, changed)[1]
    held = table.filter(pl.col("buffer") | pl.col("arm").is_in(list(quiet)))
    if by_person:
        return Alone(people=frozenset(held["person_id"]))
    return Alone(doors=frozenset(held["door_id"].drop_nulls()))


def refuse(
    chapter: Chapter | int, *, doors: Iterable[str], people: Iterable[str | None]
) -> None:
    """Refuse to write a list that holds somebody who is left alone.

    Raises:
        HeldOut: It does; whoever made it did not ask who is suppressed.
    """
    left = alone(chapter)
    many = len(left.doors & set(doors)) + len(left.people & set(people))
    if many:
        raise HeldOut(many)
