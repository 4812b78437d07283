"""Hypothesis strategies: any rule at all, and rules that fit a small world."""

from datetime import date

import hypothesis.strategies as st

from groundgame.universe.about_days import Born, LastTried, Registered
from groundgame.universe.about_draws import Draw
from groundgame.universe.about_given import CHANGES, InUniverse, Scored, Since
from groundgame.universe.about_households import HOMES, AtHome, BuildingOf
from groundgame.universe.about_lists import UNITS, OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Measured, Missing, OneOf
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.about_steps import VERBS, Steps
from groundgame.universe.about_votes import (
    METHODS,
    PLURALS,
    How,
    VotedIn,
    VotedOfLast,
    VotedTimes,
)
from groundgame.universe.columns import CALLED, TEXT_COLUMNS
from groundgame.universe.rule import All, AnyOf, Everyone, Not, Rule
from groundgame.universe.span import Span
from groundgame.values import Seed, Share

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
whens = days | st.integers(1800, 2199)
kinds = st.sampled_from(sorted(PLURALS))
words = st.text(min_size=1, max_size=12).filter(str.strip) | st.sampled_from(
    [
        *(
            "DEM",
            "and",
            "missing",
            'St. "Mary"',
            "O'Neil",
            "12-A",
            "03",
            "“x”",
            "%",
            "'",
        ),
        *(
            "people",
            "the",
            "last",
            "2024",
            "Primary",
            "of",
            "an",
            "is",
            "since",
            "early",
        ),
    ]
)
numbers = st.integers(-1000, 1000).map(float) | st.floats(-1e6, 1e6).map(
    lambda number: round(number, 6)
)
seeds = st.integers(0, 10**18 - 1).map(Seed)
hows = st.builds(How, st.none() | st.sampled_from(sorted(METHODS)), st.none() | words)
ocd_ids = st.sampled_from(["country:us", "country:us/state:ny", 'x"y']).map(
    "ocd-division/{}".format
)
shares = st.floats(0, 1).map(Share) | st.integers(0, 100).map(lambda n: Share(n / 100))


@st.composite
def ages(draw: st.DrawFn) -> Age:
    """Any age, at any day."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, OLDEST)] * 2)))
    return Age(low, high, draw(st.none() | days))


@st.composite
def ranges(draw: st.DrawFn) -> Rule:
    """Any range of days: of registration, of birth, of the last attempt."""
    low, high = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
    shape = draw(st.sampled_from(["since", "before", "both"]))
    kind = draw(st.sampled_from([Registered, Born, LastTried]))
    return kind(None if shape == "before" else low, None if shape == "since" else high)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Any span of numbers."""
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    if draw(st.booleans()):
        return Span(low, high)
    is_open = draw(st.booleans())
    return draw(st.sampled_from([Span(low, None, is_open), Span(None, high, is_open)]))


@st.composite
def amounts(draw: st.DrawFn) -> tuple[int, int | None]:
    """At least, at most, exactly so many."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, 20)] * 2)))
    return (max(low, 1), None) if draw(st.booleans()) else (low, high)


@st.composite
def of_last(draw: st.DrawFn) -> VotedOfLast:
    """Any number of the last so many."""
    last = draw(st.integers(1, 12))
    low, high = sorted(draw(st.tuples(*[st.integers(0, last)] * 2)))
    return VotedOfLast(low, high, last, draw(kinds), draw(hows))


@st.composite
def times(draw: st.DrawFn) -> VotedTimes:
    """Any number of times since any time."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, 9)] * 2)))
    since = draw(st.none() | whens)
    most = draw(st.sampled_from([high, None]))
    return VotedTimes(draw(kinds), since, low, most, draw(hows))


values = st.lists(words, min_size=1, max_size=3).map(tuple)
conditions: st.SearchStrategy[Rule] = st.one_of(
    st.just(Everyone()),
    st.builds(OneOf, st.sampled_from(sorted(TEXT_COLUMNS)), values),
    st.builds(OneOf, words, values, st.just(True)),  # noqa: FBT003  # a column of its own
    st.builds(Missing, st.sampled_from(sorted(CALLED))),
    st.builds(Missing, words, st.just(True)),  # noqa: FBT003  # a column of its own
    st.builds(Measured, words, spans()),
    ages(),
    ranges(),
    st.builds(VotedIn, whens, kinds, hows),
    of_last(),
    times(),
    st.builds(
        Near,
        st.floats(0.001, 20_000_000).map(lambda number: round(number, 3)),
        st.floats(-90, 90).map(lambda number: round(number, 9)),
        st.floats(-180, 180).map(lambda number: round(number, 9)),
    ),
    st.builds(InArea, words),
    st.builds(InDistrict, st.lists(ocd_ids, min_size=1, max_size=2).map(tuple)),
    amounts().map(lambda ends: BuildingOf(*ends)),
    st.builds(Answered, words, st.just(()) | values),
    amounts().map(lambda ends: Tried(*ends)),
    st.builds(LastResult, values),
    st.builds(OnList, words),
    st.builds(InUniverse, words),
    st.builds(Scored, words, st.none() | spans()),
    st.builds(Since, st.sampled_from(sorted(CHANGES)), words),
    st.builds(RandomShare, shares, st.sampled_from(UNITS), seeds),
)


@st.composite
def steps(draw: st.DrawFn, inner: st.SearchStrategy[Rule]) -> Steps:
    """A start and some steps; one that narrows may draw among those so far."""
    after = draw(st.lists(st.tuples(st.sampled_from(sorted(VERBS)), inner), max_size=2))
    if draw(st.booleans()) or not after:
        after.append(("narrow to", draw(draws(st.just(())))))
    first = draw(inner)
    return Steps(
        (first, *(rule for _, rule in after)), tuple(verb for verb, _ in after)
    )


def draws(among: st.SearchStrategy[tuple[Rule, ...]]) -> st.SearchStrategy[Rule]:
    """Draws of so many, and of a share of each stratum."""
    units, columns = st.sampled_from(UNITS), st.sampled_from(sorted(TEXT_COLUMNS))
    sizes = st.integers(0, 3000)
    return st.one_of(
        st.builds(Draw, sizes, units, seeds, st.none() | columns, among),
        st.builds(Draw, shares, units, seeds, columns, among),
    )


def trees(leaves: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Rules inside rules, of these leaves."""

    def grow(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        one = inner.map(lambda rule: (rule,))
        homes = st.sampled_from(HOMES)
        return st.one_of(
            several.map(All),
            several.map(AnyOf),
            one.map(Not),
            st.builds(
                lambda home, rules, ends: AtHome(home, rules, *ends),
                homes,
                one,
                amounts(),
            ),
            draws(one),
            steps(inner),
        )

    return st.recursive(leaves, grow, max_leaves=8)


rules = trees(conditions)
