"""The screens of voter files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from groundgame.server.store.models import SnapshotRow


@pytest.fixture
def upload(world, signed_in):
    """Return a function that sends a voter file as Alice."""

    def send(content: bytes, name: str = "voters.csv", **changes):
        sent = {
            "chapter": world.elm.pk,
            "file": SimpleUploadedFile(name, content),
            "layout": "elm",
            "dated": "2025-09-01",
        }
        return signed_in(world.alice).post(reverse("snapshots"), sent | changes)

    return send


def test_a_file_is_brought_in_and_every_row_is_accounted_for(
    world, upload, signed_in, read, elm_voters
):
    """After the import one sees the sum: rows = accepted + refused + merged."""
    answer = upload(elm_voters)

    assert answer.status_code == 302
    row = SnapshotRow.objects.latest("pk")
    page = read(signed_in(world.alice).get(answer["Location"]))
    counts = row.counts
    assert counts["rows"] == counts["accepted"] + counts["refused"] + counts["merged"]
    assert f"{counts['rows']} rows = {counts['accepted']} accepted" in page


@pytest.mark.usefixtures("world")
def test_a_file_that_cannot_be_read_leaves_the_form_with_the_reason(
    upload,
    read,
):
    """The wrong file costs nothing: no snapshot, and the form says what was wrong."""
    before = SnapshotRow.objects.count()
    page = read(upload(b"colour,weight\nred,2\n"), status=422)

    assert "Nothing was brought in" in page
    assert "2025-09-01" in page
    assert SnapshotRow.objects.count() == before


def test_a_form_that_is_not_filled_in_says_so_beside_the_field(upload, read):
    """A date that is no date is no crash."""
    page = read(upload(b"x", dated="yesterday"), status=422)

    assert "Enter a valid date" in page


def test_a_file_cannot_be_brought_into_another_chapter(world, upload, read):
    """Alice cannot write into Oak by changing a number in the form."""
    page = read(upload(b"x", chapter=world.oak.pk), status=422)

    assert "Select a valid choice" in page


def test_the_name_of_an_upload_leads_nowhere(upload, read):
    """A file that calls itself ../../x is read, and refused, as any other."""
    read(upload(b"a,b\n1,2\n", name="../../../x.csv"), status=422)


def test_a_long_name_in_any_script_is_a_name(upload, read):
    """A disk counts bytes, and a name counts letters."""
    read(upload(b"a,b\n1,2\n", name="\u00e9" * 200 + ".csv"), status=422)


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
