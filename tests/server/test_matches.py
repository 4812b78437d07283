"""Lists from outside: what is unsure is decided by people, and can be taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.errors import BadDecision, NotYours
from groundgame.server.actions import matches
from groundgame.server.store.models import AuditLink, Job, MatchDecision
from tests.server.lists import LESS, LIKELY, OTHER, STRANGER, UNSURE
from tests.server.world import SEALED

pytestmark = pytest.mark.django_db


def counts(row):
    """Return what became of the rows of a list by now."""
    return matches.review(id=row.pk, seen_by=row.by).line.counts


def linked(row):
    """Return the links that hold: row and person."""
    table = matches.holding(row).to_pylist()
    return {x["row_id"]: x["person_id"] for x in table if x["state"] == "linked"}


def decide(row, person=LIKELY, verdict="accepted", by=None, listed=UNSURE):
    """Decide about the unsure row."""
    matches.decide(
        id=row.pk, row=listed, person=person, verdict=verdict, by=by or row.by
    )


def test_the_rows_of_a_list_add_up(matched):
    """Rows = linked + unsure + nobody + refused, before and after a decision."""
    for _ in range(2):
        seen = counts(matched)
        assert seen["rows"] == sum(seen.values()) - seen["rows"] == 4
        decide(matched)
    assert (seen["linked"], counts(matched)["linked"]) == (2, 2)


def test_the_surest_of_the_unsure_comes_first_with_both_sides(matched):
    """What the list says and what the file says stand side by side, with reasons."""
    page = matches.review(id=matched.pk, seen_by=matched.by)

    assert (page.row, page.listed["name"]) == (UNSURE, "A Elmcanary02")
    assert [side.person for side in page.candidates] == [LIKELY, LESS]
    assert page.candidates[0].said["name"] == "Ada Elmcanary02"
    assert page.candidates[0].said["address"] == "2 Elmcanary Street"
    skipped = matches.review(id=matched.pk, seen_by=matched.by, skip=1)
    assert skipped.row == OTHER
    assert matches.review(id=matched.pk, seen_by=matched.by, skip=9).row == UNSURE


def test_a_yes_links_and_an_undo_takes_it_back(matched):
    """The link is to that person and by whoever said so, until it is undone."""
    decide(matched)
    assert linked(matched)[UNSURE] == LIKELY

    matches.undo(id=matched.pk, by=matched.by)
    assert UNSURE not in linked(matched)
    assert matches.review(id=matched.pk, seen_by=matched.by).row == UNSURE
    assert MatchDecision.objects.count() == 2, "nothing is changed, only added"
    assert AuditLink.objects.filter(verb="decide match").count() == 2


def test_a_no_brings_the_next_candidate(matched):
    """Whoever is refused is not offered for this row again."""
    decide(matched, verdict="refused")

    page = matches.review(id=matched.pk, seen_by=matched.by, skip=1)
    assert page.row == UNSURE
    assert [side.person for side in page.candidates] == [LESS]


def test_an_undo_is_of_ones_own_decision(world, matched):
    """Bob cannot take back, by pressing u, what Alice said."""
    decide(matched)
    matches.undo(id=matched.pk, by=world.bob)

    assert linked(matched)[UNSURE] == LIKELY


@pytest.mark.parametrize(
    ("listed", "person", "verdict", "refusal"),
    [
        (UNSURE, "elm:elm-9-1", "accepted", NotYours),
        (STRANGER, LIKELY, "accepted", NotYours),
        (UNSURE, LIKELY, "perhaps", BadDecision),
    ],
)
def test_only_a_candidate_can_be_decided_about(
    matched, listed, person, verdict, refusal
):
    """A changed form links nobody to somebody who was never offered."""
    with pytest.raises(refusal):
        decide(matched, person=person, verdict=verdict, listed=listed)
    assert not MatchDecision.objects.exists()


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_lists_are_the_organizers(world, matched, name):
    """Rows and candidates are people: nobody else sees one, or decides."""
    stranger = getattr(world, name)
    for act in (
        lambda: matches.review(id=matched.pk, seen_by=stranger),
        lambda: decide(matched, by=stranger),
        lambda: matches.undo(id=matched.pk, by=stranger),
    ):
        with pytest.raises(NotYours):
            act()
    assert matches.matches(seen_by=stranger) == []


def test_a_list_is_matched_in_the_background(world, signed_in, work_off):
    """Upload, worker, page: the one who is in the file is linked; nobody sealed is."""
    text = (
        "first,last,address,city,birth year\n"
        "Ada,Elmcanary01,1 Elmcanary Street,Elm,1951\n"
        f"Cy,{SEALED},12 Elmcanary Street,Elm,1962\n"
    )
    browser = signed_in(world.alice)
    sent = {
        "snapshot": world.snapshot.pk,
        "file": SimpleUploadedFile("members.csv", text.encode()),
    }
    asked = browser.post(reverse("matches"), sent)
    work_off()

    row = Job.objects.latest("pk")
    assert row.outcome == "done", row.says
    assert asked["Location"] == reverse("job", args=[row.pk])
    page = browser.get(reverse("match", args=[row.result["match"]]))
    assert "2 rows = 1 linked" in page.content.decode()
