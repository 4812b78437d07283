"""One pace: what was recorded becomes minutes, the same ones wherever they stand."""

import csv
import io

import pyarrow.csv as pa_csv
import pytest
from django.utils import timezone

from groundgame import turf as engine
from groundgame.cli.pace import read_knocks
from groundgame.server.actions import (
    bundles,
    cuts,
    exports,
    pace,
    packets,
    shifts,
    wishes,
)
from groundgame.server.actions.file import opened
from groundgame.server.store.models import Claim, Cut, PaceRow
from tests.unit.cli.test_turf import run

pytestmark = pytest.mark.django_db
NIGHT = 1_750_000_000_000
SLOW = 240_000  # milliseconds from door to door; nobody is assumed to take so long


def walked(phone, rounds, first=0):
    """Record at the six doors of turf 1, round after round, four minutes a door."""
    doors = [stop["door"] for stop in phone.bundle["stops"]]
    talks = [
        phone.conversation(
            door=door,
            at=NIGHT + SLOW * (len(doors) * n + place),
            result="canvassed" if place == 3 else "not_home",
            note="Two lines,\nand more" if place == 3 else "",
        )
        for n in range(first, first + rounds)
        for place, door in enumerate(doors)
    ]
    assert phone.send(*talks).status_code == 200


def test_six_doors_say_nothing_and_forty_two_are_a_pace(world, phone):
    """It is fitted once, however often somebody asks; then it is what holds."""
    walked(phone, 1)
    assert not pace.learn(world.snapshot).enough

    walked(phone, 6, first=1)
    known = pace.learn(world.snapshot)

    assert known.pace.knock > 150 > engine.Pace().knock
    assert (known.doors, known.conversations) == (42, 7)
    assert pace.learn(world.snapshot) == known == pace.of(world.cut)
    assert PaceRow.objects.count() == 1


def test_what_came_on_paper_says_nothing_of_time(world, phone):
    """Somebody typed it in the evening: it is no pace."""
    walked(phone, 1)
    before = pace.knocks(world.snapshot.pk).num_rows
    Claim.objects.update(input="paper")

    assert (before, pace.knocks(world.snapshot.pk).num_rows) == (6, 0)


@pytest.mark.parametrize("rounds", [0, 7])
def test_a_turf_takes_the_same_minutes_wherever_they_are_said(world, phone, rounds):
    """In the list, before and after it is handed out, on offer, and on the phone."""
    if rounds:
        walked(phone, rounds)
        pace.learn(world.snapshot)
    offered = wishes.offers(
        cut=world.cut.pk, wishes=wishes.Asked(), seen_by=world.alice
    )
    said = {turf.number: turf.minutes for turf in page_of(world).turfs}
    packet = world.turfs[0].packets.get()
    turf = bundles.bundle_of(packet, timezone.now())["turf"]

    free = world.turfs[1]
    assert said[2] == pytest.approx(shifts.today(world.cut, [free])[free.number][1])
    assert said[2] == pytest.approx(offered.offers[0].minutes)
    page = packets.packet_page(id=packet.pk, seen_by=world.alice)
    (held,) = packets.my_packets(seen_by=world.cass)
    assert said[1] == pytest.approx(page.row.minutes) == pytest.approx(held.minutes)
    door, metre = turf["pace"]["door"], 1 / turf["pace"]["metres"]
    there = turf["doors"] * door + turf["metres"] * metre
    assert said[1] == pytest.approx(there, rel=1e-3)
    assert (said[1] > 20) == bool(rounds)


def page_of(world):
    """Return the page of the cut."""
    return cuts.cut_page(id=world.cut.pk, seen_by=world.alice)


def test_a_cut_in_minutes_keeps_the_pace_that_it_was_cut_by(world, phone):
    """What somebody planned as so many minutes is not another number tomorrow."""
    plan = {"universe": world.universe.pk, "measure": "minutes", "by": world.alice}
    before = cuts.cut(**plan)
    walked(phone, 7)

    after = cuts.cut(**plan)

    assert not pace.of(before).enough
    assert pace.of(after).enough
    assert after != before
    assert pace.of(Cut.objects.get(pk=world.cut.pk)) == pace.of(after)


def taken_out(world, path):
    """Write the conversations of the cut as the server takes them out."""
    text = exports.export_csv(
        cut=world.cut.pk, reason="how fast are we?", by=world.alice
    )
    path.write_bytes(text)
    return path


def test_our_own_export_is_a_file_to_fit_a_pace_to(world, phone, tmp_path, capsys):
    """As it was written, with notes of two lines: the pace is the server's own."""
    walked(phone, 7)
    known = pace.learn(world.snapshot)
    log, doors = taken_out(world, tmp_path / "log.csv"), tmp_path / "doors.csv"
    table = opened(world.snapshot).read("doors", ["door_id", "lon", "lat"])
    pa_csv.write_csv(table, doors)

    code, _answer, err = run(
        *(capsys, "cut", doors, "-o", tmp_path / "t.csv", "--balance", "minutes"),
        *("--pace-from", log),
    )

    assert code == 0, err
    assert f"From 7 conversations at 42 doors: {known.pace.speed:.2f} m/s" in err
    assert f"{known.pace.knock:.0f} s a knock" in err
    by_time = [("walk", "ascending"), ("at", "ascending")]
    ours = pace.knocks(world.snapshot.pk).sort_by(by_time)
    assert read_knocks(log).sort_by(by_time).equals(ours)


def test_lines_from_paper_have_no_time_in_an_export(world, phone, tmp_path):
    """They are passed over; so is what a device claims of the year 12,000."""
    claimed = phone.conversation(at=317_000_000_000_000)
    assert phone.send(claimed).status_code == 200
    walked(phone, 1)

    log = taken_out(world, tmp_path / "log.csv")
    assert read_knocks(log).num_rows == 6
    Claim.objects.update(input="paper")
    log = taken_out(world, tmp_path / "log.csv")
    lines = list(csv.DictReader(io.StringIO(log.read_text(), newline="")))
    assert {line["at"] for line in lines} == {""}
    assert read_knocks(log).num_rows == 0
