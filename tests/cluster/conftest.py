"""One cluster for all tests of this folder."""

import pytest
from pytest_socket import socket_allow_hosts

from groundgame.cluster import engine
from tests.cluster import spark


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Return the address of a master that has two workers."""
    if not spark.is_there():
        pytest.skip("needs PySpark and Java (Debian: openjdk-17-jre-headless)")
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
    with spark.cluster(tmp_path_factory.mktemp("spark")) as master:
        yield master


@pytest.fixture(scope="session")
def workers(address):
    """Return the cluster's workers."""
    with engine(address) as found:
        yield found


def pytest_collection_modifyitems(items):
    """Let PySpark leave its sockets to the garbage collector: it never closes them."""
    leaves = (
        "ignore:unclosed <socket:ResourceWarning",
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
    )
    for item in items:
        if "tests/cluster/" in item.path.as_posix():
            for warning in leaves:
                item.add_marker(pytest.mark.filterwarnings(warning))
