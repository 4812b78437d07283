"""A cut that was made before an experiment began is shown without its control.

Elm's cut has twelve doors in two turfs; a launch leaves six of them alone.
"""

import json

import polars as pl
import pytest

from groundgame.errors import NotYours
from groundgame.server import desk
from groundgame.server.actions import (
    cuts,
    experiments,
    file,
    held_out,
    packets,
    results,
    shifts,
    sides,
    standing,
    suppression,
    wishes,
)
from groundgame.server.actions.taking_part import Design
from tests.server.world import door_id, person_id

pytestmark = pytest.mark.django_db


def launched(world, **more):
    """Launch an experiment over Elm; half of its units are left alone."""
    asks = Design(world.universe.pk, "Spring", "Does it help?", seed=3, **more)
    row = experiments.register(asks, by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    return experiments.found(id=row.pk, seen_by=world.alice)


@pytest.fixture
def control(world):
    """The doors of the control of an experiment that runs."""
    return held_out.of(launched(world)).doors


def places(world):
    """Return where the doors of the cut are, by door."""
    rows = standing.placed(world.cut).to_pylist()
    return {row["door_id"]: (row["lon"], row["lat"]) for row in rows}


def listed(world):
    """Return the doors in the lists of the screen that changes turfs."""
    return {
        door.id
        for turf in world.turfs
        for side in sides.sides(cut=world.cut.pk, turf=turf.number, seen_by=world.alice)
        for door in side.doors
    }


def its_places_are_on_no_map(world, before, control):
    """No point of the results, and no corner of a walk."""
    shown = json.loads(results.results_map(cut=world.cut.pk, seen_by=world.alice))
    points = [tuple(each["geometry"]["coordinates"]) for each in shown["features"]]
    walks = json.loads(cuts.cut_map(id=world.cut.pk, seen_by=world.alice))["features"]
    corners = {tuple(at) for walk in walks for at in walk["geometry"]["coordinates"]}
    held = {before[door] for door in control}

    assert len(points) == 6
    assert not held & {*points, *corners}


def it_is_in_no_list(world, before, control):
    """Not where turfs are changed by hand."""
    assert listed(world) == set(before) - control


def it_is_in_no_count(world, before, control):
    """Neither of the cut nor of its turfs nor of what is left to be done."""
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)
    found = results.results(cut=world.cut.pk, seen_by=world.alice)

    assert (page.line.doors, page.quiet) == (6, 6)
    assert sum(turf.doors for turf in page.turfs) == 6
    assert found.doors == sum(turf.doors for turf in found.by_turf) == 6
    assert sum(n for n, _ in shifts.today(world.cut, world.turfs).values()) == 6


GUARANTEES = [its_places_are_on_no_map, it_is_in_no_list, it_is_in_no_count]


@pytest.fixture
def before(world):
    """Where every door was before anything was launched."""
    return {door: (round(x, 6), round(y, 6)) for door, (x, y) in places(world).items()}


@pytest.mark.parametrize("holds", GUARANTEES, ids=lambda each: each.__name__)
def test_an_older_cut_is_shown_without_the_control(world, before, control, holds):
    """Whoever looks at last week's cut sees nobody who is to be left alone."""
    holds(world, before, control)


@pytest.mark.parametrize("holds", GUARANTEES, ids=lambda each: each.__name__)
def test_a_list_that_does_not_ask_is_caught(world, before, control, holds, monkeypatch):
    """The planted bug: a cut is read as it lies on disk."""
    fired = []

    def nobody(*_):
        fired.append(True)
        return frozenset()

    monkeypatch.setattr(suppression, "shut", nobody)
    with pytest.raises(AssertionError):
        holds(world, before, control)
    assert fired


def test_the_nth_place_of_a_walk_is_still_the_nth_door(world, control):
    """So what is picked on the map is the door that is meant; nobody is counted off."""
    walks = json.loads(cuts.cut_map(id=world.cut.pk, seen_by=world.alice))["features"]

    assert control
    assert sum(len(walk["geometry"]["coordinates"]) for walk in walks) == 12


def test_a_door_is_open_as_long_as_one_person_is(world):
    """People are drawn one by one: a door closes when all behind it are in control."""
    row = launched(world, unit="person")
    left, arms = held_out.of(row).people, held_out.arms(row)
    whole = arms.group_by("door_id").agg(pl.col("person_id").is_in(list(left)).all())
    shut = {door for door, alone in whole.iter_rows() if alone}
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)

    assert 0 < len(shut) < 12
    assert listed(world) == set(arms["door_id"]) - shut
    assert page.quiet == len(shut)


@pytest.mark.parametrize("alone", [1, 2])
def test_a_door_whose_last_person_is_protected_is_shut(world, alone):
    """Two live there besides: with both left alone nobody may be visited, with one may.

    The server and the command line ask the same.
    """
    last = door_id("elm", 12)
    people = frozenset(person_id("elm", 12, who) for who in range(1, alone + 1))
    snapshot = file.opened(world.snapshot)

    for shut in (
        suppression.behind(
            snapshot, suppression.Suppressed(people, frozenset()), pl.Series([last])
        ),
        desk.shut(snapshot, people, frozenset(), pl.Series([last])),
    ):
        assert shut == ({last} if alone == 2 else set())


def test_a_turf_for_a_volunteer_is_weighed_without_it(world, control):
    """What is offered is what there is to do."""
    found = wishes.offers(cut=world.cut.pk, wishes=wishes.Asked(), seen_by=world.alice)

    assert sum(offer.turf.doors for offer in found.offers) == 6
    assert control


def test_a_packet_says_how_many_doors_it_has(world, control):
    """The page of a packet counts the doors that are walked, not those of the turf."""
    for turf in world.turfs:
        row = packets.hand_out(turf=turf, by=world.alice)
        page = packets.packet_page(id=row.id, seen_by=world.alice)
        assert page.row.doors == len(page.stops) < turf.doors
    assert control


def test_they_are_back_when_it_is_over(world, before):
    """A control is left alone as long as it is one."""
    row = launched(world)
    experiments.stop(id=row.pk, by=world.alice)

    assert listed(world) == set(before)
    assert cuts.cut_page(id=world.cut.pk, seen_by=world.alice).quiet == 0


def test_a_stranger_learns_nothing(world):
    """Neither map nor count."""
    for read in (cuts.cut_map, cuts.cut_page):
        with pytest.raises(NotYours):
            read(id=world.cut.pk, seen_by=world.charlie)
