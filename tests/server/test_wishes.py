"""A turf for a volunteer: what is offered at launch, to whom, and why."""

import pytest

from groundgame.errors import FarPlace, NotYours, UnknownPlace
from groundgame.server.actions import packets, wishes
from groundgame.server.actions.wishes import Asked

pytestmark = pytest.mark.django_db
EAST = "42.0, -77.99"
WEST = "42.0, -78.01"


def offered(world, **wished):
    """Return the numbers of the turfs that are offered, best first."""
    found = wishes.offers(cut=world.cut.pk, wishes=Asked(**wished), seen_by=world.bob)
    return [offer.turf.number for offer in found.offers]


@pytest.mark.parametrize(
    ("near", "order"),
    [
        (EAST, [2, 1]),
        (WEST, [1, 2]),
        ("11 Elmcanary Street", [2, 1]),
        (" 2  elmcanary  street", [1, 2]),
    ],
)
def test_the_turf_near_the_place_comes_first(world, near, order):
    """Doors 1 to 6 are in the west, 7 to 12 in the east; addresses do as well."""
    assert offered(world, near=near) == order


def test_what_is_on_the_way_home_is_said(world):
    """From the west end to the east end both turfs are on the way."""
    found = wishes.offers(
        cut=world.cut.pk, wishes=Asked(near=WEST, home=EAST), seen_by=world.alice
    )

    assert all(offer.on_the_way for offer in found.offers)
    assert {round(offer.away, -2) for offer in found.offers} == {800, 1000}


def test_a_turf_that_is_out_is_not_offered(world, packet):
    """Turf 1 is in the hands of Cass."""
    assert offered(world) == [2]


@pytest.mark.parametrize("place", ["4 Nowhere Road", "1, 2, 3"])
def test_a_place_that_is_nowhere_is_refused(world, place):
    """And what was typed, which may be a home, is not said again."""
    with pytest.raises(UnknownPlace) as refusal:
        offered(world, home=place)
    assert "Nowhere" not in str(refusal.value)


@pytest.mark.parametrize(
    ("place", "exchanged"),
    [
        ("95, 10", False),
        ("nan, 1", False),
        ("48.1, 11.6", False),
        ("-77.99, 42.0", True),
    ],
)
def test_a_place_that_is_far_away_is_refused(world, place, exchanged):
    """It would be a typing error; the commonest one is named."""
    with pytest.raises(FarPlace) as refusal:
        offered(world, near=place)
    assert refusal.value.exchanged == exchanged
    assert "11.6" not in str(refusal.value)


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_wishes_are_an_organizers(world, name):
    """A canvasser and a stranger are told that there is nothing."""
    with pytest.raises(NotYours):
        wishes.offers(cut=world.cut.pk, wishes=Asked(), seen_by=getattr(world, name))


def test_the_screen_offers_turfs_with_reasons_and_hands_out(world, signed_in):
    """Best first, each with words and a way to hand it out."""
    page = signed_in(world.alice).post(
        f"/turf/{world.cut.pk}/find/", {"near": EAST, "no_stairs": "on"}
    )

    text = page.content.decode()
    assert page.status_code == 200
    assert text.index("Turf 2</th>") < text.index("Turf 1</th>")
    assert "from where they set out" in text
    assert "no stairs that we know of" in text
    assert f'href="/hand-out/{world.turfs[1].pk}/"' in text
    assert "too few conversations yet" in text


def test_a_place_that_is_nowhere_is_said_on_the_screen(world, signed_in):
    """The free turfs are shown all the same."""
    page = signed_in(world.alice).post(
        f"/turf/{world.cut.pk}/find/", {"near": "4 Nowhere Road"}
    )

    assert page.status_code == 422
    assert "at no door of this cut" in page.content.decode()
    assert "Turf 1</th>" in page.content.decode()


def test_when_all_is_out_it_is_said(world, signed_in):
    """Nothing is offered, and it says what to do."""
    packets.hand_out_free(cut=world.cut.pk, by=world.alice)

    page = signed_in(world.alice).get(f"/turf/{world.cut.pk}/find/")

    assert "Every turf is handed out or done" in page.content.decode()
