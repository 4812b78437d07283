"""Layouts are data: a new state is a TOML file and no code."""

import gzip

import pytest

from groundgame.errors import NoSuchLayout, WrongLayout
from groundgame.voterfile import generic_layout, layouts, load_layout
from tests.unit.voterfile import elm

OAK = """
name      = "Oak County"
source    = "this test"
delimiter = "|"
quote     = ""

[columns]
person_id = "ID"
last_name = { join = ["PARTICLE", "NAME"] }
address   = "LIVES AT"

[dates]
formats = ["%d.%m.%Y"]
"""
NC = (
    "ncid\tstatus_cd\tlast_name\tfirst_name\tmidl_name\tname_sufx_cd\tres_street_address"
    "\tres_city_desc\tzip_code\tparty_cd\tgender_code\tbirth_age\tregistr_dt"
    "\tprecinct_abbrv\tmunicipality_desc\tward_abbrv\tcong_dist_abbrv\tnc_senate_abbrv"
    "\tnc_house_abbrv\tcounty_desc\n"
    '"AA1"\tA\tMoss\tIda\tRuth\t\t"12  ELM ST   # 4"\tELMTON\t699991234\tUNA\tF\t40'
    "\t01/02/2010\tE1\tELMTON\t\t03\t07\t014\tELM\n"
)
HISTORY = (
    "county_id\tvoter_reg_num\telection_lbl\telection_desc\tvoting_method"
    "\tvoted_party_cd\tncid\n"
    '1\t1\t11/05/2024\t11/05/2024 GENERAL\tABSENTEE ONESTOP\tUNA\t"AA1"\n'
    '1\t1\t11/05/2024\t11/05/2024 GENERAL\tABSENTEE ONESTOP\tUNA\t"AA1"\n'
    '1\t1\t03/05/2024\t03/05/2024 PRIMARY\tIN-PERSON\tDEM\t"AA1"\n'
    '1\t2\t11/05/2024\t11/05/2024 GENERAL\tIN-PERSON\tUNA\t"AA2"\n'
    '1\t1\tsoon\tGENERAL\tIN-PERSON\tUNA\t"AA1"\n'
)


def test_the_built_in_layouts_are_the_ones_that_are_promised():
    """Elm, three states, and one for everything else."""
    assert [layout.id for layout in layouts()] == ["elm", "generic", "nc", "ny", "wa"]


@pytest.mark.parametrize("name", ["oh", "../elm", "none.toml", ""])
def test_an_unknown_layout_is_refused(name):
    """With those that are known."""
    with pytest.raises(NoSuchLayout, match=r"there (is|are) "):
        load_layout(name)


def test_a_new_county_is_a_toml_file(tmp_path):
    """Bars between cells, no quoting, a name in two columns, an address in one."""
    layout = tmp_path / "oak.toml"
    layout.write_text(OAK)
    content = 'ID|NAME|PARTICLE|LIVES AT\n7|Moss|van|12 Elm St "rear"\n'
    snapshot = elm.imported(tmp_path, content, layout=load_layout(layout))
    (person,) = snapshot.read("people").to_pylist()

    assert person["person_id"] == "oak:7"
    assert person["last_name"] == "van Moss"
    assert snapshot.manifest.doors == 1


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("name =", id="no TOML"),
        pytest.param(OAK.replace("[columns]", "[cells]"), id="no columns"),
        pytest.param(OAK.replace("last_name", "surname"), id="no such field"),
    ],
)
def test_a_file_that_is_no_layout_is_refused(tmp_path, broken):
    """It says which file, and where good ones are."""
    layout = tmp_path / "oak.toml"
    layout.write_text(broken)

    with pytest.raises(NoSuchLayout, match=r"oak\.toml that is no layout"):
        load_layout(layout)


@pytest.mark.parametrize("mark", [",", "\t", "|", ";"])
def test_any_list_with_a_header_can_be_named_column_by_column(tmp_path, mark):
    """The mark between cells is found out from the header."""
    content = "VANID,LastName,Address,Zip\n7,Moss,12 Elm St Apt 4,69999\n"
    layout = generic_layout(
        {"person_id": "vanid", "last_name": "LastName", "address": "Address"}
    )
    snapshot = elm.imported(tmp_path, content.replace(",", mark), layout=layout)
    (door,) = snapshot.read("doors").to_pylist()

    assert (door["number"], door["street"], door["unit"]) == ("12", "Elm St", "4")
    assert snapshot.read("people")["person_id"].to_pylist() == ["generic:7"]


def test_the_generic_layout_needs_an_id_and_known_fields():
    """A person without an id cannot be found again in the next snapshot."""
    with pytest.raises(NoSuchLayout, match="person_id"):
        generic_layout({"last_name": "LastName"})
    with pytest.raises(NoSuchLayout, match="no field surname"):
        generic_layout({"person_id": "ID", "surname": "LastName"})


def test_the_names_of_columns_in_north_carolinas_own_layout(tmp_path):
    """midl_name and name_sufx_cd, where other years have other names."""
    snapshot = elm.imported(tmp_path, NC, layout="nc")
    (person,) = snapshot.read("people").to_pylist()
    (door,) = snapshot.read("doors").to_pylist()

    assert (person["middle_name"], person["birth_year"]) == ("Ruth", 1985)
    assert (person["municipality"], person["state_house"]) == ("ELMTON", "14")
    assert (door["address"], door["zip"]) == ("12 Elm St #4", "69999")


def test_a_history_file_is_counted_row_by_row(tmp_path):
    """Of five ballots two stand, one repeats, one is a stranger's, one has no day."""
    history = tmp_path / "ncvhis.txt.gz"
    history.write_bytes(gzip.compress(HISTORY.encode()))
    snapshot = elm.imported(tmp_path, NC, layout="nc", history=[history])
    manifest = snapshot.manifest

    assert (manifest.rows, manifest.accepted, manifest.merged) == (6, 3, 1)
    assert elm.refusals(snapshot) == [
        (5, None, "nobody in the voter file has this voter id"),
        (6, "election_lbl", "the date cannot be read"),
    ]
    assert sorted(v["election"] for v in snapshot.read("ballots").to_pylist()) == [
        "2024-03-05 primary",
        "2024-11-05 general",
    ]


def test_a_history_file_is_refused_where_a_layout_has_none(tmp_path):
    """Elm writes its history into the rows."""
    with pytest.raises(WrongLayout, match="leave --history away"):
        elm.imported(tmp_path, elm.text(elm.row(1)), history=[elm.VOTERS], layout="elm")


def test_a_header_in_a_file_that_should_have_none_is_no_person(tmp_path):
    """Somebody added New York's column names: they are passed over, not imported."""
    names = load_layout("ny").header
    cells = dict.fromkeys(names, "") | {"SBOEID": "NY1", "LASTNAME": "Moss"}
    content = ",".join(names) + "\n" + ",".join(cells.values()) + "\n"
    snapshot = elm.imported(tmp_path, content, layout="ny")

    assert snapshot.read("people")["person_id"].to_pylist() == ["ny:NY1"]
