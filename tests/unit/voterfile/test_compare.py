"""A snapshot against the one before, on Elm County by hand."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from groundgame import voterfile
from groundgame.errors import NotComparable
from tests.unit.voterfile import elm

room = sys.modules["groundgame.voterfile.compare"]  # its name is also the function's

OLD = (
    elm.row(1, party="DEM", history="2024-11-05 general mail"),
    elm.row(2, party="DEM"),
    elm.row(3, state_house="014"),
    elm.row(4, first_name="Ana"),
    elm.row(5),
    elm.row(6, confidential="Y"),
    elm.row(7, party="DEM"),
)
NEW = (
    elm.row(1, party="DEM", history="2025-11-04 general mail;2024-11-05 general mail"),
    elm.row(2, party="WFP", status="I"),
    elm.row(3, state_house="015", ward="2"),
    elm.row(4, first_name="Ana", last_name="Dell", house_number="40"),
    elm.row(6, confidential="Y", house_number="60", party="WFP"),
    elm.row(7, confidential="Y", house_number="70", history="2025-11-04 general mail"),
    elm.row(8),
    elm.row(9, confidential="Y"),
)
SAID = {
    "new": 1,  # 8; 9 is protected
    "gone": 1,  # 5
    "moved": 1,  # 4; 6 and 7 are protected
    "name": 1,  # 4
    "party": 1,  # 2
    "status": 1,  # 2
    "district": 1,  # 3, in two districts
    "voted": 1,  # 1; 7 is protected
}


def snapshot(folder, rows, dated):
    """Import rows as the file of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{dated}.csv"
    file.write_text(elm.text(*rows))
    return voterfile.import_file(file, "elm", folder / "snapshots", dated=dated)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Elm County in January, and a year later."""
    folder = tmp_path_factory.mktemp("elm")
    return (
        snapshot(folder, OLD, date(2025, 1, 15)),
        snapshot(folder, NEW, date(2026, 1, 15)),
    )


def rows(found, kind):
    """Return a list's rows, by person without the name of the layout."""
    table = found.table(kind).to_pylist()
    return [
        {k: v.replace("elm:", "") if v else v for k, v in row.items()} for row in table
    ]


def test_every_change_is_counted_once(two):
    """By hand: one person for each kind, and nobody who is protected in either."""
    with voterfile.compare(*two) as found:
        assert found.people == SAID
        assert found.elections == ("2025-11-04 general",)


def test_lists_say_what_was_and_what_is(two):
    """Each list has the person, the old and the new."""
    with voterfile.compare(*two) as found:
        assert rows(found, "party") == [{"person_id": "E2", "was": "DEM", "now": "WFP"}]
        assert rows(found, "name") == [
            {"person_id": "E4", "was": "Ana Moss", "now": "Ana Dell"}
        ]
        assert rows(found, "district") == [
            {"person_id": "E3", "district": "state_house", "was": "14", "now": "15"},
            {"person_id": "E3", "district": "ward", "was": None, "now": "2"},
        ]
        voted = rows(found, "voted")[0]
        assert (voted["person_id"], voted["method"]) == ("E1", "mail")


def test_ids_stay(two):
    """A person and a door that did not change have the ids they had."""
    old, new = (
        {row["person_id"]: row["door_id"] for row in one.read("people").to_pylist()}
        for one in two
    )

    assert {who for who in old if old[who] == new.get(who)} == {
        f"elm:E{n}" for n in (1, 2, 3)
    }


def test_nobody_protected_is_in_any_list(two):
    """Protected then or now: 6, 7 and 9 changed, and no list names them."""
    with voterfile.compare(*two) as found:
        named = {
            who
            for kind in found.people
            for who in found.table(kind)["person_id"].to_pylist()
        }

    assert not named & {"elm:E6", "elm:E7", "elm:E9"}


def test_a_snapshot_against_itself_says_nothing(two):
    """No change is found where there is none."""
    with voterfile.compare(two[1], two[1]) as found:
        assert set(found.people.values()) == {0}


def test_two_sources_are_not_compared(two):
    """Ids stay within one source: between two, all would be new and all gone."""
    old, new = two
    other = replace(old, manifest=replace(old.manifest, layout="oak"))

    with pytest.raises(NotComparable, match="oak"), voterfile.compare(other, new):
        pass
    with pytest.raises(NotComparable, match="order"), voterfile.compare(new, old):
        pass


@pytest.mark.parametrize(
    ("honest", "planted"),
    [
        pytest.param("IS DISTINCT FROM n.door_id", "<> w.door_id", id="nobody moves"),
        pytest.param(
            "w.names <> n.names", "w.names = n.names", id="names the wrong way"
        ),
        pytest.param(
            "DELETE FROM changes", "DELETE FROM hidden", id="protected listed"
        ),
        pytest.param("FULL JOIN", "LEFT JOIN", id="new people are lost"),
        pytest.param("n.there IS NULL AS", "FALSE AS", id="nobody goes"),
    ],
)
def test_a_planted_bug_is_caught(two, tmp_path, monkeypatch, honest, planted):
    """Each wrong word in the question changes a count that was made by hand."""
    text = (room.resources.files("groundgame.voterfile") / "compare.sql").read_text()
    assert honest in text
    wrong = text.replace(honest, planted)
    if "hidden" in planted:
        wrong = text[: text.index("DELETE FROM changes")]
    (tmp_path / "compare.sql").write_text(wrong)
    monkeypatch.setattr(room.resources, "files", lambda _: tmp_path)

    with voterfile.compare(*two) as found:
        assert found.people != SAID
