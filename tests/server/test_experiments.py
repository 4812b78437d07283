"""Experiments in the book: fixed before the first knock, and a control left alone."""

from dataclasses import replace

import polars as pl
import pytest

from groundgame.errors import (
    CannotAssign,
    CannotLaunch,
    HeldOut,
    LostUnits,
    NameTaken,
    NotYours,
)
from groundgame.server import desk
from groundgame.server.actions import (
    asked,
    bundles,
    contact,
    cuts,
    experiments,
    exports,
    held_out,
    maps,
    packets,
    recut,
    results,
    suppression,
    universes,
)
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import AuditLink, PacketPerson
from tests.server.phone import Phone

pytestmark = pytest.mark.django_db


def design(world, **more):
    """Return a design over all of Elm: half of the doors are left alone."""
    asks = Design(world.universe.pk, "Spring", "Do visits bring out voters?", seed=3)
    return replace(asks, **more)


@pytest.fixture
def row(world):
    """An experiment over Elm that is registered."""
    return experiments.register(design(world), by=world.alice)


@pytest.fixture
def runs(world, row):
    """An experiment over Elm that runs."""
    experiments.launch(id=row.pk, by=world.alice)
    return experiments.found(id=row.pk, seen_by=world.alice)


def in_arm(row, arm):
    """Return the ids of the people in an arm."""
    return set(held_out.arms(row).filter(pl.col("arm") == arm)["person_id"])


def doors_of(row, arm):
    """Return the ids of the doors in an arm."""
    return set(held_out.arms(row).filter(pl.col("arm") == arm)["door_id"])


class TestADesignIsFixed:
    """What was registered can be drawn again, and not be changed."""

    def test_half_of_the_doors_are_left_alone(self, row):
        """Twelve doors, two people each: six and six, whole."""
        assert len(doors_of(row, "visit")) == len(doors_of(row, "control")) == 6
        assert len(in_arm(row, "control")) == 12

    def test_the_same_design_again_is_the_same_row(self, world, row):
        """A lost reply may be retried."""
        again = experiments.register(design(world), by=world.bob)

        assert again.pk == row.pk
        links = AuditLink.objects.filter(verb="register experiment")
        assert links.count() == 1

    def test_another_design_is_another_one_and_says_so(self, world, row):
        """A changed seed has another number, and names whose design it changes."""
        with pytest.raises(NameTaken):
            experiments.register(design(world, seed=4), by=world.alice)
        new = design(world, seed=4, name="Spring, again", changes=row.pk)
        made = experiments.register(new, by=world.alice)

        assert made.sha256 != row.sha256
        page = experiments.page(id=made.pk, seen_by=world.alice)
        assert page.changes.id == row.pk
        older = experiments.page(id=row.pk, seen_by=world.alice)
        assert older.changed_by == [made.pk]

    def test_a_list_of_arms_that_was_changed_stops_every_list(self, world, runs):
        """Nobody is visited by mistake because somebody edited or lost a file."""
        body = runs.file.read_bytes()
        runs.file.write_bytes(body + b"x")
        with pytest.raises(LostUnits, match="not the one that was registered"):
            asked.found(world.snapshot, "everyone")
        runs.file.unlink()
        with pytest.raises(LostUnits, match="is gone"):
            packets.hand_out(turf=world.turfs[0], by=world.alice)
        assert (
            "data/experiments"
            in universes.preview(
                snapshot=world.snapshot.pk, rule="everyone", seen_by=world.alice
            ).error
        )

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"arms": (("visit", "treatment", 1.0),)}, "1 arms"),
            ({"arms": (("a", "treatment", 1.0), ("a", "control", 1.0))}, "2 arms"),
            ({"arms": (("a", "treatment", 0.0), ("b", "control", 1.0))}, "share above"),
            ({"unit": "building", "within": "party"}, "lie in several blocks"),
            ({"unit": "precinct"}, "1 of unit for 2 arms"),
            ({"unit": "turf"}, "no cut whose turfs"),
            ({"unit": "precinct", "buffer": "building"}, "larger than a building"),
        ],
    )
    def test_what_cannot_be_drawn_says_why(self, world, more, says):
        """A design that nobody can read in the end is refused in the beginning."""
        with pytest.raises(CannotAssign, match=says):
            experiments.register(design(world, **more), by=world.alice)

    def test_a_made_up_unit_is_not_here(self, world):
        """What no form sends learns nothing."""
        for more in ({"unit": "x"}, {"within": "phone"}, {"buffer": "x"}):
            with pytest.raises(NotYours):
                experiments.register(design(world, **more), by=world.alice)

    def test_turfs_of_a_cut_are_drawn_whole(self, world):
        """Two turfs, two arms: six doors each."""
        asks = design(world, unit="turf", cut=world.cut.pk)
        row = experiments.register(asks, by=world.alice)

        assert len(doors_of(row, "visit")) == 6
        assert held_out.arms(row).group_by("unit").agg(pl.col("arm").n_unique())[
            "arm"
        ].to_list() == [1, 1]

    def test_a_buffer_leaves_one_unit_of_each_side(self, world):
        """Six odd and six even numbers: one door of each takes part, ten are buffer."""
        row = experiments.register(design(world, buffer="blockface"), by=world.alice)

        assert (row.units, row.aside) == (2, 20)
        left = held_out.of(row)
        assert len(left.doors) == 11


class TestTheControlIsLeftAlone:
    """From the launch to the stop nobody of the control is on any list."""

    def test_it_is_in_no_universe_count_or_map(self, world, runs):
        """Whatever the rule."""
        found = asked.found(world.snapshot, "everyone")
        seen = universes.preview(
            snapshot=world.snapshot.pk, rule="everyone", seen_by=world.alice
        )
        drawn = maps.of_rule(
            snapshot=world.snapshot.pk, rule="everyone", seen_by=world.alice
        )

        assert set(found.people["person_id"].to_pylist()) == in_arm(runs, "visit")
        assert (seen.people, seen.doors, drawn["doors"]) == (12, 6, 6)

    def test_it_is_in_no_cut_and_no_packet(self, world, runs):
        """A cut that was made before gives packets without it, and no gap tells."""
        made = cuts.cut(universe=world.universe.pk, least=2, most=6, by=world.alice)
        assert made.doors == 6
        for turf in world.turfs:
            packets.hand_out(turf=turf, by=world.alice)
        handed = set(PacketPerson.objects.values_list("person", flat=True))
        assert handed == in_arm(runs, "visit")

    def test_positions_and_counts_tell_nothing(self, world, runs):
        """Stops count from 1 without a gap, and the turf says as many as there are."""
        row = packets.hand_out(turf=world.turfs[0], by=world.alice)
        phone = Phone()
        phone.claim(row.code)
        stops = phone.bundle["stops"]

        assert [stop["position"] for stop in stops] == list(range(1, len(stops) + 1))
        assert phone.bundle["turf"]["doors"] == len(stops)
        said = str(phone.bundle)
        for word in ("control", "treatment", "arm", "experiment", runs.name):
            assert f"'{word}'" not in said

    @pytest.mark.usefixtures("runs")
    def test_it_is_not_cut_again(self, world):
        """Recutting deals with those who may be visited; the others stay."""
        left = recut.left(cut=world.cut.pk, seen_by=world.alice)

        assert left.doors == 6

    def test_it_is_in_no_export(self, world, phone):
        """What was said before the launch is not taken out while it runs."""
        first = phone.bundle["stops"][0]
        phone.send(phone.conversation(door=first["door"]))
        row = held(world, first["door"])
        packets.take_back(packet=phone.packet, by=world.alice)
        experiments.launch(id=row.pk, by=world.alice)
        text = exports.export_csv(
            cut=world.cut.pk, reason="the weekly report", by=world.alice
        )
        told = desk.conversations("Elm", "for the command line")

        assert first["address"].encode() not in text
        assert first["door"] in told["suppressed-doors"]["door_id"].to_pylist()
        assert first["door"] not in told["attempts"]["door_id"].to_pylist()
        line = results.conversations(cut=world.cut.pk, seen_by=world.alice)[0]
        assert line.address == ""

    def test_when_it_is_over_everybody_is_back(self, world, runs):
        """A control is left alone as long as it is one, and no longer."""
        experiments.stop(id=runs.pk, by=world.alice)

        assert asked.found(world.snapshot, "everyone").people.num_rows == 24

    @pytest.mark.usefixtures("runs")
    def test_another_chapter_is_not_concerned(self, world):
        """Oak's lists are Oak's."""
        assert held_out.alone(world.oak).doors == frozenset()

    @pytest.mark.usefixtures("runs")
    def test_a_list_made_by_another_route_is_caught(self, world, monkeypatch):
        """The planted bug: packets are made of everybody, asking nobody who is out."""
        fired = []
        whole = suppression.Suppressed(frozenset(), frozenset())

        def everybody(*_):
            fired.append(True)
            return whole

        monkeypatch.setattr(asked, "suppressed", everybody)
        with pytest.raises(HeldOut, match="are held out"):
            packets.hand_out(turf=world.turfs[0], by=world.alice)
        assert fired
        assert not PacketPerson.objects.exists()

    def test_without_the_last_look_the_other_route_would_have_worked(
        self, world, runs, monkeypatch
    ):
        """The planted bug again, with the gate taken out: the control is handed out."""
        whole = suppression.Suppressed(frozenset(), frozenset())
        monkeypatch.setattr(asked, "suppressed", lambda *_: whole)
        monkeypatch.setattr(bundles.held_out, "refuse", lambda *_, **__: None)
        packets.hand_out(turf=world.turfs[0], by=world.alice)
        packets.hand_out(turf=world.turfs[1], by=world.alice)

        handed = set(PacketPerson.objects.values_list("person", flat=True))
        assert handed & in_arm(runs, "control")


def held(world, door):
    """Register an experiment in whose control a door is; whichever seed that takes."""
    for seed in range(20):
        row = experiments.register(
            design(world, seed=seed, name=f"Seed {seed}"), by=world.alice
        )
        if door in doors_of(row, "control"):
            return row
    raise AssertionError(door)


class TestLaunch:
    """An experiment begins when nobody of its control is in anybody's hands."""

    def test_not_while_its_control_is_in_a_packet(self, world, row, packet):
        """Whoever walks tonight would knock on it."""
        with pytest.raises(CannotLaunch, match="1 packets in hand"):
            experiments.launch(id=row.pk, by=world.alice)
        packets.take_back(packet=packet.id, by=world.alice)
        experiments.launch(id=row.pk, by=world.alice)

    def test_not_with_people_of_another_that_runs(self, world, row):
        """Nobody is in two experiments at once."""
        other = experiments.register(
            design(world, name="Other", seed=9), by=world.alice
        )
        experiments.launch(id=row.pk, by=world.alice)
        with pytest.raises(CannotLaunch, match="take part in an experiment that runs"):
            experiments.launch(id=other.pk, by=world.alice)
        with pytest.raises(CannotLaunch, match="never launched"):
            experiments.stop(id=other.pk, by=world.alice)

    def test_twice_is_once(self, world, runs):
        """A lost reply may be retried, and the audit log says it once."""
        first = experiments.launch(id=runs.pk, by=world.bob)
        experiments.stop(id=runs.pk, by=world.alice)
        experiments.stop(id=runs.pk, by=world.bob)

        assert first.by == world.alice
        verbs = list(AuditLink.objects.values_list("verb", flat=True))
        assert verbs.count("launch experiment") == 1
        assert verbs.count("stop experiment") == 1


class TestContamination:
    """A control that was contacted anyway is an alarm, and stays in its arm."""

    @pytest.fixture
    def late(self, world, phone):
        """A phone still holds turf 1, of which the first door is in the control."""
        row = held(world, phone.bundle["stops"][0]["door"])
        packets.take_back(packet=phone.packet, by=world.alice)
        experiments.launch(id=row.pk, by=world.alice)
        return experiments.found(id=row.pk, seen_by=world.alice)

    def test_it_is_found_and_leads_to_the_packet(self, phone, late):
        """What was recorded is accepted, however late; so it can be seen."""
        door = phone.bundle["stops"][0]["door"]
        phone.send(phone.conversation(door=door, result="canvassed"))
        (leak,) = contact.leaks(late)

        assert leak.packet == str(phone.packet)
        assert door in doors_of(late, "control")
        control = next(arm for arm in contact.arms(late) if arm.role == "control")
        assert (control.units, control.reached) == (6, 1)

    def test_nobody_at_home_is_no_contact(self, phone, late):
        """A knock that nobody heard changes nobody's mind."""
        door = phone.bundle["stops"][0]["door"]
        phone.send(phone.conversation(door=door, result="not_home"))

        assert contact.leaks(late) == []

    def test_what_came_before_the_launch_is_none(self, world, phone):
        """The draw came after it, so it is in both arms alike."""
        door = phone.bundle["stops"][0]["door"]
        phone.send(phone.conversation(door=door, result="canvassed"))
        row = held(world, door)
        packets.take_back(packet=phone.packet, by=world.alice)
        experiments.launch(id=row.pk, by=world.alice)

        assert contact.leaks(experiments.found(id=row.pk, seen_by=world.bob)) == []


def test_people_are_left_alone_one_by_one(world):
    """Where people are drawn, one of a household may be visited."""
    row = experiments.register(design(world, unit="person"), by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    found = asked.found(world.snapshot, "everyone").people

    assert set(found["person_id"].to_pylist()) == in_arm(row, "visit")
    assert found.num_rows == 12
