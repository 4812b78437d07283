"""The screens of cuts and packets: hand out, show, print, take back."""

import pytest
from django.urls import reverse

from groundgame.server.actions import packets
from groundgame.server.store.models import AuditLink, Packet, PacketReturn


@pytest.fixture
def browser(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


def test_a_turf_is_handed_to_a_canvasser_by_name(world, browser, read):
    """One form later the code stands large on the screen, with the QR beside it."""
    answer = browser.post(
        reverse("hand-out", args=[world.turfs[0].pk]),
        {"to": world.cass.pk, "hours": 3},
        follow=True,
    )

    packet = Packet.objects.get()
    page = read(answer)
    assert packet.to == world.cass
    assert f'<p class="big-code">{packet.code}</p>' in page
    assert reverse("packet-qr", args=[packet.pk]) in page


@pytest.mark.usefixtures("packet")
def test_a_turf_that_is_out_is_not_handed_to_a_second_person(
    world,
    browser,
    read,
):
    """Two people at one door on one evening is one too many; the form says so."""
    page = read(
        browser.post(reverse("hand-out", args=[world.turfs[0].pk]), {"hours": 3}), 422
    )

    assert 'role="alert"' in page
    assert Packet.objects.count() == 1


def test_a_turf_is_handed_to_nobody_of_another_chapter(world, browser, read):
    """The form offers the chapter's members only, and takes no other."""
    read(
        browser.post(
            reverse("hand-out", args=[world.turfs[0].pk]),
            {"to": world.charlie.pk, "hours": 3},
        ),
        422,
    )

    assert not Packet.objects.exists()


@pytest.mark.usefixtures("packet")
def test_codes_for_all_free_turfs_are_made_once(world, browser, read):
    """Pressing twice at launch gives no turf a second code."""
    address = reverse("hand-out-all", args=[world.cut.pk])
    for _ in range(2):
        page = read(browser.post(address, follow=True))

    assert Packet.objects.count() == 2
    assert "2 out, 0 free" in page


@pytest.mark.usefixtures("packet")
def test_all_walk_sheets_are_printed_as_one_file(world, browser, read, work_off):
    """One file to print at launch; that each was printed is written down."""
    answer = browser.post(reverse("walk-sheets", args=[world.cut.pk]))
    work_off()
    assert "Download the walk sheets" in read(browser.get(answer["Location"]))
    sheets = browser.post(answer["Location"] + "file/")

    assert sheets.content.startswith(b"%PDF")
    assert sheets["Content-Disposition"].startswith("attachment")
    assert AuditLink.objects.filter(verb="print packet").count() == 1


def test_with_no_turf_out_there_is_nothing_to_print(world, browser, read):
    """The button of a colleague's older page leads back, with a sentence."""
    page = read(browser.post(reverse("walk-sheets", args=[world.cut.pk]), follow=True))

    assert "nothing to print" in page


def test_a_walk_sheet_is_a_pdf_and_is_not_shown_in_the_page(packet, browser):
    """It is a file to print: with voters in it, it must not linger in a tab."""
    answer = browser.post(reverse("walk-sheet", args=[packet.id]))

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_walk_sheet_is_printed_large_and_in_spanish(packet, browser, monkeypatch):
    """What the form asks for is how it is printed; anything odd is as usual."""
    seen = []
    real = packets.sheet
    monkeypatch.setattr(
        packets, "sheet", lambda *a, **k: seen.append(a[1]) or real(*a, **k)
    )
    address = reverse("walk-sheet", args=[packet.id])

    browser.post(address, {"language": "es", "paper": "a4", "large": "on"})
    browser.post(address, {"language": "tlh"})

    assert [(each.language, each.paper, each.large) for each in seen] == [
        ("es", "a4", True),
        ("en", "letter", False),
    ]


def test_taking_back_asks_once_and_says_what_it_means(packet, browser, read):
    """Looking at the question takes nothing back; answering it does."""
    address = reverse("take-back", args=[packet.id])
    question = read(browser.get(address))
    assert "Its code stops working for good" in question
    assert not PacketReturn.objects.exists()

    page = read(browser.post(address, follow=True))
    assert "Taken back" in page
    assert PacketReturn.objects.count() == 1


def test_a_canvasser_cannot_take_a_packet_back(world, packet, signed_in):
    """Cass may see it, and no more."""
    answer = signed_in(world.cass).post(reverse("take-back", args=[packet.id]))

    assert answer.status_code == 404
    assert not PacketReturn.objects.exists()


@pytest.mark.usefixtures("told")
def test_the_packet_shows_who_loaded_it_and_how_far_it_is(packet, browser, read):
    """The name that the phone gave, and one of six doors."""
    page = read(browser.get(reverse("packet", args=[packet.id])))

    assert "Ana" in page
    assert "1 of 6 doors" in page


@pytest.mark.usefixtures("packet")
def test_a_cut_of_more_turfs_asks_no_more_questions(
    world,
    browser,
    django_assert_max_num_queries,
):
    """The table of turfs is one of the pages that everybody keeps open."""
    with django_assert_max_num_queries(21):
        browser.get(reverse("cut", args=[world.cut.pk]))
