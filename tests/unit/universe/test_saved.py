"""Saved searches and saved lists."""

import json

import pyarrow as pa
import pytest

from groundgame import universe
from groundgame.errors import BadUniverseName, NoSuchUniverse
from tests.unit.universe import elm

RULE = universe.parse("party = DEM and age < 50")


def test_a_saved_search_is_the_rule_again(tmp_path):
    """Saved, loaded, and nothing lost; saved again under the name, replaced."""
    universe.save_search(tmp_path, "young dems", universe.parse("everyone"))
    saved = universe.save_search(tmp_path, "young dems", RULE)

    assert universe.load(tmp_path, "young dems") == saved
    assert saved.asked == RULE
    assert list(universe.SavedLists(tmp_path)) == []


def test_a_saved_list_holds_its_people_for_good(tmp_path, snapshot):
    """The list knows who was found, where and for which day; a rule can name it."""
    found = universe.find(snapshot, RULE, as_of=elm.AS_OF)
    universe.save_list(tmp_path, "young-dems", RULE, found)

    saved = universe.load(tmp_path, "young-dems")
    assert saved.frozen is not None
    assert (saved.frozen.people, saved.frozen.doors) == (2, 2)
    assert saved.frozen.snapshot == snapshot.id
    lists = universe.SavedLists(tmp_path)
    again = universe.find(
        snapshot, saved.asked, as_of=elm.AS_OF, given=universe.Given(lists=lists)
    )
    assert elm.names(again.people) == "ana dee"


def test_who_is_suppressed_later_is_left_out_of_an_old_list(tmp_path, snapshot):
    """A frozen list is no way round a 'do not contact'."""
    found = universe.find(snapshot, RULE, as_of=elm.AS_OF)
    saved = universe.save_list(tmp_path, "old", RULE, found)

    again = universe.find(
        snapshot,
        saved.asked,
        as_of=elm.AS_OF,
        given=universe.Given(
            lists=universe.SavedLists(tmp_path), suppressed=pa.array(["elm:ana"])
        ),
    )

    assert elm.names(again.people) == "dee"


def test_lists_given_go_before_lists_saved(tmp_path, snapshot):
    """What stands on the command line is what is meant."""
    found = universe.find(snapshot, RULE, as_of=elm.AS_OF)
    universe.save_list(tmp_path, "a", RULE, found)
    lists = universe.SavedLists(tmp_path, {"a": ["elm:ben"], "b": []})

    assert lists["a"] == ["elm:ben"]
    assert (list(lists), len(lists)) == (["a", "b"], 2)
    assert "../a" not in lists
    assert "c" not in lists


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".a", "a" * 61, "a.", "a\n", " a"])
def test_a_name_that_is_no_safe_file_is_refused(tmp_path, name):
    """Nothing is written outside the folder, whatever it is called."""
    with pytest.raises(BadUniverseName):
        universe.save_search(tmp_path / "universes", name, RULE)
    with pytest.raises(BadUniverseName):
        universe.load(tmp_path, name)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "broken", ["", "[]", "{}", '{"name": "a", "frozen": null, "data": {"kind": "x"}}']
)
def test_a_broken_file_is_said_to_be_so(tmp_path, broken):
    """A file cut short or edited by hand is refused by name."""
    (tmp_path / "a.json").write_text(broken)

    with pytest.raises(NoSuchUniverse, match="'a'"):
        universe.load(tmp_path, "a")


def test_the_file_is_plain_data(tmp_path):
    """Another program can read a saved search; there is no SQL in it."""
    universe.save_search(tmp_path, "a", universe.parse("party = DEM"))
    plain = json.loads((tmp_path / "a.json").read_text())

    assert plain["data"] == {
        "kind": "one_of",
        "column": "party",
        "values": ["DEM"],
        "own": False,
    }
    assert plain["sentence"] == "People whose party is DEM."
