"""Exports of VAN, TargetSmart and L2, and the British register, two people each."""

from datetime import date

import pytest

from groundgame.voterfile import check, load_layout
from tests.unit.voterfile import elm, sheets

VAN = sheets.table(
    *(
        (
            "Voter File VANID",
            "LastName",
            "FirstName",
            "Age",
            "Sex",
            "Party",
            "vAddress",
        ),
        ("1001", "Moss", "Ida", "66", "F", "D", "12 Elm St Apt 4"),
        ("1002", "Hill", "Ben", "", "M", "R", "14 Elm St"),
    ),
    mark="\t",
).replace("\tvAddress\n", "\tvAddress\tCity\tState\tZip5\tCell Phone\tGeneral 2022\n")
VAN = VAN.replace("Apt 4\n", "Apt 4\tElmton\tNC\t69999\t(315) 555-0101\tA\n")
VAN = VAN.replace("14 Elm St\n", "14 Elm St\tElmton\tNC\t69999\t\t\n")

TARGETSMART = sheets.table(
    (
        *("vb.voterbase_id", "vb.tsmart_first_name", "vb.tsmart_last_name"),
        *("vb.voterbase_dob", "vb.voterbase_gender", "vb.vf_party"),
        *("vb.tsmart_full_address", "vb.tsmart_city", "vb.vf_source_state"),
        *("vb.tsmart_zip", "vb.voterbase_phone", "vb.vf_cd", "vb.vf_g2022"),
        *("ts.tsmart_partisan_score", "vb.vf_voter_status"),
    ),
    (
        *("NC-1", "Ida", "Moss", "19580314", "Female", "Democrat", "12 Elm St Apt 4"),
        *("Elmton", "NC", "69999", "3155550101", "004", "E", "87.5", "Active"),
    ),
    (
        *("NC-2", "Ben", "Hill", "19710000", "Male", "Republican", "14 Elm St"),
        *("Elmton", "NC", "69999", "", "004", "", "11.0", "Inactive"),
    ),
)

L2 = sheets.table(
    (
        *("LALVOTERID", "Voters_FirstName", "Voters_LastName", "Voters_BirthDate"),
        *("Voters_Active", "Voters_Gender", "Parties_Description"),
        *("Residence_Addresses_AddressLine", "Residence_Addresses_City"),
        *("Residence_Addresses_State", "Residence_Addresses_Zip", "County"),
        *("VoterTelephones_LandlineFormatted", "US_Congressional_District"),
        *("Languages_Description", "General_2022", "Primary_2022"),
    ),
    (
        *("LALNC1", "Ida", "Moss", "03/14/1958", "A", "F", "Democratic"),
        *("12 Elm St Apt 4", "Elmton", "NC", "69999", "ELM", "(315) 555-0101"),
        *("04", "Spanish", "Y", ""),
    ),
    (
        *("LALNC2", "Ben", "Hill", "", "I", "M", "Republican", "14 Elm St", "Elmton"),
        *("NC", "69999", "ELM", "", "04", "English", "", ""),
    ),
    mark="\t",
)

UK_NAMES = (
    *("Elector Number Prefix", "Elector Number", "Elector Number Suffix"),
    *("Elector Markers", "Elector DOB"),
)
UK_PLACE = ("PostCode", *(f"Address{n}" for n in range(1, 7)))
IDA_LIVES = ("EL1 4AB", "Flat 4", "12 Elm Road", "Elmton", "", "", "")
BEN_LIVES = ("EL1 4AC", "14 Elm Road", "Elmton", "", "", "", "")
UK = sheets.table(
    (*UK_NAMES, "Elector Surname", "Elector Forename", *UK_PLACE),
    ("EA", "12", "0", "", "", "Moss", "Ida Ruth", *IDA_LIVES),
    ("EA", "13", "1", "A", "30/11/2007", "Hill", "Ben", *BEN_LIVES),
)
UK13 = sheets.table(
    (*UK_NAMES, "Elector Name", *UK_PLACE),
    ("EA", "12", "0", "", "", "Moss Ida Ruth", *IDA_LIVES),
    ("EA", "13", "1", "A", "30/11/2007", "Hill Ben", *BEN_LIVES),
)
UPDATE = sheets.table(
    (
        *("ElectorNumber", "MarkersRegisterText", "ElectorDOB", "ElectorSurname"),
        *("ElectorForename", "PropertyAddress1", "PropertyAddress2"),
        *("PropertyAddress3", "PropertyAddress4", "PropertyAddress5"),
        "PropertyPostCode",
    ),
    ("EA-12/0", "", "", "Moss", "Ida Ruth", *IDA_LIVES[1:6], "EL1 4AB"),
    ("EA-13/1", "A", "30/11/2007", "Hill", "Ben", *BEN_LIVES[1:6], "EL1 4AC"),
)


def read(folder, content, layout):
    """Import a file; return its people in order with their doors beside them."""
    snapshot = elm.imported(folder, content, layout=layout)
    assert snapshot.manifest.accepted == snapshot.manifest.rows == 2
    doors = {one["door_id"]: one for one in snapshot.read("doors").to_pylist()}
    people = sorted(
        snapshot.read("people").to_pylist(), key=lambda one: one["source_line"]
    )
    return snapshot, [(one, doors.get(one["door_id"])) for one in people]


@pytest.mark.parametrize(
    ("layout", "content"),
    [
        *(("van", VAN), ("targetsmart", TARGETSMART), ("l2", L2), ("uk", UK)),
        *(("uk13", UK13), ("uk_update", UPDATE)),
    ],
)
def test_an_export_is_recognized(tmp_path, layout, content):
    """Surely, and as itself, not as its neighbour."""
    path = tmp_path / "export.csv"
    path.write_text(content)
    checked = check(path)

    assert (checked.best.layout.id, checked.sure) == (layout, True)


@pytest.mark.parametrize(
    ("layout", "content", "ids", "party"),
    [
        ("van", VAN, ("1001", "1002"), "D"),
        ("targetsmart", TARGETSMART, ("NC-1", "NC-2"), "DEM"),
        ("l2", L2, ("LALNC1", "LALNC2"), "DEM"),
    ],
)
def test_an_american_export_is_read(tmp_path, layout, content, ids, party):
    """Ida of 12 Elm Street voted in 2022, her neighbour did not."""
    snapshot, ((ida, hers), (ben, his)) = read(tmp_path, content, layout)
    ballots = snapshot.read("ballots").to_pylist()

    assert (ida["person_id"], ben["person_id"]) == tuple(f"{layout}:{n}" for n in ids)
    assert (ida["last_name"], ida["gender"], ida["party"]) == ("Moss", "F", party)
    assert ida["birth_year"] in (1958, 2025 - 66)
    assert (ida["phone"], ben["phone"]) == ("+13155550101", None)
    assert (hers["number"], hers["unit"], hers["zip"]) == ("12", "4", "69999")
    assert (his["number"], his["unit"], his["state"]) == ("14", None, "NC")
    assert [(one["person_id"], one["election"]) for one in ballots] == [
        (ida["person_id"], "2022-11-08 general")
    ]


def test_what_only_some_vendors_tell(tmp_path):
    """A score of TargetSmart's is kept as text; L2's language becomes a code."""
    (tmp_path / "ts").mkdir()
    _, ((scored, _), (ben, _)) = read(tmp_path / "ts", TARGETSMART, "targetsmart")
    (tmp_path / "l2").mkdir()
    _, ((speaks, _), _) = read(tmp_path / "l2", L2, "l2")

    assert (scored["partisan_score"], scored["congressional"]) == ("87.5", "4")
    assert (ben["birth_date"], ben["birth_year"]) == (None, 1971)
    assert (speaks["language"], speaks["county"]) == ("es", "ELM")


LINES = ("Voter File VANID", "LastName", "FirstName", "Phone1", "Phone2", "DateReg")


VAN_LINES = ("Voter File VANID", "LastName", "FirstName", "Phone1", "Phone2", "DateReg")
TARGETSMART_LINES = (
    *("vb.voterbase_id", "vb.tsmart_last_name", "vb.tsmart_first_name"),
    *("vb.voterbase_phone_wireless", "vb.voterbase_phone", "vb.vf_reg_cass_date"),
)
TARGETSMART_PLACE = tuple(
    f"vb.vf_reg_{name}" for name in ("address_1", "address_2", "zip", "city")
)
IN_TWO_LINES = (
    (
        *("1", "Moss", "Ida", "", "3155550101", "1/5/2004 12:00:00 AM"),
        *("12 Elm St", "Apt 4", "69999", "Elmton"),
    ),
    (
        *("2", "Hill", "Ben", "", "", "2004-01-05 00:00:00.000"),
        *("12 Elm St", "", "69999", "Elmton"),
    ),
)


@pytest.mark.parametrize(
    ("layout", "names"),
    [
        ("van", (*VAN_LINES, "vAddress", "Adress2", "Zip5", "City")),
        ("van", (*VAN_LINES, "Address", "Address2", "Zip", "City")),
        ("targetsmart", (*TARGETSMART_LINES, *TARGETSMART_PLACE)),
    ],
)
def test_a_unit_in_a_second_line_makes_a_door_of_its_own(tmp_path, layout, names):
    """And a date with the time of day after it is a date; a second phone is a phone."""
    content = sheets.table(names, *IN_TWO_LINES)
    snapshot, ((ida, hers), (ben, his)) = read(tmp_path, content, layout)
    reasons = check(tmp_path / "voters.csv", load_layout(layout)).best.reasons

    assert any(said.startswith("every registration date reads") for said in reasons)
    assert (hers["unit"], his["unit"]) == ("4", None)
    assert hers["building_id"] == his["building_id"]
    assert ida["registered"] == ben["registered"] == date(2004, 1, 5)
    assert ida["phone"] == "+13155550101"
    assert snapshot.manifest.doors == 2


@pytest.mark.parametrize(
    ("lines", "number", "street", "unit"),
    [
        (("Flat 4, 12 Elm Road", "Elmton"), "12", "Elm Rd", "4"),
        (("Flat 4 12 Elm Road", "Elmton"), "12", "Elm Rd", "4"),
        (("Flat 4", "12 Elm Road", "Elmton"), "12", "Elm Rd", "4"),
        (("Basement Flat", "12 Elm Road"), "12", "Elm Rd", "Bsmt"),
        (("Flat 4", "Elm House", "12-14 Elm Road"), "12-14", "Elm Rd", "4 ELM HOUSE"),
        (("The Old Vicarage", "Church Lane"), "THE OLD VICARAGE", "Church Ln", None),
        (("7a Church Lane", "Elmton"), "7A", "Church Ln", None),
    ],
)
def test_british_addresses_are_taken_apart(tmp_path, lines, number, street, unit):
    """In one line or in three; with a flat, with a house, with only a name."""
    place = ("EL1 4AB", *lines, *[""] * (6 - len(lines)))
    quoted = tuple(f'"{cell}"' for cell in place)
    content = sheets.table(
        (*UK_NAMES, "Elector Surname", "Elector Forename", *UK_PLACE),
        ("EA", "12", "0", "", "", "Moss", "Ida", *quoted),
        ("EA", "13", "0", "", "", "Hill", "Ben", "EL1 4AB", "9 Elm Road", *[""] * 5),
    )
    _, ((_, hers), (_, his)) = read(tmp_path, content, "uk")

    assert (hers["number"], hers["street"], hers["unit"]) == (number, street, unit)
    assert his["number"] == "9"


@pytest.mark.parametrize(
    ("layout", "content", "ids"),
    [
        ("uk", UK, ("EA-12-0", "EA-13-1")),
        ("uk13", UK13, ("EA-12-0", "EA-13-1")),
        ("uk_update", UPDATE, ("EA-12/0", "EA-13/1")),
    ],
)
def test_the_british_register_is_read(tmp_path, layout, content, ids):
    """Flat and house number are in different lines; only an attainer has a date."""
    _, ((ida, hers), (ben, his)) = read(tmp_path, content, layout)

    assert (ida["person_id"], ben["person_id"]) == tuple(f"{layout}:{n}" for n in ids)
    assert (ida["last_name"], ida["first_name"]) == ("Moss", "Ida Ruth")
    assert (ida["birth_date"], ben["birth_date"]) == (None, date(2007, 11, 30))
    assert (ida["status"], ben["markers"]) == ("active", "A")
    assert (hers["number"], hers["unit"]) == ("12", "4")
    assert (his["number"], his["unit"]) == ("14", None)
