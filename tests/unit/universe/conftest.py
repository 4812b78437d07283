"""The small Elm, written once for all tests of the room."""

import pytest

from tests.unit.universe import elm


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory):
    """Eight people behind five doors, and one who is protected."""
    return elm.write(tmp_path_factory.mktemp("snapshots") / "elm-2025-05-01")
