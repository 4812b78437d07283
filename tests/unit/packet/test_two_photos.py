"""Two photographs of one page: what is clear in either counts, and once."""

import pytest

from groundgame.packet.layout import RESULT
from groundgame.packet.reading import look, page, photos, read_page, together
from tests.unit.packet.elm import elm_bundle
from tests.unit.packet.hand import FAINT, crossed, jpeg, printed


@pytest.fixture(scope="module")
def elm():
    """Elm's one page as a picture, and its key."""
    (found,) = printed(elm_bundle())
    return found


def read(photo: bytes, key):
    """Return what is read on a photograph."""
    (picture,) = photos("sheet.jpg", photo)
    return read_page(look(picture), key)


def test_what_one_photograph_shows_clearly_is_in_doubt_no_longer(elm):
    """Faint in one, clear in the other: once, and sure."""
    picture, key = elm
    mark = [(1, RESULT, "vacant")]
    faint = read(jpeg(crossed(picture, key, mark, dark=FAINT)), key)
    clear = read(jpeg(crossed(picture, key, mark)), key)
    assert (len(faint.doubts), faint.conversations) == (1, ())

    (both,) = together([faint, clear])

    assert both.doubts == ()
    assert both.conversations == clear.conversations


def filled_in_between(elm):
    """Return what comes of a page photographed before a row was filled, and after."""
    picture, key = elm
    before = crossed(picture, key, [(1, RESULT, "vacant")])
    after = crossed(before, key, [(2, RESULT, "moved"), (2, "support", "1")])
    after = crossed(after, key, [(2, "rating", "3")], dark=FAINT)
    (both,) = together([read(jpeg(before), key), read(jpeg(after), key)])
    return both


def test_a_row_filled_in_after_the_first_photograph_is_not_lost(elm):
    """The first shows clearly that it is empty, and settles no doubt about it."""
    both = filled_in_between(elm)

    assert [each.row["n"] for each in both.doubts] == [2]
    assert [each["seq"] for each in both.conversations] == [1]


def test_a_photograph_that_settles_every_doubt_is_caught(elm, monkeypatch):
    """Did any clear row do, whoever marked the second row would have said nothing."""
    fired = []
    monkeypatch.setattr(
        page, "_settles", lambda other, _: fired.append(1) or not other.doubts
    )

    assert filled_in_between(elm).doubts == ()
    assert fired


def test_a_second_mark_after_the_first_photograph_is_a_doubt(elm):
    """Who was told two things on two evenings is asked; neither counts by itself."""
    picture, key = elm
    one = crossed(picture, key, [(1, RESULT, "vacant")])
    two = crossed(one, key, [(1, RESULT, "not_home")])

    (both,) = together([read(jpeg(one), key), read(jpeg(two), key)])

    assert [each.row["n"] for each in both.doubts] == [1]
    assert both.conversations == ()


def test_two_photographs_that_differ_are_both_kept(elm):
    """One id with two contents, which the log sets aside for an organizer."""
    picture, key = elm
    one, two = (
        read(jpeg(crossed(picture, key, [(1, RESULT, value)])), key)
        for value in ("vacant", "not_home")
    )

    (both,) = together([one, two])

    assert len(both.conversations) == 2
    assert len({each["id"] for each in both.conversations}) == 1
