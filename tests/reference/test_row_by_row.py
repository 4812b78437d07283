"""The import beside a program that reads row by row, in plain Python.

The program and the invented state are the benchmark's (`bench/import_peers.py`).
"""

import sys
from datetime import date

import pytest

from groundgame.voterfile import import_file
from tests.house.measure import HOUSE

sys.path.insert(0, str(HOUSE / "bench"))
peers = pytest.importorskip("import_peers", reason="petl or usaddress is missing")
rough = pytest.importorskip("import_rough")
state = pytest.importorskip("state")
addresses = pytest.importorskip("row_address")
ROWS = 3_000


@pytest.fixture(scope="module")
def voters(tmp_path_factory):
    """Return an invented state's file, made rough."""
    folder = tmp_path_factory.mktemp("state")
    state.make(ROWS, folder / "plain.txt")
    return rough.rough(folder / "plain.txt", folder / "rough.txt")


@pytest.fixture(scope="module")
def snapshot(voters, tmp_path_factory):
    """Return what the import makes of it."""
    into = tmp_path_factory.mktemp("snapshots")
    return import_file(voters, "nc", into, dated=date(2025, 1, 15))


def test_row_by_row_comes_to_the_same(voters, snapshot, tmp_path):
    """People, doors, districts and refused rows, each value and in order."""
    assert snapshot.manifest.refused
    assert snapshot.manifest.merged
    assert peers.check(voters, snapshot, tmp_path / "out") == snapshot.manifest.rows


@pytest.mark.parametrize(
    ("where", "name", "wrong"),
    [
        pytest.param(addresses, "_zip", lambda _text: "27001", id="one zip for all"),
        pytest.param(addresses, "_number", lambda text: text, id="numbers as spelled"),
        pytest.param(peers, "_ocd_id", lambda *_: None, id="no district has an id"),
        pytest.param(peers, "_last", lambda *_: iter(()), id="in another order"),
    ],
)
def test_a_difference_is_noticed(  # fixtures are arguments
    voters, snapshot, tmp_path, monkeypatch, where, name, wrong
):
    """A program with one of these mistakes does not come to the same."""
    fired = []
    addresses.door.cache_clear()
    peers._address.cache_clear()
    monkeypatch.setattr(where, name, lambda *texts: fired.append(1) or wrong(*texts))

    with pytest.raises(SystemExit, match="not the same"):
        peers.check(voters, snapshot, tmp_path / "out")

    assert fired
    addresses.door.cache_clear()
    peers._address.cache_clear()
