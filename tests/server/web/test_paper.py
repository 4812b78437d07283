"""The screens of paper: photographs come in, and what is in doubt is decided."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.packet import PageKey
from groundgame.server.actions import kept, packets
from groundgame.server.store.models import Event, Job, PaperPage
from tests.unit.packet.hand import FAINT, crossed, drawn, jpeg


@pytest.fixture
def sheet(world, packet):
    """Turf 1 on paper: a picture of its first page, and its key."""
    pdf = packets.walk_sheet(packet=packet.id, by=world.alice)
    page = PaperPage.objects.filter(packet=packet.id).order_by("pk")[0]
    return drawn(pdf)[0], PageKey(page.code, page.says)


@pytest.fixture
def browser(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


@pytest.fixture
def upload(world, signed_in):
    """Return a function that brings photographs in, as Alice or another.

    All have the name that a phone gives to every one of them.
    """

    def send(*photos: bytes, who: str = "alice", chapter=world.elm):
        files = [SimpleUploadedFile("image.jpg", each) for each in photos]
        browser = signed_in(getattr(world, who))
        sent = {"photos": files, "chapter": chapter.pk}
        return browser.post(reverse("paper"), sent, follow=True)

    return send


@pytest.fixture
def taken(upload, work_off, read, signed_in, world):
    """Return a function that brings photographs in, and gives the page of the job."""

    def bring(*photos: bytes, who: str = "alice") -> str:
        answer = upload(*photos, who=who)
        work_off()
        address = reverse("job", args=[answer.context["job"].id])
        return read(signed_in(getattr(world, who)).get(address))

    return bring


def marked(sheet, value: str, row: int = 1, dark: float = 0.9) -> bytes:
    """Return a photograph of a sheet with one result marked."""
    picture, key = sheet
    return jpeg(crossed(picture, key, [(row, "=result", value)], dark))


def test_what_came_of_the_photographs_is_said_in_words(taken, sheet):
    """One mark counts, one is faint, and one file is no picture: each is told."""
    picture, key = sheet
    clear = crossed(picture, key, [(1, "=result", "not_home")])
    both = jpeg(crossed(clear, key, [(4, "=result", "vacant")], dark=FAINT))

    page = taken(both, b"not a picture")

    assert "1 conversation was taken in." in page
    assert "Look at the row in doubt" in page
    assert "image.jpg is no picture" in page
    assert "1 conversation was there already." in taken(both, who="bob")


def photographs_of_one_name_are_all_read(taken, sheet):
    """A phone calls every photograph image.jpg; three of a sheet are three rows."""
    shots = [marked(sheet, "not_home", row=n) for n in (1, 4)]

    taken(*shots)

    assert Event.objects.count() == 2


def test_photographs_of_one_name_are_all_read(taken, sheet):
    """None is written over another while they wait."""
    photographs_of_one_name_are_all_read(taken, sheet)


def test_a_planted_bug_writes_one_over_the_other(taken, sheet, monkeypatch):
    """Were they kept under their own names, the test above would say so."""
    fired = []
    monkeypatch.setattr(
        kept, "numbered", lambda role, n: fired.append(n) or f"{role}-0"
    )

    with pytest.raises(AssertionError):
        photographs_of_one_name_are_all_read(taken, sheet)
    assert fired


def test_photographs_are_forgotten_when_they_are_read(taken, sheet, upload):
    """They show names, and what people said: a waiting one is kept, a read one not."""
    upload(marked(sheet, "not_home"))
    waits = Job.objects.get()
    assert list(waits.folder.rglob("*.jpg"))

    taken(marked(sheet, "not_home"))

    assert not any(job.folder.exists() for job in Job.objects.all())


def test_a_stopped_pile_counts_for_nothing(upload, sheet, signed_in, world, work_off):
    """Stopped before its turn came: nothing is taken in, and nothing is kept of it."""
    answer = upload(marked(sheet, "not_home"))
    job = answer.context["job"].id
    signed_in(world.alice).post(reverse("job-stop", args=[job]))

    work_off()

    assert Event.objects.count() == 0
    assert not Job.objects.get(pk=job).folder.exists()


def test_a_chapter_that_is_not_theirs_takes_nothing(upload, sheet, world):
    """Charlie chooses Elm in a form that was tampered with: no job, and no word."""
    answer = upload(marked(sheet, "not_home"), who="charlie", chapter=world.elm)

    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_stranger_sees_nothing_of_a_pile(upload, sheet, signed_in, world):
    """Whose sheets were brought in, and how many, is Elm's business."""
    job = upload(marked(sheet, "not_home")).context["job"].id

    for name in ("charlie", "cass"):
        for place in ("job", "job-progress"):
            address = reverse(place, args=[job])
            assert signed_in(getattr(world, name)).get(address).status_code == 404


def test_an_empty_form_is_refused(upload, read):
    """Nothing was chosen: the form says so, and is there again."""
    assert 'name="photos"' in read(upload(), 422)


def test_a_sheet_without_a_mark_says_so(taken, sheet):
    """Somebody who photographs an empty sheet need not wonder what was read."""
    assert "Nothing is marked on these sheets." in taken(jpeg(sheet[0]))


def test_a_phone_is_asked_for_its_camera(browser, read):
    """One photograph after the other, or many from its album; and never as HEIC."""
    page = re.sub(r"\s+", " ", read(browser.get(reverse("paper"))))

    assert 'capture="environment"' in page
    field = re.search(r'<input type="file" name="photos"[^>]*>', page).group()
    assert "multiple" in field
    assert 'accept="image/jpeg' in field


def test_a_decision_is_taken_back_with_a_button(paper_doubt, browser, read):
    """The row is in doubt again, and shown again."""
    address = reverse("paper-doubt", args=[paper_doubt.pk])
    assert "Take back" not in read(browser.get(address))
    browser.post(address, {"=result": "vacant"})
    assert "Take back my last decision" in read(browser.get(reverse("paper")))

    answer = browser.post(reverse("paper-undo"))

    assert answer["Location"] == address
    assert "Taken back" in read(browser.get(address))


def test_a_row_in_doubt_is_shown_beside_its_choices(paper_doubt, browser, read):
    """The picture, each answer with a radio button, and what it seems to be."""
    page = read(browser.get(reverse("paper-doubt", args=[paper_doubt.pk])))

    assert reverse("paper-picture", args=[paper_doubt.pk]) in page
    for value in ("not_home", "vacant", ""):
        assert f'name="=result" value="{value}"' in re.sub(r"\s+", " ", page)
    assert "perhaps" in page
    assert "Turf 2, page 1, door 1." in page


def test_the_picture_is_an_image_that_no_browser_keeps(paper_doubt, browser):
    """It shows a name and what somebody said."""
    answer = browser.get(reverse("paper-picture", args=[paper_doubt.pk]))

    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]


def test_a_decision_counts_and_leads_on(paper_doubt, browser, read):
    """The last row decided leads back to where photographs are brought in."""
    address = reverse("paper-doubt", args=[paper_doubt.pk])
    assert browser.post(address, {}).status_code == 422

    answer = browser.post(address, {"=result": "vacant"})

    assert answer["Location"] == reverse("paper")
    assert Event.objects.get().result == "vacant"
    assert browser.get(address).status_code == 404
    assert "in doubt" not in read(browser.get(reverse("paper"))).split("<form")[0]


def test_what_cannot_be_chosen_is_not_written(paper_doubt, browser):
    """A form that was tampered with is told that there is nothing here."""
    address = reverse("paper-doubt", args=[paper_doubt.pk])

    assert browser.post(address, {"=result": "dragon"}).status_code == 404
    assert not Event.objects.exists()
