"""Filled walk sheets on the server: the same log, the same rules, the same fence.

Each guarantee is a function; it must hold of the server as it is, and must fail for the
bug planted beside it.
"""

import csv
import io
import uuid

import pytest
from django.utils import timezone

from groundgame.errors import NotYours
from groundgame.packet import PageKey
from groundgame.packet.reading import boxes
from groundgame.server.actions import (
    log,
    packets,
    paper,
    paper_decide,
    paper_doubts,
    quarantine,
    results,
)
from groundgame.server.store.models import (
    AuditLink,
    Claim,
    Event,
    PaperDecision,
    PaperDoubt,
    PaperPage,
)
from tests.server.phone import Phone
from tests.unit.packet.hand import FAINT, crossed, drawn, jpeg

pytestmark = pytest.mark.django_db
RESULT = "=result"


@pytest.fixture
def sheet(world, packet):
    """Turf 1 on paper: a picture of its first page, and its key."""
    pdf = packets.walk_sheet(packet=packet.id, by=world.alice)
    page = PaperPage.objects.filter(packet=packet.id).order_by("pk")[0]
    return drawn(pdf)[0], PageKey(page.code, page.says)


def filled(sheet, *marks, dark=0.9) -> list[tuple[str, bytes]]:
    """Return a photograph of a sheet with some boxes crossed."""
    picture, key = sheet
    return [("sheet.jpg", jpeg(crossed(picture, key, marks, dark)))]


def take_in(chapter, photos, by) -> paper.Taken:
    """Take photographs in."""
    return paper.take_in(photos=photos, chapter=chapter, by=by)


def row(sheet, person: str | None, door: str) -> int:
    """Return the number of the row of somebody at a door."""
    (found,) = [
        each["n"]
        for each in sheet[1].says["rows"]
        if (each["door"], each["person"]) == (door, person)
    ]
    return found


def two(sheet) -> list[tuple[int, str, str]]:
    """Return marks: nobody home at door 1; at door 2 somebody answers a question."""
    answering = row(sheet, "elm:elm-2-1", "elm-door-2")
    return [
        (row(sheet, None, "elm-door-1"), RESULT, "not_home"),
        (answering, "support", "2"),
        (answering, "rating", "10"),
    ]


def what_is_marked_is_in_the_log(world, sheet):
    """It counts, under the paper's own claim; who took it in is written down."""
    taken = take_in(world.elm, filled(sheet, *two(sheet)), world.bob)

    assert (taken.pages, taken.kept, taken.doubts, taken.refused) == (1, 2, 0, ())
    said = [entry.event for entry in log.entries([sheet[1].packet])]
    assert [(e.door, e.person, e.result, dict(e.answers)) for e in said] == [
        ("elm-door-1", None, "not_home", {}),
        ("elm-door-2", "elm:elm-2-1", "canvassed", {"support": "2", "rating": "10"}),
    ]
    assert {e.claim.input for e in Event.objects.all()} == {Claim.Input.PAPER}
    last = AuditLink.objects.latest("n")
    assert (last.actor, last.verb) == (f"user:{world.bob.pk}", "take in walk sheet")


def the_same_sheet_twice_doubles_nothing(world, sheet):
    """Alice photographs it, and Bob, who did not know: nothing is there twice."""
    first = take_in(world.elm, filled(sheet, *two(sheet)), world.alice)
    again = take_in(world.elm, filled(sheet, *two(sheet)), world.bob)

    assert (first.kept, again.kept, again.repeat) == (2, 0, 2)
    assert Event.objects.count() == 2


def what_is_faint_waits_and_is_not_guessed(world, sheet):
    """A mark in light pencil is neither taken for a mark nor for none."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    taken = take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)

    assert (taken.kept, taken.doubts) == (0, 1)
    assert Event.objects.count() == 0


GUARANTEES = (
    what_is_marked_is_in_the_log,
    the_same_sheet_twice_doubles_nothing,
    what_is_faint_waits_and_is_not_guessed,
)


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda each: each.__name__)
def test_it_holds(world, sheet, guarantee):
    """Each guarantee holds of the server as it is."""
    guarantee(world, sheet)


def _new_ids(monkeypatch, fired):
    """Let every reading make new ids, as a phone would."""
    real = paper.event_id

    def fresh(*parts):
        fired.append(real(*parts))
        return f"0190b000-0000-7000-8000-{uuid.uuid4().hex[:12]}"

    monkeypatch.setattr("groundgame.packet.conversation.event_id", fresh)


def _no_doubt(monkeypatch, fired):
    """Let every box be one or the other, whichever is nearer."""
    sure = boxes.Readings.sure

    def always(self):
        fired.append(~sure.fget(self))
        return self.marked >= 0

    monkeypatch.setattr(boxes.Readings, "sure", property(always))


def _forgotten(monkeypatch, fired):
    """Let what was read be forgotten on its way into the log."""
    monkeypatch.setattr(paper, "take", lambda *a: fired.append(a) or [])


@pytest.mark.parametrize(
    ("guarantee", "bug"),
    [
        (the_same_sheet_twice_doubles_nothing, _new_ids),
        (what_is_faint_waits_and_is_not_guessed, _no_doubt),
        (what_is_marked_is_in_the_log, _forgotten),
    ],
)
def test_a_planted_bug_is_caught(world, sheet, monkeypatch, guarantee, bug):
    """Were it broken, the guarantee would fail; and the bug was really there."""
    fired = []
    bug(monkeypatch, fired)

    with pytest.raises(AssertionError):
        guarantee(world, sheet)
    assert fired


def test_a_decided_row_is_in_the_log_and_its_picture_is_gone(world, sheet):
    """Bob looks, says what it is; once he cannot take it back, the picture is gone."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    (waits,) = paper_doubts.waiting(seen_by=world.bob)
    assert paper_doubts.picture(id=waits, seen_by=world.bob).startswith(b"\x89PNG")

    decided = {"doubt": waits, "answers": {RESULT: "not_home"}, "by": world.bob}
    assert paper_decide.decide(**decided) == "kept"
    assert paper_decide.decide(**decided) == "repeat"

    assert Event.objects.get().result == "not_home"
    assert bytes(PaperDoubt.objects.get().picture) != b""
    paper_decide.forget_pictures(timezone.now() + paper_decide.UNDOABLE)
    assert bytes(PaperDoubt.objects.get().picture) == b""
    assert not paper_decide.may_undo(seen_by=world.bob)
    assert PaperDecision.objects.get().by == world.bob
    again = take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    assert (again.kept, again.doubts) == (0, 0)


def test_a_row_in_which_nothing_is_marked_is_no_conversation(world, sheet):
    """What looked like a mark was dirt: somebody says so, and it waits no more."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    (waits,) = paper_doubts.waiting(seen_by=world.alice)

    became = paper_decide.decide(doubt=waits, answers={RESULT: ""}, by=world.alice)

    assert became == "nothing"
    assert (Event.objects.count(), paper_doubts.waiting(seen_by=world.bob)) == (0, [])


def test_a_better_photograph_settles_a_doubt(world, sheet):
    """Once the row is read clearly, nobody is asked about it any more."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    taken = take_in(world.elm, filled(sheet, mark), world.alice)

    assert (taken.kept, taken.doubts) == (1, 0)
    assert paper_doubts.waiting(seen_by=world.alice) == []


def test_two_readings_that_differ_are_shown_to_an_organizer(world, sheet):
    """A mark that was added later does not replace what was taken in first."""
    door = row(sheet, None, "elm-door-1")
    take_in(world.elm, filled(sheet, (door, RESULT, "not_home")), world.alice)
    other = filled(sheet, (door, RESULT, "vacant"))

    assert take_in(world.elm, other, world.alice).aside == 1
    (waits,) = quarantine.quarantined(seen_by=world.alice)
    assert waits.reason == "conflict"


def an_export_says_what_came_in_on_paper(world, sheet, phone):
    """A column says of each conversation whether it was typed or ticked."""
    phone.send(phone.conversation(result="come_back"))
    take_in(world.elm, filled(sheet, *two(sheet)), world.alice)

    text = results.export_csv(
        cut=world.cut.pk, reason="the weekly report", by=world.alice
    ).decode()

    inputs = [row["input"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert inputs == ["Phone", "Paper", "Paper"]


def test_an_export_says_what_came_in_on_paper(world, sheet, phone):
    """Paper counts as much, and whoever analyses it can tell."""
    an_export_says_what_came_in_on_paper(world, sheet, phone)


def test_a_planted_bug_takes_paper_for_a_phone(world, sheet, phone, monkeypatch):
    """Were its claim made like a phone's, the export would not say Paper."""
    monkeypatch.setattr(paper, "CAME_IN", Claim.Input.PHONE)

    with pytest.raises(AssertionError):
        an_export_says_what_came_in_on_paper(world, sheet, phone)
    assert Claim.objects.filter(name=paper.NAME).exists()


def test_somebody_elses_sheet_is_as_unknown_as_none(world, sheet, oak_packet):
    """Charlie brings in a sheet of Elm: he learns nothing, and nothing is kept."""
    taken = take_in(world.oak, filled(sheet, *two(sheet)), world.charlie)

    assert (taken.pages, taken.kept) == (0, 0)
    assert "none of 0 pages known here" in taken.refused[0]
    assert Event.objects.count() == 0


def test_paper_takes_no_phones_place(world, packet, sheet):
    """Four phones may load a packet, however much paper was read before."""
    take_in(world.elm, filled(sheet, *two(sheet)), world.alice)

    for n in range(4):
        phone = Phone(device=f"0190a000-0000-7000-8000-00000000f00{n}")
        assert phone.claim(packet.code).status_code == 200


def test_a_page_printed_twice_is_one_page(world, packet, sheet):
    """Printing again changes no code, so both copies are read."""
    packets.walk_sheet(packet=packet.id, by=world.bob)

    assert PaperPage.objects.count() == len({p.code for p in PaperPage.objects.all()})
    assert PaperPage.objects.count() == 2


def test_a_photograph_of_something_else_stops_no_other(world, sheet):
    """Of three files one is read; the others are told, each with what to do next."""
    photos = [
        ("cat.jpg", jpeg(sheet[0][:1200, :1200] * 0 + 90)),
        *filled(sheet, *two(sheet)),
        ("notes.txt", b"not a picture"),
    ]
    taken = take_in(world.elm, photos, world.alice)

    assert (taken.kept, len(taken.refused)) == (2, 2)
    assert "shows no walk sheet" in taken.refused[0]
    assert "is no picture" in taken.refused[1]


def test_an_answer_that_is_none_of_the_choices_is_refused(world, sheet):
    """A form that was tampered with writes nothing."""
    mark = (row(sheet, None, "elm-door-1"), RESULT, "not_home")
    take_in(world.elm, filled(sheet, mark, dark=FAINT), world.alice)
    (waits,) = paper_doubts.waiting(seen_by=world.alice)

    for answers in ({RESULT: "dragon"}, {}):
        with pytest.raises(NotYours):
            paper_decide.decide(doubt=waits, answers=answers, by=world.alice)
    assert Event.objects.count() == 0


def test_the_sheet_says_how_it_went_last_time(world, packet, phone, monkeypatch):
    """The next packet of the turf is printed with what is in the book."""
    phone.send(phone.conversation(result="come_back"))
    seen = []
    real = packets.sheet

    def spy(*given, **named):
        seen.append(named["last"])
        return real(*given, **named)

    monkeypatch.setattr(packets, "sheet", spy)
    packets.walk_sheet(packet=packet.id, by=world.alice)

    assert set(seen[0].values()) == {"come_back"}
