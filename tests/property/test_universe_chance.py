"""Laws of asking: row order is nothing, and a random share is what it says."""

import hashlib
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import universe
from groundgame.errors import NoSuchElection
from groundgame.universe import electorate
from groundgame.universe.about_lists import RandomShare
from groundgame.values import Seed, Share
from tests.unit.universe import elm
from tests.unit.universe.worlds import LISTS, as_ofs, fitting_rules, worlds

TOWN = 2000


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Two thousand people, two behind each door."""
    people = [elm.person(f"p{n}", f"d{n // 2}", party="DEM") for n in range(TOWN)]
    doors = [elm.door(f"d{n}", f"b{n}") for n in range(TOWN // 2)]
    return elm.write(tmp_path_factory.mktemp("town") / "town", people, doors, [])


def drawn(snapshot, rule):
    """Return the ids that a rule finds."""
    found = universe.find(snapshot, rule, as_of=elm.AS_OF)
    return set(found.people["person_id"].to_pylist())


def answers(folder, world, rule, as_of):
    """Return everything that is answered about a world, or None if it is refused."""
    snapshot = elm.write(Path(folder), *world)
    asked = {"as_of": as_of, "lists": LISTS}
    try:
        found = universe.find(snapshot, rule, **asked)
    except NoSuchElection:
        return None
    counts = universe.count(snapshot, rule, **asked)
    return found.people, found.doors, counts, universe.explain(snapshot, rule, **asked)


@settings(deadline=None, max_examples=30)
@given(worlds(), fitting_rules, as_ofs, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(world, rule, as_of, shuffler):
    """The same people in another order: the same answer, to the row and its place."""
    other = [list(rows) for rows in world]
    for rows in other:
        shuffler.shuffle(rows)

    with tempfile.TemporaryDirectory() as folder:
        first = answers(f"{folder}/one", world, rule, as_of)
        second = answers(f"{folder}/two", other, rule, as_of)

    assert first == second


def test_an_order_that_leaks_is_caught(tmp_path, monkeypatch):
    """With draws by row number planted, another order draws other people."""
    by_row = "(file_row_number % 3 = 0)"
    monkeypatch.setattr("groundgame.universe.electorate._layout_sql", _unsorted)
    monkeypatch.setattr("groundgame.universe.ask.predicate", lambda *_: by_row)
    rule = universe.parse("random 50% of people seed 1")
    world = (elm.PEOPLE_ROWS, elm.DOOR_ROWS, elm.VOTE_ROWS)
    other = (elm.PEOPLE_ROWS[::-1], elm.DOOR_ROWS, elm.VOTE_ROWS)

    first = answers(tmp_path / "one", world, rule, elm.AS_OF)
    second = answers(tmp_path / "two", other, rule, elm.AS_OF)

    assert first != second


HONEST_LAYOUT = electorate._layout_sql


def _unsorted(elections):
    """A planted bug: the layout keeps whatever order its source has."""
    text = HONEST_LAYOUT(elections)
    return text[: text.rindex("order by")]


shares = st.floats(0, 1).map(Share)
seeds = st.integers(0, 10**18 - 1).map(Seed)
units = st.sampled_from(["people", "doors"])


@settings(deadline=None, max_examples=25)
@given(shares, shares, units, seeds)
def test_a_larger_share_holds_the_smaller_one(town, one, other, unit, seed):
    """To go from 10% to 20% of doors is to add doors, and to lose none."""
    small, large = sorted([one, other], key=lambda share: share.of_one)

    assert drawn(town, RandomShare(small, unit, seed)) <= drawn(
        town, RandomShare(large, unit, seed)
    )


@settings(deadline=None, max_examples=25)
@given(shares, units, seeds)
def test_a_draw_depends_on_nothing_but_id_and_seed(town, share, unit, seed):
    """Who is drawn among some is who is drawn among all, where the two meet."""
    share_of_all = RandomShare(share, unit, seed)
    some = [f"elm:p{n}" for n in range(0, TOWN, 7)]
    rule = universe.parse(f'party = DEM and {share_of_all.text()} and on list "some"')
    found = universe.find(
        town, rule, as_of=elm.AS_OF, lists={"some": some}, suppressed=pa.array(["d9"])
    )

    among_some = set(found.people["person_id"].to_pylist())
    hidden = {"elm:p18", "elm:p19"}
    assert among_some == (drawn(town, share_of_all) & set(some)) - hidden


@settings(deadline=None, max_examples=10)
@given(seeds)
def test_people_behind_one_door_are_drawn_together(town, seed):
    """A share of doors never takes half a household."""
    numbers = {
        int(one[5:]) for one in drawn(town, RandomShare(Share(0.5), "doors", seed))
    }

    assert numbers == {n ^ 1 for n in numbers}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_share_is_about_what_it_says(town, share):
    """Of 20 draws of people, each within five standard errors of its share."""
    margin = 5 * (TOWN * share * (1 - share)) ** 0.5
    for seed in range(20):
        size = len(drawn(town, RandomShare(Share(share), "people", Seed(seed))))
        assert abs(size - TOWN * share) < margin


def test_two_seeds_draw_independently(town):
    """Half and half of another seed share about a quarter of the town."""
    one, other = (
        drawn(town, RandomShare(Share(0.5), "people", Seed(seed))) for seed in (1, 2)
    )

    assert abs(len(one & other) - TOWN / 4) < 5 * (TOWN * 3 / 16) ** 0.5


def test_the_draw_is_the_published_one(town):
    """Anybody can check a draw: a quarter is where md5('seed:people:id') is below 4."""
    expected = set()
    for n in range(TOWN):
        text = f"42:people:elm:p{n}".encode()
        if hashlib.md5(text, usedforsecurity=False).hexdigest() < "4":
            expected.add(f"elm:p{n}")

    assert drawn(town, RandomShare(Share(0.25), "people", Seed(42))) == expected
