"""Areas and points on the map: who lives there, and what becomes of areas."""

import json

import pytest
from django.utils import timezone

from groundgame.errors import BadArea, NameTaken, NotYours
from groundgame.server.actions import areas, asked, universes
from groundgame.server.store.models import Area, AuditLink
from tests.server.world import make_cut

WEST = "41.9, -78.1\n41.9, -77.9986\n42.1, -77.9986\n42.1, -78.1\n"
"""Of the doors at -78 + n * 0.00025 it holds the first five."""


@pytest.fixture
def west(world):
    """The area, kept by Alice."""
    drawn = areas.of_corners(WEST)
    return areas.keep(
        snapshot=world.snapshot.pk, name="West end", geojson=drawn, by=world.alice
    )


def preview(world, rule, by=None):
    """Return what a rule finds over Elm."""
    return universes.preview(
        snapshot=world.snapshot.pk, rule=rule, seen_by=by or world.alice
    )


def test_what_is_drawn_is_counted_before_it_has_a_name(world):
    """Five doors, two people behind each; nobody who is protected."""
    drawn = areas.of_corners(WEST)

    found = areas.inside(snapshot=world.snapshot.pk, geojson=drawn, seen_by=world.bob)

    assert (found.people, found.doors, found.rule) == (10, 5, "")
    assert Area.objects.count() == 0


def test_near_a_point_is_counted_and_says_its_rule(world):
    """Doors stand 20.7 m apart: within 30 m of the sixth are three."""
    found = areas.near(
        snapshot=world.snapshot.pk, meters=30, lat=42, lon=-77.9985, seen_by=world.bob
    )

    assert (found.people, found.doors) == (6, 3)
    assert preview(world, found.rule).doors == 3


def test_a_rule_names_an_area_of_the_chapter(world, west):
    """Bob asks what Alice drew; it is a sentence, a count, and a universe."""
    found = preview(world, 'party = DEM and in area "West end"', world.bob)

    assert (found.people, found.doors, found.error) == (5, 5, "")
    assert "living inside the area “West end”" in found.sentence
    saved = universes.save(
        snapshot=world.snapshot.pk, name="W", rule='in area "West end"', by=world.bob
    )
    assert saved.doors == 5


def test_an_area_of_another_chapter_is_not_there(world, west, data):
    """Charlie's rules know nothing of it, not even its name."""
    oak, _, _, _ = make_cut(data, world.oak, world.charlie)
    found = universes.preview(
        snapshot=oak.pk, rule='in area "West end"', seen_by=world.charlie
    )

    assert "the areas given are: none" in found.error
    assert areas.areas(snapshot=oak.pk, seen_by=world.charlie) == []
    with pytest.raises(NotYours):
        areas.areas(snapshot=world.snapshot.pk, seen_by=world.charlie)
    with pytest.raises(NotYours):
        areas.take_away(id=west.pk, by=world.charlie)


def test_an_area_is_kept_once_and_never_changed(world, west):
    """The same again is a lost reply; another of its name would change universes."""
    again = {"snapshot": world.snapshot.pk, "name": "West end", "by": world.bob}
    assert areas.keep(geojson=west.geojson, **again).pk == west.pk

    other = areas.of_corners("42, -78\n42, -77\n43, -77")
    with pytest.raises(NameTaken):
        areas.keep(geojson=other, **again)
    assert AuditLink.objects.filter(verb="keep area").count() == 1


def test_an_area_that_is_taken_away_is_refused_and_never_taken_as_empty(world, west):
    """A universe that names it says so; and the name is free again."""
    areas.take_away(id=west.pk, by=world.bob)
    areas.take_away(id=west.pk, by=world.alice)

    found = preview(world, 'in area "West end"')
    assert "no area named" in found.error
    assert found.people == 0
    west.refresh_from_db()
    assert (west.gone_by, west.gone <= timezone.now()) == (world.bob, True)
    drawn = areas.of_corners("42, -78\n42, -77\n43, -77")
    areas.keep(
        snapshot=world.snapshot.pk, name="West end", geojson=drawn, by=world.alice
    )


def test_a_kept_map_is_drawn_anew_when_an_area_comes_or_goes(world, west):
    """What a map of a rule is kept under changes with the areas that it may name."""
    rule = 'in area "West end"'
    before = asked.mark(world.snapshot, rule)
    areas.take_away(id=west.pk, by=world.alice)

    assert asked.mark(world.snapshot, rule) != before
    assert asked.mark(world.snapshot, "party = DEM") == asked.mark(
        world.snapshot, "party = DEM"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("42, -78\n42, -77", "has 2 corners"),
        ("42, -78\nhere\n42, -77\n43, -77", "line 2"),
        ("42, -78, 3\n42, -77\n43, -77", "line 1"),
        ("42 -78\n" * 1001, "has 1001 corners"),
    ],
)
def test_corners_that_are_none_are_refused_with_their_line(text, problem):
    """Whoever writes degrees by hand is told which line to mend."""
    with pytest.raises(BadArea, match=problem):
        areas.of_corners(text)


def test_corners_are_written_north_first_and_kept_east_first():
    """People say 42 north, 78 west; GeoJSON says longitude first."""
    drawn = json.loads(areas.of_corners("42; -78\n\n42 -77\n43,-77\n"))

    assert drawn["coordinates"] == [[[-78, 42], [-77, 42], [-77, 43], [-78, 42]]]


@pytest.mark.parametrize("geojson", ["", "{}", "[1]", '{"type": "Point"}', "\x00"])
def test_what_is_no_polygon_is_not_kept(world, geojson):
    """A file of streets is no area."""
    with pytest.raises(BadArea):
        areas.keep(
            snapshot=world.snapshot.pk, name="x", geojson=geojson, by=world.alice
        )
    assert Area.objects.count() == 0


def test_an_area_larger_than_anybody_draws_is_refused(world):
    """A book is small: five megabytes of corners are a fault, not a border."""
    ring = [[-78, 42], [-77, 42], [-77, 43]] * 200_000
    geojson = json.dumps({"type": "Polygon", "coordinates": [ring]})

    with pytest.raises(BadArea, match="larger than 5 MB"):
        areas.keep(
            snapshot=world.snapshot.pk, name="x", geojson=geojson, by=world.alice
        )


@pytest.mark.parametrize(
    ("rule", "joined"),
    [
        ("", "never voted"),
        (" Everyone ", "never voted"),
        ("party = DEM", "party = DEM and never voted"),
        ("a or b", "a or b and never voted"),
        ("party = DEM or age < 30", "(party = DEM or age < 30) and never voted"),
        ("party = DEM and age < 30", "party = DEM and age < 30 and never voted"),
        (
            "start with party = DEM, remove age < 30",
            "start with party = DEM, remove age < 30, narrow to never voted",
        ),
    ],
)
def test_a_condition_is_put_into_a_rule_so_that_it_narrows_all_of_it(rule, joined):
    """Brackets come where 'and' would bind to a part only; what is half typed stays."""
    assert universes.joined(rule, "never voted") == joined
