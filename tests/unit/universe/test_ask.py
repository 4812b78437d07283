"""Who is found in the small Elm, done by hand."""

from datetime import date

import pyarrow as pa
import pytest

from groundgame import universe
from groundgame.errors import BadList, NoSuchElection, NoSuchList
from groundgame.tables import DOORS
from tests.unit.universe import elm

LISTS = {
    "members": pa.table({"person_id": ["elm:ana", "elm:gus", None]}),
    "knocked": pa.table({"door_id": ["d1", "d3"]}),
    "mixed": {"d2", "elm:hal"},
}


def found(snapshot, rule, as_of=elm.AS_OF):
    """Return who is found, by name."""
    wanted = universe.find(
        snapshot, universe.parse(rule), as_of=as_of, given=universe.Given(lists=LISTS)
    )
    return elm.names(wanted.people)


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ("everyone", "ana ben cyd dee eli gus hal"),
        ("party = dem", "ana dee hal"),
        ("party is not DEM", "ben cyd eli gus"),
        ("party is missing", "gus"),
        ("party in (WFP, UNA) or gender = m", "cyd eli"),
        ("state house district = 07", "gus"),
        ("street = 'ash st' and precinct = 1", "ana ben"),
        ("phone is known", ""),
        ("age >= 35", "ana gus hal"),
        ("age under 35", "ben cyd dee"),
        ("age between 21 and 25", "cyd dee"),
        ("age is missing", "eli"),
        ("not age >= 35", "ben cyd dee eli"),
        ("age on 2022-02-28 < 18", "dee"),
        ("age on 2022-03-01 < 18", ""),
        ("registered in 2024", "hal"),
        ("registered after 2024-01-01", ""),
        ("not registered before 2024", "ana ben cyd dee eli gus hal"),
        ("voted in the 2022-11-08 general", "ana ben"),
        ("did not vote in the 2024 general", "dee eli gus hal"),
        ("voted in at least 2 of the last 4 generals", "ana ben"),
        ("voted in exactly 1 of the last 4 generals", "cyd hal"),
        ("voted in the last primary", "dee"),
        ("voted in at least 2 elections since 2016", "ana ben hal"),
        ("voted in a general since 2023", "ana ben cyd"),
        ("never voted", "eli gus"),
        ('on list "members"', "ana gus"),
        ('on list "knocked"', "ana ben dee eli"),
        ('not on list "mixed"', "ana ben dee eli gus"),
        ("random 100% of doors seed 1", "ana ben cyd dee eli hal"),
        ("random 0% of people seed 1", ""),
        ("party = DEM and (age > 50 or precinct = 2)", "dee hal"),
    ],
)
def test_who_is_found(snapshot, rule, names):
    """Small enough for paper: each rule names these people and no others."""
    assert found(snapshot, rule) == names


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ("status = inactive", "eli"),
        ("not status = active", "eli"),
        ("status = removed", "fay"),
        ("age > 70", ""),
        ("age > 70 and status in (active, removed)", "fay"),
        ("party = DEM or status = REMOVED", "ana dee fay hal"),
    ],
)
def test_the_removed_are_out_unless_a_rule_names_them(snapshot, rule, names):
    """Nobody knocks on the door of somebody who moved away, unless they ask to."""
    assert found(snapshot, rule) == names


def test_elections_after_the_day_do_not_count(snapshot):
    """Asked for a day in 2022, the last general is that of 2020."""
    summer = date(2022, 7, 1)

    assert found(snapshot, "voted in the last general", summer) == "ana hal"
    assert found(snapshot, "voted in at least 3 generals", summer) == ""
    with pytest.raises(NoSuchElection, match=r"2020-11-03 general"):
        found(snapshot, "voted in the 2024 general", summer)


def test_one_election_written_in_two_ways_is_one(snapshot):
    """Hal's '2020 general' is the general of 3 November; his '2016' stands alone."""
    assert found(snapshot, "voted in the 2020-11-03 general") == "ana hal"
    assert found(snapshot, "voted in the 2016 general") == "hal"


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("everyone", (7, 4, 3, 1, 1, 1)),
        ("precinct = 2", (3, 2, 1, 0, 0, 1)),
        ("party is missing", (1, 0, 0, 0, 1, 1)),
        ("party = GRN", (0, 0, 0, 0, 0, 1)),
    ],
)
def test_counts_by_hand(snapshot, rule, counts):
    """People, doors, buildings, doors without place, people without door, left out."""
    asked = universe.count(snapshot, universe.parse(rule), as_of=elm.AS_OF)

    assert tuple(asked.as_dict().values()) == counts


def test_doors_say_where_they_are_and_how_many_are_wanted(snapshot):
    """What is cut into turf: each wanted door once, placed or not."""
    rule = universe.parse("everyone")
    doors = universe.find(snapshot, rule, as_of=elm.AS_OF).doors

    assert doors.column_names == [
        *("door_id", "lon", "lat", "meters", "address", "unit", "people")
    ]
    assert doors["door_id"].to_pylist() == ["d1", "d2", "d3", "d5"]
    assert doors["people"].to_pylist() == [2, 1, 2, 1]
    assert doors["lon"].to_pylist() == [-74.0, -74.0, -74.0, None]
    for name in ("lon", "meters"):
        assert doors.schema.field(name).type == DOORS.arrow.field(name).type


def test_doors_say_how_far_off_their_place_may_be(tmp_path):
    """A cut must know who stands, on the map, in the middle of their ZIP code."""
    off = {"d1": 5.0, "d2": 1800.0}
    rows = [row | {"meters": off.get(row["door_id"])} for row in elm.DOOR_ROWS]
    snapshot = elm.write(tmp_path / "elm-rough", doors=rows)

    rule = universe.parse("everyone")
    doors = universe.find(snapshot, rule, as_of=elm.AS_OF).doors

    assert doors["meters"].to_pylist() == [5.0, 1800.0, None, None]


def test_an_unknown_list_is_refused_with_those_that_are(snapshot):
    """A misspelled list must not quietly be an empty one."""
    with pytest.raises(NoSuchList, match=r"'membres'.*knocked, members, mixed"):
        found(snapshot, 'not on list "membres"')


def test_a_list_without_ids_is_refused(snapshot):
    """A table of names is no list."""
    rule = universe.parse('on list "x"')
    lists = {"x": pa.table({"name": ["Ana"]})}

    with pytest.raises(BadList, match="neither a column person_id"):
        universe.count(
            snapshot, rule, as_of=elm.AS_OF, given=universe.Given(lists=lists)
        )


@pytest.mark.parametrize(
    "value", ["'; drop table people; --", '") or true or ("', "$p0", "%", "\\", "\x00"]
)
def test_no_value_gets_into_a_question(snapshot, value):
    """Whatever stands in quotation marks is looked for, and never obeyed."""
    rule = universe.parse('party = "' + value.replace('"', '""') + '"')
    listed = universe.parse('on list "' + value.replace('"', '""') + '"')

    for asked in (rule, listed):
        lists = {value: [value]}
        wanted = universe.count(
            snapshot, asked, as_of=elm.AS_OF, given=universe.Given(lists=lists)
        )
        assert wanted.people == 0


def test_a_snapshot_without_votes_or_people_answers_none(tmp_path):
    """An empty file has nobody, and that is no error."""
    empty = elm.write(tmp_path / "empty", [], [], [])
    rule = universe.parse("everyone or voted in any of the last 4 generals")

    assert not any(universe.count(empty, rule, as_of=elm.AS_OF).as_dict().values())
    assert universe.find(empty, rule, as_of=elm.AS_OF).doors.num_rows == 0
