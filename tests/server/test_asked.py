"""A rule on the server speaks of what the chapter knows, and of nothing of others'."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from groundgame.errors import CircularUniverse, NoReason, NoSuchChapter, NoSuchUniverse
from groundgame.server import desk
from groundgame.server.actions import asked, log, universes
from groundgame.server.store.models import AuditLink, Event, SnapshotRow
from tests.server.world import make_cut, write_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(phone):
    """Ada behind door 1 answered; at door 2 nobody was at home; a slip is undone."""
    ada = phone.bundle["stops"][0]["people"][0]["id"]
    second, third = (stop["door"] for stop in phone.bundle["stops"][1:3])
    slip = phone.conversation(door=third, result="refused")
    events = [
        phone.conversation(person=ada, result="canvassed", answers={"support": "1"}),
        phone.conversation(door=second),
        slip,
        phone.withdrawal(of=slip),
    ]
    assert phone.send(*events).status_code == 200
    return ada


@pytest.fixture
def preview(world):
    """Return a function that asks what a rule finds in Elm, as Alice."""
    over = world.snapshot.pk
    return lambda rule: universes.preview(snapshot=over, rule=rule, seen_by=world.alice)


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ("never tried", 21),
        ("tried at least 1 times", 3),
        ('last result = "not home"', 2),
        ("last result = refused", 0),
        ("answered support = 1", 1),
        ("did not answer support", 23),
        ("a door where somebody is (answered support = 1)", 2),
    ],
)
def test_the_chapters_conversations_count(said, preview, rule, people):
    """Of 24 people Ada was tried, and two behind door 2; the slip is no attempt."""
    assert preview(rule).people == people
    assert preview(rule).error == ""


@pytest.mark.parametrize(("days", "people"), [(0, 21), (1, 24)])
def test_the_day_is_that_of_receipt(said, preview, days, people):
    """The phone's clock says June 2025; what counts is that it came in today."""
    day = timezone.localdate() + timedelta(days=days)

    assert preview(f"not tried since {day}").people == people


def another_chapter_has_none_of_it(world):
    """Oak has not knocked anywhere."""
    tables = asked.conversations(world.oak.pk)

    assert [table.num_rows for table in tables] == [0, 0]


def test_a_chapter_sees_its_own_conversations_only(said, world, monkeypatch):
    """And a log read without regard to whose it is would be seen."""
    another_chapter_has_none_of_it(world)
    careless = SimpleNamespace(filter=lambda **_: Event.objects.all())
    monkeypatch.setattr(log, "counted", lambda: careless)

    with pytest.raises(AssertionError):
        another_chapter_has_none_of_it(world)


def test_a_matched_list_may_be_named(world, matched, preview):
    """Of its four rows one is linked; what is unsure is on no list."""
    assert preview('on list "members.csv"').people == 1
    assert "members.csv" in asked.names(world.snapshot).lists


def test_another_chapters_list_may_not(world, data, matched):
    """Oak is not even told that there is one."""
    over, *_ = make_cut(data, world.oak, world.charlie)
    page = universes.preview(
        snapshot=over.pk, rule='on list "members.csv"', seen_by=world.charlie
    )

    assert "none" in page.error
    assert page.people == 0


def test_a_universe_may_stand_inside_another(world, preview):
    """Those saved over the same file; one that is not there is refused."""
    assert preview('in universe "All of Elm" and party = DEM').people == 12
    assert "no readable universe" in preview('in universe "Nobody"').error


def test_no_universe_leads_back_to_itself(world):
    """Its own name is not there yet when it is saved."""
    with pytest.raises((NoSuchUniverse, CircularUniverse)):
        universes.save(
            snapshot=world.snapshot.pk,
            name="Round",
            rule='in universe "Round"',
            by=world.alice,
        )


def test_an_earlier_file_of_the_chapter_may_be_named(world, data, preview):
    """The same 24 people behind the same doors: nobody is new, nobody moved."""
    write_snapshot(data / "snapshots" / "elm-2024-06-01", "elm")
    SnapshotRow.objects.create(
        chapter=world.elm,
        snapshot="elm-2024-06-01",
        label="Elm, last year",
        counts={},
        by=world.alice,
    )

    assert preview('new since snapshot "Elm, last year"').people == 0
    assert preview('not moved since snapshot "Elm, last year"').people == 24
    assert "no earlier snapshot" in preview('new since snapshot "Oak, June"').error


def test_a_likely_slip_and_what_is_not_there_are_said(preview):
    """A party that nobody has is warned of; a score that nobody brought is refused."""
    assert preview("party = DEMO").warnings[0].startswith("Nobody has the party DEMO")
    assert "no score named 'turnout'" in preview("score turnout >= 1").error


def test_a_map_is_drawn_again_when_the_log_has_grown(world, phone):
    """For a rule that asks the log, and for no other."""
    rules = ("never tried", "party = DEM", 'in universe "All of Elm"')
    before = [asked.mark(world.snapshot, rule) for rule in rules]
    phone.send(phone.conversation())
    after = [asked.mark(world.snapshot, rule) for rule in rules]

    assert [old != new for old, new in zip(before, after, strict=True)] == [
        *(True, False, True)
    ]


def test_the_host_takes_out_what_rules_at_the_command_line_need(said, phone, world):
    """Without those who asked to be left alone; for a reason, and written down."""
    away = phone.bundle["stops"][2]["people"][0]["id"]
    door = phone.bundle["stops"][2]["door"]
    phone.send(phone.conversation(door=door, person=away, result="do_not_contact"))
    tables = desk.conversations("Elm", "a list for the weekend")

    assert tables["attempts"]["person_id"].to_pylist() == [said, None]
    assert tables["answers"].to_pylist() == [
        {"person_id": said, "question": "support", "answer": "1"}
    ]
    assert tables["suppressed-people"]["person_id"].to_pylist() == [away]
    link = AuditLink.objects.latest("n")
    assert (link.actor, link.details["attempts"]) == ("host", 2)


def test_the_host_is_asked_for_a_reason_and_a_chapter(world):
    """Nothing is taken out in passing."""
    with pytest.raises(NoReason):
        desk.conversations("Elm", "because")
    with pytest.raises(NoSuchChapter, match="'Ash'"):
        desk.conversations("Ash", "a list for the weekend")
