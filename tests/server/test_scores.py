"""Scores in the book: whose they are, and which hold."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from groundgame.errors import NotYours, UnreadableTable
from groundgame.server.actions import asked, scores, universes
from groundgame.server.store.models import AuditLink, ScoreTable
from tests.server.world import person_id


def table(*rows, head="person_id,turnout"):
    """Return an upload."""
    text = "\n".join([head, *rows])
    return SimpleUploadedFile("model 3.csv", text.encode())


@pytest.fixture
def scored(world):
    """Turnout of three people of Elm, one of another place, one that is a word."""
    rows = [f"{person_id('elm', n, 1)},{n * 10}" for n in (1, 2, 3)]
    sent = table(*rows, "elm:elsewhere,50", f"{person_id('elm', 4, 1)},high")
    return scores.take_in(snapshot=world.snapshot.pk, upload=sent, by=world.alice)


def people(world, rule, by=None):
    """Return how many people of Elm a rule finds."""
    found = universes.preview(
        snapshot=world.snapshot.pk, rule=rule, seen_by=by or world.alice
    )
    assert not found.error, found.error
    return found.people


def test_every_score_is_accounted_for(scored):
    """Given = kept + refused + repeated; and one of those kept is of nobody here."""
    assert (scored.given, scored.kept, scored.refused, scored.repeated) == (5, 4, 1, 0)
    assert scored.elsewhere == 1


def test_a_rule_asks_for_a_score(world, scored):
    """10, 20 and 30; the two that are at least 20 are counted, for Bob as for Alice."""
    assert people(world, "score turnout >= 20", world.bob) == 2
    assert people(world, "score turnout is known") == 3
    assert people(world, "score turnout is missing") == 24 - 3


def test_of_two_tables_the_newer_holds(world, scored):
    """A model is run again every month; what only the old one scored is gone then."""
    sent = table(f"{person_id('elm', 1, 1)},90")
    before = asked.mark(world.snapshot, "score turnout is known")
    scores.take_in(snapshot=world.snapshot.pk, upload=sent, by=world.bob)

    assert people(world, "score turnout is known") == 1
    assert people(world, "score turnout >= 90") == 1
    assert asked.mark(world.snapshot, "score turnout is known") != before
    (line,) = scores.scores(snapshot=world.snapshot.pk, seen_by=world.alice)
    assert (line.name, line.by) == ("turnout", str(world.bob))


def test_a_score_that_nobody_brought_is_refused_with_those_there_are(world, scored):
    """A misspelt score is never taken as one that nobody has."""
    found = universes.preview(
        snapshot=world.snapshot.pk, rule="score turnuot >= 20", seen_by=world.alice
    )

    assert "no score named 'turnuot'" in found.error
    assert "turnout" in found.error


def test_without_any_scores_a_rule_says_so(world):
    """It is an answer on the screen, not an error page."""
    found = universes.preview(
        snapshot=world.snapshot.pk, rule="score turnout >= 20", seen_by=world.alice
    )

    assert "those given are: none" in found.error


def test_scores_are_the_chapters_own(world, scored):
    """Charlie cannot bring scores into Elm, nor see which there are."""
    with pytest.raises(NotYours):
        scores.take_in(
            snapshot=world.snapshot.pk, upload=table("a,1"), by=world.charlie
        )
    with pytest.raises(NotYours):
        scores.scores(snapshot=world.snapshot.pk, seen_by=world.charlie)
    assert ScoreTable.objects.count() == 1


def test_a_table_without_scores_leaves_nothing_behind(world):
    """Refused, and neither a row nor a file nor an audit link is made."""
    with pytest.raises(UnreadableTable):
        scores.take_in(
            snapshot=world.snapshot.pk,
            upload=table("a,1", head="voter,turnout"),
            by=world.alice,
        )
    assert ScoreTable.objects.count() == 0
    assert not AuditLink.objects.filter(verb="take in scores").exists()
