"""The form by which an experiment is read: what it offers, and what it takes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groundgame.server.actions import held_out, known
from groundgame.server.store.models import Finding, Job
from groundgame.server.web.experiments.reading import ReadForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(world, signed_in):
    """Alice's browser."""
    return signed_in(world.alice)


def form(text, **more):
    """Return a form that was sent with a survey."""
    upload = SimpleUploadedFile("s.csv", text.encode())
    return ReadForm(more, {"survey": upload}, outcome="survey")


def survey(text):
    """Return the answers after and before that a file holds."""
    sent = form(text)
    assert sent.is_valid(), sent.errors
    return sent.asked().survey, sent.asked().before


def problem(text):
    """Return what is said of a survey that is none."""
    sent = form(text)
    assert not sent.is_valid()
    return " ".join(sent.errors["survey"])


@pytest.mark.parametrize(
    "text",
    [
        "person_id,outcome,before\na,1,0\nb,0,\n",
        "before;outcome;person_id\n0;1;a\n;0;b\n",
        "person_id\toutcome\tbefore\na\tyes\tno\nb\tno\tNA\n",
        " Person_ID ,OUTCOME,Before\r\na, 1.0 ,0\r\n\r\nb,0,.\r\n",
        "\ufeffperson_id,outcome,before\na,1,0\nb,0,nan\nb,0,\n",
    ],
)
def test_however_it_is_written_it_is_the_same_survey(text):
    """Spreadsheets of several countries, and of R, and a row that came twice."""
    assert survey(text) == ({"a": 1.0, "b": 0.0}, {"a": 0.0})


def test_beside_semicolons_a_comma_is_a_decimal_point():
    """So a spreadsheet writes it wherever the comma is one."""
    assert survey("door_id;outcome\nd,1;4,5\n") == ({"d,1": 4.5}, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("person_id,outcome\nx,often\n", "Line 2: the outcome is no number."),
        ("person_id,outcome\nx,1\n\ny,a\nz,b\n", "Lines 4, 5: the outcome is no"),
        ("person_id,outcome\nx,1\nx,0\n", "Line 3: this id came before, with another"),
        ("person_id,outcome,before\nx,1,soon\n", "Line 2: the before is no number."),
        ("person_id,outcome,before\nx,1,2\nx,1,3\n", "with another before"),
        ("person_id,outcome\nx,1\n,0\n", "Line 3: there is no id."),
        ("person_id,outcome\nx,inf\n", "Line 2: the outcome is no number."),
        ("person_id,before\nx,1\n", "and a column outcome"),
        ("person_id,outcome\nx\n" * 1 + "y,a\n", "Line 3"),
        ("person_id,outcome\n" + "x,a\n" * 12, "and 2 more"),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_line(text, says):
    """Nothing is dropped behind somebody's back; ten lines are named at most."""
    assert says in problem(text)


def test_it_offers_only_what_was_known_before(world):
    """Turnout is adjusted for past votes anyway, so that is no choice there."""
    answer, turnout = ReadForm(outcome="answer"), ReadForm(outcome="turnout")

    assert dict(answer.fields["beside"].choices).keys() == set(known.BESIDE)
    left = dict(turnout.fields["beside"].choices).keys()
    assert left == set(known.BESIDE) - {known.VOTES}
    assert not form("person_id,outcome\nx,1\n", beside=["opened"]).is_valid()
    assert not form("person_id,outcome\nx,1\n", by="opened").is_valid()


def test_on_the_page_it_is_boxes_and_a_choice(experiment, alice, read, work_off):
    """What is ticked is what the report says it was adjusted for."""
    address = reverse("experiment", args=[experiment.pk])
    page = read(alice.get(address))
    assert "<legend>Adjust for</legend>" in page
    assert "Whoever looks into enough groups" in page
    rows = held_out.arms(experiment).rows(named=True)
    lines = [f"{one['person_id']},{n % 2},{n % 3}" for n, one in enumerate(rows)]
    text = "\n".join(["person_id,outcome,before", *lines])
    sent = {
        "survey": SimpleUploadedFile("s.csv", text.encode()),
        "beside": [known.AGE, known.PARTY],
        "by": known.PARTY,
    }
    alice.post(address, sent)
    work_off()

    assert Job.objects.latest("pk").wanted["beside"] == [known.AGE, known.PARTY]
    page = read(alice.get(reverse("finding", args=[Finding.objects.get().pk])))
    assert "before the draw: the answer before, age, party" in page
    assert "Before and after" in page
    assert "regression to the mean" in page
    assert "In groups" in page
