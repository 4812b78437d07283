"""Strokes: what is pale is found by its length, and what runs on is no mark."""

import cv2
import numpy as np
import pytest

from groundgame.packet.reading import (
    boxes,
    judge,
    look,
    photos,
    read_page,
    signs,
    strokes,
)
from tests.unit.packet.elm import elm_bundle
from tests.unit.packet.hand import DRAWN, jpeg, printed

WIDE = 19
"""Pixels: the inside of a box."""
SIDE = 9.6
HIGH = 105
"""Pixels: a box and what is around it."""
ADA = 8  # the row of Ada Adams, at the fourth door


def grainy(count: int) -> np.ndarray:
    """Return empty boxes in poor light: grain, as a camera gives it."""
    grain = np.random.default_rng(5).normal(0, 0.18, (count, WIDE, WIDE))
    return np.stack([cv2.GaussianBlur(each, (0, 0), 0.8) for each in grain]).astype(
        "f4"
    )


def above_others(found: np.ndarray, one: int) -> float:
    """Return how many standard deviations one of many numbers is above the others."""
    others = np.delete(found, one)
    return float((found[one] - others.mean()) / others.std())


def test_a_pale_stroke_is_clearer_by_its_length_than_by_its_darkest_spot():
    """Along a line grain cancels out, so what no pixel shows for sure is plain."""
    inside = grainy(200)
    line = cv2.line(np.zeros((WIDE, WIDE), np.float32), (2, 16), (16, 2), 1.0, 2)
    inside[100] += 0.25 * line

    stroke = above_others(strokes.clearest(inside), 100)
    spot = above_others(inside.max(axis=(1, 2)), 100)

    assert stroke > 6
    assert stroke > 1.2 * spot


def test_what_every_box_has_is_no_stroke():
    """Where blur brings a box's own line into it, it does so in the boxes beside it."""
    inside = np.zeros((60, WIDE, WIDE), np.float32)
    inside[:, :, :3] = 0.5

    assert strokes.clearest(inside) == pytest.approx(0, abs=1e-6)


def drawn_at(*points: tuple[float, float]) -> np.ndarray:
    """Return a box, and a stroke through points given in sides from its middle."""
    around = np.zeros((HIGH, HIGH), np.float32)
    at = np.rint(np.array(points) * SIDE * 3 + (HIGH - 1) / 2).astype(int)
    cv2.polylines(around, [at], isClosed=False, color=1.0, thickness=3)
    return around


@pytest.mark.parametrize(
    ("points", "runs_on"),
    [
        pytest.param([(-0.4, 0.0), (-0.1, 0.4), (0.5, -0.5)], False, id="a tick"),
        pytest.param([(-0.3, 0.0), (-0.1, 0.3), (0.8, -0.8)], False, id="a long tick"),
        pytest.param([(0.4, -0.3), (-1.7, 1.5)], True, id="it comes from afar"),
        pytest.param([(-0.9, 0.1), (0.9, -0.1)], True, id="out at both ends"),
    ],
)
def test_a_mark_ends_and_a_slip_runs_on(points, runs_on):
    """By hand: a tail of a third of a box is a tick's; one of a whole box is none."""
    around = drawn_at(*points)[None]
    bare = np.zeros_like(around)

    found = strokes.running_on(around, bare, SIDE, np.ones(1, np.float32))

    assert (found[0] >= boxes.RUNS_ON) == runs_on


def test_print_beside_a_box_lengthens_no_mark():
    """A cross beside the words Not Home ends where they begin."""
    around = drawn_at((-0.4, 0.0), (0.45, 0.0))[None]
    words = drawn_at((0.6, 0.0), (1.8, 0.0))[None]

    found = strokes.running_on(around + words, words, SIDE, np.ones(1, np.float32))

    assert found[0] < boxes.RUNS_ON


@pytest.fixture(scope="module")
def elm():
    """Elm's one page as a picture, and its key."""
    (found,) = printed(elm_bundle())
    return found


def slipped_into(elm) -> tuple:
    """Return what is read where a pen came from afar, and stopped in a box."""
    picture, key = elm
    (row,) = [each for each in key.says["rows"] if each["n"] == ADA]
    _value, x, y = row["fields"]["rating"][-1]
    side = key.says["box"]
    ends = np.array(
        [[x + 0.8 * side, y + 0.1 * side], [x - 0.9 * side, y + 3.2 * side]]
    )
    one, two = np.rint(ends * DRAWN).astype(int).tolist()
    paper = cv2.line(picture.copy(), one, two, (40, 30, 30), 4, cv2.LINE_AA)
    (photo,) = photos("sheet.jpg", jpeg(paper))
    return read_page(look(photo), key).conversations


def test_a_slip_that_stops_in_a_box_is_no_answer(elm):
    """Inside the box it is just like a stroke that is meant: somebody is asked."""
    assert slipped_into(elm) == ()


def test_a_slip_that_stops_in_a_box_would_be_one(elm, monkeypatch):
    """Were it not for how far it runs on, it would be somebody's answer."""
    monkeypatch.setattr(boxes, "RUNS_ON", 9.0)

    assert len(slipped_into(elm)) == 1


def pale(rest: float) -> bool:
    """Return whether a box with a pale stroke is surely empty, beside one this dark."""
    known = judge.judge()
    found = dict(zip(signs.SIGNS, known.least, strict=True))
    found |= {"mean": -0.01, "stroke": 0.19, "rest": rest}
    row = np.array([[found[name] for name in signs.SIGNS]], np.float32)
    alone = np.zeros(1, np.int64)
    return bool(boxes.weighed(row, alone)[0] < known.empty)


def test_a_box_with_a_pale_stroke_is_not_surely_empty():
    """However light it is on average; beside a clear mark it is that mark's end."""
    assert not pale(rest=0.0)
    assert pale(rest=0.3)


def test_a_pale_stroke_would_be_lost(monkeypatch):
    """Did anything spill from a box in which there is no mark, it would be empty."""
    monkeypatch.setattr(boxes, "A_MARK", -1.0)

    assert pale(rest=0.0)


def filled_palely(boxes_of_it: int) -> list[bool]:
    """Return which of the boxes of a question are surely empty; the last is tinted."""
    known = judge.judge()
    found = np.tile(known.least, (boxes_of_it, 1)).astype(np.float32)
    found[:, signs.SIGNS.index("mean")] = 0.0
    found[-1, signs.SIGNS.index("mean")] = 0.047
    found = np.vstack([found, found[:1]])  # and one of another question
    question = np.append(np.zeros(boxes_of_it, np.int64), 1)
    return list(boxes.weighed(found, question) < known.empty)


@pytest.mark.parametrize("many", [2, 3, 6])
def test_a_box_that_is_pale_all_over_is_not_surely_empty(many):
    """No stroke stands out in it, and it is darker than the others of its question."""
    assert filled_palely(many) == [True] * (many - 1) + [False, True]


def test_a_pale_box_would_be_lost(monkeypatch):
    """Were boxes not held against their question, it would be empty."""
    monkeypatch.setattr(boxes, "TINT", 1.0)

    assert all(filled_palely(6))
