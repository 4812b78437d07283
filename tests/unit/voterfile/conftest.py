"""Small Elm, imported once for all tests of this room that only read it."""

import pytest

from tests.unit.voterfile import elm


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The snapshot of the ten rows."""
    return elm.small(tmp_path_factory.mktemp("elm") / "snapshots")
