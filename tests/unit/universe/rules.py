"""Hypothesis strategies: any rule at all, and rules that fit a small world."""

from datetime import date

import hypothesis.strategies as st

from groundgame.universe.about_lists import UNITS, OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Missing, OneOf, Registered
from groundgame.universe.about_votes import PLURALS, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import CALLED, TEXT_COLUMNS
from groundgame.universe.rule import All, AnyOf, Everyone, Not, Rule
from groundgame.values import Seed, Share

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
whens = days | st.integers(1800, 2199)
kinds = st.sampled_from(sorted(PLURALS))
words = st.text(min_size=1, max_size=12).filter(str.strip) | st.sampled_from(
    ["DEM", "and", "missing", 'St. "Mary"', "O'Neil", "12-A", "03", "“x”", "%", "'"]
)
shares = st.floats(0, 1).map(Share) | st.integers(0, 100).map(lambda n: Share(n / 100))


@st.composite
def ages(draw: st.DrawFn) -> Age:
    """Any age, at any day."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, OLDEST)] * 2)))
    return Age(low, high, draw(st.none() | days))


@st.composite
def registrations(draw: st.DrawFn) -> Registered:
    """Any range of days."""
    low, high = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
    shape = draw(st.sampled_from(["since", "before", "both"]))
    return Registered(
        None if shape == "before" else low, None if shape == "since" else high
    )


@st.composite
def of_last(draw: st.DrawFn) -> VotedOfLast:
    """Any number of the last so many."""
    last = draw(st.integers(1, 12))
    low, high = sorted(draw(st.tuples(*[st.integers(0, last)] * 2)))
    return VotedOfLast(low, high, last, draw(kinds))


@st.composite
def times(draw: st.DrawFn) -> VotedTimes:
    """Any number of times since any time."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, 9)] * 2)))
    since = draw(st.none() | whens)
    return VotedTimes(draw(kinds), since, low, draw(st.sampled_from([high, None])))


conditions: st.SearchStrategy[Rule] = st.one_of(
    st.just(Everyone()),
    st.builds(
        OneOf,
        st.sampled_from(sorted(TEXT_COLUMNS)),
        st.lists(words, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Missing, st.sampled_from(sorted(CALLED))),
    ages(),
    registrations(),
    st.builds(VotedIn, whens, kinds),
    of_last(),
    times(),
    st.builds(OnList, words),
    st.builds(
        RandomShare,
        shares,
        st.sampled_from(UNITS),
        st.integers(0, 10**18 - 1).map(Seed),
    ),
)


def trees(leaves: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Rules inside rules, of these leaves."""

    def grow(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            several.map(All), several.map(AnyOf), inner.map(lambda rule: Not((rule,)))
        )

    return st.recursive(leaves, grow, max_leaves=8)


rules = trees(conditions)
