"""The normal form of names: accents, particles, suffixes, and short forms."""

import polars as pl
import pytest

from groundgame.normal import names
from groundgame.normal.nicknames import canonical, nicknames


def one(form, text):
    """Return what a form makes of one text."""
    return pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(
        form(pl.col("text"))
    )[0, 0]


@pytest.mark.parametrize(
    ("text", "plain", "key"),
    [
        ("Muñoz", "MUNOZ", "MUNOZ"),
        ("O\u2019Dell", "ODELL", "ODELL"),
        ("o'dell", "ODELL", "ODELL"),
        ("Smith-Jones", "SMITH JONES", "SMITHJONES"),
        ("De La  Cruz", "DE LA CRUZ", "DELACRUZ"),
        ("Łukasz", "LUKASZ", "LUKASZ"),
        ("Großmann", "GROSSMANN", "GROSSMANN"),
        ("J. R.", "J R", "JR"),
        (" - ", None, None),
        (None, None, None),
    ],
)
def test_plain_and_key(text, plain, key):
    """Accents and marks go; particles are joined in the key only."""
    assert one(names.plain, text) == plain
    assert one(names.key, text) == key


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("Jr.", "JR"), ("junior", "JR"), ("3rd", "III"), ("iv", "IV"), ("Vega", None)],
)
def test_a_suffix_has_one_form(text, suffix):
    """Jr., JR and junior are one; a name is none."""
    assert one(names.suffix, text) == suffix


def test_a_suffix_behind_a_name_is_found():
    """In the last name or the first, but not where it is all there is."""
    people = pl.DataFrame(
        {
            "first_name": ["Ana", "Ben III", "Cy", None],
            "last_name": ["Dell Jr.", "Dell", "V", "Sr"],
            "suffix": [None, None, "2nd", None],
        }
    )

    found = names.parts(people)

    assert found["last"].to_list() == ["DELL", "DELL", "V", "SR"]
    assert found["suffix"].to_list() == ["JR", "III", "II", None]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dell, Ana M, Jr", ("ANA", "M", "DELL", "JR")),
        ("Ana Maria De La Cruz", ("ANA", "MARIA", "DE LA CRUZ", None)),
        ("Dr. José Smith-Jones III", ("JOSE", None, "SMITH JONES", "III")),
        ("DELL JR, ANA", ("ANA", None, "DELL", "JR")),
        ("Ana", ("ANA", None, None, None)),
        ("", (None, None, None, None)),
    ],
)
def test_a_name_in_one_cell(text, parts):
    """With a comma the last name leads, without it ends the name."""
    frame = pl.DataFrame({"text": [text]})
    first, middle, last, suffix = names.whole(pl.col("text"))
    found = frame.select(first=first, middle=middle, last=last, suffix=suffix).row(0)

    assert found == parts


def test_short_forms_go_both_ways():
    """Bill may be William and William Bill; Bill and Billy share William."""
    pairs = {(name, other) for name, other, _ in nicknames().rows()}
    direct = nicknames().filter(~pl.col("through"))

    assert {("BILL", "WILLIAM"), ("WILLIAM", "BILL")} <= {*direct.rows()} | pairs
    assert all((other, name) in pairs for name, other in pairs)
    assert not any(name == other for name, other in pairs)
    assert canonical()["name"].is_unique().all()
