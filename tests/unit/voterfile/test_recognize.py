"""A file is recognized by its columns or by its cells; what looks odd is said."""

from unittest import mock

import pytest

from groundgame.errors import UnsureLayout
from groundgame.voterfile import (
    check,
    first_people,
    load_layout,
    recognize,
    recognized,
)
from groundgame.voterfile.recognize import HISTORY_FILE, VOTER_FILE
from tests.unit.voterfile import elm, sheets

FLORIDA = load_layout("fl")
VAN = ["Voter File VANID", "LastName", "FirstName", "Address", "Zip5", "DOB", "State"]
VAN_ROW = ["7", "Moss", "Ida", "12 Elm St", "69999", "03/14/1958", "NC"]


def seen(folder, content, layout=None):
    """Return what a file with this content is taken for."""
    path = folder / "voters.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return check(path, layout)


def test_elms_file_is_recognized_by_its_header():
    """All 24 columns are there, nothing else comes near, and nine of ten dates read."""
    checked = check(elm.VOTERS)

    assert (checked.best.layout.id, checked.best.kind) == ("elm", VOTER_FILE)
    assert checked.sure
    assert "24 of its 24 columns are known by name" in checked.best.reasons
    assert "every status is a known code" in checked.best.reasons
    assert checked.matches[1].fit < 0.5


def test_a_file_without_a_header_is_recognized_by_its_cells(tmp_path):
    """38 cells, dates, ids and codes where Florida has them."""
    checked = seen(tmp_path, sheets.sheet(FLORIDA, sheets.florida(9), header=False))

    assert checked.best.layout.id == "fl"
    assert checked.sure
    assert "every birth date reads as MM/DD/YYYY" in checked.best.reasons
    assert not checked.warnings


def test_a_history_file_is_told_from_a_voter_file(tmp_path):
    """North Carolina's ncvhis is its history file, and is imported beside the other."""
    names = ["county_id", "voter_reg_num", "election_lbl", "election_desc"]
    names += ["voting_method", "voted_party_cd", "ncid"]
    row = ["1", "1", "11/05/2024", "11/05/2024 GENERAL", "IN-PERSON", "UNA", "AA1"]
    checked = seen(tmp_path, sheets.table(names, row, mark="\t"))

    assert (checked.best.layout.id, checked.best.kind) == ("nc", HISTORY_FILE)
    assert checked.sure
    with pytest.raises(UnsureLayout, match=r"nc \(history file"):
        recognized(tmp_path / "voters.txt")


def test_a_list_that_nobody_knows_is_not_guessed_at(tmp_path):
    """It is refused with what to do, and not read as whatever comes nearest."""
    content = sheets.table(["Who", "Where"], ["Moss", "12 Elm St"])
    checked = seen(tmp_path, content)

    assert not checked.sure
    with pytest.raises(UnsureLayout, match="--layout"):
        recognized(tmp_path / "voters.txt")


def test_what_a_check_says_holds_nobody(tmp_path):
    """No reason, warning or refusal repeats a cell; first_people does, when asked."""
    content = sheets.table(VAN, VAN_ROW, VAN_ROW)
    checked = seen(tmp_path, content)
    said = " ".join((*checked.best.reasons, *checked.warnings))

    assert not {"Moss", "Ida", "12 Elm St", "1958"} & set(said.replace(",", "").split())
    (first, _second) = first_people(checked.best, 9, 2025)
    assert (first["last_name"], first["address"]) == ("Moss", "12 Elm St")


def test_a_file_of_another_state_is_noticed(tmp_path):
    """Florida's layout over addresses that are in Georgia."""
    people = sheets.florida(9, **{"Residence State": "GA"})
    checked = seen(tmp_path, sheets.sheet(FLORIDA, people, header=False))

    assert any("not in FL (most often GA)" in said for said in checked.warnings)


@pytest.mark.parametrize(("by", "side"), [(1, "right"), (-1, "left")])
def test_columns_shifted_by_one_are_noticed(tmp_path, by, side):
    """A row number before every row, or a first column that was lost."""
    content = sheets.sheet(FLORIDA, sheets.florida(9), header=False)
    lines = content.splitlines()
    moved = [f"9\t{one}" if by > 0 else one.partition("\t")[2] for one in lines]
    checked = seen(tmp_path, "\n".join([*moved, ""]), FLORIDA)

    assert not checked.sure
    assert any(f"shifted by one to the {side}" in said for said in checked.warnings)


def test_dates_in_the_other_order_are_noticed(tmp_path):
    """Days above 12 where months should be."""
    people = [
        one | {"Birth Date": "{1}/{0}/{2}".format(*one["Birth Date"].split("/"))}
        for one in sheets.florida(9)
    ]
    checked = seen(tmp_path, sheets.sheet(FLORIDA, people, header=False))

    assert any("day and month exchanged" in said for said in checked.warnings)


def test_dates_that_read_both_ways_are_doubted(tmp_path):
    """Forty birth dates and never a day after the 12th: chance does not do that."""
    days = [f"{n % 12 + 1:02}/{n % 11 + 1:02}/{1950 + n}" for n in range(40)]
    rows = [[str(n), *VAN_ROW[1:5], day, "NC"] for n, day in enumerate(days)]
    checked = seen(tmp_path, sheets.table(VAN, *rows))

    assert any("after the 12th" in said for said in checked.warnings)


@pytest.mark.parametrize("day", ["01/01/1900", "01/01/1800"])
def test_birth_dates_that_stand_for_nothing_are_noticed(tmp_path, day):
    """They are said, and are no birth date after the import."""
    rows = [[str(n), *VAN_ROW[1:5], day, "NC"] for n in range(3)]
    checked = seen(tmp_path, sheets.table(VAN, *rows))

    assert any("taken as not known" in said for said in checked.warnings)


def test_one_id_on_two_people_is_noticed(tmp_path):
    """The same id with another name; the same row twice is no cause for alarm."""
    other = [*VAN_ROW[:1], "Hill", *VAN_ROW[2:]]
    assert not seen(tmp_path, sheets.table(VAN, VAN_ROW, VAN_ROW)).warnings
    checked = seen(tmp_path, sheets.table(VAN, VAN_ROW, other))

    assert any("1 voter ids stand on rows" in said for said in checked.warnings)


def test_two_elections_under_one_code_are_noticed(tmp_path):
    """The code GE24 on two days, and two names for one primary; not two specials."""
    names = ["ncid", "election_lbl", "election_desc", "voting_method", "voted_party_cd"]
    rows = [
        ["A1", "11/05/2024", "GE24", "IN-PERSON", "UNA"],
        ["A2", "11/12/2024", "GE24", "IN-PERSON", "UNA"],
        ["A1", "03/05/2024", "PRIMARY", "IN-PERSON", "UNA"],
        ["A2", "03/05/2024", "2024 PRIMARY", "IN-PERSON", "UNA"],
        ["A1", "03/12/2024", "SPECIAL WARD 1", "IN-PERSON", "UNA"],
        ["A2", "03/12/2024", "SPECIAL WARD 2", "IN-PERSON", "UNA"],
    ]
    checked = seen(tmp_path, sheets.table(names, *rows, mark="\t"))

    assert "1 election codes stand for more than one day" in checked.warnings
    assert any("1 elections go by more than one" in one for one in checked.warnings)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            sheets.table(VAN, VAN_ROW, [*VAN_ROW, "x"], VAN_ROW),
            "have not 7 cells",
            id="mixed widths",
        ),
        pytest.param(
            sheets.table([f"c{n}" for n in range(10_000)], ["1"] * 10_000),
            "10,000 columns",
            id="10,000 columns",
        ),
        pytest.param(
            sheets.table(VAN, [*VAN_ROW[:3], "x" * 140_000, *VAN_ROW[4:]]),
            "140,000 characters",
            id="140 kB in a cell",
        ),
        pytest.param(
            sheets.table([*VAN, "DOB"], [*VAN_ROW, ""]), "come twice", id="two DOB"
        ),
    ],
)
def test_odd_tables_are_noticed(tmp_path, content, said):
    """Rows of other widths, ten thousand columns, a cell of 140 kB, a name twice."""
    assert any(said in warning for warning in seen(tmp_path, content).warnings)


def test_a_known_table_with_another_mark_is_no_sure_thing(tmp_path):
    """Elm's columns between tabs: an import with that layout would fail."""
    checked = seen(tmp_path, elm.VOTERS.read_text().replace(",", "\t"))

    assert checked.best.layout.id == "elm"
    assert not checked.sure
    assert any("set apart by ','" in reason for reason in checked.best.reasons)


def test_a_recognizer_that_is_always_sure_does_not_pass(tmp_path):
    """Planted: any fit will do. Elm's columns between tabs would then be imported."""
    content = elm.VOTERS.read_text().replace(",", "\t")
    with mock.patch.object(recognize, "SURE", 0.0):
        planted = seen(tmp_path, content).sure

    assert planted
    assert not seen(tmp_path, content).sure
