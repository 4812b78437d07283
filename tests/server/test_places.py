"""Doors put on the map by hand: listed, placed, taken back, and kept for good."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.errors import NotYours, OffTheMap
from groundgame.server.actions import hand, maps, places
from groundgame.server.actions.file import opened
from groundgame.server.store.models import AuditLink, HandPlace
from groundgame.tables import PLACES
from tests.house.measure import HOUSE

pytestmark = pytest.mark.django_db
LOST = "elm-door-3"
ELM = HOUSE / "examples" / "elm"


@pytest.fixture
def lost(world, settings, tmp_path):
    """Elm's snapshot in a folder of its own, in which the third door has no place."""
    whole = opened(world.snapshot)
    folder = tmp_path / "data" / "snapshots" / world.snapshot.snapshot
    for path in whole.folder.rglob("*"):
        if path.is_file():
            to = folder / path.relative_to(whole.folder)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    settings.DATA = tmp_path / "data"
    part = opened(world.snapshot).paths("places")[0]
    rows = pq.read_table(part).to_pylist()
    rows[2] |= {"lon": None, "lat": None, "placed_by": None}
    pq.write_table(pa.Table.from_pylist(rows, schema=PLACES.arrow), part)
    return world


def where(world, door=LOST):
    """Return where a door is, as every room reads it."""
    doors = opened(world.snapshot).read("doors", ["door_id", "lon", "lat", "placed_by"])
    found = {row["door_id"]: row for row in doors.to_pylist()}
    return found[door]["lon"], found[door]["lat"], found[door]["placed_by"]


def put(world, lon=-78.1, lat=42.1, by=None):
    """Put the lost door somewhere."""
    return places.place(
        snapshot=world.snapshot.pk, door=LOST, lon=lon, lat=lat, by=by or world.alice
    )


def test_a_door_without_a_place_is_listed_with_its_neighbours(lost):
    """The list has that one door, and house 2 and 4 of its street to begin from."""
    listed = places.worklist(snapshot=lost.snapshot.pk, seen_by=lost.bob)
    assert [line.id for line in listed.lines] == [LOST]

    page = places.door(snapshot=lost.snapshot.pk, id=LOST, seen_by=lost.bob)
    assert {each.id for each in page.near[:2]} == {"elm-door-2", "elm-door-4"}


def test_a_door_that_is_only_roughly_placed_is_listed_too(lost, signed_in):
    """No walk leads to the middle of a ZIP: somebody has to look, or it is lost."""
    part = opened(lost.snapshot).paths("places")[0]
    rows = pq.read_table(part).to_pylist()
    rows[5] |= {"placed_by": "zip", "meters": 900.0}
    rows[6] |= {"placed_by": "street", "meters": 60.0}
    pq.write_table(pa.Table.from_pylist(rows, schema=PLACES.arrow), part)

    listed = places.worklist(snapshot=lost.snapshot.pk, seen_by=lost.bob)
    assert [line.id for line in listed.lines] == [LOST, "elm-door-6"]
    assert listed.doors == 2
    address = reverse("snapshot", args=[lost.snapshot.pk])
    page = signed_in(lost.bob).get(address).content.decode()
    assert "2 doors have no place" in page
    near = places.door(snapshot=lost.snapshot.pk, id=LOST, seen_by=lost.bob).near
    assert "elm-door-6" not in {each.id for each in near}, "nobody knows where it is"


def test_who_places_a_door_goes_on_to_the_next(lost, signed_in):
    """Nobody is thrown back to the first page of a hundred after each door."""
    part = opened(lost.snapshot).paths("places")[0]
    rows = pq.read_table(part).to_pylist()
    for row in rows[4:6]:
        row |= {"lon": None, "lat": None, "placed_by": None}
    pq.write_table(pa.Table.from_pylist(rows, schema=PLACES.arrow), part)
    browser, taken = signed_in(lost.alice), []
    page = reverse("place-door", args=[lost.snapshot.pk, LOST])
    for _ in range(3):
        page = browser.post(page, {"lon": "-78.5", "lat": "42.5"})["Location"]
        taken.append(page.strip("/").rpartition("/")[2])

    assert taken == ["elm-door-5", "elm-door-6", "unplaced"]
    seen = places.door(snapshot=lost.snapshot.pk, id=LOST, seen_by=lost.alice)
    assert (seen.page, seen.following) == (1, None)


def test_a_door_placed_by_hand_is_joined_to_its_street(lost, signed_in, work_off):
    """Its side is known, also when the streets were brought in before."""
    browser, address = signed_in(lost.alice), reverse("locate", args=[lost.snapshot.pk])
    lines = SimpleUploadedFile("s.geojson", (ELM / "streets.geojson").read_bytes())
    browser.post(address, {"streets": lines})
    work_off()
    for lat, side in ((42.4003, "left"), (42.3997, "right")):
        put(lost, lon=-101.601, lat=lat)
        browser.post(address)
        work_off()
        doors = opened(lost.snapshot).read("doors", ["door_id", "side"]).to_pylist()
        assert {d["door_id"]: d["side"] for d in doors}[LOST] == side
        assert where(lost) == (-101.601, lat, "by hand")


def test_streets_brought_later_forget_no_place(lost, signed_in, work_off):
    """The list of points was sent a month ago, and nobody sends it again."""
    others = [f"elm-door-{n}" for n in range(4, 13)]
    before = [where(lost, door)[:2] for door in others]
    lines = (ELM / "streets.geojson").read_bytes()
    streets = SimpleUploadedFile("streets.geojson", lines)
    address = reverse("locate", args=[lost.snapshot.pk])
    signed_in(lost.alice).post(address, {"streets": streets})
    work_off()

    assert [where(lost, door)[:2] for door in others] == before


def test_a_place_is_kept_at_once_and_laid_in_by_a_job(lost, signed_in, work_off):
    """The door is walked to from then on, and the map shows it."""
    put(lost)
    assert places.worklist(snapshot=lost.snapshot.pk, seen_by=lost.alice).waiting == 1
    before = maps.of_snapshot(id=lost.snapshot.pk, seen_by=lost.alice)["doors"]

    signed_in(lost.alice).post(reverse("locate", args=[lost.snapshot.pk]))
    work_off()

    assert where(lost) == (-78.1, 42.1, "by hand")
    assert where(lost, "elm-door-4")[2] != "by hand"
    after = maps.of_snapshot(id=lost.snapshot.pk, seen_by=lost.alice)["doors"]
    assert after == before + 1


def test_a_place_that_is_taken_back_is_gone_with_the_next_laying(lost):
    """Who clicked on the wrong house undoes it; nobody else's place changes."""
    made = put(lost)
    hand.lay(opened(lost.snapshot), places.table(lost.snapshot))
    others = [where(lost, f"elm-door-{n}") for n in range(4, 13)]
    places.undo(id=made.pk, by=lost.bob)
    hand.lay(opened(lost.snapshot), places.table(lost.snapshot))

    assert where(lost) == (None, None, None)
    assert [where(lost, f"elm-door-{n}") for n in range(4, 13)] == others


def test_placing_again_replaces_and_repeating_changes_nothing(lost):
    """The last place holds; a second press of the button writes no second row."""
    first, again = put(lost), put(lost)
    other = put(lost, lon=-78.2, by=lost.bob)

    assert first == again
    assert list(places.holding(lost.elm)) == [other]
    assert HandPlace.objects.count() == 2
    assert AuditLink.objects.filter(verb="place door").count() == 2


@pytest.mark.parametrize(("lon", "lat"), [(0, 0), (42, -178), (-181, 3), (3, 89)])
def test_a_place_where_no_door_can_be_is_refused(lost, lon, lat):
    """Degrees that are exchanged, or none at all, put nobody into the sea."""
    with pytest.raises(OffTheMap):
        put(lost, lon=lon, lat=lat)


def test_a_door_that_has_a_place_of_its_own_is_not_moved(lost):
    """What an address point says is not overruled by a slip of the mouse."""
    with pytest.raises(NotYours):
        places.place(
            snapshot=lost.snapshot.pk, door="elm-door-4", lon=-78, lat=42, by=lost.bob
        )


@pytest.mark.parametrize("name", ["cass", "charlie"])
def test_places_are_the_organizers(lost, name):
    """Nobody else lists, places or takes back."""
    made, stranger = put(lost), getattr(lost, name)
    asked = {"snapshot": lost.snapshot.pk, "seen_by": stranger}
    for act in (
        lambda: places.worklist(**asked),
        lambda: places.door(id=LOST, **asked),
        lambda: places.undo(id=made.pk, by=stranger),
        lambda: put(lost, lon=-78.3, by=stranger),
    ):
        with pytest.raises(NotYours):
            act()


def test_the_screens_place_a_door_by_degrees_or_beside_a_house(lost, signed_in):
    """With a mouse, with a keyboard, or with neither degrees nor mouse."""
    browser = signed_in(lost.alice)
    page = reverse("place-door", args=[lost.snapshot.pk, LOST])
    assert browser.post(page, {"lon": "", "lat": ""}).status_code == 422
    assert browser.post(page, {"lon": "-78.5", "lat": "42.5"}).status_code == 302
    assert browser.post(page, {"beside": "elm-door-4"}).status_code == 302

    held = places.holding(lost.elm).get()
    assert (held.lon, held.lat) == where(lost, "elm-door-4")[:2]
    undo = reverse("undo-place", args=[lost.snapshot.pk, held.pk])
    assert browser.post(undo).status_code == 302
    assert not places.holding(lost.elm).exists()
