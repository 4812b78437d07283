"""The screens of paper: photographs come in, and what is in doubt is decided."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.packet import PageKey
from groundgame.server.actions import packets
from groundgame.server.store.models import Event, PaperPage
from tests.unit.packet.hand import crossed, drawn, jpeg


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
    """Return a function that brings photographs in, as Alice or another."""

    def send(*photos: bytes, who: str = "alice"):
        files = [SimpleUploadedFile(f"{n}.jpg", each) for n, each in enumerate(photos)]
        browser = signed_in(getattr(world, who))
        return browser.post(reverse("paper"), {"photos": files}, follow=True)

    return send


def test_what_came_of_the_photographs_is_said_in_words(upload, sheet, read):
    """One mark counts, one is faint, and one file is no picture: each is told."""
    picture, key = sheet
    clear = crossed(picture, key, [(1, "=result", "not_home")])
    both = jpeg(crossed(clear, key, [(4, "=result", "vacant")], dark=0.25))

    page = read(upload(both, b"not a picture"))

    assert "1 conversation was taken in." in page
    assert "1 row is in doubt" in page
    assert "1.jpg is no picture" in page
    assert "1 conversation was there already." in read(upload(both, who="bob"))


def test_an_empty_form_is_refused(upload, read):
    """Nothing was chosen: the form says so, and is there again."""
    assert 'name="photos"' in read(upload(), 422)


def test_a_sheet_without_a_mark_says_so(upload, sheet, read):
    """Somebody who photographs an empty sheet need not wonder what was read."""
    assert "Nothing is marked on these sheets." in read(upload(jpeg(sheet[0])))


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
