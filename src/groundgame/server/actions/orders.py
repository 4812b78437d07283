"""Ask for work in the background: a cut, a print, a search, streets, a match, ..."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext

from groundgame.errors import NotYours
from groundgame.server.actions import (
    cuts,
    experiments,
    findings,
    jobs,
    kept,
    loads,
    snapshots,
    universes,
    work,
)
from groundgame.server.actions.jobs import Kind
from groundgame.server.actions.outcomes import Asked
from groundgame.server.store.models import Chapter, Cut, Job, User


def ask_cut(  # noqa: PLR0913  # one for each field of the form
    *,
    universe: int,
    least: int | None = None,
    most: int | None = None,
    seed: int = 1,
    measure: str = Cut.Measure.DOORS,
    keep_apart: str = "",
    by: User,
) -> Job:
    """Have a universe cut into turfs.

    Raises:
        NotYours: There is no such universe, or not for them.
        BadPlan: No turf can be cut so.
    """
    row = universes.found(id=universe, seen_by=by)
    loads.Wish(least, most, seed, Cut.Measure(measure)).plan()
    wanted: dict[str, Any] = {"universe": universe, "least": least, "most": most}
    wanted |= {"seed": seed, "measure": measure, "keep_apart": keep_apart}
    return _ask(Kind.CUT, row.snapshot.chapter, row.name, wanted, by)


@transaction.atomic
def ask_cut_beside_control(
    *, universe: int, left: float, plan: Mapping[str, Any], by: User
) -> Job:
    """Hold out a control group, and have the rest of a universe cut: both, or neither.

    Args:
        universe: Which.
        left: The share of doors that is left alone.
        plan: As `ask_cut` takes it.
        by: Who asks.

    Raises:
        NotYours: There is no such universe, or not for them.
        GroundgameError: It cannot be held out or cut so; the message says why.
    """
    seed = int(plan["seed"])
    experiments.hold_out(universe=universe, left=left, seed=seed, by=by)
    return ask_cut(universe=universe, by=by, **plan)


def ask_recut(*, cut: int, after: int, by: User) -> Job:
    """Have what is left of a cut cut again, within its borders.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=by)
    chapter, wanted = row.universe.snapshot.chapter, {"recut": cut, "after": after}
    return _ask(Kind.CUT, chapter, row.universe.name, wanted, by)


def ask_print(
    *,
    cut: int,
    packets: Sequence[UUID],
    by: User,
    look: Mapping[str, Any] | None = None,
) -> Job:
    """Have packets of a cut printed, as one file that is kept for a day.

    Args:
        cut: Which.
        packets: Of this cut.
        by: Who asks.
        look: Of 'paper', 'large' and 'language', what is not as usual.

    Raises:
        NotYours: There is no such cut, or not for them.
    """
    row = cuts.found(id=cut, seen_by=by)
    wanted = {"cut": cut, "packets": [str(each) for each in packets]}
    wanted |= {"look": dict(look or {})}
    chapter = row.universe.snapshot.chapter
    return _ask(Kind.PRINT, chapter, row.universe.name, wanted, by)


def ask_locate(
    *, snapshot: int, by: User, uploads: Sequence[tuple[str, kept.Upload]] = ()
) -> Job:
    """Have the places given by hand laid into a snapshot, and others searched anew.

    Args:
        snapshot: Which.
        by: Who asks.
        uploads: Address points ('addresses') or streets ('streets') to search with.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    return work.ask(_drafted(Kind.LOCATE, snapshot, uploads, by), by=by)


def ask_streets(*, snapshot: int, upload: kept.Upload, by: User) -> Job:
    """Have streets prepared, to cut the turfs of a snapshot on.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    job = _drafted(Kind.STREETS, snapshot, [("streets", upload)], by)
    return work.ask(job, by=by)


def ask_compare(*, old: int, new: int, by: User) -> Job:
    """Have a snapshot compared with an older one.

    Raises:
        NotYours: One of them is not there, or not for them.
    """
    was, now = (snapshots.found(id=each, seen_by=by) for each in (old, new))
    if was.chapter_id != now.chapter_id:
        raise NotYours
    label = f"{was.label} → {now.label}"
    return _ask(Kind.COMPARE, now.chapter, label, {"old": old, "new": new}, by)


def draft_match(*, snapshot: int, upload: kept.Upload, by: User) -> Job:
    """Keep a list that is to be held against a snapshot, as a draft.

    Raises:
        NotYours: There is no such snapshot, or not for them.
    """
    label = upload.name or "list"
    return _drafted(Kind.MATCH, snapshot, [("list", upload)], by, label)


def ask_match(job: Job, *, columns: Mapping[str, str] | None = None, by: User) -> Job:
    """Have the list of a draft held against its snapshot.

    Args:
        job: The draft.
        columns: Which column holds which field, '' for none; left out, as named.
        by: Who asks.

    Raises:
        NotYours: It is not for them.
    """
    if columns is not None:
        jobs.wish(job, {"columns": dict(columns)}, by=by)
    return work.ask(job, by=by)


def ask_paper(*, chapter: Chapter, photos: Sequence[kept.Upload], by: User) -> Job:
    """Have photographs of filled walk sheets read; they are kept until that is done.

    Raises:
        NotYours: `by` does not organize this chapter.
    """
    label = ngettext(
        "%(n)s file of walk sheets", "%(n)s files of walk sheets", len(photos)
    )
    job = jobs.draft(
        kind=Kind.PAPER,
        chapter=chapter,
        label=label % {"n": len(photos)},
        wanted={"photos": len(photos)},
        by=by,
    )
    for n, photo in enumerate(photos):  # a phone calls all of them image.jpg
        kept.keep(job, kept.numbered("photos", n), photo)
    return work.ask(job, by=by)


def ask_finding(*, experiment: int, asked: Asked, by: User) -> Job:
    """Have an experiment read. A survey waits with the job, and goes with it.

    Raises:
        NotYours: There is no such experiment or snapshot, or not for them.
        CannotAnalyse: It never ran, or there is no newer file to read it from.
    """
    findings.known(experiment=experiment, asked=asked, by=by)
    row = experiments.found(id=experiment, seen_by=by)
    wanted = {"experiment": experiment} | {
        name: getattr(asked, name) for name in findings.PLAIN
    }
    job = jobs.draft(
        kind=Kind.FINDING,
        chapter=row.universe.snapshot.chapter,
        label=row.name,
        wanted=wanted,
        by=by,
    )
    findings.keep_survey(job, asked)
    return work.ask(job, by=by)


@transaction.atomic
def _ask(
    kind: Kind, chapter: Chapter, label: str, wanted: dict[str, Any], by: User
) -> Job:
    """Write a job down and hand it to the workers."""
    row = jobs.draft(kind=kind, chapter=chapter, label=label, wanted=wanted, by=by)
    return work.ask(row, by=by)


def _drafted(
    kind: str,
    snapshot: int,
    uploads: Sequence[tuple[str, kept.Upload]],
    by: User,
    label: str = "",
) -> Job:
    """Return a draft of work on a snapshot, with the files that it wants kept."""
    row = snapshots.found(id=snapshot, seen_by=by)
    job = jobs.draft(
        kind=kind,
        chapter=row.chapter,
        label=label or row.label,
        wanted={"snapshot": snapshot},
        by=by,
    )
    for role, upload in uploads:
        kept.keep(job, role, upload)
    return job
