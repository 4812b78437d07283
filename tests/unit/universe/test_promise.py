"""The promise: who is protected or suppressed is in no count, list, share or ladder.

Each rule below tries to reach behind it. The planted bugs at the end are the ways in
which the promise could be broken, and the same check catches each.
"""

import pyarrow as pa
import pytest

from groundgame import universe
from groundgame.universe import electorate, question
from tests.unit.universe import elm

OUT = pa.array(["elm:eli", "d2"])
LISTS = {
    "all of them": [row["person_id"] for row in elm.PEOPLE_ROWS],
    "only those": ["elm:ida", "elm:eli", "elm:cyd"],
    "their doors": pa.table({"door_id": ["d1", "d2", "d3"]}),
}
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
]


def leaks(snapshot):
    """Return the rules under which somebody is seen who must not be."""
    seen = []
    for text in ATTACKS:
        rule = universe.parse(text)
        asked = {
            "as_of": elm.AS_OF,
            "lists": {**LISTS, "nobody": []},
            "suppressed": OUT,
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


def test_how_many_were_left_out_says_nothing_of_any_one(snapshot):
    """The number is the same for every rule, so nobody can be asked about by it."""
    left_out = {
        universe.count(
            snapshot, universe.parse(rule), as_of=elm.AS_OF, suppressed=OUT
        ).left_out
        for rule in ("everyone", "party = DEM", "precinct = 1", "party = GRN")
    }

    assert left_out == {3}


def test_what_is_laid_out_for_questions_holds_no_protected_person(snapshot):
    """The promise holds on disk, where no question is needed to look."""
    universe.count(snapshot, universe.parse("everyone"), as_of=elm.AS_OF)
    laid_out = (snapshot.folder / "electorate" / "people.parquet").read_bytes()

    assert b"elm:ana" in laid_out
    assert b"elm:ida" not in laid_out


HONEST_ASKABLE = question._askable
HONEST_LAYOUT = electorate._layout_sql
HONEST_ON_ANY = question.on_any


def _forgets_the_suppressed(laid_out, asking, _suppressed):
    """A planted bug: nobody is taken out."""
    return HONEST_ASKABLE(laid_out, asking, None)


def _lays_out_the_protected(elections):
    """A planted bug: the protected are laid out like everybody."""
    return HONEST_LAYOUT(elections).replace("where not p.protected", "")


def _forgets_doors(ids, table):
    """A planted bug: a door that is taken out keeps its people in."""
    return HONEST_ON_ANY({"person_id": ids["person_id"]}, table)


@pytest.mark.parametrize(
    ("where", "name", "bug"),
    [
        (question, "_askable", _forgets_the_suppressed),
        (electorate, "_layout_sql", _lays_out_the_protected),
        (question, "on_any", _forgets_doors),
    ],
)
def test_a_broken_promise_is_caught(tmp_path, monkeypatch, where, name, bug):
    """With any of these bugs planted, the check above names the rules that leak."""
    monkeypatch.setattr(where, name, bug)

    assert leaks(elm.write(tmp_path / "elm"))
