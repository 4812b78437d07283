"""groundgame experiment, as somebody types it."""

import json

import polars as pl
import pytest

from groundgame.cli import main


@pytest.fixture
def units(tmp_path):
    """Write a file of forty doors on four streets."""
    path = tmp_path / "doors.csv"
    pl.DataFrame(
        {
            "door_id": [f"d{n:02}" for n in range(40)],
            "street": [f"s{n % 4}" for n in range(40)],
            "age": [20 + n for n in range(40)],
        }
    ).write_csv(path)
    return path


def assigned(units, *more):
    """Draw arms, and return what was written."""
    out = units.with_name("arms.csv")
    asked = ["experiment", "assign", str(units), "-o", str(out)]
    assert main([*asked, "--arm", "visit=1", "--arm", "control=1", *more]) == 0
    return pl.read_csv(out)


def test_a_draw_is_written_with_its_design(units, capsys):
    """The file says who is in which arm; the design says how anybody may draw again."""
    kept = units.with_name("design.json")
    arms = assigned(units, "--block", "street", "--register", str(kept), "--json")

    said = json.loads(capsys.readouterr().out)
    assert arms.group_by("street", "arm").len()["len"].to_list() == [5] * 8
    assert said["design"] == json.loads(kept.read_text())["sha256"]
    assert set(arms["probability"]) == {0.5}


def test_a_draw_can_be_estimated(units, capsys):
    """What assign writes, estimate reads: the whole way by two commands."""
    arms = assigned(units, "--block", "street", "--covariates", "age")
    measured = units.with_name("outcomes.csv")
    visited = pl.col("arm") == "visit"
    arms.with_columns(voted=visited.cast(int) + pl.col("age") / 100).write_csv(measured)
    capsys.readouterr()
    asked = ["--outcome", "voted", "--arm", "arm", "--control", "control"]
    more = ["--block", "street", "--covariates", "age", "--json"]

    assert main(["experiment", "estimate", str(measured), *asked, *more]) == 0
    arm = json.loads(capsys.readouterr().out)["arms"][0]
    assert arm["estimate"] == pytest.approx(1.0)


def test_a_table_is_printed_for_people(units, capsys):
    """Without --json there is a table, and a sentence to read out."""
    arms = assigned(units)
    arms.with_columns(voted=pl.col("age") % 2).write_csv(units)
    asked = ["--outcome", "voted", "--arm", "arm", "--control", "control"]
    capsys.readouterr()

    again = ["--redraw", "100", "--planned", "40"]
    assert main(["experiment", "estimate", str(units), *asked, *again]) == 0
    said = capsys.readouterr().out
    assert "the truth is likely between" in said
    assert "drawn again 100 times (seed 1)" in said


def test_what_can_be_seen_is_said_in_doors_and_hours(capsys):
    """A field director decides by hours, not by standard errors."""
    asked = ["--units", "3000", "--contact", "0.35", "--explained", "0.3"]
    assert main(["experiment", "design", *asked]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("that is 210 volunteer hours.")
    assert [line.split(":")[0] for line in lines] == [
        "plain",
        "placebo",
        "plain, with a survey before",
        "placebo, with a survey before",
    ]


def test_a_condition_that_is_none_is_a_misuse(units):
    """--where is for rows; what is no condition ends in 2, not in a traceback."""
    asked = ["--outcome", "age", "--arm", "street", "--control", "s0"]
    wrong = ["--where", "no such thing ("]

    assert main(["experiment", "estimate", str(units), *asked, *wrong]) == 2


def test_a_report_looks_into_groups(units, capsys):
    """--by of a report is --by of an estimate, on the page."""
    arms = assigned(units)
    voted = pl.col("age") % 3 % 2
    many = pl.concat([arms.with_columns(voted=voted)] * 6)
    many = many.with_columns(ward=pl.int_range(pl.len()) % 2)
    many.drop("door_id").write_csv(units)
    asked = ["--outcome", "voted", "--arm", "arm", "--control", "control"]
    out = units.with_name("report.json")
    more = ["--by", "ward", "--errors", "hc1", "-o", str(out), "--as-stated"]

    assert main(["experiment", "report", str(units), *asked, *more]) == 0
    (one,) = json.loads(out.read_text())["groups"]
    assert [each["group"] for each in one["groups"]] == ["0", "1"]
    totals = ["--by", "ward", "--estimator", "horvitz-thompson", "--as-stated"]
    assert main(["experiment", "estimate", str(units), *asked, *totals]) == 2


def test_everybody_reached_is_no_endless_number(units, capsys):
    """Where nobody of the control and all others were reached, JSON stays JSON."""
    arms = assigned(units)
    visited = (pl.col("arm") == "visit").cast(int).alias("opened")
    arms.with_columns(visited, voted=pl.col("age") % 3).write_csv(units)
    asked = ["--outcome", "voted", "--arm", "arm", "--control", "control"]
    capsys.readouterr()

    more = ["--contacted", "opened", "--json"]
    assert main(["experiment", "estimate", str(units), *asked, *more]) == 0
    said = capsys.readouterr().out
    assert "Infinity" not in said
    assert json.loads(said)["arms"][0]["cace"]["first_stage_f"] is None
