"""Laws of the normal form: one door, one id; two doors, two ids; stable."""

from dataclasses import dataclass, replace

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from groundgame.normal import address, streets, units

HEADINGS = {"": [""], "N": ["N", "North", "N."], "SE": ["SE", "S.E.", "Southeast"]}
TYPES = {
    "ST": ["St", "STREET", "str."],
    "AVE": ["Ave.", "avenue", "AV"],
    "RD": ["Road", "RD"],
    "": [""],
}
NAMES = {
    "ELM": ["Elm", "ELM"],
    "SAINT JOHN": ["St. John", "SAINT JOHN", "st john"],
    "21": ["21st", "TWENTY-FIRST", "Twenty First"],
    "PENA": ["Peña", "PENA"],
    "ODELL": ["O'Dell", "ODELL"],
    "MARTIN LUTHER KING": ["Martin Luther King", "MLK", "M.L. King", "Dr. M L King Jr"],
    "OAK GROVE": ["Oak Grove", "OAK-GROVE"],
}
NUMBERS = {
    "12": ["12", "0012", " 12"],
    "12A": ["12A", "12 a", "12-A"],
    "12 1/2": ["12 1/2", "12½", "12  1/2"],
    "221-31": ["221-31", "221 - 31"],
    "22131": ["22131"],
    "N6W23001": ["N6W23001", "n6w23001"],
}
UNITS = {
    "": ["", "  "],
    "2B": ["2B", "Apt. 2-B", "# 2 b", "Unit 2B", "STE 2B", "apt 02B"],
    "4": ["4", "#4", "No. 4", "Apartment 004"],
    "LOT 4": ["Lot 4", "LOT #4"],
    "FL 4": ["Floor 4", "4th Floor", "FL 4", "Fourth Floor"],
    "REAR": ["Rear", "REAR."],
    "PMB 4": ["PMB 4", "The UPS Store #4", "PMB #4"],
}
ZIPS = {"69999": ["69999", "69999-1234", "699991234"], "01234": ["01234", "1234"]}
WAYS = {
    "number": NUMBERS,
    "heading": HEADINGS,
    "name": NAMES,
    "type": TYPES,
    "unit": UNITS,
    "zip": ZIPS,
}


@dataclass(frozen=True)
class Door:
    """A door by its parts, each in one way of many."""

    number: str
    heading: str
    name: str
    type: str
    unit: str
    zip: str


LAW = settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
SOME = 60  # doors at a time: reading one costs as much as reading a thousand
doors = st.builds(
    Door, **{part: st.sampled_from([*ways]) for part, ways in WAYS.items()}
)
towns = st.lists(doors, min_size=SOME, max_size=SOME)
chances = st.randoms(use_true_random=False)


def spelled(door, chance):
    """Write a door in some way."""
    word = {
        part: chance.choice(ways[getattr(door, part)]) for part, ways in WAYS.items()
    }
    space = chance.choice([" ", "  "])
    street = space.join(filter(None, (word["heading"], word["name"], word["type"])))
    return {
        "number": word["number"],
        "street": chance.choice([street, street.upper()]),
        "unit": word["unit"],
        "city": "Elmton",
        "zip": word["zip"],
    }


def read(*rows, known=None):
    """Take rows apart."""
    frame = pl.DataFrame(rows, schema=dict.fromkeys(address.PARTS, pl.String))
    return address.doors(frame, known).to_dicts()


@LAW
@given(towns, chances)
def test_two_spellings_of_a_door_meet(town, chance):
    """However two clerks write one door, it is one door, in one building."""
    one = read(*(spelled(door, chance) for door in town))
    other = read(*(spelled(door, chance) for door in town))

    for each, again in zip(one, other, strict=True):
        assert each["door_id"] == again["door_id"] is not None
        assert each["building_id"] == again["building_id"]


@LAW
@given(towns, chances)
def test_different_doors_never_meet(town, chance):
    """Doors that differ in any part have two ids; the units of a house one building."""
    town = [replace(door, unit=unit) for door in town[:20] for unit in UNITS]
    found = read(*(spelled(door, chance) for door in town))
    houses = {replace(door, unit="") for door in town}

    assert len({each["door_id"] for each in found}) == len({*town})
    assert len({each["building_id"] for each in found}) == len(houses)


@LAW
@given(towns, chances)
def test_the_normal_form_is_stable(town, chance):
    """What we show, read again, is the same door: an export can be imported."""
    shown = read(*(spelled(door, chance) for door in town))
    again = read(*({part: each[part] for part in address.PARTS} for each in shown))

    assert [e["door_id"] for e in again] == [e["door_id"] for e in shown]


@LAW
@given(towns, chances)
def test_what_was_read_before_changes_nothing(town, chance):
    """A worker with a memory answers as one without, batch by batch."""
    known = address.Spellings()
    rows = [spelled(door, chance) for door in town]

    assert read(*rows[:9], known=known) + read(*rows[9:], known=known) == read(*rows)


@LAW
@given(st.lists(st.tuples(*[st.text(max_size=60)] * 3), min_size=20, max_size=50))
def test_no_text_stops_it(texts):
    """Whatever stands in a cell, there is a door or none, and ids are 20 hex digits."""
    found = read(*({"number": "1", "street": s, "unit": u} for s, u, _ in texts))
    parts = address.split(pl.Series([line for *_, line in texts]))

    assert {len(each["door_id"] or " " * 20) for each in found} == {20}
    assert parts.height == len(texts)


@pytest.mark.parametrize(
    ("module", "name", "planted", "law"),
    [
        pytest.param(
            *(streets, "_TELLING", "^$", test_two_spellings_of_a_door_meet),
            id="roads of several words are left as they are",
        ),
        pytest.param(
            *(units, "NOTHING", "APT", test_two_spellings_of_a_door_meet),
            id="UNIT tells one unit from another",
        ),
        pytest.param(
            *(
                units,
                "NOTHING",
                f"{units.NOTHING}|LOT",
                test_different_doors_never_meet,
            ),
            id="LOT says nothing",
        ),
        pytest.param(
            *(
                streets,
                "DIRECTIONS",
                {"N": "", "SE": ""},
                test_different_doors_never_meet,
            ),
            id="directions are lost",
        ),
    ],
)
def test_a_planted_bug_is_caught(monkeypatch, module, name, planted, law):
    """Each law fails where a rule is taken away, and where there is one too many."""
    monkeypatch.setattr(module, name, planted)

    with pytest.raises(AssertionError):
        law()
