"""Where boxes stand: never on each other, never off the paper, always found again."""

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.errors import BadScript
from groundgame.packet import Look, code, marks
from groundgame.packet.conversation import device, event_id
from groundgame.packet.key import key_of
from groundgame.packet.layout import SIDE, pages
from tests.unit.packet.elm import SCRIPT, elm_bundle

LOOKS = [
    Look(paper, large, language)
    for paper in ("a4", "letter")
    for large in (False, True)
    for language in ("en", "es")
]


def asking(choices: int, most: int) -> dict:
    """Return Elm's bundle with a choice and a scale of so many boxes."""
    responses = [{"id": f"r{n}", "name": f"R {n}"} for n in range(choices)]
    questions = [
        {"id": "pick", "kind": "choice", "ask": "Which?", "responses": responses},
        {"id": "much", "kind": "scale", "ask": "How much?", "least": 0, "most": most},
    ]
    return elm_bundle(SCRIPT | {"questions": questions})


def crowded(made: dict, people: int) -> dict:
    """Return a bundle with so many people behind its first door."""
    stop = made["stops"][0]
    behind = [stop["people"][0] | {"id": f"E{n}"} for n in range(people)]
    return made | {"stops": [stop | {"people": behind}, *made["stops"][1:]]}


def boxes(key) -> list[tuple[float, float]]:
    """Return the upper left corner of every box of a page."""
    return [
        (x, y)
        for row in key.says["rows"]
        for field in row["fields"].values()
        for _value, x, y in field
    ]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@settings(deadline=None, max_examples=20)
@given(st.integers(1, 40), st.integers(1, 60), st.integers(1, 40))
def test_no_box_is_on_another_or_off_the_paper(look, choices, most, people):
    """Whatever a script asks, and however many live behind a door."""
    made = crowded(asking(choices, most), people)
    width, height = look.size

    for key in key_of(made, look, pages(made, look, first=380.0)):
        placed = boxes(key)
        assert all(SIDE <= x <= width - SIDE - look.box for x, _ in placed)
        assert all(SIDE <= y <= height - SIDE - look.box for _, y in placed)
        lines = sorted((y, x) for x, y in placed)
        for (y, x), (low, right) in pairwise(lines):
            assert low - y >= look.box + 2 or (
                low == y and right - x >= look.pitch - 0.1
            )


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_answer_of_everybody_has_a_box_once(look):
    """Nobody is lost at the turn of a page, and no question at the end of a line."""
    made = crowded(asking(30, 50), 25)

    rows = [
        row
        for key in key_of(made, look, pages(made, look, first=380.0))
        for row in key.says["rows"]
    ]

    people = [p["id"] for stop in made["stops"] for p in stop["people"]]
    assert [row["person"] for row in rows if row["person"]] == people
    assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        if row["person"]:
            asked = row["fields"]
            assert [value for value, *_ in asked["pick"]] == [
                f"r{n}" for n in range(30)
            ]
            assert [value for value, *_ in asked["much"]] == [str(n) for n in range(51)]


def test_what_has_too_many_answers_has_no_boxes():
    """A scale to a million is asked, and its answer is written by hand."""
    made = asking(2, 1_000_000)

    (key,) = key_of(made, Look(), pages(made, Look(), first=300.0))

    asked = [row["fields"].keys() for row in key.says["rows"] if row["person"]]
    assert asked == [{"=result", "pick"}] * len(asked)


def test_a_script_that_no_page_can_hold_is_refused():
    """Fifty questions of eleven boxes, printed large: the refusal says why."""
    each = {"kind": "scale", "ask": "How much?", "least": 0, "most": 10}
    made = elm_bundle(
        SCRIPT | {"questions": [each | {"id": f"q{n}"} for n in range(50)]}
    )

    with pytest.raises(BadScript, match="than a page of this size can hold"):
        pages(made, Look(large=True), first=300.0)


def test_a_dozen_doors_fit_on_a_page():
    """Of houses with one person each, as most sheets' later pages are."""
    stop = elm_bundle()["stops"][0]
    made = elm_bundle() | {
        "stops": [stop | {"door": f"d{n}", "position": n} for n in range(1, 41)]
    }

    _first, second, *_ = pages(made, Look(), first=380.0)

    assert sum(row.person is None for row in second.rows) >= 12


def test_the_same_page_has_the_same_code_and_any_other_another():
    """The code is made of what the boxes stand for: packet, page, script and look."""

    def codes(made, look=LOOKS[0]):
        return [key.code for key in key_of(made, look, pages(made, look, first=380.0))]

    assert codes(elm_bundle()) == codes(elm_bundle())
    others = [
        codes(elm_bundle(), LOOKS[2]),
        codes(elm_bundle(SCRIPT | {"id": "elm-00000001"})),
        codes(elm_bundle() | {"packet": "0190c000-0000-7000-8000-000000000002"}),
    ]
    assert len(
        {code for each in [codes(elm_bundle()), *others] for code in each}
    ) == 4 + (len(others[0]) - 1)


@given(st.binary(min_size=5, max_size=5), st.sets(st.integers(0, 7)))
def test_marks_say_the_code_of_the_page(chance, hidden):
    """Each of the eight says its symbol and its place; a hidden one leaves a gap."""
    written = code.make(chance)
    seen = {
        place: number
        for place, number in enumerate(marks.numbers(written))
        if place not in hidden
    }

    said = marks.code_of(seen)

    assert all(number % 8 == place and number < 256 for place, number in seen.items())
    symbols = zip(said.replace("-", ""), written.replace("-", ""), strict=True)
    for place, (one, other) in enumerate(symbols):
        assert one == ("?" if place in hidden else other)


texts = st.text(min_size=1, max_size=20)


@given(texts, texts, texts | st.none())
def test_a_row_is_always_the_same_event_of_version_7(packet, door, person):
    """Ids are made of what they stand for, in the form that the log wants."""
    made = event_id(packet, door, person)

    assert made == event_id(packet, door, person)
    assert made != event_id(packet, door, f"{person} ")
    assert made != event_id(packet, f"{door} ", person)
    assert made != device(packet)
    for each in (made, device(packet)):
        assert (UUID(each).version, UUID(each).variant) == (7, "specified in RFC 4122")
