"""What was known before the draw: adjusted for, looked at in groups, shown beside."""

import sys

import polars as pl
import pytest

from groundgame.errors import CannotAnalyse
from groundgame.experiment.report.doubts import REGRESSION
from groundgame.server.actions import (
    experiments,
    file,
    findings,
    held_out,
    known,
    orders,
)
from groundgame.server.actions.findings import Asked
from groundgame.server.actions.outcomes import BEFORE, outcomes
from groundgame.server.actions.taking_part import Design

pytestmark = pytest.mark.django_db


def ids(row, arm):
    """Return the ids of an arm, in order."""
    return held_out.arms(row).filter(pl.col("arm") == arm)["person_id"].sort().to_list()


@pytest.fixture
def survey(experiment):
    """Nine of twelve who were visited say yes, and three of the others."""
    said = dict.fromkeys(ids(experiment, "visit") + ids(experiment, "control"), 0.0)
    said |= dict.fromkeys(ids(experiment, "visit")[:9], 1.0)
    return said | dict.fromkeys(ids(experiment, "control")[:3], 1.0)


@pytest.fixture
def shown(monkeypatch):
    """Show groups of two people: nobody in Elm has twenty of anything."""
    room = sys.modules["groundgame.experiment.groups"]
    monkeypatch.setattr(room, "FEWEST", 2)


def report(world, row, asked):
    """Return what a report says."""
    return findings.read(experiment=row.pk, asked=asked, by=world.alice).report


def test_what_the_file_says_is_what_stands_in_it(world, experiment):
    """The first door's people: born in 1951, one of each party, two behind the door."""
    rows = held_out.arms(experiment)
    (here,) = (
        known.known(experiment, rows, known.AGE)
        .filter(pl.col("person_id") == "elm:elm-1-1")
        .to_dicts()
    )
    year = file.opened(world.snapshot).manifest.dated.year

    assert (here[known.AGE], here[known.PARTY]) == (year - 1951, "DEM")
    assert (here[known.HOME], here[known.VOTES]) == (2, 1)
    assert here[known.GROUP] == "65 and over"
    by_votes = known.known(experiment, rows, known.VOTES)
    assert by_votes[known.GROUP].unique().to_list() == ["1"]


def test_groups_by_hand(world, experiment, survey, shown):
    """Each party's effect is the difference of its own two means."""
    told = report(world, experiment, Asked(survey=survey, by=known.PARTY))
    (one,) = told["groups"]
    party = dict(
        known.known(experiment, held_out.arms(experiment))
        .select("person_id", known.PARTY)
        .iter_rows()
    )

    assert [each["group"] for each in one["groups"]] == ["DEM", "UNA"]
    for each in one["groups"]:
        means = [
            pl.Series(
                [
                    survey[who]
                    for who in ids(experiment, arm)
                    if party[who] == each["group"]
                ]
            ).mean()
            for arm in ("visit", "control")
        ]
        assert each["estimate"] == pytest.approx(means[0] - means[1])
    assert one["by"] == "party"


def test_groups_may_be_what_is_adjusted_for_too(world, experiment, survey, shown):
    """Age is a number where it is adjusted for, and a word where it groups."""
    asked = Asked(survey=survey, by=known.AGE, beside=(known.AGE, known.PARTY))
    told = report(world, experiment, asked)

    assert told["groups"][0]["by"] == "age"
    assert "Adjusted for what was known before the draw: age, party." in told["done"]


def test_the_answer_before_narrows_the_interval(world, experiment, survey):
    """A survey before that tells half of the answer after is worth having."""
    before = {who: one + (n % 3) / 3 for n, (who, one) in enumerate(survey.items())}
    plain = report(world, experiment, Asked(survey=survey))
    told = report(world, experiment, Asked(survey=survey, before=before))
    wide, narrow = (one["effects"]["arms"][0]["ci"] for one in (plain, told))

    assert narrow[1] - narrow[0] < wide[1] - wide[0]
    assert f"known before the draw: {BEFORE}." in " ".join(told["done"])


def test_before_and_after_is_shown_with_its_warning(world, experiment, survey):
    """By hand: 3 and 6 of 12 before, 3 and 9 after; and why that is no effect."""
    before = dict.fromkeys(survey, 0.0)
    before |= dict.fromkeys(ids(experiment, "control")[:3], 1.0)
    before |= dict.fromkeys(ids(experiment, "visit")[:6], 1.0)
    told = report(world, experiment, Asked(survey=survey, before=before))

    assert told["doubts"][0] == REGRESSION
    assert [
        (one["arm"], one["n"], one["before"], one["after"])
        for one in told["before_after"]
    ] == [("control", 12, 0.25, 0.25), ("visit", 12, 0.5, 0.75)]


def test_who_was_not_asked_before_stays_in(world, experiment, survey):
    """A missing answer takes the mean, and nobody leaves an arm for it."""
    before = dict(list(survey.items())[:20])
    told = report(world, experiment, Asked(survey=survey, before=before))

    assert told["effects"]["n"] == 24
    assert sum(one["n"] for one in told["before_after"]) == 20
    assert any("4 rows lack the answer before" in s for s in told["effects"]["notes"])


def test_rows_of_nobody_are_counted_and_said(world, experiment, survey):
    """Rows in = those who take part + those who do not: 26 = 24 + 2."""
    more = survey | {"elm:stranger": 1.0, "another": 0.0}
    told = report(world, experiment, Asked(survey=more))

    said = "The survey tells of 26 ids: 24 take part in the experiment, 2 do not"
    assert any(said in one for one in told["done"])


def test_each_way_to_read_it_is_a_finding_of_its_own(world, experiment, survey):
    """Whoever tries several is seen to have tried several."""
    ways = [
        Asked(survey=survey),
        Asked(survey=survey, beside=(known.AGE,)),
        Asked(survey=survey, by=known.PARTY),
        Asked(survey=survey, before=survey),
    ]
    which = {"experiment": experiment.pk, "by": world.alice}
    for asked in ways:
        assert findings.known(asked=asked, **which) is None
        made = findings.read(asked=asked, **which)
        assert findings.known(asked=asked, **which) == made
    listed = findings.findings(experiment=experiment.pk, seen_by=world.bob)

    assert len(listed) == 4


def test_a_job_carries_all_of_it(world, experiment, survey, work_off):
    """What was asked on the page is what the worker reads."""
    asked = Asked(
        survey=survey, before=survey, beside=(known.AGE,), by=known.PARTY, hours=2.0
    )
    job = orders.ask_finding(experiment=experiment.pk, asked=asked, by=world.alice)
    assert findings.asked_of(job) == asked
    job.wanted = {k: v for k, v in job.wanted.items() if k not in {"by", "beside"}}
    assert findings.asked_of(job).beside == ()  # asked for before there were such
    work_off()

    assert experiment.findings.get().report["groups"]


def test_more_covariates_than_people_is_refused(world, experiment, survey):
    """Four people say nothing of an effect beside three other things."""
    who = [ids(experiment, arm)[n] for arm in ("visit", "control") for n in (0, 11)]
    few = {one: survey[one] for one in who}
    before = {one: n % 5 / 5 for n, one in enumerate(survey)}
    asked = Asked(survey=few, before=before, beside=(known.AGE,))
    with pytest.raises(CannotAnalyse, match="leave covariates out"):
        report(world, experiment, asked)


def test_turnout_is_always_adjusted_for_votes_before(world):
    """It says more of turnout than all the rest, and nobody has to think of it."""
    asks = Design(world.universe.pk, "Fall", "Do visits help?", about="x", seed=3)
    row = experiments.register(asks, by=world.alice)

    assert Asked().adjusted(row.outcome) == (known.VOTES,)
    both = Asked(beside=(known.AGE, known.VOTES)).adjusted(row.outcome)
    assert both == (known.VOTES, known.AGE)


def test_adjusting_for_what_came_later_is_caught(
    world, experiment, survey, monkeypatch
):
    """The planted bug: who opened is taken for something known before the draw."""
    honest, _ = outcomes(experiment, Asked(survey=survey), None)
    fired = []

    def later(row, people, by=""):
        fired.append(by)
        voted = pl.col("person_id").replace_strict(survey).alias(known.AGE)
        return people.select("person_id", voted)

    monkeypatch.setattr(known, "known", later)
    told = report(world, experiment, Asked(survey=survey, beside=(known.AGE,)))

    assert fired
    assert known.AGE not in honest.column_names
    assert told["effects"]["arms"][0]["estimate"] == pytest.approx(
        0.0
    )  # all of it gone
