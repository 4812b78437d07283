"""The builder's places and scores: pointed at, drawn, brought in, put into the rule."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from groundgame.server.store.models import Area, ScoreTable
from tests.server.world import person_id

WEST = "41.9, -78.1\n41.9, -77.9986\n42.1, -77.9986\n42.1, -78.1\n"
SQUARE = json.dumps(
    {
        "type": "Polygon",
        "coordinates": [[[-78.1, 41.9], [-77.9986, 41.9], [-77.9986, 42.1]]],
    }
)


@pytest.fixture
def send(world, signed_in):
    """Return a function that posts to one of the builder's addresses, as Alice."""
    browser = signed_in(world.alice)

    def send(name, sent, query="", **headers):
        address = reverse(name, args=[world.snapshot.pk])
        return browser.post(f"{address}{query}", sent, headers=headers or None)

    return send


def back(world, rule):
    """Return the address of the builder with a rule in it."""
    query = QueryDict(mutable=True)
    query["rule"] = rule
    return f"{reverse('universe-new', args=[world.snapshot.pk])}?{query.urlencode()}"


def test_the_corners_are_counted_while_they_are_drawn(send, read):
    """Five doors lie in them, with two people behind each."""
    page = read(send("universe-lives", {"corners": WEST}, "?of=area"))

    assert "10 people live there, behind 5 doors." in page


def test_two_corners_are_no_error_page(send, read):
    """Whoever has begun to draw is told how many are wanted; nothing is counted."""
    page = read(send("universe-lives", {"corners": "42, -78\n42, -77"}, "?of=area"))

    assert "has 2 corners, and 3 to 1000 are drawn" in page
    assert "people" not in page


def test_a_point_is_counted_while_it_is_moved(send, read):
    """Doors stand 20.7 m apart: within 30 m of the sixth are three."""
    at = {"lat": 42, "lon": -77.9985, "meters": 30}
    page = read(send("universe-lives", at, "?of=point"))

    assert "6 people live there, behind 3 doors." in page


@pytest.mark.parametrize("at", [{}, {"lat": 420, "lon": 0, "meters": 1}, {"lat": "x"}])
def test_a_point_that_is_half_written_counts_nothing(send, read, at):
    """A longitude is still missing: silence, and no error page."""
    assert "live" not in read(send("universe-lives", at, "?of=point"))


def test_a_point_is_put_into_the_rule_in_place(send):
    """A script gets the rule, with brackets where they are needed, and no page."""
    sent = {"rule": "party = DEM or age < 30", "lat": 42, "lon": -78, "meters": 250}
    answer = send("universe-add", sent, **{"HX-Request": "true"})

    assert answer.status_code == 204
    told = json.loads(answer["HX-Trigger"])["rule-joined"]["rule"]
    assert told == "(party = DEM or age < 30) and within 250 m of 42, -78"


def test_without_a_script_the_page_comes_back_with_the_rule(world, send):
    """Every button works as a form."""
    sent = {"rule": "party = DEM", "piece": 'in area "North"'}
    answer = send("universe-add", sent)

    assert answer["Location"] == back(world, 'party = DEM and in area "North"')


def test_a_point_that_is_none_is_refused_where_it_stands(send, read):
    """The rule that was typed is still there, and the part is open."""
    page = read(send("universe-add", {"rule": "never voted", "lat": 91}), 422)

    assert ">never voted</textarea>" in page.replace("\n", "")
    assert "less than or equal to 90" in page
    assert page.count(" open") == 1


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "uploaded"])
def test_an_area_is_kept_and_put_into_the_rule(world, send, read, signed_in, drawn):
    """Drawn or uploaded, it is in the rule, and in the list for the next rule."""
    file = SimpleUploadedFile("west.geojson", SQUARE.encode())
    sent = {"corners": WEST} if drawn else {"geojson": file}
    answer = send("area-new", sent | {"area_name": "West", "rule": "party = DEM"})

    assert answer["Location"] == back(world, 'party = DEM and in area "West"')
    page = read(signed_in(world.bob).get(answer["Location"]))
    assert "Take West away" in page
    assert "The area West is kept." not in page
    assert Area.objects.get().by == world.alice


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"corners": WEST}, "This field is required"),
        ({"area_name": "W"}, "Draw its corners on the map"),
        ({"area_name": "W", "corners": "42, -78"}, "has 1 corners"),
        ({"area_name": "W", "geojson": b"\xff\xfe"}, "That is no text"),
        ({"area_name": "W", "geojson": b"{}"}, "no Polygon and no MultiPolygon"),
        ({"area_name": "W", "geojson": b"{}", "corners": WEST}, "Choose either"),
    ],
)
def test_an_area_that_is_none_is_refused_where_it_stands(send, read, sent, says):
    """What was typed is still there, with the reason; nothing is kept."""
    if "geojson" in sent:
        sent = sent | {"geojson": SimpleUploadedFile("a.geojson", sent["geojson"])}
    page = read(send("area-new", sent | {"rule": "never voted"}), 422)

    assert says in page
    assert ">never voted</textarea>" in page.replace("\n", "")
    assert Area.objects.count() == 0


def test_an_area_is_taken_away(world, send, signed_in):
    """The rule that was being typed is not lost over it."""
    send("area-new", {"area_name": "West", "corners": WEST})
    where = reverse("area-gone", args=[world.snapshot.pk, Area.objects.get().pk])
    answer = signed_in(world.bob).post(where, {"rule": "never voted"})

    assert answer["Location"] == back(world, "never voted")
    assert Area.objects.get().gone_by == world.bob


def test_scores_are_brought_in_and_accounted_for(world, send, signed_in, read):
    """The page says what became of each, and the next rule can ask for them."""
    text = f"person_id,turnout\n{person_id('elm', 1, 1)},70\nelsewhere,1\nx,y\n"
    answer = send(
        "scores-new",
        {"scores": SimpleUploadedFile("m.csv", text.encode()), "rule": "everyone"},
    )

    assert answer["Location"] == back(world, "everyone")
    page = read(signed_in(world.alice).get(answer["Location"]))
    assert "score turnout is known" in page
    assert ScoreTable.objects.get().names == ["turnout"]


def test_what_became_of_scores_is_said_once(world, signed_in, read):
    """Given = kept + refused + repeated, on the page that follows."""
    browser = signed_in(world.alice)
    text = f"person_id,turnout\n{person_id('elm', 1, 1)},70\nelsewhere,1\nx,y\n"
    sent = {"scores": SimpleUploadedFile("m.csv", text.encode())}
    address = reverse("scores-new", args=[world.snapshot.pk])
    page = read(browser.get(browser.post(address, sent)["Location"]))

    assert "3 scores = 2 kept + 1 refused (no id, no number) + 0 repeated" in page
    assert "1 are of nobody in this file" in page


def test_a_table_without_scores_is_refused_where_it_stands(send, read):
    """A member list is no table of scores, and the page says what one is."""
    file = SimpleUploadedFile("m.csv", b"name\nAda\n")
    page = read(send("scores-new", {"scores": file, "rule": "never voted"}), 422)

    assert "m.csv has no column person_id" in page
    assert ">never voted</textarea>" in page.replace("\n", "")
