"""Every address: a stranger learns nothing there, and some test has been there.

The last test of this file is run last of all (see conftest.py).
"""

import re

import pytest
from django.test import Client

from tests.server.watch import INSIDERS, STRANGERS, routes

OPEN = ("phone/", "vendor/", "account/", "sign-in/", "api/openapi.json")
"""Where nobody's work is shown, so that anybody may look."""


def ours() -> list[str]:
    """Return the routes behind the fence: screens and the phone's API."""
    fenced = [route for route, _ in routes() if not route.startswith(OPEN)]
    return [route for route in fenced if route != "api/"]  # says 404 to everybody


@pytest.fixture
def filled(world, phone, job_rows, matched, paper_doubt, script, finding):
    """Return a function that turns a route into an address where Elm has something."""
    aside = phone.send(phone.conversation(door="elm-door-12"))
    assert aside.status_code == 200
    here = {
        "snapshots/": world.snapshot.pk,
        "universes/over/": world.snapshot.pk,
        "universes/": world.universe.pk,
        "turf/": world.cut.pk,
        "hand-out/": world.turfs[0].pk,
        "packets/": phone.packet,
        "api/packets/": phone.packet,
        "results/": world.cut.pk,
        "quarantine/": 1,
        "snapshots/layout/": job_rows["draft"].pk,
        "snapshots/<int:snapshot>/undo-place/": world.snapshot.pk,
        "lists/": matched.pk,
        "lists/columns/": job_rows["listed"].pk,
        "paper/": paper_doubt.pk,
        "jobs/": job_rows["print"].pk,
        "scripts/": script.pk,
        "experiments/over/": world.universe.pk,
        "experiments/": finding.experiment_id,
        "findings/": finding.pk,
    }

    def fill(route: str) -> str:
        if "<" not in route:
            return f"/{route}"
        starts = [start for start in here if route.startswith(start)]
        assert starts, f"say in this fixture what stands for <...> in {route}"
        value = here[max(starts, key=len)]
        return "/" + re.sub(r"<[^>]+>", str(value), route)

    return fill


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(STRANGERS))
def test_a_stranger_learns_nothing_anywhere(world, filled, signed_in, name):
    """Charlie is told "not here", whoever did not sign in is asked to; no more.

    What is there and what is not answer alike, and the watch over every answer looks
    for the names and streets of Elm in them.
    """
    lists = {"", "snapshots/", "universes/", "turf/", "results/", "quarantine/"}
    lists |= {"rescue/", "jobs/", "lists/", "paper/", "scripts/", "scripts/new/"}
    lists |= {"experiments/", "rescue/squares/"}
    for route in ours():
        client = signed_in(world.charlie) if name == "charlie" else Client()
        for answer in (client.get(filled(route)), client.post(filled(route))):
            fine = {302, 401, 403, 404, 405, 415, 422}
            if name == "charlie" and route in lists:
                fine |= {200}
            assert answer.status_code in fine, (route, answer.status_code)
            if answer.status_code == 302 and name == "anonymous":
                assert answer["Location"].startswith("/account/login/"), route


@pytest.mark.django_db
def test_a_canvasser_sees_no_list_and_no_other_turf(world, filled, signed_in):
    """Cass has one packet; the rest of the house is not hers to walk through."""
    cass = signed_in(world.cass)
    for route in ours():
        if route.startswith(("api/", "packets/")) or not route:
            continue
        answer = cass.get(filled(route))
        assert answer.status_code in {302, 403, 404, 405}, (route, answer.status_code)


def test_every_route_was_visited(request, watch):
    """An address that no test visits, from inside and from outside, fails the suite."""
    if _only_a_part(request.config):
        pytest.skip("only a part of the server's tests was run")
    assert watch.unvisited(ours(), STRANGERS) == []
    assert watch.unvisited(ours(), INSIDERS) == []


def _only_a_part(config) -> bool:
    """Return whether some of the server's tests were left out of this run."""
    options = config.option
    chosen = options.keyword or options.markexpr or getattr(options, "lf", False)
    return bool(chosen) or any(
        "::" in str(each) or str(each).endswith(".py") for each in config.args
    )
