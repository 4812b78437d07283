"""What turfs are cut on, and what a cut saves against a printed list."""

import json
import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from groundgame.errors import NotYours
from groundgame.server.actions import cuts, ground, jobs, orders
from groundgame.server.store.models import Cut, Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_streets_from_other_tests(data):
    """Leave no streets behind: all tests share one folder."""
    yield
    shutil.rmtree(data / "streets", ignore_errors=True)


def upload(lat, name="streets.geojson"):
    """Return a file with the one street of Elm, at a latitude; doors are at 42.0."""
    line = {"type": "LineString", "coordinates": [[-78.001, lat], [-77.99, lat]]}
    feature = {"type": "Feature", "properties": {}, "geometry": line}
    whole = {"type": "FeatureCollection", "features": [feature]}
    return SimpleUploadedFile(name, json.dumps(whole).encode())


def give(world, work_off, file):
    """Give Elm streets, and return how the job ended."""
    job = orders.ask_streets(snapshot=world.snapshot.pk, upload=file, by=world.alice)
    work_off()
    return jobs.job(id=job.pk, seen_by=world.alice)


def cut(world, seed=3):
    """Cut everybody in Elm in two."""
    return cuts.cut(
        universe=world.universe.pk, least=4, most=6, seed=seed, by=world.bob
    )


def test_without_streets_a_cut_says_that_it_is_in_straight_lines(world):
    """Twelve doors 20.7 m apart in three turfs are nine legs; so they are in a list."""
    made = cut(world)

    assert made.ground == Cut.Ground.LINES
    assert made.metres == pytest.approx(9 * 20.7, rel=0.01)
    assert made.listed_metres == pytest.approx(made.metres)


def test_streets_that_were_given_are_walked_on(world, work_off):
    """The next cut says that it is on streets; the older one stays what it was."""
    before = cut(world)

    ended = give(world, work_off, upload(42.00005))

    assert (ended.state, ended.result) == ("done", {"streets": world.snapshot.pk})
    assert cut(world, seed=4).ground == Cut.Ground.STREETS
    before.refresh_from_db()
    assert before.ground == Cut.Ground.LINES


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (upload(43.0), "have no street within"),
        (SimpleUploadedFile("streets.osm.pbf", b"not one"), "streets.osm.pbf"),
        (SimpleUploadedFile("a.geojson", b'{"features": []}'), "a.geojson"),
    ],
    ids=["of another town", "broken", "without a line"],
)
def test_streets_that_cannot_be_walked_on_are_refused_in_words(
    world, work_off, file, says
):
    """What was there before stays: here nothing, and the next cut says so."""
    ended = give(world, work_off, file)

    assert ended.state == "failed"
    assert says in ended.says
    assert cut(world).ground == Cut.Ground.LINES


def test_doors_far_from_every_street_are_cut_in_straight_lines(
    world, work_off, monkeypatch
):
    """A universe beyond the street file is cut all the same, and says how."""
    monkeypatch.setattr(ground, "stand", lambda *_: None)  # as if they had been near
    give(world, work_off, upload(43.0))
    monkeypatch.undo()

    assert cut(world).ground == Cut.Ground.ELSEWHERE


def test_the_screen_of_a_cut_says_what_it_saves(world, signed_in):
    """18.72 and 9.36 km at 1.3 metres a second are four hours and two."""
    Cut.objects.filter(pk=world.cut.pk).update(
        metres=9_360, listed_metres=18_720, ground=Cut.Ground.STREETS
    )

    shown = signed_in(world.alice).get(f"/turf/{world.cut.pk}/").content.decode()

    assert "This cut saves 2.0 hours of walking" in shown
    assert "Walks are measured on streets." in shown


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_streets_are_an_organizers(world, name):
    """Cass and Charlie are told that there is nothing, and no job is made."""
    before = Job.objects.count()

    with pytest.raises(NotYours):
        orders.ask_streets(
            snapshot=world.snapshot.pk, upload=upload(42.0), by=getattr(world, name)
        )
    assert Job.objects.count() == before
