"""One cluster for all tests of this folder."""

import pytest
from pytest_socket import socket_allow_hosts

from groundgame.cluster import engine
from groundgame.match import search
from groundgame.turf import cells
from groundgame.values import Here
from groundgame.voterfile import finish, source
from tests.cluster import spark, world


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


@pytest.fixture(scope="session")
def _small_pieces():
    """Make pieces so small that each room has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finish, "PEOPLE_IN_PART", world.PART)
        patch.setattr(source, "PIECE", 200_000)
        patch.setattr(search, "PIECE", world.PART // 2)
        patch.setattr(cells, "CELL", 150)
        yield


@pytest.fixture(scope="session")
def elm(_small_pieces, tmp_path_factory):
    """Return a folder with the files, and a snapshot of them in several parts."""
    folder = tmp_path_factory.mktemp("elm")
    world.write(folder)
    return folder, world.take_in(folder, folder / "snapshots", None)


@pytest.fixture(scope="session")
def here(elm, tmp_path_factory):
    """Return what a room comes to in threads of this process, once for each."""
    known = {}

    def done(room):
        if room not in known:
            folder = tmp_path_factory.mktemp(room)
            known[room] = world.ROOMS[room](*elm, folder, Here())
        return known[room]

    return done


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
