"""What phones seal, the server opens; what was tampered with stays shut."""

import base64
from time import perf_counter

import pytest

from groundgame.canvass import box
from tests.unit.canvass.logs import cases

CASES = cases("box")
PRIVATE = base64.urlsafe_b64decode(CASES["private"] + "=")
KEYS = {CASES["seal"]["key"]: PRIVATE}


def ids(case):
    """Name a case."""
    return case["name"]


@pytest.mark.parametrize("case", CASES["opens"], ids=ids)
def test_a_box_opens_whoever_sealed_it(case):
    """Two implementations of RFC 9180 sealed them, and what lay in them comes out."""
    assert box.unsealed(case["entry"], KEYS) == case["holds"]


@pytest.mark.parametrize("case", CASES["shut"], ids=ids)
def test_a_box_that_was_tampered_with_stays_shut(case):
    """Another label or another letter: it does not open, and does not crash."""
    assert isinstance(box.unsealed(case["entry"], KEYS), box.Shut)


def test_another_key_opens_nothing():
    """Neither a stranger's key under its own name, nor one under this name."""
    entry = CASES["opens"][0]["entry"]
    other = box.new_key()

    for keys in ({}, {box.name_of(box.public_of(other)): other}, {entry["key"]: other}):
        assert isinstance(box.unsealed(entry, keys), box.Shut)


def test_a_key_is_called_after_its_public_half():
    """The phone is told the name that the server knows."""
    assert box.name_of(box.public_of(PRIVATE)) == CASES["seal"]["key"]
    assert box.public_of(PRIVATE)[:1] == b"\x04"


def test_an_evening_of_boxes_opens_at_once():
    """A thousand phones sync at nine: a box takes well under a millisecond."""
    entry = CASES["opens"][0]["entry"]
    times = []
    for _ in range(200):
        begun = perf_counter()
        box.unsealed(entry, KEYS)
        times.append(perf_counter() - begun)

    assert sorted(times)[100] < 0.001
