"""Walk sheets of scripts that branch, and of buildings that somebody has been in."""

import json

import pytest

from groundgame.canvass import Script
from groundgame.packet import Look, sheet
from groundgame.packet.layout import choices
from tests.house.measure import HOUSE
from tests.unit.packet.elm import elm_bundle
from tests.unit.packet.test_sheet import words

DEEP = Script.shipped("deep_canvass").as_dict()
BY_ID = {each["id"]: each for each in DEEP["questions"]}


def test_paper_has_boxes_for_what_one_mark_can_say():
    """Several answers, a day and a reminder have none; a scale has one a step."""
    boxes = {name: len(choices(question)) for name, question in BY_ID.items()}

    assert boxes == {
        "before": 11,
        "listen": 0,
        "touched": 0,
        "own_story": 0,
        "mattered": 0,
        "after": 11,
        "promise": 4,
        "promise_day": 0,
    }


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("large", [False, True])
def test_a_deep_canvass_can_be_walked_on_paper(language, large):
    """It is printed whole, with its prompts, at each size and in each language."""
    made = elm_bundle(DEEP)

    text = " ".join(words(sheet([made], Look(language=language, large=large)).pdf))

    wanted = {
        "en": ("Then be quiet", "What it costs", "By when"),
        "es": ("guarde silencio", "Lo que cuesta", "Para cuándo"),
    }
    for said in wanted[language]:
        assert said in text


def test_a_reminder_is_not_an_answer_to_write_down():
    """'Listen' asks for ears, not for a note; their story is written."""
    (said, written) = (
        " ".join(words(sheet([elm_bundle(DEEP | {"questions": [BY_ID[each]]})]).pdf))
        for each in ("listen", "touched")
    )

    assert "Then be quiet" in said
    assert said.count("(Notes)") == 0
    assert written.count("(Notes)") == 1


def test_how_to_get_in_is_on_the_sheet():
    """What the last visitor found out stands at each door of the building."""
    made = elm_bundle()
    building = made["stops"][0]["building"]
    made["buildings"] = {building: {"buzzer": "Ring 14", "hours": "After five"}}

    (page,) = words(sheet([made]).pdf)

    assert "Ring 14 · After five" in page


def test_paper_and_phone_call_a_result_the_same():
    """Whoever walks with both has one word for one thing, in each language."""
    phone = json.loads((HOUSE / "phone/view/words.json").read_text("utf-8"))
    paper = json.loads((HOUSE / "src/groundgame/packet/words.json").read_text("utf-8"))
    for language, said in paper.items():
        for code, (name, _letters) in said["results"].items():
            assert phone[language][f"result.{code}"] == name, (language, code)
