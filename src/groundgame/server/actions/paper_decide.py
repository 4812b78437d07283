"""Decide what is in doubt on filled sheets, and take such a decision back.

A decision puts a conversation into the log. To take it back is to withdraw that, as a
phone would; the row then waits again, and what is decided next is another conversation.
The picture of a row is kept until nobody can take its decision back any more: each
organizer can take back their last one, for an hour.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from groundgame.errors import NotYours
from groundgame.packet import PageKey
from groundgame.packet.conversation import conversation, withdrawal
from groundgame.server.actions import audit, people
from groundgame.server.actions.paper import take
from groundgame.server.actions.paper_doubts import row_of
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import (
    PaperDecision,
    PaperDoubt,
    PaperUndo,
    User,
)

NOTHING = ""
"""The answer where nothing is marked."""
UNDOABLE = timedelta(hours=1)
_CHAPTER = "page__packet__turf__cut__universe__snapshot__chapter"


def decide(
    *, doubt: int, answers: Mapping[str, str], by: User, now: datetime | None = None
) -> str:
    """Say what is marked in a row that was in doubt; return what became of it.

    Args:
        doubt: Which.
        answers: For each question in doubt what is marked, or '' where nothing is.
        by: An organizer of the chapter.
        now: By default the server's clock.

    Returns:
        'kept', 'repeat', 'conflict' or 'quarantined'; or 'nothing', where nothing is
        marked in the whole row.

    Raises:
        NotYours: There is none, or not for them; or an answer is none of the choices.
    """
    at = now or timezone.now()
    with transaction.atomic(durable=True):
        audit.hold()
        waiting = _found(doubt, by)
        if waiting.decisions.filter(undo=None).exists():
            return "repeat"
        marked = _marked(waiting, answers)
        whole = {**waiting.sure, **marked}
        turn = waiting.decisions.count()
        key, row = PageKey(waiting.page.code, waiting.page.says), row_of(waiting)
        said = [conversation(key, row, whole, turn)] if whole else []
        became = (take(waiting.page.packet, said, by, at) or ["nothing"])[0]
        event = said[0]["id"] if became == "kept" else ""
        PaperDecision.objects.create(doubt=waiting, event=event, by=by, at=at)
        _forget(PaperDecision.objects.filter(by=by).exclude(doubt=waiting))
        if became not in {"kept", "nothing"}:  # it is settled in quarantine, if at all
            _forget(waiting.decisions.all())
        _note("decide sheet row", waiting, by)
    return became


def undo(*, by: User, now: datetime | None = None) -> int:
    """Take back the last decision of `by`; return the row, which waits again.

    Raises:
        NotYours: There is none that can be taken back.
    """
    at = now or timezone.now()
    with transaction.atomic(durable=True):
        audit.hold()
        last = _last(by, at)
        if last is None:
            raise NotYours
        waiting = _found(last.doubt_id, by)
        if last.event:
            key, row = PageKey(waiting.page.code, waiting.page.says), row_of(waiting)
            back = withdrawal(key, row, last.event)
            take(waiting.page.packet, [back], by, at)
        PaperUndo.objects.create(decision=last, by=by, at=at)
        _note("take back sheet row", waiting, by)
    return waiting.pk


def may_undo(*, seen_by: Anyone, now: datetime | None = None) -> bool:
    """Return whether `seen_by` decided something that can be taken back."""
    return _last(seen_by, now or timezone.now()) is not None


def forget_pictures(now: datetime) -> None:
    """Forget the pictures of rows that were decided, and not just now."""
    _forget(PaperDecision.objects.filter(at__lt=now - UNDOABLE))


def _last(by: Anyone, now: datetime) -> PaperDecision | None:
    """Return the last decision of somebody that can still be taken back."""
    if by.pk is None:
        return None
    mine = PaperDecision.objects.filter(
        **{f"doubt__{_CHAPTER}__in": people.organizes(by)},
        by=by.pk,
        at__gte=now - UNDOABLE,
        undo=None,
    ).exclude(doubt__picture=b"")
    return mine.order_by("-at", "-pk").first()


def _found(doubt: int, by: Anyone) -> PaperDoubt:
    """Return a doubt, to an organizer of its chapter."""
    found = PaperDoubt.objects.select_related(_CHAPTER).filter(pk=doubt).first()
    if found is None:
        raise NotYours
    people.require(by, found.page.packet.turf.cut.universe.snapshot.chapter)
    return found


def _marked(doubt: PaperDoubt, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what was decided to be marked; every question in doubt needs an answer."""
    marked = {}
    for name, values, _maybe in doubt.unsure:
        answer = answers.get(name)
        if answer is None or answer not in {NOTHING, *values}:
            raise NotYours
        if answer != NOTHING:
            marked[name] = answer
    return marked


def _forget(decisions: QuerySet[PaperDecision]) -> None:
    """Forget the pictures of rows whose decisions these are, if they hold."""
    hold = decisions.filter(undo=None).values("doubt")
    PaperDoubt.objects.filter(pk__in=hold).exclude(picture=b"").update(picture=b"")


def _note(verb: str, doubt: PaperDoubt, by: User) -> None:
    """Write into the audit log what somebody did with a row."""
    audit.add(
        by=by,
        verb=verb,
        subject=f"packet:{doubt.page.packet_id}",
        details={"doubt": doubt.pk},
    )
