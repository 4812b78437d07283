"""Walk sheets: what is on the paper, page by page, and that it is only ever text."""

import dataclasses
import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from groundgame.canvass import Script
from groundgame.packet import LANGUAGES, Look, Streets, bundle, count_pages, sheet
from groundgame.packet import map as map_
from groundgame.packet.drawing import link
from groundgame.packet.layout import DOOR_RESULTS, PERSON_RESULTS
from groundgame.packet.map import Frame, svg
from groundgame.packet.said import Words
from tests.house.measure import HOUSE
from tests.unit.packet.elm import (
    PACE,
    PACKET,
    SCRIPT,
    STREETS,
    elm_bundle,
    elm_walks,
)

HOSTILE = [
    *('#panic("boom")', "*bold*", "$x^2$", "\\u{41}", '"quoted"', "`raw`", "= Title"),
    *("<label>", "@cite", "//comment", "/*comment*/", "#let x = 1", "]#[", "~", "---"),
    *("</text><script>", "&amp;", "]]>", "'", "+ list", "_em_", "https://elm.example"),
]


def words(pdf: bytes) -> list[str]:
    """Return the text of each page, with single blanks."""
    found = PdfReader(BytesIO(pdf)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in found]


def long_walk(times: int) -> dict:
    """Return Elm's bundle as if its doors came again and again."""
    made = elm_bundle()
    again = [stop for _ in range(times) for stop in made["stops"]]
    stops = [stop | {"position": n} for n, stop in enumerate(again, start=1)]
    return made | {"stops": stops}


def test_every_door_and_person_is_on_the_sheet():
    """Numbers, streets, units, names, ages and parties are all there to read."""
    (page,) = words(sheet([elm_bundle()]).pdf)

    for wanted in (
        *("Turf 1", "Elm County Neighbors", "7KQ2-MX4P", "5 doors, 6 people"),
        *("Oak Avenue, Elmton", "Elm Street, Elmton", "Unit 1", "Unit 2"),
        *("Ada Adams 68, DEM", "Ben Adams 69, REP", "Dan Cole 27, UNA", "Eve Diaz"),
        *(Words.of("en").result(code) for code in (*DOOR_RESULTS, *PERSON_RESULTS)),
        *("Good evening. What would you change", "With us", "Support", "Rating"),
        "Page 1 of 1",
    ):
        assert wanted in page
    assert "Evans" not in page


def test_a_long_turf_says_on_each_page_which_it_is_and_how_many():
    """Thirty doors take several pages; each has the code and 'Page x of y'."""
    found = words(sheet([long_walk(6)]).pdf)

    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert "7KQ2-MX4P" in page


def test_many_turfs_are_one_file_and_each_counts_its_own_pages():
    """The second turf begins on a new page, which is its page 1."""
    second = long_walk(6) | {"code": "0000-0002"}
    pdf = sheet([elm_bundle(), second]).pdf
    found = words(pdf)

    assert "Page 1 of 1" in found[0]
    assert "7KQ2-MX4P" not in found[1]
    assert f"Page 1 of {len(found) - 1}" in found[1]
    assert count_pages(pdf) == len(found)


@pytest.mark.parametrize(
    ("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))]
)
def test_the_paper_is_the_one_asked_for(paper, size):
    """Sizes are in points."""
    box = PdfReader(BytesIO(sheet([elm_bundle()], Look(paper)).pdf)).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize("words_", HOSTILE)
def test_what_a_voter_file_holds_is_text(words_):
    """Markup in any field is printed as it stands, and runs nothing."""
    made = elm_bundle(
        {**SCRIPT, "opening": words_}
        | {"questions": [{"id": "q", "kind": "text", "ask": words_}]}
    )
    stop = made["stops"][0] | {"street": words_, "number": words_, "unit": words_}
    stop["people"] = [{"id": "x", "name": words_, "age": 40, "party": words_}]
    made |= {"stops": [stop], "chapter": words_}
    made["turf"] |= {"name": words_}
    for feature in made["streets"]["features"]:
        feature["properties"]["name"] = words_

    (page,) = words(sheet([made]).pdf)

    assert page.replace(" ", "").count(words_.replace(" ", "")) >= 9


def test_unprintable_letters_do_not_stop_a_sheet():
    """Control characters and half an emoji are printed as nothing, or as a box."""
    odd = "A\x00\x01\x1f\x7f\u202e\ud83dZ\U0001f642\ufffe"
    made = elm_bundle()
    made["stops"][0] |= {"street": odd, "number": odd}
    made["streets"]["features"][0]["properties"]["name"] = odd

    assert len(words(sheet([made]).pdf)) == 1


def test_the_square_leads_to_the_turf():
    """With an address there is a square to scan; its code stands behind the '#'."""
    assert link("https://elm.example", "7KQ2-MX4P") == (
        "https://elm.example/phone/#code=7KQ2-MX4P"
    )
    with_square = sheet([elm_bundle()], base_url="https://elm.example/").pdf
    assert len(with_square) > len(sheet([elm_bundle()]).pdf) + 500


def test_the_boxes_are_result_codes_of_the_contract():
    """Each box at a door is a known code, under its known name."""
    contract = json.loads((HOUSE / "contract" / "results.json").read_text())
    names = {result["id"]: result["name"] for result in contract}

    for code in (*DOOR_RESULTS, *PERSON_RESULTS):
        assert Words.of("en").result(code) == names[code]


def test_both_languages_say_everything():
    """No word is missing in one of them, and no two results share their letters."""
    first, *others = [Words.of(language).said for language in LANGUAGES]

    for other in others:
        assert other.keys() == first.keys()
        assert other["results"].keys() == first["results"].keys()
    for said in (first, *others):
        letters = [said["results"][code][1] for code in PERSON_RESULTS]
        assert len(set(letters)) == len(letters)


def test_a_spanish_sheet_speaks_spanish_and_so_does_its_script():
    """Words of the sheet, the opening, the questions; names stay as they are."""
    made = elm_bundle(Script.listening().as_dict())
    (page,) = words(sheet([made], Look(language="es")).pdf)

    for wanted in (
        "5 puertas, 6 personas",
        "Hola, me llamo",
        "Tema",
        "Apoyo",
        "No está",
    ):
        assert wanted in page
    assert "Hello" not in page


def test_a_script_without_spanish_is_printed_as_it_was_written():
    """A Spanish sheet of an English script is better than none."""
    (page,) = words(sheet([elm_bundle()], Look(language="es")).pdf)

    assert "Good evening. What would you change" in page
    assert "puertas" in page


def test_names_in_other_scripts_are_printed_and_what_no_font_has_is_told():
    """Arabic, Hebrew, Chinese and Amharic are letters; Linear B would be boxes."""
    made = elm_bundle()
    names = ["محمد عبد الله", "שרה לוי", "王小明", "สมชาย", "ሰላም ተስፋዬ"]
    for stop, name in zip(made["stops"], names, strict=True):
        stop["people"][0]["name"] = name
    assert sheet([made]).missing == set()

    made["stops"][0]["people"][0]["name"] = "\U00010000\U00010001"
    assert sheet([made]).missing == {"\U00010000", "\U00010001"}


def test_the_last_result_is_on_the_sheet():
    """Whoever knocks again knows how it ended: at the door, and with whom."""
    last = {("d12", None): "not_home", ("d12", "E1001"): "come_back"}

    (page,) = words(sheet([elm_bundle()], last=last).pdf)

    assert "Last: Not Home" in page
    assert "68, DEM, Come Back" in page


def test_the_map_shows_the_walk():
    """First door, last door, and the house with two doors, each marked once."""
    drawn = svg(elm_bundle(), 300, 250)

    assert re.findall(r">([\d-]+)</text>", drawn) == ["1", "5", "2-3", "4"]
    assert "Elm Street" in drawn
    assert " m / " in drawn


def name_on_map(made) -> tuple[float, float]:
    """Return the middle of the name of Elm Street on the map of a turf."""
    found = re.search(
        r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>Elm Street<', svg(made, 300, 250)
    )
    return float(found.group(1)), float(found.group(2))


def crowded():
    """Return a long street with its doors in the middle, where its name would be."""
    made = elm_bundle()
    line = {"type": "LineString", "coordinates": [[-101.61, 42.4], [-101.59, 42.4]]}
    street = {"type": "Feature", "properties": {"name": "Elm Street"}, "geometry": line}
    made["streets"] = {"type": "FeatureCollection", "features": [street]}
    spread = (-0.0012, -0.0004, 0.0004, 0.0012, 0.004)
    for stop, beside in zip(made["stops"], spread, strict=True):
        stop.update(lon=-101.6 + beside, lat=42.4)
    return made


def a_streets_name_stands_clear_of_its_doors(made):
    """In the dark one looks for the name first; no mark of a door lies over it."""
    places = [(stop["lon"], stop["lat"]) for stop in made["stops"]]
    frame = Frame.of(places, 300, 228)
    x, _y = name_on_map(made)
    half = 2.2 * len("Elm Street")

    assert all(abs(frame.at(*place)[0] - x) > half for place in places)


def test_a_streets_name_stands_clear_of_its_doors():
    """It goes along its street to where there is room."""
    a_streets_name_stands_clear_of_its_doors(crowded())


def test_a_name_in_the_middle_of_its_street_is_caught(monkeypatch):
    """Were it put there whatever stands there, the test above would fail."""
    fired = []

    def middle(one, two, _half, _walk):
        fired.append(one)
        return (one[0] + two[0]) / 2, (one[1] + two[1]) / 2

    monkeypatch.setattr(map_, "_free", middle)

    with pytest.raises(AssertionError):
        a_streets_name_stands_clear_of_its_doors(crowded())
    assert fired


def test_a_map_of_one_house_is_not_empty():
    """One door, and even none, have a map with a scale."""
    made = elm_bundle()
    one = made | {"stops": made["stops"][:1]}
    none = made | {"stops": []}

    assert ">1</text>" in svg(one, 300, 250)
    assert " m / " in svg(none, 300, 250)
    assert len(words(sheet([one, none]).pdf)) == 2


def test_a_door_in_a_place_far_from_the_equator_is_square():
    """A degree of longitude is shorter in the north, and the map knows it."""
    walk = elm_walks().turf(1)
    streets = Streets.from_geojson(STREETS)
    made = bundle(
        dataclasses.replace(PACKET, name="North"), walk, SCRIPT, streets, PACE
    )
    made["stops"] = [
        made["stops"][0] | {"position": 1, "lon": 0.0, "lat": 60.0},
        made["stops"][0] | {"position": 2, "lon": 0.002, "lat": 60.0},
        made["stops"][0] | {"position": 3, "lon": 0.0, "lat": 60.001},
    ]

    path = re.search(r'd="M([^"]*)" fill="none" stroke="#000"', svg(made, 300, 250))
    (ax, ay), (bx, by), (cx, cy) = [
        map(float, point.split()) for point in path.group(1).split("L")
    ]
    assert bx - ax == pytest.approx(ay - cy, rel=0.02)
    assert (ay - by, cx - ax) == (0, 0)


@pytest.mark.parametrize(
    ("one", "two", "seen"),
    [
        pytest.param((10, 10), (20, 30), ((10, 10), (20, 30)), id="inside"),
        pytest.param((-50, 50), (150, 50), ((0, 50), (100, 50)), id="right across"),
        pytest.param(
            (20, -100), (20, 300), ((20, 0), (20, 200)), id="from top to foot"
        ),
        pytest.param((-10, 0), (10, 20), ((0, 10), (10, 20)), id="one end in"),
        pytest.param((-5, 50), (-5, 80), None, id="beside it"),
        pytest.param((-50, 10), (10, -50), None, id="past a corner"),
        pytest.param((150, 50), (250, 50), None, id="beyond it"),
    ],
)
def test_a_street_is_named_on_the_part_that_is_shown(one, two, seen):
    """Done by hand on a paper of 100 by 200."""
    frame = Frame(lon=0.0, lat=0.0, scale=1.0, width=100.0, height=200.0)

    assert frame.shown(one, two) == seen
