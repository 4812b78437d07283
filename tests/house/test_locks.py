"""What is installed is fixed by hash, and the locks name no registry and no host."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.measure import HOUSE

LOCKS = sorted(HOUSE.glob("requirements*.lock"))
ADDRESS = re.compile(r"https?://|registry\.|files\.python", re.IGNORECASE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_python_package_has_a_version_and_a_hash(lock):
    """A package whose bytes have changed is not installed."""
    text = lock.read_text()
    pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==\S+", text, re.MULTILINE)

    assert pins
    assert not ADDRESS.search(text)
    assert len(re.findall(r"^    --hash=sha256:", text, re.MULTILINE)) >= len(pins)


def test_every_npm_package_has_a_version_and_a_hash():
    """The same for npm's lock, which by default would name a registry."""
    lock = json.loads((HOUSE / "package-lock.json").read_text())
    packages = {name: p for name, p in lock["packages"].items() if name}

    assert packages
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [
        name for name, package in packages.items() if "integrity" not in package
    ]


def test_the_cluster_that_is_tested_is_the_one_that_is_installed():
    """What the extra `cluster` asks for admits the PySpark that tests/cluster runs."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]
    (asked,) = map(Requirement, project["optional-dependencies"]["cluster"])
    lock = (HOUSE / "requirements-dev.lock").read_text()
    (locked,) = re.findall(rf"^{asked.name}==(\S+)", lock, re.MULTILINE)

    assert asked.specifier.contains(locked)


def test_every_dependency_says_what_it_is_for():
    """Whoever audits the house finds a reason beside each thing we rest on."""
    text = (HOUSE / "pyproject.toml").read_text()
    listed = text.split("dependencies = [")[1].split("]\n\n")[0]
    lines = [line for line in listed.splitlines() if line.strip().startswith('"')]

    assert lines
    assert not [line for line in lines if "# " not in line]
