"""Hypothesis strategies: small worlds, and rules that have something to say of them."""

from datetime import date

import hypothesis.strategies as st

from groundgame.universe.about_lists import UNITS, OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Missing, OneOf, Registered
from groundgame.universe.about_votes import VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import CALLED
from groundgame.universe.rule import Everyone
from groundgame.values import Seed, Share
from tests.unit.universe import elm
from tests.unit.universe.rules import trees

LISTS = {"members": ["elm:p1", "elm:p3", "d2"], "nobody": []}
VALUES = {
    "party": ["DEM", "dem", "WFP", "É"],
    "status": ["active", "removed", "Removed", "inactive"],
    "precinct": ["1", "01", "'; drop"],
    "congressional": ["3", "03", "0"],
    "zip": ["00501", "501"],
    "city": ["Elm City", "elm city"],
}
DAYS = ["2024-11-05", "2022-11-08", "2020-11-03", "2024-06-25", "2024", "2020", "2018"]
KINDS = ["general", "primary"]

some_days = st.sampled_from(
    [date(2000, 2, 29), date(2000, 3, 1), date(1999, 2, 28), date(1990, 12, 31)]
)
as_ofs = st.sampled_from(
    [date(2025, 6, 1), date(2024, 2, 29), date(2023, 2, 28), date(2020, 11, 3)]
)


def maybe(values):
    """One of the values, or nothing."""
    return st.none() | st.sampled_from(values)


people = st.lists(
    st.fixed_dictionaries(
        {
            "door": maybe(["d1", "d2", "d3", "gone"]),
            "party": maybe(VALUES["party"]),
            "status": st.sampled_from(["active", "inactive", "removed"]),
            "precinct": maybe(VALUES["precinct"]),
            "congressional": maybe(VALUES["congressional"]),
            "phone": maybe(["555-0101"]),
            "birth_date": st.none() | some_days,
            "birth_year": maybe([1990, 2000, 2006]),
            "registered": st.none() | some_days,
            "protected": st.booleans(),
            "voted": st.sets(
                st.tuples(st.sampled_from(DAYS), st.sampled_from(KINDS)), max_size=5
            ),
        }
    ),
    max_size=6,
)


@st.composite
def worlds(draw):
    """A world as three lists of rows: people, doors, votes; in any order."""
    rows, votes = [], []
    for number, said in enumerate(draw(people)):
        known = {name: said[name] for name in said if name not in ("door", "voted")}
        rows.append(elm.person(f"p{number}", said["door"], **known))
        votes += [elm.vote(f"p{number}", *one) for one in sorted(said["voted"])]
    doors = [elm.door("d1", "b1"), elm.door("d2", "b2"), elm.door("d3", "b2", None)]
    return tuple(draw(st.permutations(one)) for one in (rows, doors, votes))


def _one_of(column):
    """A condition on a column, with values that occur in it or nearly so."""
    values = st.lists(st.sampled_from(VALUES[column]), min_size=1, max_size=2)
    return values.map(lambda chosen: OneOf(column, tuple(chosen)))


ages = st.tuples(st.integers(15, 36), st.integers(15, 36)).map(sorted).map(
    lambda ends: Age(*ends)
) | st.integers(0, 40).map(lambda least: Age(least, OLDEST))
times = st.integers(0, 3)
whens = st.sampled_from([2018, 2020, 2024, date(2020, 11, 3), date(2021, 1, 1)])
kinds = st.sampled_from([*KINDS, "election"])

conditions = st.one_of(
    st.just(Everyone()),
    st.sampled_from(sorted(VALUES)).flatmap(_one_of),
    st.sampled_from(sorted(CALLED)).map(Missing),
    ages,
    some_days.map(lambda day: Registered(since=day)),
    some_days.map(lambda day: Registered(before=day)),
    st.builds(VotedIn, whens, kinds),
    st.builds(lambda n, kind: VotedOfLast(n, max(n, 2), 3, kind), times, kinds),
    st.builds(lambda n, kind: VotedOfLast(0, n, 4, kind), times, kinds),
    st.builds(VotedTimes, kinds, st.none() | whens, times, st.none() | st.just(3)),
    st.sampled_from(sorted(LISTS)).map(OnList),
    st.builds(
        RandomShare,
        st.sampled_from([0.0, 0.5, 1.0]).map(Share),
        st.sampled_from(UNITS),
        st.integers(0, 5).map(Seed),
    ),
)
fitting_rules = trees(conditions)
suppressions = st.lists(st.sampled_from(["elm:p0", "elm:p1", "d1", "d2"]), max_size=2)
