"""Elections out of cells: the same election under one name, and nothing twice."""

from dataclasses import replace

import polars as pl
import pytest

from groundgame.universe.electorate import prepare
from groundgame.voterfile import history
from groundgame.voterfile.layout import load_layout
from tests.unit.voterfile import elm, sheets


def meant(layout, *items):
    """Return what items of a layout's history mean, in their order."""
    found = history.meanings(pl.Series(list(items)), load_layout(layout)).to_dicts()
    by_item = {one["item"]: one for one in found}
    return [by_item[item] for item in items]


def votes(*cells, layout="ny"):
    """Return the elections in one person's history cells, and what was not read."""
    how = load_layout(layout)
    names = {f"history_{n}": [cell] for n, cell in enumerate(cells)}
    frame = pl.DataFrame(names, schema_overrides=dict.fromkeys(names, pl.String))
    said = history.items(frame, how.history, {})["item"]
    found = history.meanings(said, how)
    read = found.filter(pl.col("year").is_not_null())
    return sorted(read["election"].unique()), found.height - read.height


@pytest.mark.parametrize(
    ("cell", "elections"),
    [
        ("20241105 GE", ["2024-11-05 general"]),
        ("2012 General Election", ["2012-11-06 general"]),
        ("General Election 2012", ["2012-11-06 general"]),
        ("2004;General Election", ["2004-11-02 general"]),
        ("2012", ["2012 unknown"]),
        ("20200623 PP;20201103 GE", ["2020-06-23 primary", "2020-11-03 general"]),
        ("2013 General Election", ["2013 general"]),
        ("20240402 SP", ["2024-04-02 special"]),
        (None, []),
        (" ; ", []),
    ],
)
def test_the_ways_in_which_new_york_writes_history(cell, elections):
    """Day, year and kind are read in any of the forms in use."""
    assert votes(cell)[0] == elections


def test_one_election_in_two_cells_is_one_vote():
    """The history says '2012 General Election', the last vote '20121106'."""
    assert votes("2012 General Election", "20121106")[0] == ["2012-11-06 general"]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2016, "2016-11-08"),
        (2018, "2018-11-06"),
        (2022, "2022-11-08"),
        (2010, "2010-11-02"),
    ],
)
def test_the_day_of_a_federal_general_election(year, day):
    """The Tuesday after the first Monday of November: never the first of the month."""
    assert votes(f"{year} General Election")[0] == [f"{day} general"]


def test_what_says_no_year_is_counted():
    """'Absentee' is no election; the other item of the cell is read all the same."""
    assert votes("absentee;2012 General Election") == (["2012-11-06 general"], 1)


@pytest.mark.parametrize(
    ("layout", "item", "election", "method", "party"),
    [
        ("de", "GEN-HIST-1 2016", "2016-11-08 general", None, None),
        ("de", "PR-HIST-1 2016", "2016 primary", None, None),
        ("de", "PP-HIST-1 2016", "2016 presidential primary", None, None),
        ("mi", "12171980 Y", "1980-12-17 unknown", "mail", None),
        ("mi", "11081988 GENERAL N", "1988-11-08 general", "in person", None),
        ("oh", "GENERAL-11/03/2015 X", "2015-11-03 general", None, None),
        ("oh", "PRIMARY-05/07/2013 D", "2013-05-07 primary", None, "D"),
        ("ok", "11/06/2012 AI", "2012-11-06 general", "early", None),
        ("ok", "6/26/2018 IP", "2018-06-26 unknown", "in person", None),
        ("ok", "6/26/2018", "2018-06-26 unknown", None, None),
        ("ut", "11/6/2012 11/6/2012", "2012-11-06 general", None, None),
        ("vt", "2014 Gen Election Participation T", "2014-11-04 general", None, None),
        ("vt", "Date last Voted 10/04/1984", "1984-10-04 unknown", None, None),
        ("wa", "7/15/2016", "2016-07-15 unknown", None, None),
        ("pa", "11/03/2020 GENERAL MB", "2020-11-03 general", "mail", None),
        ("van", "General 2022 A", "2022-11-08 general", None, None),
        ("targetsmart", "vb.vf_g2022 E", "2022-11-08 general", "early", None),
        ("targetsmart", "vb.vf_pp2020 A", "2020 presidential primary", "mail", None),
        ("l2", "General_2022 Y", "2022-11-08 general", None, None),
        ("l2", "Primary_2022_06_28 Y", "2022-06-28 primary", None, None),
        ("l2", "PresidentialPrimary_2020 Y", "2020 presidential primary", None, None),
    ],
)
def test_the_ways_in_which_others_write_history(layout, item, election, method, party):
    """A column an election, pairs of columns, a year and a kind, a bare day."""
    (found,) = meant(layout, item)

    assert found["cast"]
    assert (found["election"], found["method"]) == (election, method)
    assert found["party"] == party


@pytest.mark.parametrize(
    ("layout", "item"),
    [
        ("de", "GEN-HIST-2 0"),
        ("vt", "2008 Gen Election Participation F"),
        ("l2", "General_2022 N"),
    ],
)
def test_what_says_that_nobody_voted_is_no_vote(layout, item):
    """It is not counted as unread, either: it says what it says."""
    (found,) = meant(layout, item)

    assert not found["cast"]


def test_floridas_history_file_counts_what_was_counted(tmp_path):
    """Of four ballots one was not cast and one came too late; both are set aside."""
    ida = sheets.florida(1)
    content = sheets.sheet(load_layout("fl"), ida, header=False)
    lines = [
        f"ALA\t{ida[0]['Voter ID']}\t{day}\t{kind}\t{code}"
        for day, kind, code in (
            ("11/05/2024", "GEN", "E"),
            ("08/20/2024", "PRI", "A"),
            ("11/08/2022", "GEN", "N"),
            ("08/23/2022", "PRI", "L"),
        )
    ]
    ballots = tmp_path / "history.txt"
    ballots.write_text("\n".join([*lines, ""]))
    snapshot = elm.imported(tmp_path, content, layout="fl", history=[ballots])

    assert [
        (one["election"], one["method"])
        for one in snapshot.read("ballots").sort_by("election").to_pylist()
    ] == [("2024-08-20 primary", "mail"), ("2024-11-05 general", "early")]
    assert elm.refusals(snapshot) == [
        (line, "History Code", history.NO_BALLOT) for line in (3, 4)
    ]


def test_ballots_that_are_all_alike_are_read_however_few_they_are(tmp_path):
    """Sixteenths of the people in which nobody voted have no trouble with that."""
    ida = sheets.florida(1)
    content = sheets.sheet(load_layout("fl"), ida, header=False)
    ballots = tmp_path / "history.txt"
    line = f"ALA\t{ida[0]['Voter ID']}\t11/05/{{}}\tGEN\tE\n"
    ballots.write_text("".join(line.format(2000 + n) for n in range(0, 24, 4)) * 2)
    told = elm.imported(tmp_path, content, layout="fl", history=[ballots]).manifest

    assert (told.votes, told.elections, told.merged) == (6, 6, 6)


NC = load_layout("nc")
HIS = ("ncid", "election_lbl", "election_desc", "voting_method", "voted_party_cd")


def cast_in_nc(tmp_path, *ballots):
    """Import two people of North Carolina and these ballots; return the elections."""
    people = sheets.table(
        ("ncid", "last_name", "first_name", "birth_year"),
        ("A1", "Moss", "Ida", "1960"),
        ("A2", "Hill", "Ben", "1961"),
        mark="\t",
    )
    his = tmp_path / "ncvhis.txt"
    rows = [(*(*ballot, "IN-PERSON")[:4], "UNA") for ballot in ballots]
    his.write_text(sheets.table(HIS, *rows, mark="\t"))
    lenient = replace(NC, optional=tuple(NC.columns), extra={})
    return elm.imported(tmp_path, people, layout=lenient, history=[his])


def test_a_method_that_no_layout_knows_is_counted(tmp_path):
    """Three ballots were PROVISIONAL: they stand, cast in no way of ours."""
    snapshot = cast_in_nc(
        tmp_path,
        ("A1", "11/03/2020", "11/03/2020 GENERAL", "PROVISIONAL"),
        ("A2", "11/03/2020", "11/03/2020 GENERAL", "PROVISIONAL"),
        ("A1", "11/08/2016", "11/08/2016 GENERAL", "PROVISIONAL"),
        ("A2", "11/06/2018", "11/06/2018 GENERAL", "CURBSIDE"),
    )
    methods = snapshot.read("ballots")["method"].to_pylist()

    assert sorted(map(str, methods)) == ["None"] * 3 + ["in person"]
    assert snapshot.manifest.unknown_codes == {"voting method": {"PROVISIONAL": 3}}


@pytest.mark.parametrize(
    ("called", "kind"),
    [
        ("11/03/2015 MUNICIPAL GENERAL", "municipal"),
        ("10/06/2015 MUNICIPAL PRIMARY", "primary"),
        ("09/10/2019 SPECIAL CONGRESSIONAL GENERAL", "special"),
        ("07/16/2024 STATEWIDE GENERAL", "general"),
    ],
)
def test_a_towns_general_election_is_no_general(called, kind):
    """Somebody outside the town could not vote in it; nor outside the district."""
    (found,) = history.row_meanings(
        pl.DataFrame(
            [{"date": called[:10], "kind": called, "method": "", "party": ""}]
        ),
        ("%m/%d/%Y",),
        NC,
    ).to_dicts()

    assert found["kind"] == kind


def test_two_special_elections_of_one_day_are_two(tmp_path):
    """District 3 and District 9 voted on one day in 2019: nobody voted in both."""
    snapshot = cast_in_nc(
        tmp_path,
        ("A1", "04/30/2019", "04/30/2019 SPECIAL CONGRESSIONAL DISTRICT 3"),
        ("A2", "04/30/2019", "04/30/2019 SPECIAL CONGRESSIONAL DISTRICT 9"),
        ("A2", "05/14/2019", "05/14/2019 SPECIAL CONGRESSIONAL DISTRICT 9"),
    )

    rows = snapshot.read("elections").sort_by("election").to_pylist()
    assert [(row["name"], row["kind"], row["ballots"]) for row in rows] == [
        ("2019-04-30 special CONGRESSIONAL DISTRICT 3", "special", 1),
        ("2019-04-30 special CONGRESSIONAL DISTRICT 9", "special", 1),
        ("2019-05-14 special", "special", 1),
    ]
    assert (snapshot.manifest.elections, snapshot.manifest.votes) == (3, 3)
    asked = prepare(snapshot).elections
    assert [str(one) for one in asked.all] == [
        "2019-05-14 special",
        "2019-04-30 special CONGRESSIONAL DISTRICT 9",
        "2019-04-30 special CONGRESSIONAL DISTRICT 3",
    ]


def test_a_special_election_that_is_written_in_two_ways_is_one(tmp_path):
    """The kind alone, and with its name: one ballot each way by one voter is one."""
    snapshot = cast_in_nc(
        tmp_path,
        ("A1", "05/14/2019", "SPECIAL"),
        ("A1", "05/14/2019", "05/14/2019 SPECIAL CONGRESSIONAL DISTRICT 9"),
        ("A2", "05/14/2019", "SPECIAL ELECTION"),
    )

    assert snapshot.read("elections")["name"].to_pylist() == ["2019-05-14 special"]
    assert (snapshot.manifest.votes, snapshot.manifest.merged) == (2, 1)


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (["d special A"], ["d special"]),
        (["d special", "d special A"], ["d special", "d special"]),
        (["d special A", "d special B"], ["d special A", "d special B"]),
        (["d special", "d special A", "d special B"], None),
        (["d special A", "e special A"], ["d special", "e special"]),
        (["d general", "d primary"], None),
    ],
)
def test_which_names_are_one_election(names, same):
    """A day with one special needs no name for it; a day with two keeps both."""
    assert list(history.as_one(names).values()) == (same or names)
