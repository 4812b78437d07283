"""Layouts are data: a new state is a TOML file and no code."""

import gzip

import pytest

from groundgame.errors import NoSuchLayout, WrongLayout
from groundgame.voterfile import generic_layout, layouts, load_layout
from tests.unit.voterfile import elm, sheets

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
    """Elm, thirteen states, three vendors, the British register, and one for others."""
    assert {layout.id for layout in layouts()} == {
        *("co", "de", "fl", "mi", "nc", "nj", "ny", "oh", "ok", "pa", "ut", "vt", "wa"),
        *("van", "targetsmart", "l2", "uk", "uk13", "uk_update", "elm", "generic"),
    }


def test_every_state_has_all_its_counties():
    """As many names as there are counties, each once; numbers with a 0 and without."""
    known = {one.id: one.codes["county"] for one in layouts() if one.codes["county"]}
    counted = {state: len(set(names.values())) for state, names in known.items()}

    assert counted == {
        "de": 3,
        "fl": 67,
        "mi": 78,
        "ny": 62,
        "oh": 88,
        "ok": 71,
        "wa": 39,
    }
    assert known["ny"]["41"] == "Queens"
    assert known["oh"]["7"] == known["oh"]["07"] == "Belmont"


@pytest.mark.parametrize("name", ["oz", "../elm", "none.toml", ""])
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
        pytest.param("states = 'NY'\n" + OAK, id="no such key"),
        pytest.param("state = 'New York'\n" + OAK, id="no state"),
        pytest.param("base = 'oz'\n" + OAK, id="no such base"),
        pytest.param(OAK + "[extra]\ncity = 'C'\n", id="a field as an extra"),
        pytest.param(OAK + "[extra]\n'a b' = 'C'\n", id="no name"),
        pytest.param(
            OAK.replace('"ID"', "{ column = 'ID', take = 'x' }"), id="no group"
        ),
        pytest.param(
            OAK.replace('"ID"', "{ column = 'ID', take = '(' }"), id="no pattern"
        ),
        pytest.param(OAK.replace('"ID"', "{ colunm = 'ID' }"), id="no such way"),
        pytest.param(OAK.replace('"|"', '"||"'), id="two marks"),
    ],
)
def test_a_file_that_is_no_layout_is_refused(tmp_path, broken):
    """It says which file, and where good ones are."""
    layout = tmp_path / "oak.toml"
    layout.write_text(broken)

    with pytest.raises(NoSuchLayout, match=r"there (is|are) "):
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
        (5, "ncid", "nobody in the voter file has this voter id"),
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


CELLS = """
base = "oak"
[columns]
person_id  = { join = ["BOOK", "ID"], with = "-" }
last_name  = { column = ["NAME", "SURNAME"], take = '^(\\S+)' }
first_name = { any = ["CALLED", { column = "NAME", take = '^\\S+ (.*)$' }] }
county     = { value = "Elm" }
[extra]
score = "SCORE"
"""


def test_every_way_to_write_a_cell_reads(tmp_path):
    """Joined, taken by a pattern, the first that is filled, one for all; extras."""
    text = OAK + CELLS.replace('base = "oak"', "").replace("[columns]", "")
    text = text.replace('person_id = "ID"\n', "").replace(
        'last_name = { join = ["PARTICLE", "NAME"] }\n', ""
    )
    head, _, rest = text.partition("[dates]")
    dates, _, cells = rest.partition("person_id")
    layout = tmp_path / "oak.toml"
    cells, _, extra = cells.partition("[extra]")
    layout.write_text(f"{head}person_id{cells}\n[extra]{extra}\n[dates]{dates}")
    content = (
        "BOOK|ID|NAME|CALLED|SCORE|LIVES AT\n"
        "A|7|Moss Ida Ruth||0.5|12 Elm St\n"
        "|8|Hill Ben|Benny||14 Elm St\n"
    )
    snapshot = elm.imported(tmp_path, content, layout=load_layout(layout))
    ida, ben = sorted(
        snapshot.read("people").to_pylist(), key=lambda one: one["source_line"]
    )

    assert (ida["person_id"], ben["person_id"]) == ("oak:A-7", "oak:8")
    assert (ida["last_name"], ida["first_name"]) == ("Moss", "Ida Ruth")
    assert (ben["first_name"], ben["county"]) == ("Benny", "Elm")
    assert (ida["score"], ben["score"]) == ("0.5", None)
    assert tuple(snapshot.manifest.extra) == ("score",)


def test_a_layout_can_change_another(tmp_path):
    """Tables key by key, the rest as a whole; what is not said stays."""
    layout = tmp_path / "county.toml"
    layout.write_text(
        'base = "pa"\nname = "A county"\n[columns]\ncongressional = "_DISTRICT4"\n'
        "[history]\nlike = '^_VOTEHISTORY_\\d*[13]$'\nlabelled = true\n"
        "[history.called]\n_VOTEHISTORY_1 = '11/03/2020 GENERAL'\n"
        "_VOTEHISTORY_3 = '04/28/2020 PRIMARY'\n_LASTVOTE = ''\n"
    )
    changed, plain = load_layout(layout), load_layout("pa")
    voted = {"_VOTEHISTORY_1": "MB", "_LASTVOTE": "11/03/2020", "LAST_NAME": "Moss"}
    ida = voted | {"STATE_VOTER_REF": "7", "_DISTRICT4": "04"}
    content = sheets.sheet(plain, [ida], header=False)
    snapshot = elm.imported(tmp_path, content, layout=changed)
    (ballot,) = snapshot.read("ballots").to_pylist()

    assert (ballot["election"], ballot["method"]) == ("2020-11-03 general", "mail")
    assert snapshot.read("people")["congressional"].to_pylist() == ["4"]
    assert changed.columns["congressional"].columns == ("_DISTRICT4",)
    assert changed.columns["last_name"] == plain.columns["last_name"]
    assert (changed.delimiter, changed.header) == (plain.delimiter, plain.header)
    assert changed.history.formats == plain.history.formats
    assert changed.digest != plain.digest
