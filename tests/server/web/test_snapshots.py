"""The screens of voter files."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from groundgame.server.store.models import SnapshotRow


@pytest.fixture
def upload(world, signed_in):
    """Return a function that sends a voter file as Alice."""

    def send(content: bytes, name: str = "voters.csv", **changes):
        sent = {"chapter": world.elm.pk, "file": SimpleUploadedFile(name, content)}
        return signed_in(world.alice).post(reverse("snapshots"), sent | changes)

    return send


@pytest.fixture
def bring_in(world, upload, signed_in, work_off):
    """Return a function that brings a file in, in both steps; gives the job's page."""

    def both(content: bytes, layout: str = "elm", **more):
        place = upload(content)["Location"]
        sent = {"layout": layout, "dated": "2025-09-01"} | more
        browser = signed_in(world.alice)
        asked = browser.post(place, sent)
        assert asked.status_code == 302, asked.content.decode()
        work_off()
        return browser.get(asked["Location"])

    return both


def test_a_file_is_brought_in_and_every_row_is_accounted_for(
    bring_in, read, elm_voters
):
    """When the job is done one sees the sum: rows = accepted + refused + merged."""
    page = read(bring_in(elm_voters))

    row = SnapshotRow.objects.latest("pk")
    counts = row.counts
    assert counts["rows"] == counts["accepted"] + counts["refused"] + counts["merged"]
    assert f"{counts['rows']} rows = {counts['accepted']} accepted" in page
    assert reverse("snapshot", args=[row.pk]) in page


def test_a_layout_that_fits_is_chosen_already(
    world, upload, signed_in, read, elm_voters
):
    """Nobody must know what their state's file is called."""
    page = read(signed_in(world.alice).get(upload(elm_voters)["Location"]))

    chosen = re.findall(r'<input[^>]*name="layout"[^>]*checked[^>]*>', page)
    assert len(chosen) == 1
    assert 'value="elm"' in chosen[0]
    assert 'value="nc"' not in page, "what does not fit is not offered"


def test_a_list_of_ones_own_is_read_by_naming_its_columns(bring_in, read):
    """VAN's or anybody's export: a header row and a column of ids are enough."""
    content = b"VANID,Last,First,Street No,StreetName\n7,Doe,Jo,12,Elm St\n"
    page = read(
        bring_in(
            content,
            "generic",
            column_person_id="VANID",
            column_last_name="Last",
            column_number="Street No",
            column_street="StreetName",
        )
    )

    assert "1 rows = 1 accepted + 0 refused" in page


def test_names_of_columns_are_guessed_and_rows_are_never_shown(
    world, upload, signed_in, read
):
    """A first line that may be a person is not a header, and is not repeated."""
    alice = signed_in(world.alice)
    list_ = upload(b"Voter ID,Last Name,DOB\n1,Doe,1970-01-01\n")["Location"]
    assert '<option value="DOB" selected>' in read(alice.get(list_))

    bare = upload(b"10455,DOE,JO,1970-01-01\n10456,ROE,AL,1980-01-01\n")["Location"]
    page = alice.get(bare).content.decode()
    assert "DOE" not in page
    assert "10455" not in page


def test_a_list_without_a_column_of_ids_is_refused_in_the_form(
    world, upload, signed_in, read
):
    """Without ids nobody is the same person in the next file."""
    place = upload(b"Last,First\nDoe,Jo\n")["Location"]
    sent = {"layout": "generic", "dated": "2025-09-01"}
    page = read(signed_in(world.alice).post(place, sent), status=422)

    assert "which column holds the voter&#x27;s id" in page


def test_a_file_that_is_no_table_says_so_at_once(world, upload, signed_in, read):
    """A picture costs a page, and no job."""
    place = upload(b"\x89PNG\r\n\x1a\n" + b"\0" * 64, name="x.png")["Location"]
    page = read(signed_in(world.alice).get(place), status=422)

    assert "is a picture" in page


@pytest.mark.usefixtures("world")
def test_a_file_that_does_not_fit_leaves_its_job_with_the_reason(
    bring_in, read, elm_voters
):
    """The wrong layout costs nothing: no snapshot, no second upload, and the reason."""
    before = SnapshotRow.objects.count()
    header, first, *_ = elm_voters.split(b"\n")
    nobody = b"," + first.partition(b",")[2]  # without an id, so no row is read
    page = read(bring_in(b"\n".join([header, nobody, b""])))

    assert "That was not done" in page
    assert "with the same files" in page
    assert SnapshotRow.objects.count() == before


def test_a_form_that_is_not_filled_in_says_so_beside_the_field(
    world, upload, signed_in, read, elm_voters
):
    """A date that is no date is no crash."""
    place = upload(elm_voters)["Location"]
    sent = {"layout": "elm", "dated": "yesterday"}
    page = read(signed_in(world.alice).post(place, sent), status=422)

    assert "Enter a valid date" in page


def test_no_file_is_no_import(world, signed_in, read):
    """An empty form is told what it lacks."""
    sent = {"chapter": world.elm.pk}
    page = read(signed_in(world.alice).post(reverse("snapshots"), sent), status=422)

    assert "Choose the file you were given" in page


def test_a_file_cannot_be_brought_into_another_chapter(world, upload, read):
    """Alice cannot write into Oak by changing a number in the form."""
    page = read(upload(b"x", chapter=world.oak.pk), status=422)

    assert "Select a valid choice" in page


def test_the_inbox_of_another_chapter_is_not_offered(
    world, signed_in, settings, tmp_path, read
):
    """Charlie sees no name of Elm's files, and cannot ask for one."""
    settings.INBOX = tmp_path.resolve()
    (tmp_path / "Elm").mkdir()
    (tmp_path / "Elm" / "elm-state.zip").write_bytes(b"x")
    assert "elm-state.zip" in read(signed_in(world.alice).get(reverse("snapshots")))

    charlie = signed_in(world.charlie)
    assert "elm-state.zip" not in read(charlie.get(reverse("snapshots")))
    sent = {"chapter": world.oak.pk, "inbox_file": "elm-state.zip"}
    read(charlie.post(reverse("snapshots"), sent), status=422)


@pytest.mark.parametrize("name", ["../../../x.csv", "\u00e9" * 200 + ".csv"])
def test_the_name_of_an_upload_leads_nowhere(upload, name, data):
    """A file lies in the folder of its job and nowhere else, whatever its name."""
    upload(b"a,b\n1,2\n", name=name)

    kept = list((data / "jobs").rglob("*.csv"))
    assert {path.parent.name for path in kept} <= {"file", "list"}
    assert not list(data.glob("*.csv"))


def test_a_large_upload_is_kept_by_renaming_it(upload, settings, data, elm_voters):
    """What went to disk while it arrived is not written a second time."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    upload(elm_voters)

    kept = list((data / "jobs").rglob("voters.csv"))
    assert any(path.read_bytes() == elm_voters for path in kept)
    assert list((data / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "status"), [("alice", 403), ("cass", 413), ("anonymous", 413)]
)
def test_a_large_body_is_read_for_organizers_only(
    world, signed_in, settings, name, status
):
    """Nobody fills the disk before it is known who they are.

    Alice's is read for its token, which is missing here.
    """
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client(enforce_csrf_checks=True)
    if name != "anonymous":
        client.cookies = signed_in(getattr(world, name)).cookies

    answer = client.post(
        reverse("snapshots"), {"file": SimpleUploadedFile("x.csv", b"x" * 1_000)}
    )

    assert answer.status_code == status


def test_refused_rows_of_one_reason_stand_together(world, signed_in, read):
    """Line, column and reason are there; no cell of the row is."""
    page = read(
        signed_in(world.alice).get(reverse("snapshot", args=[world.snapshot.pk]))
    )

    for words in ("elm.csv", "YOB", "no year", '<td data-name="Lines">9</td>'):
        assert words in page
