"""The report: sentences done by hand, and what it must never leave out."""

import json
from dataclasses import replace

import numpy as np
import pytest
from pypdf import PdfReader

from groundgame import experiment
from groundgame.errors import CannotAnalyse
from groundgame.experiment import report as room
from groundgame.experiment.effects import Arm, Told
from groundgame.experiment.report import cost, kept
from groundgame.experiment.report.doubts import REGRESSION
from groundgame.experiment.report.words import Tongue
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

ASKED = experiment.Question("voted", "arm", "control", contacted="opened")
VOTED = room.Story(did="voted", gain="vote", hours=460.0)
EIGHT = {
    "arm": ["visit"] * 4 + ["control"] * 4,
    "voted": [1, 1, 1, 0, 0, 0, 1, 0],
    "opened": [1, 1, 0, 0, 0, 0, 0, 0],
}


def made(columns=EIGHT, asked=ASKED, story=VOTED, fixed=None, **wish):
    """Return a report over a small table."""
    trial = experiment.gather(table(**columns), asked)
    found = experiment.estimate(trial, experiment.Wish(**wish))
    return room.report(trial, found, asked, story, fixed)


def arm(low, high, estimate):
    """Return an arm with an interval."""
    told = Told(estimate, 0.01, 100.0, (low, high), 0.01)
    return Arm("visit", 1500, 0, 0, 0.5, told)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (0.011, 0.043, "between 1.1 and 4.3 more of 100 people voted"),
        (-0.043, -0.011, "between 1.1 and 4.3 fewer of 100 people voted"),
        (-0.008, 0.043, "between 0.8 fewer and 4.3 more of 100 people voted"),
        (0.0004, 0.0011, "between 0.04 and 0.11 more of 100 people voted"),
    ],
)
def test_an_interval_is_said_of_a_hundred_people(low, high, says):
    """Nobody has ever met half a percentage point."""
    said = Tongue(shares=True, did="voted").effect(low, high)

    assert said == says


def test_a_rating_is_said_in_points():
    """A rating is no share of people."""
    said = Tongue(shares=False, did="the rating").effect(-0.2, 0.5)

    assert said == "the rating was between 0.20 points lower and 0.50 points higher"


def test_an_interval_around_nothing_begins_with_that():
    """Whoever stops listening half way has heard that it may be nothing."""
    assert made()["found"][0].startswith("It may have changed nothing.")


def test_the_price_of_a_vote_done_by_hand():
    """460 hours, 1,500 people: 1.1 to 4.3 of 100 are 16.5 to 64.5 votes."""
    price = cost.price(arm(0.011, 0.043, 0.027), 1500, 0, 460.0, "hours")

    assert price.least == pytest.approx(460 / 64.5)
    assert price.most == pytest.approx(460 / 16.5)
    assert price.guess == pytest.approx(460 / 40.5)


def test_an_effect_that_may_be_nothing_has_no_highest_price():
    """Dividing by nearly nothing would name a price that nobody knows."""
    price = cost.price(arm(-0.01, 0.02, 0.005), 1500, 0, 460.0, "hours")

    assert price.most is None
    assert "no known limit" in cost.say(price, "vote")
    nothing = cost.price(arm(-0.02, -0.01, -0.015), 1500, 0, 460.0, "hours")
    assert cost.say(nothing, "vote").startswith("no vote was gained")


def test_units_are_followed_from_their_arm_to_the_estimate():
    """Nobody drops out between two boxes: assigned = measured + missing."""
    lost = EIGHT | {"voted": [1, None, 1, 0, 0, 0, 1, 0]}
    control, visit = made(lost)["flow"]

    assert (visit["assigned"], visit["reached"]) == (4, 2)
    assert (visit["measured"], visit["missing"]) == (3, 1)
    assert (control["assigned"], control["measured"]) == (4, 4)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (EIGHT, "No design is given that was fixed before the first knock"),
        (EIGHT | {"opened": [1, 1, 0, 0, 1, 0, 0, 0]}, "1 of 4 in control were contac"),
        (EIGHT | {"voted": [1, None, 1, 0, 0, 0, 1, 0]}, "missing of 25% in visit"),
    ],
)
def test_what_could_be_wrong_is_said_in_words(columns, says):
    """A doubt in a footnote of numbers is no doubt to whoever reads it out."""
    assert any(says in doubt for doubt in made(columns)["doubts"])


def test_clusters_are_counted_as_they_were_assigned():
    """A house of which nothing is known afterwards was drawn all the same."""
    houses = [f"{arm}{n // 2}" for arm in "tc" for n in range(6)]
    columns = {
        "arm": ["visit"] * 6 + ["control"] * 6,
        "voted": [None, None, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1],
        "house": houses,
    }

    done = made(columns, replace(ASKED, contacted="", cluster="house"))["done"]

    assert "They were assigned in 6 clusters, each whole." in done


def test_few_clusters_are_said():
    """With four clusters the interval leans on luck."""
    asked = replace(ASKED, cluster="house")
    columns = EIGHT | {"house": [1, 1, 2, 2, 3, 3, 4, 4]}

    assert any("Only 4 clusters" in one for one in made(columns, asked)["doubts"])


def test_before_and_after_never_stands_without_its_warning():
    """Whoever asks for it is told that it says nothing, first of all doubts."""
    told = room.change(
        np.array([3.0, 4.0, np.nan, 5.0]),
        np.array([5.0, 5.0, 9.0, 5.0]),
        np.array([0, 0, 1, 1]),
        ("control", "visit"),
    )
    asks = made(story=replace(VOTED, changes=told))

    assert asks["doubts"][0] == REGRESSION
    assert asks["before_after"][0] == {
        "arm": "control",
        "n": 2,
        "before": 3.5,
        "after": 5.0,
        "change": 1.5,
    }
    assert REGRESSION not in made()["doubts"]


def registered():
    """Return forty doors in their arms, and the design that drew them."""
    doors = table(door=[f"d{n:02}" for n in range(40)])
    draw = experiment.Draw({"visit": 1.0, "control": 1.0}, Seed(7), "door")
    fixed = experiment.register(doors, draw, "Do visits help?", "voted")
    return experiment.assign(doors, draw), fixed.content | {"sha256": fixed.sha256}


def test_a_registered_design_is_held_against_the_data():
    """The units and the seed give the arms that are in the data: it says so."""
    drawn, design = registered()
    found = room.check(json.loads(json.dumps(design)), drawn)

    assert found.whole
    assert "drawing again with the seed gives each the arm" in found.says[0]


def moved(drawn):
    """Move the first unit into the other arm."""
    arms = drawn["arm"].to_pylist()
    arms[0] = "control" if arms[0] == "visit" else "visit"
    return drawn.set_column(1, "arm", [arms])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (moved, "1 of 40 rows are in another arm"),
        (lambda drawn: drawn.slice(1), "not the units that were registered"),
        (lambda drawn: drawn.rename_columns(["x", "arm", "probability"]), "no column"),
    ],
)
def test_data_that_are_not_as_registered_are_found(spoil, says):
    """One unit moved after the draw is enough, and the report says it first."""
    drawn, design = registered()
    found = room.check(design, spoil(drawn))

    assert not found.whole
    assert says in found.says[0]
    assert made(fixed=found)["doubts"][0] == found.says[0]


def test_a_design_that_was_changed_afterwards_is_refused():
    """Another seed under the old number is another design."""
    _, design = registered()

    with pytest.raises(CannotAnalyse, match="not that of its content"):
        room.check(design | {"seed": 8})
    with pytest.raises(CannotAnalyse, match="lacks some of its parts"):
        room.check({"question": "?"})


def test_believing_any_draw_is_caught(monkeypatch):
    """The planted bug: whatever the seed gives, the report says that it agrees."""
    fired = []

    def credulous(*_):
        fired.append(True)
        return "as registered", True

    monkeypatch.setattr(kept, "_drawn_again", credulous)
    drawn, design = registered()

    assert room.check(design, moved(drawn)).whole
    assert fired


def test_what_a_chapter_writes_is_never_markup():
    """A question is text on the page, in HTML and in PDF."""
    _, design = registered()
    story = replace(VOTED, question="<script>#panic()</script> *all*")
    told = made(story=story, fixed=room.check(design))

    assert "<script>" not in room.html(told)
    assert "&lt;script&gt;" in room.fragment(told)
    assert "style=" not in room.fragment(told)
    assert room.pdf(told).startswith(b"%PDF")


def by_party():
    """Return a story with effects in three parties, one of them too small."""
    arm = ["control", "visit"] * 64
    voted = [int(n % 5 > 1) for n in range(len(arm))]
    party = ["DEM"] * 60 + ["UNA"] * 60 + ["<GRN>"] * 8
    rows = table(voted=voted, arm=arm, party=party)
    asked = replace(ASKED, contacted="")
    found = experiment.groups(experiment.gather(rows, asked), rows, "party")
    return replace(VOTED, by="party", groups=tuple(found))


def test_groups_are_shown_behind_the_sentence_that_holds_back():
    """What to think of them comes first; then each, with a widened interval."""
    told = made(story=by_party())
    (one,) = told["groups"]
    page = room.fragment(told)

    assert [each["group"] for each in one["groups"]] == ["DEM", "UNA"]
    assert one["left_out"] == 8
    assert page.index("Do not pick out the best group") < page.index(">DEM<")
    assert "8 measured people are in groups too small to show" in page
    low, high = one["groups"][0]["ci"]
    assert f"({100 * low:+.2f} to {100 * high:+.2f})" in page
    assert told["groups_plot"].startswith("<?xml")


def test_groups_too_small_to_show_are_said_without_a_table():
    """The sentence stands, and there is no empty plot."""
    few = by_party().groups[0]
    none = replace(few, groups=(), p=float("nan"))
    told = made(story=replace(VOTED, by="party", groups=(none,)))
    page = room.fragment(told)

    assert "too few groups of party are large enough" in page
    assert "Groups of party" not in page
    assert room.pdf(told).startswith(b"%PDF")


def test_a_report_of_last_year_still_opens():
    """What was kept before there were groups has no such keys, and needs none."""
    told = made()
    old = {k: value for k, value in told.items() if not k.startswith("groups")}

    assert "In groups" not in room.fragment(old)
    assert room.pdf(old).startswith(b"%PDF")


def test_what_was_adjusted_for_is_said():
    """Whoever reads a narrower interval knows what made it so."""
    columns = EIGHT | {"age": [20, 31, 45, 60, 22, 36, 41, 64]}
    told = made(columns, replace(ASKED, covariates=("age",)))

    assert "Adjusted for what was known before the draw: age." in told["done"]


def test_the_report_is_one_page(tmp_path):
    """With every part in it, it is one sheet that somebody holds while reading."""
    _, design = registered()
    told = room.change(*[np.arange(8.0)] * 2, np.arange(8) % 2, ("control", "visit"))
    story = replace(by_party(), money=900.0, changes=told)
    path = tmp_path / "report.pdf"
    path.write_bytes(room.pdf(made(story=story, fixed=room.check(design))))

    (page,) = PdfReader(path).pages
    assert "What could be wrong" in page.extract_text()
    assert "In groups" in page.extract_text()
    assert design["sha256"] in page.extract_text()


def test_the_same_report_is_the_same_file():
    """Neither chance nor time is in a plot."""
    assert made() == made()
