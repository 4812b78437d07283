"""The universe commands, over files, as a program would call them."""

import json

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from groundgame.cli import main
from tests.unit.universe import elm

COUNTS = ["people", "doors", "buildings", "doors_without_place", "left_out"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with two snapshots of Elm, the later one whole."""
    early = elm.write(tmp_path / "snapshots" / "elm-early", elm.PEOPLE_ROWS[:2])
    path = early.folder / "manifest.json"
    path.write_text(path.read_text().replace("2025-05-01", "2024-05-01"))
    elm.write(tmp_path / "snapshots" / "elm-late")
    monkeypatch.setenv("GROUNDGAME_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def ask(data, capsys):
    """Run one command with --json, and return its one object."""

    def run(*words):
        assert main(["universe", *words, "--as-of", "2025-06-01", "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_count_says_the_names_that_programs_rely_on(ask):
    """The latest snapshot, in five numbers."""
    answer = ask("count", "party = DEM")

    assert [answer[name] for name in COUNTS] == [3, 3, 3, 1, 1]
    assert answer["snapshot"] == "elm-late"


def test_another_snapshot_can_be_asked(ask):
    """By its id."""
    assert ask("count", "everyone", "--snapshot", "elm-early")["people"] == 2


def test_list_writes_doors_that_turf_cut_takes(ask, data):
    """With units, by which a cut orders a building; without place, empty cells."""
    answer = ask("list", "party = DEM", "-o", str(data / "doors.csv"))

    table = pa_csv.read_csv(data / "doors.csv")
    assert table.column_names == [
        *("door_id", "lon", "lat", "meters", "address", "unit", "people")
    ]
    assert table["door_id"].to_pylist() == ["d1", "d3", "d5"]
    assert table["lon"].null_count == answer["doors_without_place"] == 1
    assert (answer["rows"], answer["people"]) == (3, 3)


def test_list_writes_people_as_parquet(ask, data):
    """A row a person: ids only, no names."""
    out = data / "people.parquet"
    ask("list", "party = DEM", "-o", str(out), "--what", "people")

    table = pq.read_table(out)
    assert table.column_names == ["person_id", "door_id"]
    assert elm.names(table) == "ana dee hal"
    assert not list(data.glob(".*.part"))


def test_lists_and_suppressions_come_from_files(ask, data):
    """Both are CSV with person_id or door_id."""
    (data / "members.csv").write_text("person_id,since\nelm:ana,1\nelm:dee,2\n")
    (data / "left alone.csv").write_text("door_id\nd3\n")
    given = ["--list", f"members={data / 'members.csv'}"]
    rule = 'on list "members"'

    assert ask("count", rule, *given)["people"] == 2
    answer = ask("count", rule, *given, "--suppress", str(data / "left alone.csv"))
    assert (answer["people"], answer["left_out"]) == (1, 3)


def test_a_search_is_asked_again_and_a_list_is_kept(ask):
    """Both shown by name, with what they want in another snapshot."""
    assert ask("save", "dems", "party = DEM")["frozen"] is None
    assert ask("save", "dems then", "party = DEM", "--frozen")["frozen"]["people"] == 3

    assert ask("show", "dems", "--snapshot", "elm-early")["people"] == 1
    assert ask("show", "dems then", "--snapshot", "elm-early")["people"] == 1
    assert ask("show", "dems then")["people"] == 3
    assert ask("count", 'on list "dems then" and age > 50')["people"] == 1


def test_explain_shows_sentence_data_and_ladder(ask):
    """What it means, as data too, and what each condition took out."""
    answer = ask("explain", "party = DEM and age < 50")

    assert answer["sentence"] == "People whose party is DEM and aged 49 or younger."
    assert answer["data"]["kind"] == "all"
    assert [step["took_out"] for step in answer["steps"]] == [1, 4, 1]
    assert answer["wanted"] == 2


def test_people_read_tables(data, capsys):
    """Without --json the same is shown for reading."""
    for command in (["count"], ["explain"], ["save", "dems"]):
        assert main(["universe", *command, "party = DEM"]) == 0
        assert "whose party is DEM" in capsys.readouterr().out
    assert main(["universe", "show", "dems"]) == 0
    assert "party = DEM" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["count", "prty = DEM"], 1, "did you mean party"),
        (["count", 'on list "x"'], 1, "no list named 'x'"),
        (["count", "voted in the 1999 general"], 1, "It holds: 2024-11-05 general"),
        (["count", "voted in the 2024 special"], 1, "It holds none of that kind"),
        (["count", "everyone", "--snapshot", "x"], 1, "no whole snapshot named 'x'"),
        (["show", "x"], 1, "no readable universe saved as 'x'"),
        (["save", "../x", "everyone"], 1, "cannot name a universe"),
        (["list", "everyone", "-o", "x.txt"], 2, ".csv or .parquet"),
        (["count", "everyone", "--list", "x"], 2, "NAME=FILE"),
        (["count", "everyone", "--list", "x=gone.csv"], 1, "gone.csv"),
        (["count"], 2, "RULE"),
    ],
)
def test_refusals_are_one_line_and_the_right_code(data, capsys, words, code, said):
    """1 is refused, 2 is misused; nothing on standard output."""
    assert main(["universe", *words]) == code

    heard = capsys.readouterr()
    assert said in heard.err
    assert heard.out == ""
    assert code == 2 or heard.err.count("groundgame: ") == 1
    assert code == 2 or heard.err.splitlines()[-1].startswith("groundgame: ")


def test_a_file_that_is_no_list_is_refused(data, capsys):
    """Neither a table without ids, nor a broken Parquet file, is taken as a list."""
    for name, content in (("a.csv", "name\nAna\n"), ("a.parquet", "no")):
        (data / name).write_text(content)
        words = ["count", "everyone", "--list", f"a={data / name}"]
        assert main(["universe", *words]) == 1
        assert "table was wanted" in capsys.readouterr().err


def test_areas_scores_and_earlier_snapshots_are_given_by_name(ask, data):
    """Files for the first two; the others are found in the data folder."""
    ring = "[[-75, 41], [-73, 41], [-73, 43], [-75, 43]]"
    area = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    (data / "here.geojson").write_text(area)
    (data / "scores.csv").write_text("person_id,score,value\nelm:ana,turnout,0.5\n")
    ask("save", "dems", "party = DEM")
    given = ["--area", f"here={data / 'here.geojson'}"]
    given += ["--scores", str(data / "scores.csv")]

    assert ask("count", 'in area "here" and in universe "dems"', *given)["people"] == 2
    assert ask("count", "score turnout >= 0.5", *given)["people"] == 1
    assert ask("count", 'new since snapshot "elm-early"', *given)["people"] == 5
