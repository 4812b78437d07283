"""Placebo doors are knocked on too, and nobody sees beforehand which they are."""

import polars as pl
import pytest

from groundgame.errors import PaperTells
from groundgame.server.actions import asked, experiments, held_out, packets
from groundgame.server.actions.taking_part import Design
from tests.server.phone import Phone

pytestmark = pytest.mark.django_db
PLACEBO = (("visit", "treatment", 1.0), ("trees", "placebo", 1.0))
OF_A_PACKET = ("packet", "code", "expires", "canvassers", "log")
"""What differs from packet to packet, whatever is in it."""


@pytest.fixture
def two(world):
    """An experiment with two scripts that runs."""
    asks = Design(world.universe.pk, "Two", "Does it help?", arms=PLACEBO, seed=3)
    row = experiments.register(asks, by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    return row


def loaded(world):
    """Return the bundle of turf 1 as a phone loads it."""
    row = packets.hand_out(turf=world.turfs[0], by=world.alice)
    phone = Phone()
    assert phone.claim(row.code).status_code == 200
    packets.take_back(packet=row.id, by=world.alice)
    return phone.bundle


@pytest.mark.usefixtures("two")
def test_its_doors_are_in_every_list(world):
    """They are visited: nobody of a placebo is left alone."""
    assert asked.found(world.snapshot, "everyone").people.num_rows == 24


def test_each_door_opens_with_the_script_of_its_arm(world, two):
    """Every stop names one, so that naming one tells nothing."""
    made = loaded(world)
    own, other = made["script"]["id"], two.scripts["trees"]["id"]
    said = {stop["door"]: stop["script"] for stop in made["stops"]}
    arms = held_out.arms(two).filter(pl.col("arm") == "trees")["door_id"]

    assert set(said.values()) == {own, other}
    assert {door for door, script in said.items() if script == other} == (
        set(arms) & set(said)
    )
    assert [script["id"] for script in made["scripts"]] == [other]


def test_but_for_the_script_the_bundle_is_as_it_was(world, two):
    """Order, number, people and places tell nothing of an arm."""
    before = loaded(world)
    experiments.stop(id=two.pk, by=world.alice)
    after = loaded(world)

    for stop in before["stops"]:
        del stop["script"]
    del before["scripts"]
    for name in OF_A_PACKET:
        before.pop(name, None)
        after.pop(name, None)
    assert before == after


@pytest.mark.usefixtures("two")
def test_it_is_not_printed(world):
    """On paper whoever walks would see the scripts before the door opens."""
    row = packets.hand_out(turf=world.turfs[0], by=world.alice)
    with pytest.raises(PaperTells):
        packets.walk_sheet(packet=row.id, by=world.alice)


def test_its_script_is_registered(two):
    """What is said at a placebo door is fixed with the design."""
    assert two.content["plan"]["scripts"].startswith("trees: placebo-")
