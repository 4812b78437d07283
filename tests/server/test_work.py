"""An evening's work: import, universe, cut, packet, results, export; safe to repeat."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from groundgame import errors
from groundgame.server.actions import (
    audit,
    bundles,
    cuts,
    maps,
    packets,
    quarantine,
    results,
    snapshots,
    universes,
)
from groundgame.server.store.models import AuditLink, Event, Export

pytestmark = pytest.mark.django_db
ELM = Path(__file__).parents[2] / "examples" / "elm"


def import_elm(world, **changes):
    """Import the rows that every test knows."""
    wanted = {
        "chapter": world.elm,
        "files": [ELM / "voters.csv"],
        "layout": "elm",
        "dated": date(2025, 1, 15),
        "addresses": ELM / "addresses.csv",
        "streets": ELM / "streets.geojson",
        "by": world.alice,
    }
    return snapshots.import_snapshot(**wanted | changes)


def test_importing_the_same_file_again_changes_nothing(world):
    """A click too many makes no second snapshot."""
    first, again = import_elm(world), import_elm(world)

    assert first == again
    page = snapshots.snapshot(id=first.pk, seen_by=world.alice)
    counts = page.counts
    assert counts["rows"] == counts["accepted"] + counts["refused"] + counts["merged"]
    assert len(page.refused) == counts["refused"] > 0
    assert page.layout == "elm"


@pytest.mark.parametrize("layout", ["nothing", "/etc/passwd", "../elm", ""])
def test_a_layout_is_one_of_those_that_are_known(world, layout):
    """A name that is a path does not make the server read its own files."""
    with pytest.raises(errors.NoSuchLayout):
        import_elm(world, layout=layout)


def test_a_map_holds_doors_and_nobodys_name(world):
    """Who looks over an organizer's shoulder learns no names from a map."""
    world_box = {"box": (-180.0, -80.0, 180.0, 80.0), "zoom": 3}
    for view in (
        maps.of_snapshot(id=world.snapshot.pk, seen_by=world.alice, **world_box),
        maps.of_universe(id=world.universe.pk, seen_by=world.alice, **world_box),
    ):
        assert set(view) == {"doors", "level", "squares", "points"}
        assert len(view["points"]) == view["doors"] == 12
    drawings = [
        cuts.cut_map(id=world.cut.pk, seen_by=world.alice),
        results.results_map(cut=world.cut.pk, seen_by=world.alice),
    ]

    for text in drawings:
        assert "canary" not in text.decode()
        shapes = [each["geometry"] for each in json.loads(text)["features"]]
        doors = [
            place
            for shape in shapes
            for place in (
                [shape["coordinates"]]
                if shape["type"] == "Point"
                else shape["coordinates"]
            )
        ]
        assert len(doors) == 12


def test_a_preview_says_whom_a_rule_finds_and_why(world):
    """Twelve Adas are DEM; each step of the ladder says what it took out."""
    page = universes.preview(
        snapshot=world.snapshot.pk, rule="party = DEM", seen_by=world.bob
    )

    assert (page.people, page.doors, page.error) == (12, 12, "")
    assert page.buildings == 12
    assert [step.people for step in page.ladder] == [24, 12]
    assert page.ladder[1].took_out == 12
    assert page.sentence.startswith("People ")


def test_a_rule_that_makes_no_sense_is_an_answer(world):
    """It is shown beside the rule, and nothing else is."""
    page = universes.preview(
        snapshot=world.snapshot.pk, rule="party == =", seen_by=world.alice
    )

    assert (page.people, page.ladder) == (0, ())
    assert page.error


def test_a_universe_is_saved_once_under_its_name(world):
    """Saving again is fine; another rule under the name is not."""
    wanted = {"snapshot": world.snapshot.pk, "name": "Dems", "by": world.alice}
    first = universes.save(rule="party = DEM", **wanted)

    assert universes.save(rule="party = DEM", **wanted) == first
    with pytest.raises(errors.NameTaken):
        universes.save(rule="everyone", **wanted)


def test_a_cut_has_every_door_once_and_is_the_same_again(world):
    """The same plan and seed over the same doors give the same turfs, and one cut."""
    plan = {"universe": world.universe.pk, "least": 3, "most": 4, "seed": 7}

    made, again = (cuts.cut(**plan, by=world.alice) for _ in range(2))

    assert made == again
    doors = pq.read_table(made.turfs_file)["door_id"].to_pylist()
    assert len(doors) == len(set(doors)) == made.doors == 12
    sizes = [turf.doors for turf in made.turfs.order_by("number")]
    assert sizes == [4, 4, 4] or sum(sizes) == 12
    assert all(3 <= size <= 4 for size in sizes)


@pytest.mark.parametrize(("least", "most", "seed"), [(0, 5, 1), (9, 5, 1), (4, 5, -1)])
def test_a_plan_that_makes_no_sense_is_refused(world, least, most, seed):
    """With a sentence, and not with a fault of the server's."""
    with pytest.raises(errors.BadPlan):
        cuts.cut(
            universe=world.universe.pk, least=least, most=most, seed=seed, by=world.bob
        )


def test_handing_out_again_gives_the_same_packet(world):
    """A lost reply may be retried; somebody else's turf is not taken from them."""
    wanted = {"turf": world.turfs[0], "to": world.cass, "by": world.alice}
    first = packets.hand_out(**wanted)

    assert packets.hand_out(**wanted).id == first.id
    with pytest.raises(errors.TurfTaken):
        packets.hand_out(**wanted | {"to": world.bob})
    packets.take_back(packet=first.id, by=world.bob)
    second = packets.hand_out(**wanted | {"to": world.bob})
    assert second.id != first.id
    assert second.code != first.code
    page = cuts.cut_page(id=world.cut.pk, seen_by=world.alice)
    assert [turf.state for turf in page.turfs] == ["out", "free"]
    assert page.turfs[0].holder == "bob"


def test_a_packet_read_back_is_the_packet_that_was_made(world, monkeypatch):
    """Rows lose nothing: what the engine made is what a phone is given."""
    made = []
    bundle = bundles.Press.bundle
    monkeypatch.setattr(
        bundles.Press, "bundle", lambda *a: made.append(bundle(*a)) or made[0]
    )
    row = packets.hand_out(turf=world.turfs[0], by=world.alice)

    again = bundles.bundles_of([packets._found(row.id)])[0]
    phone = bundles.bundle_of(packets._found(row.id), timezone.now())

    assert json.loads(json.dumps(again)) == json.loads(json.dumps(made[0]))
    more = {"buildings", "log", "canvassers", "time", "seal"}
    assert {name: phone[name] for name in phone if name not in more} == again
    assert set(phone) == set(again) | more


def test_a_printed_packet_is_a_pdf_and_is_written_down(world, packet):
    """Who printed which doors, and when."""
    sheet = packets.walk_sheet(packet=packet.id, by=world.bob)

    assert sheet.startswith(b"%PDF")
    last = AuditLink.objects.latest("n")
    assert (last.actor, last.verb) == (f"user:{world.bob.pk}", "print packet")


def test_results_count_what_was_said(world, phone, other_phone):
    """Three attempts at two doors, one contact; an undone one counts no more."""
    undone = phone.conversation(result="moved")
    other = phone.bundle["stops"][1]
    person = other["people"][0]["id"]
    phone.send(phone.conversation(), undone, phone.withdrawal(of=undone))
    other_phone.send(
        other_phone.conversation(door=other["door"], person=person, result="canvassed"),
        other_phone.conversation(door=other["door"], result="not_home"),
    )

    found = results.results(cut=world.cut.pk, seen_by=world.bob)

    assert (found.doors, found.attempted, found.attempts) == (12, 2, 3)
    assert (found.contacts, found.contact_rate) == (1, pytest.approx(1 / 3))
    assert {each.id: each.count for each in found.by_result} == {
        "canvassed": 1,
        "not_home": 2,
    }
    assert [turf.attempts for turf in found.by_turf] == [3, 0]
    assert sum(hour.attempts for hour in found.by_hour) == 3
    feed = results.conversations(cut=world.cut.pk, seen_by=world.bob)
    assert [line.result for line in feed] == ["not_home", "canvassed", "not_home"]
    assert feed[1].person.startswith("Ada ")
    assert feed[1].canvasser == "Bo"


def test_answers_count_as_they_stand(world, phone):
    """Somebody who was asked twice counts once, with the later answer."""
    question = next(
        each for each in phone.bundle["script"]["questions"] if each["kind"] == "choice"
    )
    first, second = (each["id"] for each in question["responses"][:2])
    person = phone.bundle["stops"][0]["people"][0]["id"]
    for answer in (first, second):
        phone.send(
            phone.conversation(
                person=person,
                result="canvassed",
                script=phone.bundle["script"]["id"],
                answers={question["id"]: answer},
            )
        )

    found = results.results(cut=world.cut.pk, seen_by=world.bob)
    counted = {q.id: {a.id: a.count for a in q.answers} for q in found.by_question}
    assert counted[question["id"]] == {second: 1}


def test_an_export_needs_a_reason_and_is_written_down(world, phone):
    """What left the house, for what, and by whom."""
    phone.send(phone.conversation(note="hello"))
    with pytest.raises(errors.NoReason):
        results.export_csv(cut=world.cut.pk, reason="  because  ", by=world.alice)
    assert Export.objects.count() == 0

    results.export_csv(cut=world.cut.pk, reason="the weekly report", by=world.alice)

    export = Export.objects.get()
    assert (export.rows, export.by, export.reason) == (
        1,
        world.alice,
        "the weekly report",
    )
    assert AuditLink.objects.latest("n").details == {"export": export.pk, "rows": 1}


@pytest.mark.parametrize(
    "note", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1"]
)
def test_no_cell_of_an_export_is_run_as_a_formula(world, phone, note):
    """A canvasser's note must not become a program in an organizer's spreadsheet."""
    phone.send(phone.conversation(note=note))

    text = results.export_csv(
        cut=world.cut.pk, reason="the weekly report", by=world.alice
    ).decode()

    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["note"] == f"'{note}"


def test_a_semicolon_does_not_begin_a_formula(world, phone):
    """Where commas are for decimals, spreadsheets begin a cell at a semicolon."""
    phone.send(phone.conversation(note="moved; =1+1 is what she said"))

    text = results.export_csv(
        cut=world.cut.pk, reason="the weekly report", by=world.alice
    ).decode()

    assert "moved;' =1+1 is" in text


def test_printing_many_packets_asks_no_more_than_printing_one(
    world, packet, django_assert_max_num_queries
):
    """A launch of a hundred turfs is printed with the queries of one."""
    second = packets.hand_out(turf=world.turfs[1], by=world.alice)

    for wanted in ([packet.id], [packet.id, second.id]):
        with django_assert_max_num_queries(19):
            packets.walk_sheets(packets=wanted, by=world.alice)


def test_what_nests_too_deeply_does_not_close_the_list_of_what_waits(world, phone):
    """One hostile entry, kept by a shorter way in, leaves the screen as it is."""
    phone.send(phone.conversation(result="WRONG"))
    deep = '{"a":' * 5_000 + "1" + "}" * 5_000
    Event.objects.update(body=deep)

    (row,) = quarantine.quarantined(seen_by=world.alice)

    assert not row.releasable
    assert len(row.body) < len(deep)


def test_a_released_event_counts_from_then_on(world, phone):
    """An organizer looked at it; releasing it twice is the same as once."""
    phone.send(phone.conversation(door="elm-door-12"))
    event = Event.objects.get()

    seen = {"event": event.pk, "sha256": event.sha256}

    first = quarantine.release(**seen, by=world.alice)

    assert quarantine.release(**seen, by=world.bob) == first
    assert results.results(cut=world.cut.pk, seen_by=world.bob).attempts == 1
    assert quarantine.quarantined(seen_by=world.alice) == []
    assert phone.send(json.loads(event.body)).json()["receipts"][0]["status"] == (
        "repeat"
    )


def test_what_is_no_event_cannot_be_released(world, phone):
    """Nor can the second of two events with one id: the first one stands."""
    said = phone.conversation()
    phone.send(said, said | {"note": "other"})
    phone.send(phone.conversation(result="NONSENSE"))

    for row in quarantine.quarantined(seen_by=world.alice):
        assert not row.releasable
        with pytest.raises(errors.CannotRelease):
            quarantine.release(event=row.position, sha256=row.sha256, by=world.alice)


def test_the_audit_log_is_a_chain(world, phone):
    """A link that was changed, taken out, or cut off the end is found."""
    phone.send(phone.conversation())
    assert audit.verify_chain() == audit.Verdict(4, None)

    AuditLink.objects.filter(n=2).update(actor="user:999")
    assert audit.verify_chain().broken_at == 2
    AuditLink.objects.filter(n=2).delete()
    assert audit.verify_chain().broken_at == 2
    AuditLink.objects.all().delete()
    assert audit.verify_chain().broken_at == 1


def test_lists_take_as_many_queries_as_they_promise(
    world, packet, phone, django_assert_num_queries
):
    """However many rows there are."""
    for ask, queries in (
        (snapshots.snapshots, 2),
        (universes.universes, 2),
        (cuts.cuts, 2),
        (packets.my_packets, 4),
        (quarantine.quarantined, 2),
    ):
        user = world.cass if ask is packets.my_packets else world.alice
        with django_assert_num_queries(queries):
            ask(seen_by=user)


def test_a_batch_takes_as_many_queries_however_large_it_is(
    phone, django_assert_max_num_queries
):
    """A long day goes in with few questions more: inserts of SQLite hold 999 values."""
    for size, queries in ((1, 16), (300, 20)):
        with django_assert_max_num_queries(queries):
            phone.send(*(phone.conversation() for _ in range(size)))
    assert Event.objects.count() == 301
