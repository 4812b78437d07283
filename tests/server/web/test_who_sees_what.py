"""Alice and Bob organize Elm. Charlie does not: for Charlie there is nothing here."""

import re
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from groundgame.server.actions import matches
from groundgame.server.store.models import PaperDecision, PaperDoubt
from groundgame.server.web.urls import urlpatterns
from tests.server.lists import SAME, SURE

LISTS = [
    "home",
    "snapshots",
    "universes",
    "cuts",
    "results",
    "quarantine",
    "rescue",
    "squares",
    "paper",
    "jobs",
    "matches",
    "scripts",
    "script-new",
    "experiments",
]
OF_A_SNAPSHOT = [
    *(
        "turnout",
        "snapshot",
        "snapshot-map",
        "snapshot-streets",
        "universe-new",
        "unplaced",
    ),
]
OF_A_CUT = [
    *("cut", "cut-map", "cut-streets", "cut-edit", "cut-cost", "cut-find"),
    *("cut-borders", "cut-border-map"),
    *("result", "result-live", "result-map"),
]
OF_A_PACKET = ["packet", "packet-qr", "take-back"]
POSTS = [
    *("hand-out-all", "walk-sheets", "walk-sheet", "universe-preview"),
    *("job-stop", "job-again", "job-file", "compare", "locate", "undo-place"),
    *("match-decide", "match-undo", "match-take-back"),
    *("twice-decide", "twice-undo", "snapshot-walked", "paper-undo"),
    *("experiment-power", "experiment-launch", "experiment-stop"),
    *("universe-add", "universe-lives", "area-new", "area-gone", "scores-new"),
    "set-aside",
]


@pytest.fixture
def places(world, packet, quarantined, job_rows, matched, paper_doubt, script, finding):
    """Every address of Elm's work, by name."""
    snapshot, cut = world.snapshot.pk, world.cut.pk
    ids = (
        dict.fromkeys(LISTS, ())
        | dict.fromkeys(OF_A_SNAPSHOT, (snapshot,))
        | dict.fromkeys([*OF_A_CUT, "export"], (cut,))
        | dict.fromkeys(OF_A_PACKET, (packet.id,))
        | dict.fromkeys(["universe", "universe-map"], (world.universe.pk,))
        | dict.fromkeys(["job", "job-progress"], (job_rows["waits"].pk,))
        | {"place-door": (snapshot, "elm-door-12")}
        | dict.fromkeys(["match", "match-links", "twice"], (matched.pk,))
        | dict.fromkeys(["paper-doubt", "paper-picture"], (paper_doubt.pk,))
        | {"import-layout": (job_rows["draft"].pk,)}
        | {"match-columns": (job_rows["listed"].pk,)}
        | {"script": (script.pk,)}
        | {"hand-out": (world.turfs[1].pk,), "release": (quarantined,)}
    )
    ids |= {"experiment-new": (world.universe.pk,), "finding": (finding.pk,)}
    ids |= {"experiment": (finding.experiment_id,)}
    ids |= {"experiment-design": (finding.experiment_id, "json")}
    ids |= {"report": (finding.pk, "pdf")}
    found = {name: reverse(name, args=args) for name, args in ids.items()}
    asks = reverse("universe-preview-map", args=[snapshot])
    return found | {"universe-preview-map": f"{asks}?rule=everyone"}


def unsure(matched):
    """Return what is sent to say yes to the likeliest of the first unsure row."""
    found = matches.review(id=matched.pk, seen_by=matched.by)
    person = found.candidates[0].person
    return {"row": found.row, "person": person, "verdict": "accepted"}


@pytest.fixture
def deeds(
    world,
    packet,
    quarantined,
    job_rows,
    hand_place,
    matched,
    area,
    paper_doubt,
    finding,
):
    """Every address that only takes deeds, with what is sent to it."""
    for n, who in enumerate((world.alice, world.bob), start=1):
        decided = PaperDoubt.objects.create(
            page=paper_doubt.page,
            row=paper_doubt.row + n,
            sure={},
            unsure=[],
            picture=b"PNG",
            by=who,
            at=timezone.now(),
        )
        PaperDecision.objects.create(doubt=decided, by=who, at=timezone.now())
    return {
        reverse("experiment-power", args=[world.universe.pk]): {},
        reverse("experiment-launch", args=[finding.experiment_id]): {},
        reverse("experiment-stop", args=[finding.experiment_id]): {},
        reverse("paper-undo"): {},
        reverse("universe-preview", args=[world.snapshot.pk]): {"rule": "everyone"},
        reverse("universe-add", args=[world.snapshot.pk]): {"piece": "never voted"},
        reverse("universe-lives", args=[world.snapshot.pk]): {},
        reverse("area-new", args=[world.snapshot.pk]): {
            "area_name": "Elm",
            "corners": "42, -78\n42, -77\n43, -77",
        },
        reverse("area-gone", args=[world.snapshot.pk, area.pk]): {},
        reverse("scores-new", args=[world.snapshot.pk]): {
            "scores": SimpleUploadedFile("s.csv", b"person_id,t\na,1")
        },
        reverse("hand-out-all", args=[world.cut.pk]): {},
        reverse("walk-sheets", args=[world.cut.pk]): {},
        reverse("walk-sheet", args=[packet.id]): {},
        reverse("locate", args=[world.snapshot.pk]): {},
        reverse("snapshot-walked", args=[world.snapshot.pk]): {
            "streets": SimpleUploadedFile("a.geojson", b"{}")
        },
        reverse("compare", args=[world.snapshot.pk]): {"old": world.snapshot.pk},
        reverse("undo-place", args=[world.snapshot.pk, hand_place.pk]): {},
        reverse("match-decide", args=[matched.pk]): unsure(matched),
        reverse("match-undo", args=[matched.pk]): {},
        reverse("match-take-back", args=[matched.pk]): {"row": SURE},
        reverse("twice-decide", args=[matched.pk]): {
            "pair": SAME,
            "verdict": "refused",
        },
        reverse("twice-undo", args=[matched.pk]): {},
        reverse("job-stop", args=[job_rows["waits"].pk]): {},
        reverse("job-again", args=[job_rows["stopped"].pk]): {},
        reverse("job-file", args=[job_rows["print"].pk]): {},
        reverse("set-aside", args=[quarantined]): {},
    }


def test_every_screen_is_in_this_file(places):
    """A screen that is forgotten here is not watched here."""
    assert {path.name for path in urlpatterns} == set(places) | set(POSTS)


@pytest.mark.parametrize("visitor", ["alice", "bob"], indirect=True)
def test_organizers_of_the_chapter_see_every_screen(visitor, places, deeds, read):
    """A colleague is never locked out of the evening's work."""
    browser = visitor
    for place in places.values():
        response = browser.get(place)
        if response["Content-Type"].startswith("text/html"):
            read(response)
        assert response.status_code == 200, place
    for place, sent in deeds.items():
        assert browser.post(place, sent).status_code in {200, 302}, place


def test_a_stranger_finds_nothing_there(world, places, deeds, signed_in):
    """What is not theirs looks exactly like what does not exist."""
    browser = signed_in(world.charlie)
    for name in set(places) - set(LISTS):
        assert browser.get(places[name]).status_code == 404, name
        assert browser.post(places[name]).status_code in {404, 405}, name
    for place, sent in deeds.items():
        assert browser.post(place, sent).status_code == 404, place


def test_a_canvasser_sees_the_packet_in_hand_and_nothing_else(
    world, packet, places, deeds, signed_in
):
    """No list, no map of others' doors, no deed; what is in hand may be printed."""
    browser = signed_in(world.cass)
    for name in set(places) - {"home", "packet", "packet-qr"}:
        asks = name == "take-back"
        assert browser.get(places[name]).status_code == (200 if asks else 404), name
        assert browser.post(places[name]).status_code in {404, 405}, name
    for place, sent in deeds.items():
        if str(packet.id) not in place:
            assert browser.post(place, sent).status_code == 404, place


def test_a_stranger_gets_the_same_answer_for_what_is_there_and_what_is_not(
    world, packet, signed_in
):
    """Nobody learns by guessing how many cuts another chapter has."""
    browser = signed_in(world.charlie)
    for there, nowhere in (
        (reverse("cut", args=[world.cut.pk]), reverse("cut", args=[9999])),
        (
            reverse("packet", args=[packet.id]),
            reverse("packet", args=[UUID(int=7)]),
        ),
    ):
        first, second = browser.get(there), browser.get(nowhere)
        assert (first.status_code, second.status_code) == (404, 404)
        assert first.content == second.content


def test_lists_of_a_stranger_are_their_own(world, signed_in, read):
    """Charlie's lists are empty, and no name of Elm's work is in them."""
    browser = signed_in(world.charlie)
    for name in LISTS:
        page = read(browser.get(reverse(name)))
        assert "All of Elm" not in page
        assert "Elm, June" not in page


def test_anonymous_is_asked_to_sign_in(client, places, deeds):
    """Without a name nothing is shown, and afterwards one is back where one was."""
    for place in places.values():
        answer = client.get(place)
        assert answer.status_code == 302, place
        assert answer["Location"].startswith("/account/login/?next="), place
    for place, sent in deeds.items():
        assert client.post(place, sent).status_code == 302, place


def test_no_browser_keeps_a_page(world, places, signed_in):
    """After signing out on a shared laptop the back button shows nobody's data."""
    browser = signed_in(world.alice)
    for place in places.values():
        assert "no-store" in browser.get(place)["Cache-Control"], place


def test_nothing_is_written_into_a_page_that_a_browser_would_run(
    world, places, signed_in
):
    """No script, style or handler stands in a page: the policy would refuse it."""
    browser = signed_in(world.alice)
    inline = re.compile(
        r"<style|<script(?![^>]* src=)|\son[a-z]+=|\sstyle=", re.IGNORECASE
    )
    for place in places.values():
        response = browser.get(place)
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        if response["Content-Type"].startswith("text/html"):
            assert not inline.search(response.content.decode()), place


def test_the_search_for_inline_code_finds_what_is_planted():
    """The test before this one is not blind."""
    inline = re.compile(
        r"<style|<script(?![^>]* src=)|\son[a-z]+=|\sstyle=", re.IGNORECASE
    )
    for planted in ("<style>", "<script>x</script>", "<b onclick=x>", "<b style='a'>"):
        assert inline.search(planted)
