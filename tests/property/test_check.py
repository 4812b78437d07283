"""Laws of looking at a file: it is never a crash, whatever the file holds.

And of telephone numbers: what is read in columns is what the package reads one by one.
"""

from unittest import mock

import phonenumbers
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from groundgame.errors import GroundgameError
from groundgame.normal import phone
from groundgame.voterfile import check, first_people, layouts, recognize
from groundgame.voterfile.sample import Sample

LAWS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LAYOUTS = [one for one in layouts() if one.id != "generic"]
MARKS = st.sampled_from([",", "\t", "|", ";"])
cell = st.text(alphabet='aZ09/-. "\n\r\0é', max_size=12) | st.sampled_from(
    ["01/01/1900", "13/13/2013", "20241305", "A", "12:00:00 AM", "0", "x" * 200_000]
)


def known_names(one):
    """Return the names of the columns that a layout reads."""
    return [name for where in one.cells.values() for name in where.every]


@st.composite
def tables(draw):
    """Return a file that looks like one of a layout's, with anything in its cells."""
    one = draw(st.sampled_from(LAYOUTS))
    mark = draw(MARKS) if one.delimiter == "auto" else one.delimiter
    names = list(one.header) or known_names(one)
    names = names[draw(st.integers(0, 3)) :]
    rows = draw(st.lists(st.lists(cell, max_size=4), max_size=4))
    wide = [(row * len(names))[: len(names)] for row in rows]
    lines = wide + draw(st.lists(st.lists(cell, max_size=3), max_size=2))
    if not one.header or draw(st.booleans()):
        lines.insert(0, names)
    return "\n".join(mark.join(line) for line in lines).encode("utf-8", "ignore")


def looked_at(folder, content):
    """Check a file and show its first people; a refusal is an answer, too."""
    path = folder / "file"
    path.write_bytes(content)
    try:
        checked = check(path)
    except GroundgameError:
        return None
    assert all(0 <= match.fit <= 1 for match in checked.matches)
    if checked.best:
        assert first_people(checked.best, 2, 2025) is not None
    return checked


@LAWS
@given(tables() | st.binary(max_size=300))
def test_no_file_can_stop_a_check(tmp_path_factory, content):
    """It is recognized, or not, or refused with a sentence."""
    looked_at(tmp_path_factory.mktemp("f"), content)


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"\0" * 99, b'"', b",", b"\n\n", b'a,b\n"' + b"x" * 300_000],
)
def test_odd_files_cannot_stop_a_check(tmp_path, content):
    """A mark of an encoding alone, only NULs, one quotation mark, one comma."""
    looked_at(tmp_path, content)


def test_a_check_that_forgets_empty_files_does_not_pass(tmp_path):
    """Planted: a file of nothing but a mark of its encoding has a first line."""
    fired = []

    def careless(path):
        fired.append(path.name)
        return Sample(())

    assert looked_at(tmp_path, b"\xff\xfe") is None
    with mock.patch.object(recognize, "sample", careless), pytest.raises(IndexError):
        looked_at(tmp_path, b"\xff\xfe")
    assert fired == ["file"]


SHAPES = st.sampled_from(
    ["{}{}{}", "({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "+1 {} {} {}", "1-{}-{}-{}"]
)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"(?!011)[0-9]{10}", fullmatch=True), SHAPES)
@example("2120112100", "{}{}{}")
def test_plain_numbers_read_as_the_package_reads_them(digits, shape):
    """Ten digits that may be dialled in North America, in any of the usual marks.

    After 011, the number of another country follows.
    """
    text = shape.format(digits[:3], digits[3:6], digits[6:])
    (ours,) = phone.numbers(pl.Series([text]), "US").to_list()
    number = phonenumbers.parse(text, "US")
    theirs = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    # Some islands' own plans are laxer than the continent's
    if phonenumbers.is_valid_number(number) and digits[3] not in "01":
        assert ours == theirs
    assert ours in (None, theirs)
    assert (ours is not None) == (digits[0] in "23456789" and digits[3] in "23456789")


def test_a_rule_that_takes_any_ten_digits_does_not_pass():
    """Planted: the exchange may begin with 0. The law above notices."""
    careless = phone.__dict__["_PLAIN"].replace(r"([2-9]\d\d)", r"(\d\d\d)")
    assert careless != phone.__dict__["_PLAIN"]

    with mock.patch.object(phone, "_PLAIN", careless):
        assert phone.numbers(pl.Series(["3150550142"])).to_list() == ["+13150550142"]
    assert phone.numbers(pl.Series(["3150550142"])).to_list() == [None]


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("020 7946 0958", "GB", "+442079460958"),
        ("+44 20 7946 0958", "US", "+442079460958"),
        ("1-340-793-8245x2339", "US", "+13407938245"),
        ("555-0142", "US", None),
        ("call me", "US", None),
        ("9" * 200, "US", None),
        ("0112100000", "US", None),
        ("011 44 20 7946 0958", "US", "+442079460958"),
    ],
)
def test_numbers_that_need_a_closer_look(text, country, number):
    """Other countries, extensions, too short, no number at all."""
    assert phone.numbers(pl.Series([text]), country).to_list() == [number]
