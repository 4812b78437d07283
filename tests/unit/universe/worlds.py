"""Hypothesis strategies: small worlds, and rules that have something to say of them."""

from datetime import date

import hypothesis.strategies as st
import pyarrow as pa

from groundgame import universe
from groundgame.tables import ANSWERS, ATTEMPTS, PEOPLE, SCORES
from groundgame.universe.about_days import Born, LastTried, Registered
from groundgame.universe.about_given import CHANGES, InUniverse, Scored, Since
from groundgame.universe.about_households import BuildingOf
from groundgame.universe.about_lists import UNITS, OnList, RandomShare
from groundgame.universe.about_people import OLDEST, Age, Measured, Missing, OneOf
from groundgame.universe.about_places import InArea, InDistrict, Near
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.about_votes import How, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.columns import CALLED
from groundgame.universe.rule import Everyone
from groundgame.universe.span import Span
from groundgame.values import Seed, Share
from tests.unit.universe import elm
from tests.unit.universe.rules import trees

VALUES = {
    "party": ["DEM", "dem", "WFP", "É"],
    "status": ["active", "removed", "Removed", "inactive"],
    "precinct": ["1", "01", "'; drop"],
    "congressional": ["3", "03", "0"],
    "language": ["es", "ZH"],
    "zip": ["00501", "501"],
    "city": ["Elm City", "elm city"],
    "door_kind": ["shelter", "mailbox"],
}
RACES = ["W", "b", "12", "7.5", "nan"]
DISTRICTS = {
    "ocd-division/country:us/state:ny/cd:3": ("congressional", "03", None),
    "ocd-division/x": ("precinct", "1", "Elm"),
}
DAYS = ["2024-11-05", "2022-11-08", "2020-11-03", "2024-06-25", "2024", "2020", "2018"]
KINDS = ["general", "primary"]
PLACES = [(0.0, 0.0), (1.0, 1.0), (2.0, 1.0), (3.0, 3.0), (None, None)]
RING = [[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
AREAS = {
    "square": {"type": "Polygon", "coordinates": [RING]},
    "ring": {"type": "Polygon", "coordinates": [RING, HOLE]},
    "two": {
        "type": "MultiPolygon",
        "coordinates": [[HOLE], [[[3, 3], [4, 3], [3, 4]]]],
    },
}

some_days = st.sampled_from(
    [date(2000, 2, 29), date(2000, 3, 1), date(1999, 2, 28), date(1990, 12, 31)]
)
as_ofs = st.sampled_from(
    [date(2025, 6, 1), date(2024, 2, 29), date(2023, 2, 28), date(2020, 11, 3)]
)


def maybe(values):
    """One of the values, or nothing."""
    return st.none() | st.sampled_from(values)


def _rows(schema, rows):
    """A table of a schema, from its rows."""
    names = schema.names
    plain = [dict(zip(names, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(plain, schema.arrow)


ATTEMPTED = [
    ("d1", "elm:p0", 2, "not_home", date(2025, 3, 1), 5),
    ("d1", None, 1, "Lit Dropped", date(2025, 4, 1), 9),
    ("d2", "elm:p1", 1, "canvassed", None, 3),
    ("gone", "elm:p2", 3, "refused", date(2024, 1, 1), 2),
    ("d3", None, 1, "not_home", None, 1),
]
ANSWERED = [
    ("elm:p0", "Support", "Strong"),
    ("elm:p1", "support", "lean"),
    ("elm:p3", "support", "strong,lean"),
    ("elm:p4", "support", "Strong, she says"),
]
SCORED = [
    ("elm:p0", "turnout", 30.0),
    ("elm:p1", "Turnout", 70.5),
    ("x", "turnout", 1.0),
]
THEN = [("elm:p0", "d1", "DEM"), ("elm:p1", "d9", None), ("elm:p2", None, "wfp")]
LISTS = {"members": ["elm:p1", "elm:p3", "d2"], "nobody": []}
UNIVERSES = {
    "dems": OneOf("party", ("DEM",)),
    "gone too": OneOf("status", ("removed", "active")),
    "both": universe.parse('in universe "dems" or in universe "gone too"'),
}
GIVEN = universe.Given(
    lists=LISTS,
    areas={
        name: universe.read_area(str(a).replace("'", '"')) for name, a in AREAS.items()
    },
    universes=UNIVERSES,
    earlier={
        "then": pa.Table.from_pylist(
            [
                dict(zip(("person_id", "door_id", "party"), row, strict=True))
                for row in THEN
            ],
            pa.schema(
                [PEOPLE.arrow.field(n) for n in ("person_id", "door_id", "party")]
            ),
        )
    },
    scores=_rows(SCORES, SCORED),
    attempts=_rows(ATTEMPTS, ATTEMPTED),
    answers=_rows(ANSWERS, ANSWERED),
)

methods = maybe(["mail", "early", "in person"])
people = st.lists(
    st.fixed_dictionaries(
        {
            "door": maybe(["d1", "d2", "d3", "d4", "gone"]),
            "party": maybe(VALUES["party"]),
            "status": st.sampled_from(["active", "active", "inactive", "removed"]),
            "precinct": maybe(VALUES["precinct"]),
            "congressional": maybe(VALUES["congressional"]),
            "language": maybe(VALUES["language"]),
            "county": maybe(["Elm", "Oak"]),
            "race": maybe(RACES),
            "phone": maybe(["555-0101"]),
            "birth_date": st.none() | some_days,
            "birth_year": maybe([1990, 2000, 2006]),
            "registered": st.none() | some_days,
            "protected": st.booleans(),
            "voted": st.dictionaries(
                st.tuples(st.sampled_from(DAYS), st.sampled_from(KINDS)),
                st.tuples(methods, maybe(["DEM", "wfp"])),
                max_size=5,
            ),
        }
    ),
    max_size=7,
)


@st.composite
def worlds(draw):
    """A world as three lists of rows: people, doors, votes; in any order."""
    rows, votes = [], []
    for number, said in enumerate(draw(people)):
        known = {name: said[name] for name in said if name not in ("door", "voted")}
        known["Race"] = known.pop("race")
        rows.append(elm.person(f"p{number}", said["door"], **known))
        votes += [
            elm.vote(f"p{number}", *one, method=how[0], party=how[1])
            for one, how in sorted(said["voted"].items())
        ]
    doors = [
        elm.door(name, building, *draw(st.sampled_from(PLACES)))
        | {"kind": draw(maybe(VALUES["door_kind"]))}
        for name, building in [("d1", "b1"), ("d2", "b2"), ("d3", "b2"), ("d4", "b4")]
    ]
    return tuple(draw(st.permutations(one)) for one in (rows, doors, votes))


def town():
    """A world of sixty people behind four doors, the same each time."""
    throw = Seed(1).stream("town")

    def one(values):
        return values[int(throw.integers(len(values)))]

    rows, votes = [], []
    for number in range(60):
        known = {
            "party": one([None, *VALUES["party"]]),
            "status": one(["active", "active", "removed"]),
            "precinct": one([None, "1", "01"]),
            "Race": one(RACES),
            "county": one(["Elm", "Oak"]),
            "birth_date": one(
                [None, date(1990, 6, 1), date(1999, 12, 31), date(2000, 1, 1)]
            ),
            "birth_year": one([None, 1999, 2000]),
            "protected": one([False, False, True]),
        }
        known |= {} if number > 2 else {"protected": False, "status": "active"}
        rows.append(
            elm.person(f"p{number}", one([None, "d1", "d2", "d3", "d4"]), **known)
        )
        votes += [
            elm.vote(f"p{number}", day, method=one([None, "mail", "early"]), party=None)
            for day in DAYS[:3]
            if one([True, False])
        ]
    places = zip(
        ("d1", "d2", "d3", "d4"), ("b1", "b2", "b2", "b4"), PLACES, strict=False
    )
    doors = [elm.door(name, building, *place) for name, building, place in places]
    return rows, doors, votes


def write(folder, world):
    """Write a world as a snapshot."""
    districts = [
        dict(zip(("kind", "name", "county"), row, strict=True))
        | {"ocd_id": one, "people": 1}
        for one, row in DISTRICTS.items()
    ]
    return elm.write(folder, *world, extra=("Race",), districts=districts)


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
hows = st.just(How()) | st.builds(How, methods, maybe(["dem", "WFP", "gop"]))
ends = st.sampled_from([7.5, 12.0, 30.0, 70.5])
spans = st.one_of(
    st.builds(Span, ends, st.none(), st.booleans()),
    st.builds(Span, st.none(), ends, st.booleans()),
    st.just(Span(7.5, 30.0)),
)
amounts = st.sampled_from([(1, None), (2, None), (0, 1), (0, 0), (1, 1), (2, 3)])
day_ranges = st.sampled_from(
    [
        (date(2000, 1, 1), None),
        (date(2000, 2, 29), date(2000, 3, 1)),
        (None, date(2000, 1, 1)),
        (None, date(1999, 12, 31)),
        (date(2025, 3, 1), None),
        (None, date(2025, 4, 1)),
    ]
)
of_people = st.one_of(
    st.just(Everyone()),
    st.sampled_from(sorted(VALUES)).flatmap(_one_of),
    st.sampled_from(RACES).map(lambda race: OneOf("RACE", (race,), own=True)),
    st.just(Missing("race", own=True)),
    spans.map(lambda span: Measured("race", span)),
    st.sampled_from(sorted(CALLED)).map(Missing),
    ages,
    st.builds(
        lambda kind, ends: kind(*ends), st.sampled_from([Registered, Born]), day_ranges
    ),
    st.lists(st.sampled_from(sorted(DISTRICTS)), min_size=1, max_size=2).map(
        lambda ids: InDistrict(tuple(ids))
    ),
)
of_votes = st.one_of(
    st.builds(VotedIn, whens, kinds, hows),
    st.builds(
        lambda n, kind, how: VotedOfLast(n, max(n, 2), 3, kind, how), times, kinds, hows
    ),
    st.builds(lambda n, kind, how: VotedOfLast(0, n, 4, kind, how), times, kinds, hows),
    st.builds(
        VotedTimes, kinds, st.none() | whens, times, st.none() | st.just(3), hows
    ),
)
of_places = st.one_of(
    st.builds(
        Near,
        st.sampled_from([1.0, 112_000.0, 157_500.0, 9e6, 1.9e7]),
        st.sampled_from([0.0, 1.0, -89.5]),
        st.sampled_from([0.0, 1.0, 179.9]),
    ),
    st.sampled_from(sorted(AREAS)).map(InArea),
    amounts.map(lambda ends: BuildingOf(*ends)),
)
of_given = st.one_of(
    st.sampled_from(sorted(LISTS)).map(OnList),
    st.sampled_from(sorted(UNIVERSES)).map(InUniverse),
    st.builds(Scored, st.just("turnout"), st.none() | spans),
    st.sampled_from(sorted(CHANGES)).map(lambda change: Since(change, "then")),
    st.sampled_from([(), ("strong",), ("STRONG", "lean")]).map(
        lambda answers: Answered("support", answers)
    ),
    amounts.map(lambda ends: Tried(*ends)),
    day_ranges.map(lambda ends: LastTried(*ends)),
    st.sampled_from([("not home",), ("lit_dropped", "refused"), ("moved",)]).map(
        LastResult
    ),
    st.builds(
        RandomShare,
        st.sampled_from([0.0, 0.5, 1.0]).map(Share),
        st.sampled_from(UNITS),
        st.integers(0, 5).map(Seed),
    ),
)
conditions = of_people | of_votes | of_places | of_given
fitting_rules = trees(conditions)
suppressions = st.lists(st.sampled_from(["elm:p0", "elm:p1", "d1", "d2"]), max_size=2)
