"""Placebo doors are knocked on too, and nobody sees beforehand which they are."""

import json
import re
from io import BytesIO

import polars as pl
import pytest
from pypdf import PdfReader

from groundgame.errors import PaperTells
from groundgame.server.actions import asked, bundles, experiments, held_out, packets
from groundgame.server.actions.taking_part import Design
from tests.server.phone import Phone
from tests.server.world import surname

pytestmark = pytest.mark.django_db
PLACEBO = (("visit", "treatment", 1.0), ("trees", "placebo", 1.0))
OF_A_PACKET = ("packet", "code", "expires", "canvassers", "log", "time")
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


TELLING = ("control", "treatment", "placebo", "experiment", "arm", "trees", "Two")
"""Words that would tell whoever walks what a door is for."""


def told_before_the_door_opens(made):
    """Return what a phone knows of each door but for the script that opens with it."""
    own = {name: each for name, each in made.items() if name != "scripts"}
    stops = [
        {name: each for name, each in stop.items() if name != "script"}
        for stop in made["stops"]
    ]
    return own | {"stops": stops}


@pytest.mark.usefixtures("two")
def test_no_word_of_the_bundle_tells_before_the_door_opens(world):
    """But for the script itself nothing a phone holds differs between the arms."""
    said = json.dumps(told_before_the_door_opens(loaded(world)))

    for word in TELLING:
        assert f'"{word}"' not in said


@pytest.mark.usefixtures("two")
def test_doors_of_both_arms_have_the_same_fields(world):
    """No field is there, or empty, in one arm only; and every stop names a script."""
    made = loaded(world)
    arms = {stop["script"] for stop in made["stops"]}
    shapes = {
        script: {
            (name, type(each).__name__)
            for stop in made["stops"]
            if stop["script"] == script
            for name, each in stop.items()
        }
        for script in arms
    }

    assert len(arms) == 2
    assert len({frozenset(shape) for shape in shapes.values()}) == 1


def test_a_bundle_that_tells_is_caught(world, two, monkeypatch):
    """The planted bug: the stops of one arm carry its name."""
    fired, plain = [], bundles._stop  # the bug is planted there
    other = two.scripts["trees"]["id"]

    def telling(stop, people):
        if stop.script != other:
            return plain(stop, people)
        fired.append(stop)
        return plain(stop, people) | {"arm": "placebo"}

    monkeypatch.setattr(bundles, "_stop", telling)
    for holds in (
        test_no_word_of_the_bundle_tells_before_the_door_opens,
        test_doors_of_both_arms_have_the_same_fields,
    ):
        with pytest.raises(AssertionError):
            holds(world)
    assert fired


def test_a_walk_sheet_tells_nothing_of_a_control(world):
    """Doors are numbered without a gap, the control is not there, no word says so."""
    asks = Design(world.universe.pk, "Two", "Does it help?", seed=3)
    row = experiments.register(asks, by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    packet = packets.hand_out(turf=world.turfs[0], by=world.alice)
    page = packets.packet_page(id=packet.id, seen_by=world.alice)
    pdf = PdfReader(BytesIO(packets.walk_sheet(packet=packet.id, by=world.alice)))
    text = "\n".join(each.extract_text() for each in pdf.pages)
    control = held_out.arms(row).filter(pl.col("arm") == "control")["person_id"]

    assert [stop.position for stop in page.stops] == [*range(1, len(page.stops) + 1)]
    for stop in page.stops:
        assert stop.people[0].name.split()[-1] in text
    for who in control:
        number = int(who.split("-")[1])
        assert surname("elm", number) not in text
    for word in TELLING:
        assert re.search(rf"\b{word}\b", text, re.IGNORECASE) is None, word
