"""A decision about a row in doubt can be taken back: the wrong answer counts no longer.

Each guarantee is a function; it must hold of the server as it is, and must fail for the
bug planted beside it.
"""

import pytest
from django.utils import timezone

from groundgame.canvass import holding
from groundgame.errors import NotYours
from groundgame.server.actions import log, paper, paper_decide, paper_doubts
from groundgame.server.store.models import (
    AuditLink,
    Event,
    PaperDecision,
    PaperDoubt,
)
from tests.server.test_paper import RESULT, filled, row, sheet, take_in
from tests.unit.packet.hand import FAINT

pytestmark = pytest.mark.django_db
__all__ = ["sheet"]  # a fixture


@pytest.fixture
def waits(world, sheet):
    """A row in doubt: not home, in light pencil."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    (found,) = paper_doubts.waiting(seen_by=world.alice)
    return found


def say(doubt: int, answer: str, by) -> str:
    """Decide a row."""
    return paper_decide.decide(doubt=doubt, answers={RESULT: answer}, by=by)


def counts() -> list[str]:
    """Return the results that count."""
    packets = Event.objects.values_list("packet", flat=True).distinct()
    return [each.result for each in holding(log.entries(list(packets)))]


def what_is_taken_back_counts_no_longer(world, sheet, waits):
    """Alice says vacant, sees her slip, and says not home: that counts, and once."""
    assert say(waits, "vacant", world.alice) == "kept"
    assert counts() == ["vacant"]

    assert paper_decide.undo(by=world.alice) == waits
    assert counts() == []
    assert paper_doubts.waiting(seen_by=world.bob) == [waits]
    assert paper_doubts.picture(id=waits, seen_by=world.alice)

    assert say(waits, "not_home", world.alice) == "kept"
    assert counts() == ["not_home"]


def a_row_taken_back_waits_for_a_person(world, sheet, waits):
    """The same photograph again is no answer, for somebody did not agree with it."""
    say(waits, "vacant", world.alice)
    paper_decide.undo(by=world.alice)
    clear = (row(sheet, None, "elm-door-1"), RESULT, "vacant")

    take_in(world.elm, filled(sheet, clear), world.alice)

    assert paper_doubts.waiting(seen_by=world.alice) == [waits]
    assert counts() == []


GUARANTEES = (what_is_taken_back_counts_no_longer, a_row_taken_back_waits_for_a_person)


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_it_holds(world, sheet, waits, guarantee):
    """Each guarantee holds of the server as it is."""
    guarantee(world, sheet, waits)


def _same_turn(monkeypatch, fired):
    """Let the second decision have the id of the first."""
    real = paper_decide.conversation

    def first(key, row_, answers, turn):
        fired.append(turn)
        return real(key, row_, answers)

    monkeypatch.setattr(paper_decide, "conversation", first)


def _no_withdrawal(monkeypatch, fired):
    """Let the row wait again, and what was said of it stand."""
    real = paper_decide.take

    def only_talks(packet, said, by, at):
        kept = [each for each in said if each["kind"] == "conversation"]
        fired.append(len(said) - len(kept))
        return real(packet, kept, by, at)

    monkeypatch.setattr(paper_decide, "take", only_talks)


def _settled_by_itself(monkeypatch, fired):
    """Let a clear photograph settle what somebody took back."""
    real = paper._keep

    def keep(page, by, now):
        fired.append(PaperDecision.objects.count())
        PaperDecision.objects.all().delete()
        return real(page, by, now)

    monkeypatch.setattr(paper, "_keep", keep)


@pytest.mark.parametrize(
    ("guarantee", "bug"),
    [
        (what_is_taken_back_counts_no_longer, _same_turn),
        (what_is_taken_back_counts_no_longer, _no_withdrawal),
        (a_row_taken_back_waits_for_a_person, _settled_by_itself),
    ],
)
def test_a_planted_bug_is_caught(world, sheet, waits, monkeypatch, guarantee, bug):
    """Were it broken, the guarantee would fail; and the bug was really there."""
    fired = []
    bug(monkeypatch, fired)

    with pytest.raises(AssertionError):
        guarantee(world, sheet, waits)
    assert any(fired)


def test_nothing_marked_can_be_taken_back_too(world, waits):
    """It put nothing into the log, so there is nothing to withdraw."""
    assert say(waits, "", world.alice) == "nothing"

    assert paper_decide.undo(by=world.alice) == waits
    assert Event.objects.count() == 0
    assert AuditLink.objects.latest("n").verb == "take back sheet row"


def test_a_decision_is_taken_back_once(world, waits):
    """A button pressed twice takes back no more than one pressed once."""
    say(waits, "vacant", world.alice)
    paper_decide.undo(by=world.alice)

    with pytest.raises(NotYours):
        paper_decide.undo(by=world.alice)
    assert paper_doubts.waiting(seen_by=world.alice) == [waits]


def test_only_the_last_decision_can_be_taken_back(world, sheet):
    """With the next row decided, the picture of the one before is forgotten."""
    doors = [(row(sheet, None, f"elm-door-{n}"), RESULT, "not_home") for n in (1, 2)]
    take_in(world.elm, filled(sheet, *doors, dark=FAINT), world.alice)
    first, second = paper_doubts.waiting(seen_by=world.alice)
    for each in (first, second):
        say(each, "vacant", world.alice)

    assert bytes(PaperDoubt.objects.get(pk=first).picture) == b""
    assert paper_decide.undo(by=world.alice) == second
    assert not paper_decide.may_undo(seen_by=world.alice)


def test_after_an_hour_a_decision_stands(world, waits):
    """Then the picture is gone, and nobody could decide anew."""
    say(waits, "vacant", world.alice)
    later = timezone.now() + 2 * paper_decide.UNDOABLE

    assert paper_decide.may_undo(seen_by=world.alice)
    assert not paper_decide.may_undo(seen_by=world.alice, now=later)
    with pytest.raises(NotYours):
        paper_decide.undo(by=world.alice, now=later)
