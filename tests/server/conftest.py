"""Alice, Bob, Cass, Charlie, a phone; both databases; and a watch over every answer.

GROUNDGAME_TEST_POSTGRES=1 runs the same suite on a PostgreSQL that it starts.
All of these tests run in one process, because the last of them asks whether every route
was visited.
"""

import os
from itertools import count
from pathlib import Path

import environ
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from pytest_socket import socket_allow_hosts

from groundgame.server import worker
from groundgame.server.actions import (
    areas,
    experiments,
    findings,
    held_out,
    jobs,
    kept,
    orders,
    packets,
    places,
    scripts,
)
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import (
    ExperimentLaunch,
    ExperimentStop,
    MatchList,
    PaperDoubt,
    PaperPage,
)
from tests.server import cluster, lists
from tests.server.phone import OTHER_DEVICE, Phone
from tests.server.said import scripted
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
def work_off(monkeypatch):
    """Return a function that does all jobs that wait, as a worker would.

    A worker looks after its connection between jobs; a test's must stay open.
    """
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return worker.work_off


@pytest.fixture
def job_rows(world, packet, work_off):
    """Jobs of Elm: a draft with a file, a print, a stopped cut, and one that waits."""
    draft = jobs.draft(
        kind="import", chapter=world.elm, label="v.csv", wanted={}, by=world.alice
    )
    voters = Path(__file__).parents[2] / "examples" / "elm" / "voters.csv"
    sent = SimpleUploadedFile("voters.csv", voters.read_bytes())
    kept.keep(draft, "file", sent)
    odd = SimpleUploadedFile("odd.csv", b"Who,Where\nAda,Elm\n")
    listed = orders.draft_match(snapshot=world.snapshot.pk, upload=odd, by=world.alice)
    cut = {"universe": world.universe.pk, "least": 4, "most": 6, "seed": 9}
    stopped = orders.ask_cut(**cut, by=world.alice)
    jobs.stop(id=stopped.pk, by=world.alice)
    printed = orders.ask_print(cut=world.cut.pk, packets=[packet.id], by=world.alice)
    work_off()
    waits = orders.ask_cut(**cut | {"seed": 10}, by=world.alice)
    made = {"draft": draft, "stopped": stopped, "print": printed, "waits": waits}
    return made | {"listed": listed}


@pytest.fixture
def paper_doubt(world):
    """A row of turf 2 on paper that somebody has to look at; Cass never had it."""
    packet = packets.hand_out(turf=world.turfs[1], by=world.alice)
    packets.walk_sheet(packet=packet.id, by=world.alice)
    page = PaperPage.objects.filter(packet=packet.id).order_by("pk")[0]
    return PaperDoubt.objects.create(
        page=page,
        row=page.says["rows"][0]["n"],
        sure={},
        unsure=[["=result", ["not_home", "vacant"], ["vacant"]]],
        picture=b"\x89PNG",
        by=world.alice,
        at=timezone.now(),
    )


@pytest.fixture
def hand_place(world):
    """Where Alice says that the last door of Elm is."""
    return places.place(
        snapshot=world.snapshot.pk, door="elm-door-12", lon=-78, lat=42, by=world.alice
    )


@pytest.fixture
def script(world):
    """A script of Elm: one choice, and a question that waits for it."""
    return scripts.save(body=scripted(), by=world.alice, chapter=world.elm)


@pytest.fixture
def area(world):
    """An area of Elm, in no universe."""
    return areas.keep(
        snapshot=world.snapshot.pk,
        name="Elm heights",
        geojson=areas.of_corners("42, -78\n42, -77\n43, -77"),
        by=world.alice,
    )


@pytest.fixture
def experiment(world):
    """An experiment over Elm that runs: six doors are visited, six are left alone."""
    asks = Design(
        world.universe.pk, "Spring", "Do visits help?", outcome="survey", seed=3
    )
    row = experiments.register(asks, by=world.alice)
    experiments.launch(id=row.pk, by=world.alice)
    return experiments.found(id=row.pk, seen_by=world.alice)


@pytest.fixture
def finding(world):
    """What an experiment came to that is over, by a survey of all but one."""
    asks = Design(world.universe.pk, "Last", "Did it help?", outcome="survey", seed=3)
    row = experiments.register(asks, by=world.alice)
    then = {"experiment": row, "by": world.alice, "at": timezone.now()}
    ExperimentLaunch.objects.create(**then)
    ExperimentStop.objects.create(**then)
    people = held_out.arms(row).rows(named=True)[1:]
    survey = {
        one["person_id"]: float(n % 3 == 0 or one["arm"] == "visit")
        for n, one in enumerate(people)
    }
    asked = findings.Asked(survey=survey, hours=12.0)
    return findings.read(experiment=row.pk, asked=asked, by=world.alice)


@pytest.fixture
def matched(world):
    """A list over Elm: a row that is sure, two that are not, and a stranger's."""
    row = MatchList.objects.create(
        snapshot=world.snapshot, label="members.csv", by=world.alice
    )
    lists.write(row.folder)
    return row


@pytest.fixture
def numbers():
    """Numbers that are not used twice."""
    return count(1)
