"""Laws of asking: row order is nothing, and a random share is what it says."""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame import universe
from groundgame.errors import NoSuchElection
from groundgame.universe.about_lists import RandomShare
from groundgame.universe.electorate.dice import number_of, throws
from groundgame.values import Seed, Share
from tests.unit.universe import elm
from tests.unit.universe.worlds import GIVEN, as_ofs, fitting_rules, worlds, write

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
    snapshot = write(Path(folder), world)
    asked = {"as_of": as_of, "given": GIVEN}
    try:
        found = universe.find(snapshot, rule, **asked)
    except NoSuchElection:
        return None
    counts = universe.count(snapshot, rule, **asked)
    people = found.people.sort_by("person_id").to_pylist()
    doors = found.doors.sort_by("door_id").to_pylist()
    return people, doors, counts, universe.explain(snapshot, rule, **asked)


@settings(deadline=None, max_examples=30)
@given(worlds(), fitting_rules, as_ofs, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(world, rule, as_of, shuffler):
    """The same people in another order: the same people and doors are answered."""
    other = [list(rows) for rows in world]
    for rows in other:
        shuffler.shuffle(rows)

    with tempfile.TemporaryDirectory() as folder:
        first = answers(f"{folder}/one", world, rule, as_of)
        second = answers(f"{folder}/two", other, rule, as_of)

    assert first == second


def test_an_order_that_leaks_is_caught(tmp_path, monkeypatch):
    """With draws by row number planted, another order draws other people."""
    monkeypatch.setattr("groundgame.universe.ask._wanted", lambda *_: ["(row % 3 = 0)"])
    rule = universe.parse("random 50% of people seed 1")
    world = (elm.PEOPLE_ROWS, elm.DOOR_ROWS, elm.VOTE_ROWS)
    other = (elm.PEOPLE_ROWS[::-1], elm.DOOR_ROWS, elm.VOTE_ROWS)

    first = answers(tmp_path / "one", world, rule, elm.AS_OF)
    second = answers(tmp_path / "two", other, rule, elm.AS_OF)

    assert first != second


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
        town,
        rule,
        as_of=elm.AS_OF,
        given=universe.Given(lists={"some": some}, suppressed=pa.array(["d9"])),
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


MASK = 2**64 - 1


def throw(unit, seed, one):
    """Return a throw as the handbook says it is made, in numbers of no fixed size."""

    def number(text):
        digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
        return int.from_bytes(digest[:8], "little")

    z = (number(one) ^ number(f"{seed}:{unit}")) + 0x9E3779B97F4A7C15 & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def test_the_mix_is_the_one_that_others_use():
    """The first number of splitmix64 that starts from 0, as its author has it."""
    zero = np.zeros(1, np.uint64)
    salt = np.uint64(number_of("7:people"))

    assert throws(zero ^ salt, "people", Seed(7))[0] == 0xE220A8397B1DCDAF


def test_the_draw_is_the_published_one(town):
    """Anybody can check a draw: a quarter is where the throw is below 2**62."""
    people = {f"elm:p{n}" for n in range(TOWN)}
    doors = {f"d{n}" for n in range(TOWN // 2)}
    for unit, ids in (("people", people), ("doors", doors)):
        rule = RandomShare(Share(0.25), unit, Seed(42))
        found = universe.find(town, rule, as_of=elm.AS_OF)
        column = {"people": "person_id", "doors": "door_id"}[unit]

        chosen = {one for one in ids if throw(unit, 42, one) < 2**62}
        assert set(found.people[column].to_pylist()) == chosen
