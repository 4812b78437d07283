"""Lists from outside: what is unsure is decided by people, and can be taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.errors import BadDecision, NotYours
from groundgame.server.actions import match_links, match_twice, matches
from groundgame.server.store.models import AuditLink, Job, MatchDecision
from groundgame.server.web.words import likely
from tests.server.lists import (
    LESS,
    LIKELY,
    MAYBE,
    OTHER,
    SAME,
    STRANGER,
    SURE,
    UNSURE,
)
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


def test_a_no_that_is_undone_brings_the_candidate_back(matched):
    """Whoever was refused by a slip can be accepted after all."""
    decide(matched, verdict="refused")
    matches.undo(id=matched.pk, by=matched.by)

    page = matches.review(id=matched.pk, seen_by=matched.by)
    assert (page.row, page.candidates[0].person) == (UNSURE, LIKELY)
    decide(matched)
    assert linked(matched)[UNSURE] == LIKELY


def test_links_are_shown_with_both_sides_and_why(matched):
    """What the machine linked comes before what was linked by hand, with who did it."""
    decide(matched)

    sure, by_hand = match_links.links(id=matched.pk, seen_by=matched.by).links

    assert (sure.row, sure.listed["name"]) == (SURE, "Ada Elmcanary01")
    assert sure.said["name"] == "Ada Elmcanary01"
    assert (sure.probability, sure.reasons) == (0.99, "same surname")
    assert (sure.decided_by, by_hand.decided_by) == ("", "alice")


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.9464, "94.6%"), (0.9999, "99.9%"), (1.0, "99.9%"), (0.05, "5.0%"), (None, "")],
)
def test_no_probability_is_said_to_be_more_than_it_is(probability, said):
    """What is for review never reads 95 %, and nothing reads certain."""
    assert likely(probability) == said


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_any_link_can_be_taken_back_and_is_unsure_again(world, matched, who):
    """Also one that the machine made, or a colleague; it can be linked anew."""
    decide(matched)
    for row in (SURE, UNSURE):
        match_links.take_back(id=matched.pk, row=row, by=getattr(world, who))

    assert linked(matched) == {}
    assert counts(matched)["review"] == 3
    decide(matched, person="elm:elm-1-1", listed=SURE)
    assert linked(matched) == {SURE: "elm:elm-1-1"}


@pytest.mark.parametrize("row", [STRANGER, OTHER, "nowhere"])
def test_only_a_link_can_be_taken_back(matched, row):
    """A changed form takes back nothing that is not there."""
    with pytest.raises(NotYours):
        match_links.take_back(id=matched.pk, row=row, by=matched.by)


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
        lambda: match_links.links(id=matched.pk, seen_by=stranger),
        lambda: match_links.take_back(id=matched.pk, row=SURE, by=stranger),
        lambda: match_twice.twice(id=matched.pk, seen_by=stranger),
        lambda: match_twice.decide(
            id=matched.pk, pair=MAYBE, verdict="accepted", by=stranger
        ),
        lambda: match_twice.undo(id=matched.pk, by=stranger),
    ):
        with pytest.raises(NotYours):
            act()
    assert matches.matches(seen_by=stranger) == []


def test_who_stands_twice_is_decided_and_undone(matched):
    """Four rows are three people, then two; undone, three again and one pair unsure."""

    def seen():
        page = match_twice.twice(id=matched.pk, seen_by=matched.by)
        return page.rows, page.people, page.unsure, len(page.joined)

    assert seen() == (4, 3, 1, 1)
    match_twice.decide(id=matched.pk, pair=MAYBE, verdict="accepted", by=matched.by)
    assert seen() == (4, 2, 0, 2)
    match_twice.undo(id=matched.pk, by=matched.by)
    assert seen() == (4, 3, 1, 1)
    match_twice.decide(id=matched.pk, pair=SAME, verdict="refused", by=matched.by)
    assert seen() == (4, 4, 1, 0)


def test_an_undo_of_pairs_and_one_of_links_keep_apart(matched):
    """Undo on one screen never takes back what was decided on the other."""
    decide(matched)
    match_twice.decide(id=matched.pk, pair=MAYBE, verdict="accepted", by=matched.by)

    matches.undo(id=matched.pk, by=matched.by)

    assert UNSURE not in linked(matched)
    assert match_twice.twice(id=matched.pk, seen_by=matched.by).people == 2


@pytest.mark.parametrize(
    ("pair", "verdict", "refusal"),
    [(UNSURE, "accepted", NotYours), (MAYBE, "perhaps", BadDecision)],
)
def test_only_a_pair_can_be_decided_about(matched, pair, verdict, refusal):
    """A changed form joins nobody."""
    with pytest.raises(refusal):
        match_twice.decide(id=matched.pk, pair=pair, verdict=verdict, by=matched.by)
    assert not MatchDecision.objects.exists()


def test_a_list_of_before_pairs_were_looked_for_has_none(matched):
    """A match that an older version made still opens."""
    (matched.folder / "pairs.parquet").unlink()

    page = match_twice.twice(id=matched.pk, seen_by=matched.by)
    assert (page.rows, page.people, page.next) == (4, 4, None)


def test_a_list_is_matched_in_the_background(world, signed_in, work_off):
    """Upload, worker, page: the one who is in the file is linked; nobody sealed is."""
    text = (
        "first,last,address,city,birth year,phone\n"
        "Ada,Elmcanary01,1 Elmcanary Street,Elm,1951,315-555-0142\n"
        "Ada,Elmcanary01,1 Elmcanary Street,Elm,1951,(315) 555 0142\n"
        f"Cy,{SEALED},12 Elmcanary Street,Elm,1962,\n"
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
    assert "3 rows = 2 linked" in page.content.decode()
    twice = browser.get(reverse("twice", args=[row.result["match"]]))
    assert "3 rows that could be read are 2 people" in twice.content.decode()


def test_whom_a_list_may_mean_is_looked_up_in_the_file_once(matched, monkeypatch):
    """The next row of the review reads what was kept, and not a state again."""
    first = matches.review(id=matched.pk, seen_by=matched.by)
    monkeypatch.setattr(matches, "opened", lambda _: pytest.fail("looked again"))

    again = matches.review(id=matched.pk, seen_by=matched.by)

    assert first == again
    assert again.candidates[0].said["name"]
