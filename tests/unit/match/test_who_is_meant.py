"""Whom a row means: nicknames, moves, twins, fathers and sons, people kept secret."""

from datetime import date

import pytest

from groundgame import match
from tests.unit.match.town import listed, outcome, person, town

ELM = {"number": "12", "street": "Elm St", "city": "Elmton", "zip": "69999"}
OAK = {"number": "7", "street": "Oak Ave", "city": "Elmton", "zip": "69999"}
FAR = {"number": "90", "street": "Fir Rd", "city": "Farwick", "zip": "69111"}
HEADER = "first name,last name,suffix,dob,address,city,zip,phone\n"

PEOPLE = [
    person("elm:1", "Robert", "Adams", birth_date=date(1958, 3, 14), **ELM),
    person("elm:2", "Ada", "Adams", birth_date=date(1960, 7, 1), **ELM),
    person("elm:3", "Cleo", "Brooks", birth_date=date(1990, 7, 4), **OAK),
    person("elm:4", "Clive", "Brooks", birth_date=date(1990, 7, 4), **OAK),
    person("elm:5", "John", "Cole", suffix="Sr", birth_date=date(1950, 2, 3), **FAR),
    person("elm:6", "John", "Cole", suffix="Jr", birth_date=date(1979, 9, 9), **FAR),
    person(
        "elm:7",
        "Dora",
        "Duarte",
        birth_date=date(1971, 5, 5),
        phone="+13155550142",
        **OAK,
    ),
    person(
        "elm:8",
        "Emil",
        "Duarte",
        birth_date=date(1969, 1, 8),
        phone="+13155550142",
        **OAK,
    ),
    person(
        "elm:9", "Ida", "Ostrow", birth_date=date(1988, 8, 8), protected=True, **ELM
    ),
    person("elm:10", "Zoë", "Núñez", birth_date=date(1984, 4, 4), **FAR),
]


MEANT = {
    "the same": ("Robert,Adams,,1958-03-14,12 Elm Street,Elmton,69999,", "elm:1"),
    "nickname": ("Bob,Adams,,1958-03-14,12 Elm Street,Elmton,69999,", "elm:1"),
    "moved, nickname": ("Bob,Adams,,1958-03-14,90 Fir Road,Farwick,69111,", "elm:1"),
    "moved in town": ("Robert,Adams,,1958-03-14,3 Ash Ln,Elmton,69999,", "elm:1"),
    "letters exchanged": (
        "Robret,Adams,,1958-03-14,12 Elm St,Elmton,69999,",
        "elm:1",
    ),
    "digits exchanged": ("Robert,Adams,,1985-03-14,12 Elm St,Elmton,69999,", "elm:1"),
    "names exchanged": ("Adams,Robert,,1958-03-14,12 Elm St,Elmton,69999,", "elm:1"),
    "married": ("Ada,Young,,1960-07-01,12 Elm St,Elmton,69999,", "elm:2"),
    "one twin": ("Cleo,Brooks,,1990-07-04,7 Oak Ave,Elmton,69999,", "elm:3"),
    "the other twin": ("Clive,Brooks,,1990-07-04,7 Oak Ave,Elmton,69999,", "elm:4"),
    "Jr": ("John,Cole,Jr.,,90 Fir Rd,Farwick,69111,", "elm:6"),
    "Sr": ("John,Cole,Senior,,90 Fir Rd,Farwick,69111,", "elm:5"),
    "by birth date": ("John,Cole,,1979-09-09,90 Fir Rd,Farwick,69111,", "elm:6"),
    "shared phone": ("Dora,Duarte,,,,,,315-555-0142", "elm:7"),
    "accents": ("Zoe,Nunez,,1984-04-04,90 Fir Rd,Farwick,69111,", "elm:10"),
}


@pytest.fixture(scope="module")
def elm(tmp_path_factory):
    """Return a town of ten, one of them protected."""
    return town(tmp_path_factory.mktemp("elm"), PEOPLE)


@pytest.mark.parametrize(("row", "person_id"), MEANT.values(), ids=MEANT)
def test_a_row_is_linked_to_whom_it_means(elm, tmp_path, row, person_id):
    """What happens to lists does not part a row from its person."""
    links = match.link(listed(tmp_path, HEADER + row + "\n"), elm)

    assert outcome(links) == [("linked", person_id)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("Ida,Ostrow,,1988-08-08,12 Elm St,Elmton,69999,", id="protected"),
        pytest.param("Carl,Adams,,1995-12-24,12 Elm St,Elmton,69999,", id="housemate"),
        pytest.param("Nils,Strand,,1977-07-07,44 Yew Ct,Elmton,69999,", id="stranger"),
        pytest.param(
            "Robert,Quill,,1933-01-02,1 Low Rd,Farwick,69111,", id="first name"
        ),
    ],
)
def test_a_row_that_means_nobody_here_is_unmatched(elm, tmp_path, row):
    """A stranger, a housemate, and whoever is protected are all answered so."""
    links = match.link(listed(tmp_path, HEADER + row + "\n"), elm)

    assert outcome(links) == [("unmatched", None)]
    assert links.candidates.num_rows == 0


def test_two_who_are_equally_likely_are_never_linked(elm, tmp_path):
    """John Cole of 90 Fir Rd is father or son: somebody must look, and sees both."""
    row = "John,Cole,,,90 Fir Rd,Farwick,69111,\n"

    links = match.link(listed(tmp_path, HEADER + row), elm)

    assert [state for state, _ in outcome(links)] == ["review"]
    shown = links.candidates.to_pylist()
    assert {one["person_id"] for one in shown} == {"elm:5", "elm:6"}
    assert all(0.3 < one["probability"] < 0.6 for one in shown)


def test_a_twin_who_is_not_in_the_file_is_not_linked_to_the_one_who_is(elm, tmp_path):
    """Same surname, day, and door, another first name: at most for review."""
    row = "Marta,Adams,,1958-03-14,12 Elm Street,Elmton,69999,\n"

    ((state, _),) = outcome(match.link(listed(tmp_path, HEADER + row), elm))

    assert state in {"review", "unmatched"}


def test_a_voter_id_is_enough_with_a_name_that_agrees(elm, tmp_path):
    """The id links, with or without the layout's name before it."""
    text = "voter id,last name\n2,Adams\nelm:10,Nunez\n"

    links = match.link(listed(tmp_path, text), elm)

    assert outcome(links) == [("linked", "elm:2"), ("linked", "elm:10")]
    assert set(links.links["by"].to_pylist()) == {"voter id"}


def test_a_voter_id_that_belongs_to_somebody_else_is_not_believed(elm, tmp_path):
    """One wrong digit in an id must not make Zoë Núñez of a Robert Adams."""
    text = (
        "voter id,first name,last name,dob,address,zip\n"
        "10,Robert,Adams,1958-03-14,12 Elm St,69999\n"
    )

    assert outcome(match.link(listed(tmp_path, text), elm)) == [("linked", "elm:1")]


def test_the_voter_id_of_somebody_protected_is_a_strangers(elm, tmp_path):
    """Nobody learns from an id that a protected person is in the file."""
    text = "voter id,first name,last name\n9,Ida,Ostrow\n77,Ulf,Ostrow\n"

    links = match.link(listed(tmp_path, text), elm)

    assert outcome(links) == [("unmatched", None), ("unmatched", None)]


def test_reasons_are_said_in_words(elm, tmp_path):
    """A reviewer reads what is the same, and what is not, with the short name."""
    row = "Bob,Adams,,1958-03-14,3 Ash Ln,Elmton,69999,\n"

    links = match.link(listed(tmp_path, HEADER + row), elm)

    (reasons,) = links.links["reasons"].to_pylist()
    assert reasons == (
        "same surname and birth date; first name Bob is a form of Robert; "
        "moved: another address in the same zip code"
    )


def test_a_person_who_is_listed_twice_is_linked_twice(elm, tmp_path):
    """A list of signers names some people twice; both rows mean them."""
    row = "Ada,Adams,,1960-07-01,12 Elm Street,Elmton,69999,\n"

    links = match.link(listed(tmp_path, HEADER + row + row), elm)

    assert outcome(links) == [("linked", "elm:2"), ("linked", "elm:2")]
    assert len(set(links.links["row_id"].to_pylist())) == 2
