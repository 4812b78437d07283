"""What the tests of screens share: a misspelt variable in a template fails."""

from pathlib import Path

import pytest
from django.template import engines

from groundgame.server.store.models import Quarantine

MISSPELT = "MISSPELT<%s>"


@pytest.fixture(autouse=True)
def _no_misspelt_variables(monkeypatch):
    """Write what no template knows in capitals, for `read` to find."""
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "string_if_invalid", MISSPELT)


@pytest.fixture
def read():
    """Return a function that gives a page as text; a misspelt variable fails."""

    def text(response, status=200) -> str:
        assert response.status_code == status, response
        page = response.content.decode()
        assert "MISSPELT" not in page, page[page.index("MISSPELT") :][:60]
        return page

    return text


@pytest.fixture
def told(phone):
    """Two conversations at the first door of turf 1; the second is a note."""
    person = phone.bundle["stops"][0]["people"][0]["id"]
    first = phone.conversation()
    second = phone.conversation(
        person=person, result="canvassed", note="<b>Call</b> on Sunday"
    )
    assert phone.send(first, second).status_code == 200
    return [first, second]


@pytest.fixture
def waiting(phone):
    """An event whose hash is wrong: it waits in quarantine."""
    event = phone.conversation()
    assert phone.post([{"event": event, "sha256": "0" * 64}]).status_code == 200
    return event


@pytest.fixture
def elm_voters():
    """Elm County's voter file, the one that every test knows."""
    house = Path(__file__).resolve().parents[3]
    return (house / "examples" / "elm" / "voters.csv").read_bytes()


@pytest.fixture
def quarantined(waiting):
    """The place of the event that waits."""
    return Quarantine.objects.get(event__event=waiting["id"]).event_id


@pytest.fixture
def visitor(request, world, signed_in):
    """The browser of whoever a test is parametrized with, by name."""
    return signed_in(getattr(world, request.param))
