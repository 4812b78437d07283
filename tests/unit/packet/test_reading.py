"""Photographs of filled sheets: what is clear is read, the rest is in doubt.

The 10,000 boxes of `python -m bench.paper read` are here as some hundred, by the same
generator; beside them small cases by hand.
"""

import subprocess
import sys

import cv2
import numpy as np
import pytest

from bench.paper import read_many
from bench.paper_photo import FAIR
from groundgame import canvass
from groundgame.packet import Look, sheet
from groundgame.packet.reading import (
    boxes,
    judge,
    look,
    page,
    photos,
    read_page,
    signs,
    together,
    which,
)
from tests.unit.packet.elm import SCRIPT, elm_bundle
from tests.unit.packet.hand import DRAWN, crossed, drawn, jpeg, printed

RESULT = "=result"
ADA = 8  # the row of Ada Adams, at the fourth door


@pytest.fixture(scope="module")
def elm():
    """Elm's one page as a picture, and its key."""
    (found,) = printed(elm_bundle())
    return found


def read(photo: bytes, *keys, name="sheet.jpg"):
    """Return what is read on a photograph."""
    (picture,) = photos(name, photo)
    seen = look(picture)
    return read_page(seen, which(seen, {key.code: key for key in keys}))


def test_hundreds_of_boxes_photographed_badly_are_right_or_in_doubt():
    """None is wrong without a doubt, and most marks are read; the seed replays it."""
    tally = read_many(seed=7, boxes=600, doors=8)

    assert tally.wrong == []
    assert tally.refused == 0
    assert tally.share_in_doubt < 0.35


def test_in_fair_conditions_four_of_five_clear_marks_are_read():
    """Whoever photographs a pile at a table is asked about few of its marks."""
    tally = read_many(seed=8, boxes=600, how=FAIR, doors=8)

    assert tally.wrong == []
    assert tally.of("marked") > 40
    assert tally.share_in_doubt < 0.2


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("sure", property(lambda self: np.ones_like(self.seen))),
        ("empty, if not marked", None),
    ],
)
def test_a_reader_that_never_doubts_is_caught(monkeypatch, name, broken):
    """Were there no doubt, boxes would be wrong, and the test above would say so."""
    fired = []
    if broken:
        real = broken.fget
        monkeypatch.setattr(
            boxes.Readings, "sure", property(lambda self: fired.append(1) or real(self))
        )
    else:

        def shifted(found, _question):
            fired.append(1)
            return np.where(judge.judge().likely(found) > 0.9, 1.0, 0.0)

        monkeypatch.setattr(boxes, "weighed", shifted)

    assert read_many(seed=7, boxes=600, doors=8).wrong
    assert fired


def test_a_page_done_by_hand(elm):
    """A result at a door; answers with somebody; three others left alone."""
    picture, key = elm
    marks = [(1, RESULT, "not_home"), (ADA, "support", "5"), (ADA, "rating", "0")]

    found = read(jpeg(crossed(picture, key, marks)), key)

    assert found.doubts == ()
    first, second = found.conversations
    assert (first["door"], first["person"], first["result"]) == ("d9", None, "not_home")
    assert (second["door"], second["result"]) == ("d12", "canvassed")
    assert second["answers"] == {"support": "5", "rating": "0"}
    assert {each["script"] for each in found.conversations} == {SCRIPT["id"]}


def test_what_is_read_is_an_event_of_the_contract(elm):
    """The log takes it as it takes a phone's."""
    picture, key = elm
    (event,) = read(
        jpeg(crossed(picture, key, [(1, RESULT, "vacant")])), key
    ).conversations

    taken = canvass.read(event, canvass.canonical_sha256(event))

    assert isinstance(taken, canvass.Conversation)


def test_two_photographs_of_a_sheet_are_the_same_events(elm):
    """From above in good light, or upside down and smaller: not a byte differs."""
    picture, key = elm
    filled = crossed(picture, key, [(1, RESULT, "vacant"), (4, "support", "1")])
    turned = cv2.resize(cv2.rotate(filled, cv2.ROTATE_180), None, fx=0.7, fy=0.7)

    one, two = read(jpeg(filled), key), read(jpeg(turned), key)

    assert len(one.conversations) == 2
    assert one.conversations == two.conversations
    (both,) = together([one, two])
    assert both.conversations == one.conversations


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_the_same_page(elm, turns):
    """However it lay on the table, its marks say which way is up."""
    picture, key = elm
    filled = crossed(picture, key, [(1, RESULT, "vacant"), (4, "support", "1")])
    turned = np.ascontiguousarray(np.rot90(filled, turns))

    found = read(jpeg(turned), key)

    assert found.doubts == ()
    assert found.conversations == read(jpeg(filled), key).conversations


def test_two_marks_for_one_question_are_a_doubt(elm):
    """Whoever corrected a slip is asked about, not guessed; the rest of it stays."""
    picture, key = elm
    marks = [(2, "support", "1"), (2, "support", "5"), (2, RESULT, "moved")]

    found = read(jpeg(crossed(picture, key, marks)), key)

    (doubt,) = found.doubts
    assert found.conversations == ()
    assert doubt.sure == {RESULT: "moved"}
    assert [(each.name, set(each.maybe)) for each in doubt.unsure] == [
        ("support", {"1", "5"})
    ]
    assert doubt.picture.startswith(b"\x89PNG")


def _covered(elm):
    """Return a page on which glare hides a mark, and what is in doubt on it."""
    picture, key = elm
    marked = crossed(picture, key, [(1, RESULT, "not_home")])
    _value, x, y = key.says["rows"][0]["fields"][RESULT][0]
    left, top = int((x - 3) * DRAWN), int((y - 3) * DRAWN)
    marked[top : top + 16 * DRAWN, left : left + 16 * DRAWN] = 255
    return read(jpeg(marked), key)


def test_a_box_that_is_not_seen_is_in_doubt_and_not_empty(elm):
    """Glare, a thumb or a fold hides a mark as well as none."""
    found = _covered(elm)

    assert [each.row["n"] for each in found.doubts] == [1]


def test_a_reader_that_takes_unseen_for_empty_is_caught(elm, monkeypatch):
    """Were the line of a box not looked for, what is hidden would be lost."""
    fired = []
    monkeypatch.setattr(
        boxes, "_dark", lambda line: fired.append(line) or np.ones(len(line), bool)
    )
    monkeypatch.setattr(boxes, "STRAY", 99.0)
    monkeypatch.setattr(boxes, "_aligned", _as_printed)

    assert not _covered(elm).doubts
    assert fired


def _as_printed(_ink, corners, _side, _reach):
    """Say that every box is where it was printed."""
    at = np.rint(corners * boxes.UNIT).astype(int)
    return at, np.full(len(at), 0.5, np.float32)


def slipped(picture, key):
    """Return a page over which a pen slipped, through a whole line of boxes."""
    (row,) = [each for each in key.says["rows"] if each["n"] == ADA]
    _value, x, y = row["fields"]["rating"][0]
    *_, (_value, end, _y) = row["fields"]["rating"]
    paper, half = picture.copy(), key.says["box"] / 2
    line = np.array([[x - 20, y + half - 3], [end + 30, y + half + 3]]) * DRAWN
    cv2.line(paper, *line.astype(int).tolist(), (40, 30, 30), 4, cv2.LINE_AA)
    return paper


def a_slip_of_the_pen_is_no_answer(elm):
    """A stroke through eleven boxes, and beyond them, is asked about at the most."""
    picture, key = elm

    assert read(jpeg(slipped(picture, key)), key).conversations == ()


def test_a_slip_of_the_pen_is_no_answer(elm):
    """Nobody at that door said anything."""
    a_slip_of_the_pen_is_no_answer(elm)


def test_a_judge_of_darkness_alone_is_caught(elm, monkeypatch):
    """Were only the darkest spot asked for, and one box taken, a slip would count."""
    fired = []

    def darkest(found, _question):
        fired.append(1)
        spot = found[:, signs.SIGNS.index("spot")]
        return np.where(spot == spot.max(), 1.0, 0.0)

    monkeypatch.setattr(boxes, "weighed", darkest)

    with pytest.raises(AssertionError):
        a_slip_of_the_pen_is_no_answer(elm)
    assert fired


def dotted(elm) -> tuple:
    """Return what is read where ink dropped into a box."""
    picture, key = elm
    (row,) = [each for each in key.says["rows"] if each["n"] == ADA]
    _value, x, y = row["fields"]["rating"][2]
    at = [round((edge + key.says["box"] / 2) * DRAWN) for edge in (x, y)]
    paper = cv2.circle(picture.copy(), at, 5, (50, 40, 40), -1, cv2.LINE_AA)
    return read(jpeg(paper), key).conversations


def test_a_drop_of_ink_is_no_answer(elm):
    """It does not reach across the box, as what is meant does: somebody is asked."""
    assert dotted(elm) == ()


def test_a_drop_of_ink_would_be_one(elm, monkeypatch):
    """Were it not for how far it reaches, the drop would be somebody's answer."""
    monkeypatch.setattr(boxes, "DOT", 0.0)

    assert len(dotted(elm)) == 1


def test_no_sign_makes_a_box_surer_than_the_end_of_its_range():
    """What was never seen before, ink blacker than black, is no more than the most."""
    known = judge.judge()
    most = known.most[None].astype(np.float32)

    assert known.likely(most * 50) == pytest.approx(known.likely(most), abs=1e-6)


def test_handwriting_on_a_line_is_told(elm):
    """It stays on the paper, and somebody knows at which door to look."""
    picture, key = elm
    x, y, width = key.says["rows"][0]["notes"]
    points = np.array(
        [[x + 5 + 4 * n, y - 3 - 3 * (n % 2)] for n in range(int(width) // 6)]
    )
    noted = picture.copy()
    line = (points * DRAWN).astype(int)
    cv2.polylines(noted, [line], isClosed=False, color=(40, 40, 40), thickness=4)

    assert read(jpeg(picture), key).notes == ()
    assert read(jpeg(noted), key).notes == (1,)


@pytest.mark.parametrize("look_", [Look("a4"), Look(large=True, language="es")])
def test_every_look_of_a_sheet_is_read(look_):
    """A4 and letter, ordinary and large, in both languages."""
    done = sheet([elm_bundle()], look_)
    pictures = drawn(done.pdf)[-len(done.keys) :]
    row = done.keys[0].says["rows"][1]
    mark = [(row["n"], "rating", "7")]

    found = read(jpeg(crossed(pictures[0], done.keys[0], mark)), done.keys[0])

    (event,) = found.conversations
    assert (event["person"], event["answers"]) == (row["person"], {"rating": "7"})


def test_a_sheet_of_an_older_script_is_read_by_its_own_key(elm):
    """The words changed since it was printed: it is recorded under the words on it."""
    picture, key = elm
    newer = sheet([elm_bundle(SCRIPT | {"id": "elm-00000001"})]).keys[0]
    assert newer.code != key.code

    filled = jpeg(crossed(picture, key, [(1, RESULT, "vacant")]))
    (event,) = read(filled, key, newer).conversations

    assert event["script"] == "elm-00000000"


def test_a_filled_sheet_survives_a_scan_as_pdf(elm):
    """A scanner's PDF is read page by page."""
    done = sheet([elm_bundle()])

    (found,) = [
        read_page(seen, done.keys[0])
        for seen in map(look, photos("scan.pdf", done.pdf))
    ]

    assert (found.conversations, found.doubts) == ((), ())
    assert found.boxes == page.read_page(seen_of(done), done.keys[0]).boxes


def seen_of(done):
    """Return the marks of the first page of some sheets."""
    return look(next(iter(photos("again.pdf", done.pdf))))


def test_opencv_is_not_imported_before_paper_is_read():
    """Half a second of every other command, and of the server's start."""
    code = (
        "import sys, groundgame.cli.packet, groundgame.packet, groundgame.flow;"
        "sys.exit('cv2' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
