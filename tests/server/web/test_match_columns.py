"""A list whose columns are not recognized: name them, see what comes of it, match."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.server.store.models import Job, MatchList
from tests.server.world import surname

ODD = f"Wer,Wo\nAda {surname('elm', 1)},1 Elmcanary Street\n,\nBo Nobody,9 Far St\n"
PLAIN = f"first name,last name\nAda,{surname('elm', 1)}\n"


@pytest.fixture
def send(world, signed_in):
    """Return a function that sends a list as Alice, and gives the answer."""

    def send(text, **more):
        file = SimpleUploadedFile("members.csv", text.encode())
        sent = {"snapshot": world.snapshot.pk, "file": file}
        return signed_in(world.alice).post(reverse("matches"), sent | more)

    return send


@pytest.fixture
def asked(world, send, signed_in):
    """The page of columns of a list that nobody recognizes, as Alice."""
    place = send(ODD)["Location"]
    browser = signed_in(world.alice)
    return lambda sent=None, **headers: (
        browser.get(place)
        if sent is None
        else browser.post(place, sent, headers=headers or None)
    )


def test_a_list_with_known_names_is_matched_at_once(send, work_off):
    """Nobody is asked what the header says already."""
    answer = send(PLAIN)

    assert answer["Location"] == reverse("job", args=[Job.objects.latest("pk").pk])
    work_off()
    assert MatchList.objects.latest("pk").label == "members.csv"


def test_whoever_wants_to_see_the_columns_first_does(world, send, signed_in, read):
    """What is recognized is chosen already; the first row shows what it comes to."""
    place = send(PLAIN, look="on")["Location"]
    page = read(signed_in(world.alice).get(place))

    assert '<option value="last name" selected>' in page
    assert f"<td>{surname('elm', 1)}</td>" in page.replace("\n", "").replace("  ", "")


def test_a_list_that_is_not_recognized_asks_which_column_is_which(asked, read):
    """Every column is offered, none is chosen, and what is wanted is said."""
    page = read(asked())

    assert '<option value="Wer">' in page
    assert " selected" not in page.replace('<option value="" selected>', "")
    assert "no column that says who is meant" in page
    assert "--column" not in page


def test_the_preview_follows_the_choice(asked, read):
    """A whole name in one column comes apart before anything is matched."""
    page = read(asked({"name": "Wer", "look": "1"}, **{"HX-Request": "true"}))

    assert "<html" not in page
    assert "First name" in page
    assert surname("elm", 1).upper() in page
    assert Job.objects.latest("pk").asked is None


def test_columns_that_say_nobody_are_refused_where_they_stand(asked, read):
    """A street alone means nobody: the list still waits, with the reason."""
    page = read(
        asked(
            {"street": "Wo"},
        ),
        422,
    )

    assert "no column that says who is meant" in page
    assert '<option value="Wo" selected>' in page
    assert Job.objects.latest("pk").asked is None


def test_a_list_is_matched_by_the_columns_that_were_named(asked, read, work_off):
    """One row is a neighbour, one is a stranger, and the empty one is none."""
    answer = asked({"name": "Wer", "address": "Wo"})
    assert answer.status_code == 302
    work_off()

    row = MatchList.objects.latest("pk")
    assert Job.objects.latest("pk").result == {"match": row.pk}
    assert Job.objects.latest("pk").wanted["columns"]["name"] == "Wer"


def test_a_column_that_is_not_there_is_refused(asked):
    """A form that was written by hand names no column of another list."""
    assert asked({"name": "Nobody"}).status_code == 422


def test_what_is_no_table_says_so(world, send, signed_in, read):
    """A picture is no list, and the page says what one is."""
    place = send("\x89PNG\0\0\0")["Location"]
    page = read(signed_in(world.alice).get(place), 422)

    assert 'role="alert"' in page


def test_a_list_that_is_matched_already_is_not_asked_about_again(world, asked):
    """Going back in the browser after the match leads to its progress."""
    asked({"name": "Wer"})

    assert asked()["Location"] == reverse("job", args=[Job.objects.latest("pk").pk])
