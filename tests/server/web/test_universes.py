"""The screens of universes: the builder, its live count, saving and cutting."""

import json

import pytest
from django.urls import reverse

from groundgame import universe
from groundgame.server.store.models import Cut, Universe
from groundgame.server.web.universes.words import EXAMPLES, REFERENCE

CUT = {"measure": "doors", "least": 4, "most": 6, "seed": 1}


@pytest.fixture
def preview(world, signed_in):
    """Return a function that asks what a rule would find, as Alice."""
    address = reverse("universe-preview", args=[world.snapshot.pk])
    browser = signed_in(world.alice)
    return lambda rule: browser.post(address, {"rule": rule})


def test_the_count_follows_the_rule(preview, read):
    """Two people behind each of twelve doors; one of each two is a Democrat."""
    page = read(preview("party = DEM"))

    assert ">12<" in page.replace("\n", "").replace(" ", "")
    assert "MISSPELT" not in page


def test_the_map_follows_what_was_counted(world, preview):
    """The page is told where the doors of this very rule are to be had."""
    told = json.loads(preview("party = DEM")["HX-Trigger"])

    where = reverse("universe-preview-map", args=[world.snapshot.pk])
    assert told["rule-read"]["map"] == f"{where}?rule=party+%3D+DEM"


@pytest.mark.parametrize("rule", ["party =", "(((", "x" * 20_000])
def test_a_rule_that_is_half_typed_is_no_error_page(preview, read, rule):
    """While somebody is typing, most rules are wrong; the map is then empty."""
    answer = preview(rule)

    read(answer)
    assert json.loads(answer["HX-Trigger"])["rule-read"]["map"] == ""


def test_before_there_is_a_rule_the_map_shows_the_file(world, preview):
    """Whoever wants to draw an area first needs ground to draw it on."""
    told = json.loads(preview("")["HX-Trigger"])

    assert told["rule-read"]["map"] == reverse("snapshot-map", args=[world.snapshot.pk])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.says))
def test_every_example_is_a_rule(preview, read, example):
    """A button that gives an error would teach the wrong thing."""
    page = read(preview(example.rule))

    assert "not understood" not in page


@pytest.mark.parametrize("help_", REFERENCE[:-1], ids=lambda each: each.rule)
def test_every_line_of_the_help_can_be_read(preview, read, help_):
    """What it names may not be there, which is said; but it is never misspelt."""
    page = read(preview(help_.rule))

    assert "not understood" not in page
    assert "expected" not in page


def test_the_help_shows_every_kind_of_condition():
    """What the language can say and the help does not show, nobody finds."""
    shown = {
        part.KIND
        for help_ in REFERENCE[:-1]
        for part in universe.parse(help_.rule).walk()
    }
    joins = {"all", "any", "not", "everyone"}

    assert set(universe.Rule.kinds) - joins - shown == set()


def test_a_likely_slip_is_said_where_a_screen_reader_hears_it(preview, read):
    """Nobody has the party DEMO; the nearest that is there stands first."""
    page = read(preview("party = DEMO"))

    status = page[page.index('role="status"') :]
    assert "Nobody has the party DEMO: there is dem, " in status
    assert "Nobody has" not in read(preview("party = DEM"))


def test_the_help_names_what_a_rule_may_name(world, matched, signed_in, read):
    """The chapter's own lists and universes, so that nobody has to guess."""
    page = read(
        signed_in(world.alice).get(reverse("universe-new", args=[world.snapshot.pk]))
    )

    assert "members.csv</span>" in page
    assert "All of Elm</span>" in page


def test_a_universe_is_saved_once(world, signed_in):
    """Pressing twice saves one, and leads to the same page."""
    browser = signed_in(world.alice)
    address = reverse("universe-new", args=[world.snapshot.pk])
    sent = {"rule": "party = DEM", "name": "Democrats"}
    first, second = (browser.post(address, sent)["Location"] for _ in range(2))

    assert first == second
    assert Universe.objects.filter(name="Democrats").count() == 1


def test_a_name_that_is_taken_leaves_the_form_as_it_was(world, signed_in, read):
    """What was typed is still there, with the reason above it."""
    browser = signed_in(world.alice)
    address = reverse("universe-new", args=[world.snapshot.pk])
    page = read(
        browser.post(address, {"rule": "never voted", "name": "All of Elm"}), 422
    )

    assert ">never voted</textarea>" in page.replace("\n", "")
    assert 'role="alert"' in page


def test_a_cut_that_makes_no_sense_is_refused_in_the_form(world, signed_in, read):
    """Zero doors in a turf: no cut, and the form says so."""
    browser = signed_in(world.alice)
    address = reverse("universe", args=[world.universe.pk])
    page = read(browser.post(address, CUT | {"least": 0}), 422)

    assert "greater than or equal to 1" in page
    assert Cut.objects.filter(universe=world.universe).count() == 1


def test_a_universe_is_cut_into_turfs(world, signed_in, read, work_off):
    """Twelve doors on one street, four to six in a turf: every door is in one."""
    browser = signed_in(world.alice)
    address = reverse("universe", args=[world.universe.pk])
    answer = browser.post(address, CUT)
    asked = answer["Location"]
    assert 'hx-trigger="look-again' in read(browser.get(asked))
    work_off()

    made = Cut.objects.latest("pk")
    told = browser.get(f"{asked}progress/")
    assert told["HX-Redirect"] == reverse("cut", args=[made.pk])
    page = read(browser.get(told["HX-Redirect"]))
    assert sum(made.turfs.values_list("doors", flat=True)) == 12
    assert page.count("data-pick=") == made.turfs.count()
