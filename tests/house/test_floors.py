"""The floors of the house: who may import whom."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.measure import HOUSE

LINT = Path(sys.executable).with_name("lint-imports")


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over a copy of the house."""
    environment = {"PYTHONPATH": str(house / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [str(LINT), "--no-cache"],
        cwd=house,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """A copy of the house that may be broken."""
    shutil.copytree(HOUSE / "src", tmp_path / "src")
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        pytest.param("turf/__init__.py", "import groundgame.packet", id="sideways"),
        pytest.param("values/seed.py", "import groundgame.tables", id="upwards"),
        pytest.param("canvass/__init__.py", "import django", id="a database"),
    ],
)
def test_a_wrong_import_is_caught(copy, file, planted):
    """An engine that reaches sideways, upwards or for the web breaks a contract."""
    path = copy / "src/groundgame" / file
    path.write_text(path.read_text() + f"\n{planted}\n")

    said = lint(copy)

    assert said.returncode == 1
    assert "BROKEN" in said.stdout


def test_the_floors_hold():
    """Every room imports only what lies below it, and no exception is listed."""
    said = lint(HOUSE)

    assert said.returncode == 0, said.stdout
    assert "ignore_imports" not in (HOUSE / "pyproject.toml").read_text()
