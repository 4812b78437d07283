"""The normal form of an address: what is one door, and what is two."""

import polars as pl
import pytest

from groundgame.normal import address


def door(number="12", street="Elm Street", unit=None, city="Elmton", zip_="69999"):
    """Return one address, taken apart and given its ids."""
    parts = {"number": number, "street": street, "unit": unit, "city": city}
    frame = pl.DataFrame(
        [parts | {"zip": zip_}], schema=dict.fromkeys(address.PARTS, pl.String)
    )
    return address.doors(frame).to_dicts()[0]


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param({"street": "ELM ST"}, id="capitals and a short type"),
        pytest.param({"street": " elm   street "}, id="spaces"),
        pytest.param({"street": "Elm St."}, id="a dot"),
        pytest.param({"number": "012"}, id="a zero before the number"),
        pytest.param({"zip_": "69999-1234"}, id="nine digits"),
        pytest.param({"city": "ELMTON TWP"}, id="another name of the city, same zip"),
        pytest.param({"unit": "  "}, id="a unit of spaces"),
    ],
)
def test_spellings_of_one_door(spelled):
    """However a clerk types it, the address has the same id."""
    assert door(**spelled)["door_id"] == door()["door_id"]


@pytest.mark.parametrize(
    "unit", ["2B", "Apt 2B", "APT. 2B", "#2b", "# 2 B", "Unit 2-B"]
)
def test_a_unit_is_the_same_whatever_it_is_called(unit):
    """'Apt.', 'APT', 'Unit' and '#' say nothing; spaces and hyphens neither."""
    assert door(unit=unit)["door_id"] == door(unit="2B")["door_id"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"number": "14"}, id="number"),
        pytest.param({"number": "12 1/2"}, id="half number"),
        pytest.param({"number": "12A"}, id="letter"),
        pytest.param({"street": "Elm Avenue"}, id="type"),
        pytest.param({"street": "N Elm Street"}, id="direction"),
        pytest.param({"unit": "1"}, id="unit"),
        pytest.param({"unit": "Lot 1"}, id="lot"),
        pytest.param({"zip_": "69998"}, id="zip"),
    ],
)
def test_what_makes_two_doors(other):
    """Each part of an address tells doors apart."""
    assert door(**other)["door_id"] != door()["door_id"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Elm Street", "N ELM ST"),
        ("217th Street", "217 ST"),
        ("First Avenue", "1st Ave"),
        ("Elm Street Northwest", "ELM ST NW"),
        ("County Road 9", "CO RD 9"),
        ("O'Dell Lane", "ODELL LN"),
        ("Francis-Lewis Boulevard", "FRANCIS LEWIS BLVD"),
    ],
)
def test_streets_that_are_one_street(one, other):
    """The Postal Service's short forms and the long ones are one name."""
    assert door(street=one)["door_id"] == door(street=other)["door_id"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("North Street", "N Street"), ("8th Street", "8th Avenue"), ("E 7 St", "W 7 St")],
)
def test_streets_that_are_two_streets(one, other):
    """A street that is named North is not the one that is named N."""
    assert door(street=one)["door_id"] != door(street=other)["door_id"]


@pytest.mark.parametrize(
    ("line", "number", "street", "unit"),
    [
        ("795 JOHNSON CLUB APT. 394", "795", "Johnson Clb", "394"),
        ("7292  JUAN LOCKS  SUITE 970", "7292", "Juan Lcks", "970"),
        ("33858 VINCENT SHORE", "33858", "Vincent Shr", None),
        ("12 1/2 ELM ST # 4", "12 1/2", "Elm St", "4"),
        ("221-31 114TH AVENUE", "221-31", "114th Ave", None),
        ("100 SPACE CENTER BLVD", "100", "Space Center Blvd", None),
        ("9 FRONT ST", "9", "Front St", None),
        ("9 FRONT ST REAR", "9", "Front St", "Rear"),
        ("5 OAK LN LOT 7", "5", "Oak Ln", "Lot 7"),
    ],
)
def test_one_line_is_taken_apart(line, number, street, unit):
    """An address in one cell comes to the same parts as one in several."""
    parts = address.split_line(pl.col("line"))
    cells = pl.DataFrame({"line": [line]}).select(
        number=parts[0], street=parts[1], unit=parts[2]
    )
    found = address.doors(
        cells.with_columns(city=pl.lit("Elmton"), zip=pl.lit("69999"))
    ).to_dicts()[0]

    assert (found["number"], found["street"], found["unit"]) == (number, street, unit)


def test_a_hyphened_number_stays_whole():
    """In Queens 221-31 is a number; 22131 and 221 31 are others."""
    assert door(number="221-31")["number"] == "221-31"
    assert door(number="221 - 31")["door_id"] == door(number="221-31")["door_id"]
    assert door(number="22131")["door_id"] != door(number="221-31")["door_id"]


def test_a_street_without_a_number_is_no_door():
    """All who live 'on Elm Street' are not one household; a rural box is."""
    assert door(number=None)["door_id"] is None
    assert door(street=None)["door_id"] is None
    assert door(number=None, street="RR 2 Box 14")["door_id"] is not None


def test_the_id_of_an_address_never_changes():
    """A later release that changes ids would orphan everything people told us."""
    assert door()["door_id"] == "ce12354b42cc338c17d5"
