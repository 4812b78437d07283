"""The screens of experiments: designed, registered, launched, watched and read."""

import json

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.server.actions import balances, contact, experiments, file, held_out
from groundgame.server.actions.contact import Leak
from groundgame.server.store.models import Experiment, Finding, Job

pytestmark = pytest.mark.django_db
DESIGN = {
    "name": "Spring",
    "question": "Do visits bring out voters?",
    "outcome": "survey",
    "about": "",
    "way": "plain",
    "treated": "50",
    "unit": "door",
    "within": "",
    "buffer": "",
    "cut": "",
    "seed": "3",
    "contact": "35",
    "baseline": "50",
    "per_hour": "2.5",
}


@pytest.fixture
def alice(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


def latest_job():
    """Return the number of the newest job."""
    return Job.objects.latest("pk").pk


def survey(row, lost=0):
    """Return a survey of everybody in an experiment, as a file."""
    people = held_out.arms(row).rows(named=True)[lost:]
    lines = [
        f"{one['person_id']},{int(n % 3 == 0 or one['arm'] == 'visit')}"
        for n, one in enumerate(people)
    ]
    return SimpleUploadedFile(
        "s.csv", "\n".join(["person_id,outcome", *lines]).encode()
    )


def test_from_a_universe_to_a_report_without_leaving_the_screens(
    world, alice, read, work_off
):
    """Design, power, registration, launch, stop and report, one page after another."""
    start = read(alice.get(reverse("universe", args=[world.universe.pk])))
    address = reverse("experiment-new", args=[world.universe.pk])
    assert address in start
    power = read(
        alice.post(reverse("experiment-power", args=[world.universe.pk]), DESIGN)
    )
    assert "With 12 doors you will see an effect of" in power
    assert "data:image/svg+xml" in power

    page = read(alice.post(address, DESIGN, follow=True))
    row = Experiment.objects.get()
    assert row.sha256 in page
    assert "registered, not launched" in page
    assert "Planned for" in page
    page = read(alice.post(reverse("experiment-launch", args=[row.pk]), follow=True))
    assert "It runs" in page

    sent = {"survey": survey(row, lost=1), "hours": "12"}
    page = read(alice.post(reverse("experiment", args=[row.pk]), sent, follow=True))
    assert "reading an experiment" in page
    work_off()
    assert "Read the report" in read(alice.get(reverse("job", args=[latest_job()])))
    page = read(alice.get(reverse("finding", args=[Finding.objects.get().pk])))
    assert "What was found" in page
    assert "more of 100 people said yes" in page
    assert "drawing again with the seed gives each the arm" in page
    page = read(alice.post(reverse("experiment-stop", args=[row.pk]), follow=True))
    assert "It is over" in page


def test_the_same_again_is_shown_and_not_read_again(experiment, alice, read, work_off):
    """Whoever presses twice, or comes back, is led to what was found."""
    address = reverse("experiment", args=[experiment.pk])
    alice.post(address, {"survey": survey(experiment)})
    work_off()
    page = read(alice.post(address, {"survey": survey(experiment)}, follow=True))

    assert "Nothing has changed since this was read." in page
    assert "What was found" in page
    assert Job.objects.count() == Finding.objects.count() == 1


def test_a_report_is_taken_home_as_a_file(finding, alice):
    """HTML for the web, PDF for paper, JSON for a program; no other kind."""
    kinds = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF", "json": b"{"}
    for kind, start in kinds.items():
        answer = alice.get(reverse("report", args=[finding.pk, kind]))
        assert answer.content.startswith(start)
        assert f"report-{finding.pk}.{kind}" in answer["Content-Disposition"]
    assert alice.get(reverse("report", args=[finding.pk, "exe"])).status_code == 404


def test_what_was_fixed_is_one_page(experiment, alice):
    """Its JSON is what the command line takes; its number is that of its content."""
    made = alice.get(reverse("experiment-design", args=[experiment.pk, "json"]))
    assert json.loads(made.content)["sha256"] == experiment.sha256
    for kind in ("html", "pdf"):
        address = reverse("experiment-design", args=[experiment.pk, kind])
        assert alice.get(address).status_code == 200
    address = reverse("experiment-design", args=[experiment.pk, "x"])
    assert alice.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"unit": "precinct"}, "1 of unit for 2 arms"),
        ({"unit": "turf"}, "no cut whose turfs"),
        ({"name": ""}, "required"),
        ({"treated": "100"}, "less than or equal to 99"),
        ({"way": "x"}, "Select a valid choice"),
    ],
)
def test_a_design_that_is_none_is_said_on_the_page(world, alice, read, changed, says):
    """What was typed stays, and nothing is written."""
    address = reverse("experiment-new", args=[world.universe.pk])
    page = read(alice.post(address, DESIGN | changed), 422)

    assert says in page
    assert "Do visits bring out voters?" in page
    assert not Experiment.objects.exists()


def test_a_survey_before_is_costed_beside_the_plain_one(world, alice, read):
    """Four ways, each with its hours; and each may be tried on invented data."""
    address = reverse("experiment-power", args=[world.universe.pk])
    before = {"explained": "50", "answering": "50", "asking": "6"}
    page = read(alice.post(address, DESIGN | before))

    assert page.count("The same doors, ") == 3
    assert "The survey before takes 1 hours besides." in page
    assert "Tried on invented data" not in page
    tried = read(alice.post(address, DESIGN | before | {"try": "1"}))
    assert tried.count("Tried on invented data") == 4


def test_power_of_a_design_that_is_none_says_why(world, alice, read):
    """While somebody thinks about it, nothing has a red frame yet."""
    address = reverse("experiment-power", args=[world.universe.pk])

    assert "no cut whose turfs" in read(alice.post(address, DESIGN | {"unit": "turf"}))
    assert "Fill in the numbers" in read(alice.post(address, {}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,outcome\nx,1\n", "a column person_id or door_id"),
        ("person_id,outcome\nx,often\n", "Line 2: the outcome is no number"),
        ("person_id,outcome\nx,1\nx,0\n", "Line 3: this id came before"),
    ],
)
def test_a_survey_that_is_none_is_said_on_the_page(experiment, alice, read, text, says):
    """Duplicate people, words and strangers: each has its own words."""
    sent = {"survey": SimpleUploadedFile("s.csv", text.encode())}
    page = read(alice.post(reverse("experiment", args=[experiment.pk]), sent), 422)

    assert says in page
    assert not Finding.objects.exists()


def test_a_survey_of_strangers_is_said_by_the_job(experiment, alice, read, work_off):
    """Nobody of the experiment is in it: the job says so, and nothing is found."""
    sent = {"survey": SimpleUploadedFile("s.csv", b"person_id,outcome\nnobody,1\n")}
    alice.post(reverse("experiment", args=[experiment.pk]), sent)
    work_off()

    page = read(alice.get(reverse("job", args=[latest_job()])))
    assert "nobody of the arm" in page
    assert not Finding.objects.exists()


def test_a_contact_with_the_control_is_an_alarm(
    world, experiment, alice, read, monkeypatch
):
    """It stands on the experiment and on the list, and leads to the packet."""
    leak = Leak(1, experiment.at, "Turf 1", world.cut.pk, "0" * 8, "Ana")
    monkeypatch.setattr(contact, "leaks", lambda _: [leak])
    packet = "00000000-0000-0000-0000-000000000000"
    monkeypatch.setattr(
        contact,
        "leaks",
        lambda _: [Leak(1, experiment.at, "Turf 1", world.cut.pk, packet, "Ana")],
    )
    page = read(alice.get(reverse("experiment", args=[experiment.pk])))

    assert "Somebody of the control was contacted anyway." in page
    assert reverse("packet", args=[packet]) in page
    assert "control contacted" in read(alice.get(reverse("experiments")))


def test_a_launch_that_cannot_be_says_what_to_do(world, alice, read, packet):
    """Packets in hand are named, and nothing begins."""
    alice.post(reverse("experiment-new", args=[world.universe.pk]), DESIGN)
    row = Experiment.objects.get()
    page = read(alice.post(reverse("experiment-launch", args=[row.pk]), follow=True))

    assert "take these packets back" in page
    assert experiments.page(id=row.pk, seen_by=world.alice).line.state == "registered"
    assert packet.id


def test_placebo_doors_hear_a_script_that_the_chapter_wrote(world, alice, read, script):
    """It is chosen in the design, fixed with it, and no other chapter's."""
    address = reverse("experiment-new", args=[world.universe.pk])
    assert f'<option value="{script.pk}">' in read(alice.get(address))
    asked = DESIGN | {"way": "placebo", "other": str(script.pk)}
    page = read(alice.post(address, asked, follow=True))
    row = Experiment.objects.get()
    latest = script.versions.get()

    assert row.scripts == {"placebo": latest.body}
    assert f"placebo: {latest.version}" in page
    wrong = DESIGN | {"name": "B", "way": "placebo", "other": str(script.pk + 1)}
    assert "Select a valid choice" in read(alice.post(address, wrong), 422)


def test_what_arms_have_in_common_is_on_the_page(world, experiment, alice, read):
    """A table of means and one test of all together; worked out once."""
    address = reverse("experiment", args=[experiment.pk])
    page = read(alice.get(address))
    found = balances.balance(id=experiment.pk, seen_by=world.alice)

    assert "What was known before" in page
    assert "Of 2,000 other draws like this one" in page
    assert [line.name for line in found.lines] == [
        "age",
        "party: UNA",
        "people behind the door",
    ]
    kept = experiment.file.with_suffix(".balance.json")
    said = json.loads(kept.read_text())
    kept.write_text(json.dumps(said | {"draws": 7}))
    assert "Of 7 other draws" in read(alice.get(address))


def test_arms_that_were_not_drawn_by_lot_look_uneven(world, experiment, monkeypatch):
    """The planted bug: the elder are visited. A test that cannot see it is none."""
    people = pl.DataFrame(file.opened(world.snapshot).read("people"))
    by_age = people.sort("birth_year", "person_id")["person_id"].head(12)
    table = held_out.arms(experiment)
    elder = pl.col("person_id").is_in(by_age.implode())
    arms = table.with_columns(
        arm=pl.when(elder).then(pl.lit("visit")).otherwise(pl.lit("control")),
        unit="person_id",
    )
    fair = balances.of(experiment).p
    experiment.file.with_suffix(".balance.json").unlink()
    monkeypatch.setattr(held_out, "arms", lambda _: arms)
    experiment.unit = "person"

    assert balances.of(experiment).p < 0.01 < fair


def test_another_design_names_the_one_it_changes(world, alice, read):
    """The page of both says so."""
    address = reverse("experiment-new", args=[world.universe.pk])
    alice.post(address, DESIGN)
    first = Experiment.objects.get()
    changed = DESIGN | {"name": "Spring, again", "seed": "4"}
    page = read(alice.post(f"{address}?changes={first.pk}", changed, follow=True))

    assert "This design changes another one" in page
    older = read(alice.get(reverse("experiment", args=[first.pk])))
    assert "Another design was made of this one" in older


def test_a_control_group_is_a_tick_box_of_the_cut(world, alice, read, work_off):
    """One press: doors are left alone by lot, and the cut that follows has none."""
    address = reverse("universe", args=[world.universe.pk])
    assert "Hold out a control group" in read(alice.get(address))
    sent = {"measure": "doors", "least": "2", "most": "6", "seed": "5"}
    wrong = sent | {"least": "7", "hold_out": "on"}
    alice.post(address, wrong)
    assert not Experiment.objects.exists()
    alice.post(address, sent | {"hold_out": "on", "left": "50"})
    alice.post(address, sent | {"hold_out": "on", "left": "50"})
    work_off()

    row = Experiment.objects.get()
    made = world.universe.cuts.order_by("-pk")[0]
    assert experiments.line(row).state == "runs"
    assert row.outcome == "turnout"
    assert made.doors == 6


def test_turnout_is_shown_with_its_denominator(world, alice, read):
    """24 of 24 people of Elm voted in 2024; of 30 who may, that is 80 of 100."""
    address = reverse("turnout", args=[world.snapshot.pk])
    assert "Who voted" in read(alice.get(address))
    asked = {
        "older": world.snapshot.pk,
        "earlier": "2024-11-05 general",
        "election": "2024-11-05 general",
        "by": "precinct",
        "eligible": "1, 30",
    }
    page = read(alice.get(address, asked))
    assert "24 of 24" in page
    assert "80%" in page
    by_turf = read(alice.get(address, asked | {"by": f"cut {world.cut.pk}"}))
    assert "12 of 12" in by_turf
    wrong = read(alice.get(address, asked | {"earlier": "1066"}), 422)
    assert "no election &#x27;1066&#x27;" in wrong
