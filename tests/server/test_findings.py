"""What an experiment in the book came to: turnout, answers, and who is lost."""

import json

import polars as pl
import pytest
from django.utils import timezone

from groundgame.errors import CannotAnalyse, NotYours
from groundgame.experiment import turnout
from groundgame.server.actions import (
    experiments,
    findings,
    held_out,
    jobs,
    orders,
    packets,
    watched,
)
from groundgame.server.actions.findings import Asked
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import AuditLink, ExperimentLaunch
from tests.server.phone import DEVICE, OTHER_DEVICE, Phone

pytestmark = pytest.mark.django_db
ELECTION = "2024-11-05 general"
PLACEBO = (("visit", "treatment", 1.0), ("trees", "placebo", 1.0))


def launched(world, **more):
    """Return an experiment over Elm that runs."""
    asks = Design(world.universe.pk, "Spring", "Do visits help?", seed=3, **more)
    row = experiments.register(asks, by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    return experiments.found(id=row.pk, seen_by=world.alice)


@pytest.fixture
def voted(monkeypatch):
    """Return a function that says who voted, and who is in the newer file no more."""

    def say(voters, gone=()):
        def outcomes(people, *_):
            rows = pl.DataFrame(people)
            vote = pl.col("person_id").is_in(list(voters)).cast(pl.Int8)
            lost = pl.col("person_id").is_in(list(gone))
            told = rows.select("person_id", pl.when(~lost).then(vote).alias("voted"))
            fate = turnout.Fate(rows.height, rows.height - len(gone), 0, len(gone), 0)
            return told.to_arrow(), fate

        monkeypatch.setattr(turnout, "outcomes", outcomes)

    return say


def ids(row, arm):
    """Return the ids of an arm, in order."""
    return held_out.arms(row).filter(pl.col("arm") == arm)["person_id"].sort().to_list()


def test_turnout_is_read_from_the_next_file(world, voted):
    """Nine of twelve against three of twelve: 50 more of 100, by hand."""
    row = launched(world, about=ELECTION)
    voted([*ids(row, "visit")[:9], *ids(row, "control")[:3]])
    kept = findings.read(
        experiment=row.pk,
        asked=Asked(snapshot=world.snapshot.pk, hours=12.0),
        by=world.alice,
    )
    (arm,) = kept.report["effects"]["arms"]

    assert arm["estimate"] == pytest.approx(0.5)
    assert kept.report["effects"]["clusters"] == 12
    assert "12 people" not in str(AuditLink.objects.last().details)
    assert any("behind the same door" in one for one in kept.report["done"])
    assert kept.report["registration"]["whole"]


def test_who_was_purged_is_missing_and_stays_in_the_count(world, voted):
    """Two of the control are gone: ten are measured, and the flow says twelve."""
    row = launched(world, about=ELECTION)
    control = ids(row, "control")
    voted([*ids(row, "visit")[:9], *control[:3]], gone=control[-2:])
    asked = Asked(snapshot=world.snapshot.pk)
    kept = findings.read(experiment=row.pk, asked=asked, by=world.alice)
    box = kept.report["flow"][0]

    assert (box["arm"], box["assigned"], box["measured"]) == ("control", 12, 10)
    assert any("missing" in one for one in kept.report["doubts"])


def test_the_real_file_says_that_everybody_voted(world):
    """Without a stand-in: all of Elm voted in 2024, so nothing differs; it is said."""
    row = launched(world, about=ELECTION)
    with pytest.raises(CannotAnalyse, match="the same outcome in all 24 rows"):
        findings.read(
            experiment=row.pk, asked=Asked(snapshot=world.snapshot.pk), by=world.alice
        )
    asked = Asked(snapshot=world.snapshot.pk, election="1066")
    with pytest.raises(CannotAnalyse, match="no election '1066'"):
        findings.read(experiment=row.pk, asked=asked, by=world.alice)
    with pytest.raises(CannotAnalyse, match="no newer voter file"):
        findings.read(experiment=row.pk, asked=Asked(), by=world.alice)


def test_what_never_ran_has_found_nothing(world):
    """A report over a design that nobody launched would be of something else."""
    asks = Design(world.universe.pk, "Spring", "Do visits help?", outcome="survey")
    row = experiments.register(asks, by=world.alice)
    with pytest.raises(CannotAnalyse, match="never launched"):
        findings.read(experiment=row.pk, asked=Asked(), by=world.alice)


def test_another_chapters_file_is_not_here(world, data):
    """Charlie's file says nothing of Elm's voters, and Alice cannot name it."""
    row = launched(world, about=ELECTION)
    with pytest.raises(NotYours):
        findings.read(experiment=row.pk, asked=Asked(snapshot=999), by=world.alice)
    with pytest.raises(NotYours):
        findings.read(experiment=row.pk, asked=Asked(), by=world.charlie)
    with pytest.raises(NotYours):
        watched.watched(id=row.pk, seen_by=world.charlie)
    assert watched.alarms(seen_by=world.charlie) == {}


class TestAnswersAtTheDoor:
    """With a placebo both arms are asked, and those who open are compared."""

    @pytest.fixture
    def walked(self, world):
        """Everybody opened; of the treatment all say 9, of the placebo 5 or 4."""
        row = launched(world, outcome="answer", about="rating", arms=PLACEBO)
        arm = dict(held_out.arms(row).select("person_id", "arm").iter_rows())
        for turf, device in zip(world.turfs, (DEVICE, OTHER_DEVICE), strict=True):
            packet = packets.hand_out(turf=turf, by=world.alice)
            phone = Phone(device=device, visitor="alice")
            phone.claim(packet.code)
            phone.send(*list(self.talks(phone, arm)))
        return row

    def talks(self, phone, arm):
        """Yield a conversation with the first person behind each door."""
        for n, stop in enumerate(phone.bundle["stops"]):
            who = stop["people"][0]["id"]
            rating = 9 - n % 2 if arm[who] == "visit" else 5 - n % 2
            yield phone.conversation(
                door=stop["door"],
                person=who,
                result="canvassed",
                answers={"rating": str(rating)},
            )

    def test_only_those_who_opened_are_compared(self, world, walked):
        """Four points higher, among the twelve who were asked."""
        kept = findings.read(experiment=walked.pk, asked=Asked(), by=world.alice)
        (arm,) = kept.report["effects"]["arms"]

        assert arm["placebo"]["estimate"] == pytest.approx(4.0, abs=0.5)
        assert arm["placebo"]["ci"][0] > 0
        assert kept.report["effects"]["n"] == 12

    def test_while_it_runs_only_intervals_for_any_look_are_shown(self, world, walked):
        """A usual interval, looked at daily, would show an effect that is none."""
        (early,) = watched.watched(id=walked.pk, seen_by=world.alice).early
        usual = findings.so_far(walked)["effects"]["arms"][0]["ci"]
        low, high = (float(end) for end in early.says.split(" to "))

        assert high - low > usual[1] - usual[0]

    def test_one_answer_of_a_choice_may_be_what_counts(self, world, walked):
        """rating=9: whether somebody said just that."""
        walked.about = "rating=9"
        walked.save()
        kept = findings.read(experiment=walked.pk, asked=Asked(), by=world.alice)

        assert "answered 9 to rating" in kept.report["found"][-1]


def test_what_has_not_changed_is_not_read_again(world, voted, monkeypatch):
    """The same asked of the same is one finding; hours, or an event, are others."""
    row = launched(world, about=ELECTION)
    voted(ids(row, "visit")[:9])
    asked = Asked(snapshot=world.snapshot.pk)
    which = {"experiment": row.pk, "by": world.alice}
    assert findings.known(asked=asked, **which) is None
    first = findings.read(asked=asked, **which)
    monkeypatch.setattr(findings.engine, "estimate", None)  # whoever calls it, fails

    assert findings.read(asked=asked, **which).pk == first.pk
    assert findings.known(asked=asked, **which) == first
    assert findings.known(asked=Asked(asked.snapshot, hours=3.0), **which) is None
    phone = Phone(visitor="alice")
    phone.claim(packets.hand_out(turf=world.turfs[0], by=world.alice).code)
    phone.send(phone.conversation(result="canvassed"))
    assert findings.known(asked=asked, **which) is None


def test_it_is_read_in_the_background_with_its_draws(world, voted, work_off):
    """A job tells how far it is, and leads to a report that drew again."""
    row = launched(world, about=ELECTION)
    voted([*ids(row, "visit")[:9], *ids(row, "control")[:3]])
    asked = Asked(snapshot=world.snapshot.pk, hours=2.0)
    job = orders.ask_finding(experiment=row.pk, asked=asked, by=world.alice)
    assert not row.findings.exists()
    work_off()

    found = jobs.job(id=job.pk, seen_by=world.alice)
    assert (found.state, found.step) == ("done", "drawing again")
    made = findings.finding(id=found.result["finding"], seen_by=world.alice)
    (arm,) = made.report["effects"]["arms"]
    assert arm["redrawn"]["draws"] == findings.DRAWS
    assert 0.01 < arm["redrawn"]["p"] < 0.2
    assert any("Had it changed nobody, luck alone" in s for s in made.report["found"])


def test_a_survey_waits_with_its_job_and_goes_with_it(world, work_off):
    """What people answered is kept until it is read, and no longer."""
    row = launched(world, outcome="survey")
    said = {who: float(n % 3 > 0) for n, who in enumerate(ids(row, "visit"))}
    said |= dict.fromkeys(ids(row, "control"), 0.0)
    asked = Asked(survey=said)
    job = orders.ask_finding(experiment=row.pk, asked=asked, by=world.alice)
    assert findings.asked_of(job) == asked
    work_off()

    assert not job.folder.exists()
    assert row.findings.get().report["effects"]["n"] == 24


def test_nobody_else_asks_for_it(world):
    """Owner and colleague may; a canvasser and a stranger learn nothing."""
    row = launched(world, about=ELECTION)
    asked = Asked(snapshot=world.snapshot.pk)
    assert orders.ask_finding(experiment=row.pk, asked=asked, by=world.bob).pk
    for other in (world.cass, world.charlie):
        with pytest.raises(NotYours):
            orders.ask_finding(experiment=row.pk, asked=asked, by=other)
        with pytest.raises(NotYours):
            findings.known(experiment=row.pk, asked=asked, by=other)


def test_a_report_is_kept_as_it_was_read(world, finding):
    """What is shown next year is what was read today."""
    first = findings.finding(id=finding.pk, seen_by=world.bob)

    assert json.loads(first.json) == finding.report
    assert first.html.startswith("<!DOCTYPE html>")
    with pytest.raises(NotYours):
        findings.finding(id=finding.pk, seen_by=world.charlie)
    with pytest.raises(NotYours):
        findings.finding(id=finding.pk, seen_by=world.cass)


def test_contacts_after_the_stop_do_not_count(world, finding, phone):
    """An experiment counts what happened while it ran."""
    phone.send(phone.conversation(result="canvassed"))
    launch = ExperimentLaunch.objects.get(experiment=finding.experiment)

    assert launch.at < timezone.now()
    seen = watched.watched(id=finding.experiment_id, seen_by=world.alice)
    assert sum(arm.tried for arm in seen.arms) == 0
