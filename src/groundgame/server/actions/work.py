"""What jobs do: the long work of the house, away from the page that asked for it.

`ask` hands a job to whoever works (see groundgame.server.worker): the queue is kept in
the book, in the same transaction as the job, by django-tasks. `run` does one job there.
Every kind is one function from a job's wishes to a small result. All of them may be run
again from the start: an import finds the snapshot it made, a cut the same cut.
"""

import errno
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from groundgame import universe, voterfile
from groundgame.errors import (
    GroundgameError,
    NoStreets,
    NotYours,
    OtherTown,
    UnreadableFile,
)
from groundgame.server.actions import (
    audit,
    cuts,
    drawn,
    file,
    findings,
    ground,
    hand,
    jobs,
    kept,
    matches,
    packets,
    paper,
    paper_decide,
    places,
    recut,
    snapshots,
)
from groundgame.server.actions.jobs import Kind, Outcome, Teller
from groundgame.server.store.models import Cut, Job, SnapshotRow, User
from groundgame.tables import Snapshot

QUEUES = {
    Kind.IMPORT: "files",
    Kind.LOCATE: "files",
    Kind.MATCH: "files",
    Kind.COMPARE: "files",
    Kind.FINDING: "files",
    Kind.STREETS: "files",
    Kind.CUT: "turf",
    Kind.PRINT: "turf",
    Kind.PAPER: "turf",
}
"""Nobody waits for walk sheets because somebody else brings in a state."""

_log = logging.getLogger("django")
_closing = {"now": False}


def close() -> None:
    """Put back whatever this process is at work on, and begin nothing more."""
    _closing["now"] = True


def closing() -> bool:
    """Return whether this process is being closed."""
    return _closing["now"]


@transaction.atomic
def ask(row: Job, *, by: User) -> Job:
    """Hand a draft to the workers. One that was asked for already is left alone.

    Raises:
        NotYours: `by` does not organize its chapter.
    """
    jobs.found(id=row.pk, seen_by=by)
    if Job.objects.filter(pk=row.pk, asked__isnull=True).update(asked=timezone.now()):
        _queue(row)
        audit.add(
            by=by,
            verb="ask for job",
            subject=f"job:{row.pk}",
            details={"kind": str(row.kind)},
        )
    return row


@transaction.atomic
def again(*, id: int, by: User) -> Job:  # noqa: A002  # the word that all reads use
    """Make a draft of a job that failed or was stopped, with the same wishes and files.

    Raises:
        NotYours: There is none that failed or was stopped, or not for them.
    """
    row = jobs.found(id=id, seen_by=by)
    if row.outcome not in {Outcome.FAILED, Outcome.STOPPED}:
        raise NotYours
    new = jobs.draft(
        kind=row.kind, chapter=row.chapter, label=row.label, wanted=row.wanted, by=by
    )
    if row.folder.exists() and not new.folder.exists():
        row.folder.rename(new.folder)
    return new


@task(takes_context=True, queue_name="files")
def run(context: TaskContext, job: int) -> None:
    """Do one job, here and now, and write down how it ended."""
    row = jobs.begin(job, context.task_result.worker_ids[-1])
    if row is None:
        return
    tell = Teller(row, closing)
    try:
        tell.look()
        result = DOES[Kind(row.kind)](row, tell)
    except jobs.Stopped:
        jobs.end(row, Outcome.STOPPED)
    except jobs.Closing:
        jobs.put_back(row)
        _queue(row)
    except GroundgameError as refusal:
        jobs.end(row, Outcome.FAILED, says=str(refusal))
    except Exception as problem:  # noqa: BLE001  # whatever it was, somebody waits for word
        _log.exception("job %s failed", row.pk)
        jobs.end(row, Outcome.FAILED, says=_in_our_words(problem))
    else:
        jobs.end(row, Outcome.DONE, **result)


def recover(alive: Callable[[str], bool]) -> int:
    """Begin again what workers left in the middle; return how many jobs it is.

    A job that ended three workers is given up, for the fourth would fare no better.
    """
    left = list(jobs.of_workers_gone(alive))
    for row in left:
        if row.attempts >= jobs.ATTEMPTS:
            jobs.end(row, Outcome.FAILED, says=_killed())
            continue
        with transaction.atomic():
            if Job.objects.filter(pk=row.pk, worker=row.worker).update(worker=""):
                _queue(row)
    finished = DBTaskResult.objects.finished() | DBTaskResult.objects.running()
    for each in finished.iterator():
        if each.finished_at or not alive(each.worker_ids[-1]):
            each.delete()
    return len(left)


def tidy(now: datetime) -> None:
    """Forget what is kept for a while only, and no longer needed."""
    jobs.forget_old_files(now)
    paper_decide.forget_pictures(now)


def _queue(row: Job) -> None:
    """Put a job at the end of its line."""
    run.using(queue_name=QUEUES[Kind(row.kind)]).enqueue(row.pk)


def _in_our_words(problem: Exception) -> str:
    """Say what went wrong without a word of the fault's own, which may hold data."""
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return _(
            "The disk of this server is full. Ask whoever runs it to make room, then "
            "start again."
        )
    if isinstance(problem, MemoryError):
        return _(
            "This server ran out of memory. Ask whoever runs it to close other "
            "programs, then start again."
        )
    return _(
        "A fault of ours stopped it; the server's log says where. Nothing was lost. "
        "Start again, and if it fails again, tell whoever runs this server."
    )


def _killed() -> str:
    """Say that a job took its worker down with it each time."""
    return _(
        "The server was stopped in the middle of it three times, perhaps for want of "
        "memory. Ask whoever runs it, then start again."
    )


def _import(row: Job, tell: Teller) -> dict[str, Any]:
    """Read a voter file into a snapshot."""
    wanted = row.wanted
    files = kept.paths(row, "file")
    history = kept.paths(row, "history")
    tell.at("reading", kept.size([*files, *history]))
    made = snapshots.import_snapshot(
        chapter=row.chapter,
        files=files,
        layout=wanted["layout"],
        columns=wanted.get("columns") or {},
        dated=date.fromisoformat(wanted["dated"]),
        history=history,
        addresses=next(iter(kept.paths(row, "addresses")), None),
        streets=next(iter(kept.paths(row, "streets")), None),
        place=False,
        progress=tell.reading,
        finishing=tell.pieces,
        by=row.by,
    )
    whole = file.opened(made)
    if (table := places.table(made)).height:  # found once is found for good
        hand.lay(whole, table)
    points, streets = kept.paths(row, "addresses"), kept.paths(row, "streets")
    if (points or streets) and voterfile.account(whole) is None:
        _search(whole, points, streets, tell)
    _to_walk_on(made, streets, tell)
    tell.at("drawing")
    drawn.of_snapshot(made)
    _lay_out(whole, tell)
    return {"snapshot": made.pk, "counts": _account(made.counts)}


def _search(
    whole: Snapshot, points: Sequence[Path], streets: Sequence[Path], tell: Teller
) -> None:
    """Look for doors by every method. What is well placed, or by hand, stays so.

    Whoever brings a second list does not bring the first one again.
    """

    def progress(doing: str, done: int, total: int) -> None:
        reading = doing == "reading points" and done < total
        if tell.step != (step := doing if reading else "placing"):
            tell.at(step)
        if reading or doing != "reading points":
            tell.pieces(done, total)

    tell.at("placing")
    voterfile.locate(whole, points, streets=streets, keep=True, progress=progress)


def _to_walk_on(row: SnapshotRow, streets: Sequence[Path], tell: Teller) -> None:
    """Prepare streets that came along; those not fit to walk on are drawn only."""
    for path in streets[:1]:
        tell.at("streets")
        with suppress(NoStreets, OtherTown, UnreadableFile):
            ground.keep(row, path)


def _streets(row: Job, tell: Teller) -> dict[str, Any]:
    """Prepare streets, to cut the turfs of a snapshot on."""
    over = snapshots.found(id=row.wanted["snapshot"], seen_by=row.by)
    tell.at("streets")
    ground.keep(over, kept.paths(row, "streets")[0])
    return {"streets": over.pk}


def _lay_out(whole: Snapshot, tell: Teller) -> None:
    """Lay a snapshot out for questions, so that the first one need not wait."""
    people = whole.manifest.people
    tell.at("laying out", people)
    universe.prepare(whole, lambda more: tell.pieces(tell.done + more, people))


def _account(counts: Mapping[str, Any]) -> dict[str, int]:
    """Return what became of the rows."""
    names = ("rows", "accepted", "refused", "merged", "people", "doors")
    return {name: counts[name] for name in names}


def _cut(row: Job, tell: Teller) -> dict[str, Any]:
    """Cut a universe into turf, or what is left of a cut."""
    wanted = row.wanted
    if "recut" in wanted:
        which = {"cut": wanted["recut"], "after": wanted["after"]}
        recut.recut(**which, tell=tell.share, by=row.by)
        return {"cut": wanted["recut"]}
    made = cuts.cut(
        universe=wanted["universe"],
        least=wanted["least"],
        most=wanted["most"],
        seed=wanted["seed"],
        measure=wanted.get("measure", Cut.Measure.DOORS),
        keep_apart=wanted.get("keep_apart", ""),
        tell=tell.share,
        by=row.by,
    )
    return {"cut": made.pk}


def _print(row: Job, _tell: Teller) -> dict[str, Any]:
    """Print walk sheets; they are kept for a day."""
    pdf = packets.walk_sheets(
        packets=[UUID(each) for each in row.wanted["packets"]],
        by=row.by,
        look=row.wanted.get("look"),
    )
    row.folder.mkdir(parents=True, exist_ok=True)
    (row.folder / "walk-sheets.pdf").write_bytes(pdf)
    return {"file": "walk-sheets.pdf", "cut": row.wanted["cut"]}


def _locate(row: Job, tell: Teller) -> dict[str, Any]:
    """Lay places given by hand into a snapshot, and search with new sources, if any."""
    over = snapshots.found(id=row.wanted["snapshot"], seen_by=row.by)
    whole, table = file.opened(over), places.table(over)
    points, streets = kept.paths(row, "addresses"), kept.paths(row, "streets")
    tell.at("placing")
    counted = hand.lay(whole, table)
    if points or streets or whole.streets:  # which also finds the side of its street
        _search(whole, points, streets, tell)
    _to_walk_on(over, streets, tell)
    tell.at("drawing")
    drawn.of_snapshot(over)
    _lay_out(whole, tell)
    return {"located": over.pk, "by_hand": counted["by hand"]}


def _compare(row: Job, tell: Teller) -> dict[str, Any]:
    """Count what changed between two snapshots; who it was is in no row of the book."""
    old, new = (
        file.opened(snapshots.found(id=row.wanted[each], seen_by=row.by))
        for each in ("old", "new")
    )
    tell.at("comparing")
    with voterfile.compare(old, new) as found:
        return {"changes": dict(found.people), "compared": row.wanted["new"]}


def _match(row: Job, tell: Teller) -> dict[str, Any]:
    """Hold a list against a snapshot."""
    over = snapshots.found(id=row.wanted["snapshot"], seen_by=row.by)
    tell.at("matching")
    made = matches.make(
        snapshot=over,
        file=kept.paths(row, "list")[0],
        columns=row.wanted.get("columns"),
        by=row.by,
    )
    return {"match": made.pk}


def _paper(row: Job, tell: Teller) -> dict[str, Any]:
    """Read photographs of filled walk sheets; what is clear on them counts."""
    roles = [kept.numbered("photos", n) for n in range(row.wanted["photos"])]
    files = [path for role in roles for path in kept.paths(row, role)]
    tell.at("photographs", len(files))

    def photos() -> Iterator[tuple[str, bytes]]:
        for done, path in enumerate(files):
            tell.pieces(done, len(files))
            yield path.name, path.read_bytes()

    taken = paper.take_in(photos=photos(), chapter=row.chapter, by=row.by)
    return {"paper": asdict(taken)}


def _finding(row: Job, tell: Teller) -> dict[str, Any]:
    """Read what an experiment came to."""
    asked, which = findings.asked_of(row), row.wanted["experiment"]
    made = findings.read(experiment=which, asked=asked, by=row.by, tell=tell)
    return {"finding": made.pk}


DOES: dict[Kind, Callable[[Job, Teller], dict[str, Any]]] = {
    Kind.IMPORT: _import,
    Kind.CUT: _cut,
    Kind.PRINT: _print,
    Kind.LOCATE: _locate,
    Kind.MATCH: _match,
    Kind.STREETS: _streets,
    Kind.COMPARE: _compare,
    Kind.PAPER: _paper,
    Kind.FINDING: _finding,
}
