"""Each method on a street small enough to do by hand."""

import pytest

from tests.unit.voterfile.places.town import doors, found, north, point

EVEN = [point(n, north=5.0 * n) for n in (2, 4, 8, 12)]  # 5 m a number
ODD = [point(n, north=5.0 * n, east=20.0) for n in (1, 5, 11)]


def test_a_door_lies_between_its_neighbours_on_its_own_side(tmp_path):
    """Number 6 is half way from 4 to 8, and not on the odd side."""
    (six,) = found(tmp_path, doors(6), *EVEN, *ODD)

    assert six["placed_by"] == "interpolation"
    assert north(six) == pytest.approx(30, abs=0.1)
    assert six["lon"] == pytest.approx(-101.6, abs=1e-7)
    assert 5 <= six["meters"] <= 20


def test_where_its_side_is_not_known_the_other_one_will_do(tmp_path):
    """All known numbers are even; 7 lies between 4 and 8 all the same."""
    (seven,) = found(tmp_path, doors(7), *EVEN)

    assert north(seven) == pytest.approx(35, abs=0.1)


def test_a_little_past_the_last_number_is_a_little_further_on(tmp_path):
    """14 comes after 12 in the direction of the street; 40 is too far to guess."""
    fourteen, forty = found(tmp_path, doors(14, 40), *EVEN)

    assert fourteen["placed_by"] == "interpolation"
    assert north(fourteen) == pytest.approx(70, abs=1)
    assert forty["placed_by"] == "street"
    assert north(forty) == pytest.approx(60, abs=0.1)


def test_a_hyphened_number_is_a_block_and_a_lot(tmp_path):
    """221-31 lies in the block of 221-29 and 221-35, one third of the way."""
    lines = [
        point("221-29", north=100),
        point("221-35", north=130),
        point("222-01", north=200),
        point("222-07", north=230),
    ]
    inside, corner, block = found(tmp_path, doors("221-31", "221-41", "22131"), *lines)

    assert north(inside) == pytest.approx(110, abs=0.1)
    assert north(corner) == pytest.approx(160, abs=0.1)  # 5 m a lot, six lots on
    assert north(block) == pytest.approx(110, abs=0.1)


def test_a_number_written_without_its_hyphen_is_found(tmp_path):
    """The Postal Service takes 22129 for 221-29."""
    lines = [point("221-29", north=100), point("221-35", north=130)]
    (door,) = found(tmp_path, doors("22129"), *lines)

    assert (door["placed_by"], round(north(door))) == ("spelling", 100)


def test_elsewhere_a_range_is_a_house_at_its_first_number(tmp_path):
    """12-14 Elm St takes two lots; it is no 14th lot of a block 12."""
    (door,) = found(tmp_path, doors("6-8"), *EVEN)

    assert north(door) == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize(
    ("street", "method"),
    [
        pytest.param("Elm Street", "address point", id="its normal form"),
        pytest.param("Elm", "spelling", id="no type"),
        pytest.param("N Elm St", "spelling", id="a direction too many"),
        pytest.param("Elm Ave", "spelling", id="another type, and the very number"),
        pytest.param("Elmm St", "zip", id="too short a name to have a letter wrong"),
        pytest.param("Birch St", "zip", id="another street"),
    ],
)
def test_a_spelling_is_corrected_only_where_it_is_clear(tmp_path, street, method):
    """Better no place than another street's."""
    (door,) = found(tmp_path, doors(4, street=street), *EVEN)

    assert door["placed_by"] == method


def test_one_letter_of_a_longer_name_may_be_wrong(tmp_path):
    """Jamacia is Jamaica; but 217th is not 218th."""
    lines = [point(4, "Jamaica Ave", north=20), point(4, "217th St", north=90)]
    (name,) = found(tmp_path, doors(4, street="Jamacia Ave"), *lines)

    assert (name["placed_by"], round(north(name))) == ("spelling", 20)


@pytest.mark.parametrize(
    ("street", "method"),
    [
        ("100th Avneue", "spelling"),  # two letters exchanged
        ("100th Aveneu", "spelling"),
        ("100th Avenues", "spelling"),
        ("100th Street", None),  # which is another one
        ("100th Stret", None),
        ("101th Avneue", None),
        ("100th Avanew", None),  # two letters
        ("Oak Hillw", None),  # Hill or Hills
        ("Lake Pointe", None),  # there is a Lake Road, and perhaps a Lake Pointe
    ],
)
def test_one_letter_of_a_type_may_be_wrong(tmp_path, street, method):
    """All else is right, and one type only can be meant."""
    points = [
        point(4, street=name)
        for name in ("100th Ave", "100th Rd", "Oak Hill", "Oak Hills", "Lake Rd")
    ]
    four = found(tmp_path, doors(4, street=street), *points, coarsest="spelling")[0]
    assert four["placed_by"] == method


def test_digits_of_a_name_must_be_right(tmp_path):
    """217th and 218th are two streets, however alike they look."""
    (door,) = found(tmp_path, doors(4, street="218th St"), point(4, "217th St"))

    assert door["placed_by"] == "zip"
    assert door["reason"] == "no street of this name in 69999"


def test_a_mistaken_type_counts_only_with_the_very_number(tmp_path):
    """There may well be an Elm Avenue that is not on the list."""
    (door,) = found(tmp_path, doors(6, street="Elm Ave"), *EVEN)

    assert door["placed_by"] == "zip"
    assert door["reason"] == "no street of this name in 69999"


def test_two_streets_that_it_may_mean_are_named(tmp_path):
    """Somebody who knows the town can decide; a program cannot."""
    lines = [point(4, "Elm St"), point(4, "Elm Ave", east=400)]
    (door,) = found(tmp_path, doors(4, street="Elm"), *lines)

    assert door["reason"] == "it may mean Elm Ave and Elm St in 69999"


def test_a_number_far_beyond_the_street_has_no_place(tmp_path):
    """It is a mistake or another street; the reason says what is known."""
    (door,) = found(tmp_path, doors(9999), *EVEN)

    assert door["lon"] is None
    assert door["reason"] == (
        "number 9999 is far beyond the street, which is known from 2 to 12"
    )


def test_points_far_apart_place_nothing_by_any_method(tmp_path):
    """Two Elm Streets in one zip code: the wrong one is worse than none."""
    (door,) = found(tmp_path, doors(4), *EVEN, point(4, north=900))

    assert door["lon"] is None
    assert door["reason"] == "its address points lie far apart"


def test_a_street_in_another_zip_code_of_the_town_is_the_same_street(tmp_path):
    """Mail is sorted by other lines than towns are."""
    (door,) = found(tmp_path, doors(6, zip_code="11111"), *EVEN)

    assert door["placed_by"] == "interpolation"


def test_a_house_without_a_readable_number_is_put_in_the_middle(tmp_path):
    """By its street: as far off as the street is long."""
    (door,) = found(tmp_path, doors("A"), *EVEN)

    assert door["placed_by"] == "street"
    assert 20 <= north(door) <= 40
    assert door["reason"] == "the address has no house number that can be read"


def test_nothing_coarser_is_tried_than_was_asked_for(tmp_path):
    """An import takes exact matches only; the reason is there all the same."""
    exact, six = found(tmp_path, doors(4, 6), *EVEN, coarsest="address point")

    assert (exact["placed_by"], exact["reason"]) == ("address point", None)
    assert (six["placed_by"], six["lon"]) == (None, None)
    assert six["reason"] == "the street is known, but not this number"


def test_an_address_without_zip_code_or_town_is_found_where_points_say_neither(
    tmp_path,
):
    """A list of one county often says neither."""
    line = point(4, city="", zip="")
    (door,) = found(tmp_path, doors(4, city=None, zip_code=None), line)

    assert door["placed_by"] == "address point"
