"""The screen of borders: draw one, name a road, take it away, cut again within them."""

import json

import pytest
from django.urls import reverse

from groundgame.server.actions import borders
from groundgame.server.store.models import Border, BorderRemoval, Job

pytestmark = pytest.mark.django_db
LINE = [[-77.999125, 41.999], [-77.999125, 42.001]]


@pytest.fixture
def screen(world, signed_in):
    """Return Alice's browser and the address of the screen."""
    return signed_in(world.alice), reverse("cut-borders", args=[world.cut.pk])


def test_a_line_is_drawn_listed_taken_away_and_put_back(screen, read):
    """Each press is one change, and the list says what holds."""
    alice, address = screen
    assert "None yet" in read(alice.get(address))

    drawn = {"verb": "draw", "line": json.dumps(LINE)}
    page = read(alice.post(address, drawn, follow=True))
    assert "A line of 2 places" in page
    border = Border.objects.get().pk
    assert "Put it back" in read(
        alice.post(address, {"verb": "remove", "border": border}, follow=True)
    )
    assert "Take it away" in read(
        alice.post(address, {"verb": "back", "border": border}, follow=True)
    )
    assert not BorderRemoval.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"verb": "draw", "line": ""},
        {"verb": "draw", "line": "{"},
        {"verb": "draw", "line": "[[" * 9000},
        {"verb": "draw", "line": '{"a": 1}'},
        {"verb": "draw", "line": "[[42.0, -78.0], [42.1, -78.0]]"},
        {"verb": "follow", "road": " "},
        {"verb": "follow", "road": "Route 9"},
    ],
)
def test_what_is_no_border_is_said_on_the_page(screen, read, sent):
    """The page comes again with what was wrong; nothing is written."""
    alice, address = screen

    page = read(alice.post(address, sent), status=422)

    assert 'role="alert"' in page
    assert "--streets" not in page
    assert not Border.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"verb": "other"}, {"verb": "remove"}, {"verb": "back", "border": 99}]
)
def test_what_no_button_sends_is_not_here(screen, sent):
    """A made-up request learns nothing."""
    alice, address = screen

    assert alice.post(address, sent).status_code == 404


def test_a_border_of_another_cut_is_not_taken_away_here(
    world, screen, oak_packet, signed_in
):
    """Charlie, who knows the number of Elm's border, gets nowhere with it."""
    border = borders.draw(cut=world.cut.pk, line=LINE, by=world.alice).pk
    from_oak = signed_in(world.charlie)
    oak = world.oak.snapshots.get().universes.get().cuts.get()
    sent = {"verb": "remove", "border": border}

    assert from_oak.post(screen[1], sent).status_code == 404
    address = reverse("cut-borders", args=[oak.pk])
    assert from_oak.post(address, sent).status_code == 404
    assert not BorderRemoval.objects.exists()
    assert oak_packet.id


def test_cutting_again_says_what_stays_and_what_it_cost(
    world, screen, packet, read, work_off
):
    """Turf 1 is in hand; the six others are cut again by a job, and the price shown."""
    alice, address = screen
    alice.post(
        address, {"verb": "draw", "line": json.dumps([[-77.99762, 41.9], LINE[1]])}
    )
    page = read(alice.get(address))
    assert "6 doors are cut again" in page
    assert "In hand, and stays as it is: turf 1." in page

    answer = alice.post(address, {"verb": "recut", "after": 0})
    work_off()

    job = Job.objects.get(kind="cut")
    assert answer.url == reverse("job", args=[job.pk])
    assert (job.outcome, job.result) == ("done", {"cut": world.cut.pk})
    assert "Keeping to the borders costs" in read(alice.get(address))
    assert packet.id


def test_the_map_of_borders_is_lines(world, screen):
    """A line for each border that holds; none for one that was taken away."""
    alice, _address = screen
    border = borders.draw(cut=world.cut.pk, line=LINE, by=world.alice)
    address = reverse("cut-border-map", args=[world.cut.pk])

    (line,) = alice.get(address).json()["features"]
    assert line["geometry"] == {"type": "LineString", "coordinates": LINE}
    borders.remove(border=border.pk, by=world.alice)
    assert alice.get(address).json()["features"] == []
