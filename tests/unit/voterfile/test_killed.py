"""An import that is killed: the old snapshot stands, and it can be started again.

A child imports a file and sends itself SIGKILL at a named moment: nothing of it can
tidy up, as when a battery is empty.
"""

import subprocess
import sys

import pytest

from groundgame.tables import Snapshot
from groundgame.voterfile import import_file, workplace
from tests.unit.voterfile import elm

OLD = elm.text(*(elm.row(n) for n in range(1, 6)))
NEW = elm.text(*(elm.row(n) for n in range(2, 9)))
CHILD = """
import os, signal, sys
from pathlib import Path
from groundgame.voterfile import importing
from tests.unit.voterfile import elm

folder, moment, planted = sys.argv[1:]

def killed(*given):
    print("killed", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(importing, moment, killed)
exec(planted)
importing.import_file(
    Path(folder) / "new.csv", "elm", Path(folder) / "snapshots", dated=elm.DATED
)
"""
MOMENTS = {
    "before a row is read": "read_people",
    "while parts are written": "finish",
    "before the manifest": "_write_manifest",
    "before it has its name": "_move",
}
CLEARS_FIRST = """
import shutil
shutil.rmtree(next((Path(folder) / "snapshots").glob("elm-*")))
print("fired", flush=True)
"""


def files(folder):
    """Return what every file of the snapshots holds."""
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in there}


def killed(folder, moment, planted=""):
    """Import a file; then let an import of another be killed. Return what it said."""
    for name, text in (("old.csv", OLD), ("new.csv", NEW)):
        (folder / name).write_text(text)
    into = folder / "snapshots"
    old = import_file(folder / "old.csv", "elm", into, dated=elm.DATED)
    before = files(old.folder)
    child = [sys.executable, "-c", CHILD, str(folder), moment, planted]
    done = subprocess.run(child, capture_output=True, text=True, check=False)

    assert done.returncode == -9, done.stderr
    assert "killed" in done.stdout
    return old, before, done.stdout


def again(folder):
    """Start the killed import again, here."""
    return import_file(folder / "new.csv", "elm", folder / "snapshots", dated=elm.DATED)


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_killed_import_leaves_the_old_snapshot_and_can_be_started_again(
    tmp_path, moment
):
    """Byte for byte; and the second run is as if there had been no first."""
    old, before, _ = killed(tmp_path, moment)
    whole = [path.parent.name for path in old.folder.parent.glob("[!.]*/manifest.json")]
    assert whole == [old.id]
    assert files(old.folder) == before
    assert Snapshot.open(old.folder).manifest == old.manifest

    new = again(tmp_path)

    assert (new.manifest.rows, new.manifest.people) == (7, 7)
    assert {path.name for path in new.folder.parent.iterdir()} == {old.id, new.id}
    clean = elm.imported(tmp_path, NEW)
    assert clean.id == new.id
    assert files(old.folder) == before


def test_an_import_that_clears_the_old_away_first_does_not_pass(tmp_path):
    """Planted bug: room is made for the new snapshot before it is there."""
    old, before, said = killed(tmp_path, "finish", CLEARS_FIRST)

    assert "fired" in said
    assert files(old.folder) != before


def test_a_second_run_that_sweeps_nothing_does_not_pass(tmp_path, monkeypatch):
    """Planted bug: what the killed run left stays there for good."""
    swept = []
    old, *_ = killed(tmp_path, "finish")
    monkeypatch.setattr(workplace, "_sweep", swept.append)

    new = again(tmp_path)

    assert swept == [tmp_path / "snapshots"]
    assert {path.name for path in new.folder.parent.iterdir()} > {old.id, new.id}
