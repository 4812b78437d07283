"""The promise: who is protected or suppressed is in no count, list, share or ladder.

Each rule below tries to reach behind it. The planted bugs at the end are the ways in
which the promise could be broken, and the same check catches each.
"""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import universe
from groundgame.universe import electorate, question
from groundgame.universe.electorate import doors
from tests.unit.universe import elm

OUT = pa.array(["elm:eli", "d2"])
LISTS = {
    "all of them": [row["person_id"] for row in elm.PEOPLE_ROWS],
    "only those": ["elm:ida", "elm:eli", "elm:cyd"],
    "their doors": pa.table({"door_id": ["d1", "d2", "d3"]}),
}
IDS = LISTS["all of them"]
GIVEN = universe.Given(
    suppressed=OUT,
    lists={**LISTS, "nobody": []},
    areas={
        "everywhere": universe.read_area(
            '{"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], '
            "[-180, 90]]]}"
        )
    },
    universes={"everybody": universe.parse("everyone")},
    earlier={
        "then": pa.table({"person_id": IDS, "door_id": ["x"] * 9, "party": ["x"] * 9})
    },
    scores=pa.table({"person_id": IDS, "score": ["turnout"] * 9, "value": [1.0] * 9}),
    attempts=pa.table(
        {
            "door_id": ["d1", "d2"],
            "person_id": ["elm:ida", None],
            "attempts": [1, 1],
            "last_result": ["refused", "canvassed"],
            "last_day": pa.nulls(2, pa.date32()),
            "position": [1, 2],
        }
    ),
    answers=pa.table(
        {"person_id": IDS, "question": ["support"] * 9, "answer": ["x"] * 9}
    ),
)
ATTACKS = [
    "everyone",
    "everyone or not everyone",
    "not (party = DEM and not party = DEM)",
    "not not everyone",
    "age >= 0 or age is missing",
    "status in (active, inactive, pending, removed, unknown)",
    'on list "all of them"',
    'on list "only those"',
    'on list "their doors" or everyone',
    'not on list "nobody"',
    "random 100% of people seed 1 or random 100% of doors seed 1",
    "never voted or voted in any election",
    "voted in all of the last 4 generals",
    "a door where somebody is everyone or not a door where somebody is everyone",
    'a door where somebody is on list "only those" or everyone',
    "a building with at least 1 doors or everyone",
    "random 99 people seed 1 among everyone or random 99 doors seed 1 among everyone",
    "random 100% of each precinct seed 1 among everyone",
    "start with party = GRN, add everyone, narrow to random 100 people seed 1",
    'in universe "everybody" or not in universe "everybody"',
    'moved since snapshot "then" or new since snapshot "then" or everyone',
    "tried at least 1 times or never tried",
    "answered support or did not answer support",
    "score turnout is known or score turnout is missing",
    'in area "everywhere" or within 20000 km of 42, -74 or everyone',
]
TELLING = [
    ("a door where somebody is (party = DEM)", "ana ben dee hal"),
    ("a door where somebody is (party = UNA or party = WFP)", ""),
    ("a door where nobody is (party = REP)", "dee hal"),
    (
        "a door where somebody is (age > 9 and voted in all of last 4 generals)",
        "ana ben",
    ),
    ("a door with exactly 1 people", "dee hal"),
    ("a door with at least 3 people", ""),
]


def leaks(snapshot):
    """Return the rules under which somebody is seen who must not be."""
    seen = []
    for text in ATTACKS:
        rule = universe.parse(text)
        asked = {
            "as_of": elm.AS_OF,
            "given": GIVEN,
        }
        found = universe.find(snapshot, rule, **asked)
        counts = universe.count(snapshot, rule, **asked)
        explained = universe.explain(snapshot, rule, **asked)
        hidden = {"ida", "eli", "cyd"} & set(elm.names(found.people).split())
        allowed = 5 + ("status" in text)  # ana ben dee gus hal, and fay if asked for
        if hidden or max(counts.people, explained.wanted) > allowed:
            seen.append(text)
        if explained.everybody != 6 or counts.left_out != 3:
            seen.append(text)
        if "d2" in found.doors["door_id"].to_pylist():
            seen.append(text)
        if sum(found.doors["people"].to_pylist()) > found.people.num_rows:
            seen.append(text)
    return seen


def test_no_rule_sees_the_protected_or_the_suppressed(snapshot):
    """Ida is protected, Eli asked to be left alone, Cyd's door is taken out."""
    assert leaks(snapshot) == []


@pytest.mark.parametrize(("rule", "names"), TELLING)
def test_a_household_is_counted_without_the_protected(snapshot, rule, names):
    """Ida, Eli and Cyd's door make no difference to those they live with."""
    found = universe.find(snapshot, universe.parse(rule), as_of=elm.AS_OF, given=GIVEN)

    assert elm.names(found.people) == names


def test_how_many_were_left_out_says_nothing_of_any_one(snapshot):
    """The number is the same for every rule, so nobody can be asked about by it."""
    left_out = {
        universe.count(
            snapshot,
            universe.parse(rule),
            as_of=elm.AS_OF,
            given=universe.Given(suppressed=OUT),
        ).left_out
        for rule in ("everyone", "party = DEM", "precinct = 1", "party = GRN")
    }

    assert left_out == {3}


def test_what_is_laid_out_for_questions_holds_no_protected_person(snapshot):
    """The promise holds on disk, where no question is needed to look."""
    universe.count(snapshot, universe.parse("everyone"), as_of=elm.AS_OF)
    files = (snapshot.folder / "electorate").glob("*/*")
    laid_out = b"".join(path.read_bytes() for path in files)

    assert b"elm:ana" in laid_out
    assert b"elm:ida" not in laid_out


HONEST_ON = electorate.Electorate.on


def _forgets_the_suppressed(_laid_out, _given):
    """A planted bug: nobody is taken out."""


def _lays_out_the_protected(people):
    """A planted bug: the protected are laid out like everybody."""
    return np.ones(people.num_rows, np.bool_)


def _forgets_doors(self, ids):
    """A planted bug: a door that is taken out keeps its people in."""
    if isinstance(ids, pa.Array):
        ids = pa.table({"person_id": ids})
    return HONEST_ON(self, ids)


@pytest.mark.parametrize(
    ("where", "name", "bug"),
    [
        (question, "_away", _forgets_the_suppressed),
        (doors, "_may_be_asked_about", _lays_out_the_protected),
        (electorate.Electorate, "on", _forgets_doors),
    ],
)
def test_a_broken_promise_is_caught(tmp_path, monkeypatch, where, name, bug):
    """With any of these bugs planted, the check above names the rules that leak."""
    monkeypatch.setattr(where, name, bug)

    assert leaks(elm.write(tmp_path / "elm"))
