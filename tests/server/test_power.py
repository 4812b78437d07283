"""Power cuts on the server: what a receipt named is in the book afterwards."""

import os
from pathlib import Path

import pytest
from django.db import connection

from groundgame.values import Seed
from tests.power.cuts import Batch, Evening, pragmas
from tests.power.disk import Disk

pytestmark = pytest.mark.django_db(transaction=True)
CUTS = int(os.environ.get("GROUNDGAME_TEST_CUTS", "1000"))
MODES = ("TRUNCATE", "WAL")
SEED = 20261103


@pytest.fixture
def evening(phone):
    """Twelve batches of four events, as the server said them to SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("it is about SQLite")
    book = Path(connection.settings_dict["NAME"]).read_bytes()
    batches = []
    for _ in range(12):
        said = [phone.conversation() for _ in range(4)]
        heard: list[str] = []
        connection.connection.set_trace_callback(heard.append)
        assert phone.send(*said).status_code == 200
        connection.connection.set_trace_callback(None)
        assert heard[-1] == "COMMIT"
        batches.append(Batch(heard, frozenset(each["id"] for each in said)))
    return Evening(book, batches)


def cut_often(evening: Evening, said: str, cuts: int, *, lies: bool = False) -> dict:
    """Cut the power at as many steps, spread over the evening; return the sums."""
    disk = Disk(f"forgets-{said}-{lies}", lies=lies)
    steps = evening.steps(disk, said)
    sums = {"acknowledged": 0, "lost": 0, "halves": 0, "broken": 0}
    for n in range(cuts):
        left = evening.cut(disk, said, Seed(SEED + n), 1 + n * steps // cuts)
        sums["acknowledged"] += left.acknowledged
        sums["lost"] += left.lost
        sums["halves"] += left.halves
        sums["broken"] += not left.whole
    disk.unregister()
    return sums


@pytest.mark.parametrize("mode", MODES)
def test_a_power_cut_loses_nothing_that_was_acknowledged(evening, mode):
    """Each receipt's event is there, each batch whole, and the file in order."""
    sums = cut_often(evening, pragmas(mode), CUTS // len(MODES))

    print(mode, CUTS // len(MODES), "cuts, seed", SEED, sums)  # noqa: T201  # shown with -s
    assert sums.pop("acknowledged") > CUTS
    assert sums == {"lost": 0, "halves": 0, "broken": 0}


@pytest.mark.parametrize("mode", MODES)
def test_a_book_that_syncs_less_is_noticed(evening, mode):
    """With synchronous=NORMAL, as web servers use SQLite, acknowledged events go."""
    sums = cut_often(evening, pragmas(mode, "NORMAL"), 60)

    print(mode, "synchronous=NORMAL", sums)  # noqa: T201  # shown with -s
    assert sums["lost"] > 0


@pytest.mark.parametrize("mode", MODES)
def test_a_disk_that_lies_is_noticed(evening, mode):
    """A disk whose syncs do nothing loses events, so these cuts do reach the book."""
    sums = cut_often(evening, pragmas(mode), 60, lies=True)

    assert sums["lost"] + sums["broken"] > 0
