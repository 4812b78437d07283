"""What becomes of the odd addresses of voter files: grids, boxes, routes, complexes."""

from hashlib import md5

import polars as pl
import pytest

from groundgame.normal import address, kinds


def read(**parts):
    """Take one address apart, in Elmton unless it says otherwise."""
    row = {"city": "Elmton", "zip": "69999"} | parts
    schema = dict.fromkeys((*address.PARTS, "state"), pl.String)
    return address.doors(pl.DataFrame([row], schema=schema)).to_dicts()[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("County Road 9", "CR 9"),
        ("CO RD 9", "Cnty. Road No. 9"),
        ("State Route 9", "SR 9"),
        ("State Highway 9", "ST RTE 9"),
        ("U.S. Highway 30", "US 30"),
        ("US Route No. 30", "US HWY 30"),
        ("Farm to Market Road 45", "FM 45"),
        ("Avenida Ponce de Leon", "AVE PONCE DE LEON"),
        ("N.E. 5th Street", "NORTHEAST FIFTH ST"),
        ("Elm St. S. W.", "Elm Street Southwest"),
        ("North Broadway", "N BROADWAY"),
        ("Twenty-First Avenue", "21ST AVE"),
        ("Dr. Martin Luther King Jr. Blvd", "MLK BLVD"),
        ("Peña Ct", "PENA COURT"),
    ],
)
def test_two_names_of_a_road(one, other):
    """Routes, ordinals, directions and Spanish types have one normal form."""
    assert (
        read(number="12", street=one)["door_id"]
        == read(number="12", street=other)["door_id"]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Calle 5", "Calle 6"),
        ("CR 9", "SR 9"),
        ("Avenue N", "Avenue S"),
        ("North West Street", "NW Street"),
        ("Highway 9", "US Highway 9"),
        ("E Street", "East Elm Street"),
        ("1st Street", "1st Avenue"),
    ],
)
def test_roads_that_are_two(one, other):
    """Nothing is merged that a town may have twice."""
    assert (
        read(number="12", street=one)["door_id"]
        != read(number="12", street=other)["door_id"]
    )


@pytest.mark.parametrize(
    "spelled",
    [
        {"street": "RR 2 BOX 17"},
        {"street": "Rural Route 2, Box 17"},
        {"street": "R.R. #2 Box 017"},
        {"street": "RFD 2 BOX 17"},
        {"street": "Route 2 Box 17"},
        {"street": "RR 2", "unit": "Box 17"},
    ],
)
def test_a_rural_box_is_a_door(spelled):
    """However the route and its box are written, and in whichever cells."""
    found = read(**spelled)

    assert found["door_id"] == read(street="RR 2 BOX 17")["door_id"] is not None
    assert (found["kind"], found["number"]) == ("rural box", None)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"street": "Elm St", "unit": "PMB 4"}, "mailbox"),
        ({"street": "Elm St", "unit": "The UPS Store #4"}, "mailbox"),
        ({"street": "PO Box 5", "number": None}, "mailbox"),
        ({"street": "HC 1 Box 3", "number": None}, "rural box"),
        ({"street": "College St", "unit": "Smith Residence Hall 5"}, "dormitory"),
        ({"street": "Oak Rd", "unit": "Elm Nursing Center"}, "care home"),
        ({"street": "Oak Rd", "unit": "Elm Rescue Mission"}, "shelter"),
        ({"street": "Nursery Rd"}, None),
        ({"street": "Hall Ave"}, None),
    ],
)
def test_words_say_what_kind_of_door_it_is(parts, kind):
    """Only whole words count: a nursery is no nursing home."""
    assert read(**({"number": "12"} | parts))["kind"] == kind


def test_crowded_doors_are_listed_for_somebody_to_decide():
    """Thirteen at one door without a unit; units, small doors, protected people not."""
    doors = pl.DataFrame(
        {
            "door_id": ["a", "b", "c"],
            "unit": [None, "2", None],
            "address": ["1 Elm St", "2 Elm St #2", "3 Elm St"],
            "kind": [None, None, None],
        },
        schema=dict.fromkeys(("door_id", "unit", "address", "kind"), pl.String),
    )
    people = pl.DataFrame(
        {
            "door_id": ["a"] * 13 + ["b"] * 13 + ["c"] * 13,
            "protected": [False] * 26 + [True] * 13,
        }
    )

    assert kinds.crowded(doors, people).to_dicts() == [
        {"door_id": "a", "address": "1 Elm St", "kind": None, "people": 13}
    ]
    assert kinds.crowded(doors, people, more_than=13).is_empty()


@pytest.mark.parametrize(
    ("parts", "text", "building"),
    [
        ({"number": "12", "street": "Elm Street"}, "12|ELM ST|69999", None),
        (
            {"number": "012", "street": "elm st", "unit": "Apt. 2-b"},
            "12|ELM ST|69999|2B",
            "12|ELM ST|69999",
        ),
        (
            {"number": "12", "street": "Elm St", "zip": None, "state": "NY"},
            "12|ELM ST|ELMTON, NY",
            None,
        ),
        ({"number": "12", "street": "Elm St", "zip": None}, "12|ELM ST|ELMTON", None),
        (
            {"street": "Rose Cottage, Elm Lane", "zip": "el1 2mt"},
            "|ROSE COTTAGE ELM LN|EL1 2MT",
            None,
        ),
    ],
)
def test_anybody_can_make_the_id(parts, text, building):
    """An id is the start of the MD5 of a text that can be written by hand."""
    found = read(**parts)

    assert found["door_id"] == md5(text.encode()).hexdigest()[:20]  # noqa: S324  # a name, not a secret
    assert found["building_id"] == md5((building or text).encode()).hexdigest()[:20]  # noqa: S324  # the same


def test_other_columns_may_be_missing():
    """A list with streets and numbers only is enough; without a number is no door."""
    frame = pl.DataFrame({"number": ["1", None], "street": ["Elm St", "Elm St"]})

    assert address.doors(frame)["door_id"].is_not_null().to_list() == [True, False]
