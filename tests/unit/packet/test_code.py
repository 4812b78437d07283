"""Turf codes: what people type is understood, or refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundgame.errors import BadTurfCode
from groundgame.packet import code


def test_a_code_done_by_hand():
    """Zero is all zeros; the last symbol counts ones, and the first counts 2**35."""
    assert code.make(bytes(5)) == "0000-0000"
    assert code.make((1).to_bytes(5)) == "0000-0001"
    assert code.make((31 * 2**35).to_bytes(5)) == "Z000-0000"


@given(st.binary(min_size=5, max_size=5), st.binary(min_size=5, max_size=5))
def test_different_chance_gives_different_codes(one, other):
    """All 40 bits are in the code, so nothing of the chance is lost."""
    assert (code.make(one) == code.make(other)) == (one == other)


@given(st.binary(min_size=5, max_size=5))
def test_what_is_printed_is_understood(chance):
    """A code that is typed as printed is itself."""
    printed = code.make(chance)

    assert code.normal(printed) == printed
    assert len(printed) == 9


@pytest.mark.parametrize(
    "typed",
    [
        *("7KQ2-MX4P", "7kq2-mx4p", "7kq2mx4p", " 7KQ2 MX4P\n", "7 k q 2 m x 4 p"),
        *("7KQ2\u2013MX4P", "7KQ2--MX4P", "7KQ2.MX4P", "7KQ2_MX4P", "7KQ2\u00a0MX4P"),
    ],
)
def test_case_spaces_and_dashes_do_not_matter(typed):
    """However a thumb types it, it is the code on the sheet."""
    assert code.normal(typed) == "7KQ2-MX4P"


def test_letters_that_look_like_digits_are_digits():
    """O is zero; I and L are one, small or large."""
    assert code.normal("oOiI-lL00") == "0011-1100"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("", "not 0", id="nothing"),
        pytest.param("9KQ2-MX4", "not 7", id="too short"),
        pytest.param("9KQ2-MX4P-1", "not 9", id="too long"),
        pytest.param("7KQ2-MXUP", "without I, L, O, U", id="U"),
        pytest.param("7KQ2-MX4\N{GREEK CAPITAL LETTER RHO}", "only digits", id="rho"),
        pytest.param("7KQ2-MX4\N{ARABIC-INDIC DIGIT FOUR}", "only digits", id="four"),
        pytest.param("ß" * 8, "only digits", id="a letter that grows in capitals"),
        pytest.param("7" * 1_000_000, "not 100", id="a million sevens"),
    ],
)
def test_what_is_no_code_is_refused_in_words(typed, why):
    """The refusal says what a code is and where to look; it repeats nothing."""
    with pytest.raises(BadTurfCode, match=why) as refusal:
        code.normal(typed)

    assert "look again" in str(refusal.value)
    assert typed == "" or typed not in str(refusal.value)


def test_too_little_chance_is_refused():
    """Four bytes would make codes that can be guessed 256 times as fast."""
    with pytest.raises(ValueError, match="5 bytes"):
        code.make(bytes(4))


def test_no_letter_becomes_two():
    """The capital of one sharp s is two letters; four of them are still no code."""
    with pytest.raises(BadTurfCode, match="not 4"):
        code.normal("ß" * 4)
