"""Alice, Bob, Cass, Charlie, a phone; both databases; and a watch over every answer.

GROUNDGAME_TEST_POSTGRES=1 runs the same suite on a PostgreSQL that it starts.
All of these tests run in one process, because the last of them asks whether every route
was visited.
"""

import os
from itertools import count

import environ
import pytest
from django.db import connections
from django.test import Client
from pytest_socket import socket_allow_hosts

from groundgame.server.actions import packets
from tests.server import cluster
from tests.server.phone import OTHER_DEVICE, Phone
from tests.server.watch import Watch, watching
from tests.server.world import SEALED, make_cut, make_world, surname, write_snapshot

POSTGRES = os.environ.get("GROUNDGAME_TEST_POSTGRES") == "1"
LAST = "test_every_route_was_visited"


def pytest_itemcollected(item):
    """Say which tests need a PostgreSQL."""
    if POSTGRES:
        item.add_marker(pytest.mark.postgres)


def pytest_collection_modifyitems(items):
    """Keep the test that looks back for the end."""
    last = [item for item in items if item.name.startswith(LAST)]
    items[:] = [item for item in items if item not in last] + last


def pytest_runtest_setup(item):
    """Let tests talk to this machine, and to no other."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """Use a file for SQLite, as a server does; or a PostgreSQL of our own."""
    ours = connections.settings["default"]
    if not POSTGRES:
        ours["TEST"]["NAME"] = str(tmp_path_factory.mktemp("book") / "book.sqlite3")
        yield
        return
    if cluster.programs() is None:
        pytest.skip("there is no PostgreSQL here (Debian: apt-get install postgresql)")
    with cluster.cluster() as url:
        ours.pop("OPTIONS", None)
        ours.update(environ.Env.db_url_config(url))
        del connections["default"]
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A data folder with the files of both chapters."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("elm", "oak"):
        write_snapshot(folder / "snapshots" / f"{name}-2025-06-01", name)
    return folder


@pytest.fixture(scope="session")
def watch():
    """What the suite has seen so far."""
    return Watch()


@pytest.fixture(autouse=True)
def _watched(watch, monkeypatch, settings, data):
    """Look at every answer; keep files where this suite keeps them."""
    settings.DATA = data
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    watch.forbidden.clear()
    watching(watch, monkeypatch)


@pytest.fixture
def world(db, data, watch):
    """Elm and Oak, with everybody in them, and what nobody may be shown."""
    made = make_world(data)
    for name in ("alice", "bob", "cass", "phone"):
        watch.forbid(name, "Oakcanary", SEALED)
    for name in ("charlie", "anonymous"):
        watch.forbid(name, "Elmcanary", SEALED)
    watch.forbid("cass", *(surname("elm", n) for n in range(7, 13)))
    watch.forbid("phone", *(surname("elm", n) for n in range(7, 13)))
    return made


@pytest.fixture
def oak_packet(world, data):
    """A packet of the other chapter."""
    _, _, _, turfs = make_cut(data, world.oak, world.charlie)
    return packets.hand_out(turf=turfs[0], by=world.charlie)


@pytest.fixture
def packet(world):
    """Turf 1 of Elm, in the hands of Cass."""
    return packets.hand_out(turf=world.turfs[0], by=world.alice, to=world.cass)


@pytest.fixture
def phone(packet):
    """A phone that has loaded turf 1."""
    ours = Phone()
    assert ours.claim(packet.code).status_code == 200
    return ours


@pytest.fixture
def other_phone(packet):
    """Another phone that has loaded turf 1."""
    ours = Phone(device=OTHER_DEVICE)
    assert ours.claim(packet.code, "Bo").status_code == 200
    return ours


@pytest.fixture
def signed_in():
    """Return a function that gives a client for a user of the world."""

    def client(user) -> Client:
        ours = Client()
        ours.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return ours

    return client


@pytest.fixture
def numbers():
    """Numbers that are not used twice."""
    return count(1)
