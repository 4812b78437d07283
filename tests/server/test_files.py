"""What browsers are served: screens' files, the phone app, and nothing beside them."""

import pytest
from django.test import Client


@pytest.fixture
def app(settings, tmp_path):
    """A phone app of a few files, and a vendor folder."""
    phone, vendor = tmp_path / "phone", tmp_path / "vendor"
    for path, text in {
        phone / "index.html": '<script src="core/app.js">',
        phone / "sw.js": "// worker",
        phone / "core" / "app.js": 'import "/vendor/idb.js"',
        phone / "test" / "app.test.js": "// a test",
        phone / "tsconfig.json": "{}",
        phone / "notes.txt": "for us",
        vendor / "idb.js": "// a library",
        vendor / "htmx.js": "// for the screens only",
        tmp_path / "secret-key": "secret",
    }.items():
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    settings.PHONE_FILES, settings.VENDOR_FILES = phone, vendor
    return phone


def precached() -> dict:
    """Return the list that the service worker fetches."""
    return Client().get("/phone/precache.json").json()


def test_the_list_holds_what_the_app_needs_and_nothing_else(app):
    """No tests, no settings of tools, no library that the app never asks for."""
    assert precached()["files"] == ["/phone/", "/phone/core/app.js", "/vendor/idb.js"]


def test_every_file_on_the_list_is_served(app):
    """A list with one wrong name would keep the app from being installed."""
    answers = {name: Client().get(name).status_code for name in precached()["files"]}

    assert set(answers.values()) == {200}


@pytest.mark.parametrize("name", ["index.html", "sw.js", "core/app.js"])
def test_a_change_of_any_file_is_a_new_version(app, name):
    """Else some phones would go on with half an update."""
    before = precached()["version"]
    (app / name).write_text("changed")

    assert precached()["version"] != before


@pytest.mark.parametrize(
    "path",
    [
        "/phone/test/app.test.js",
        "/phone/tsconfig.json",
        "/phone/notes.txt",
        "/phone/" + "a" * 300 + ".js",
        "/phone/%00.js",
        "/phone/../secret-key",
        "/phone/%2e%2e/secret-key",
        "/phone//etc/hostname",
        "/vendor/../phone/index.html",
        "/vendor/nothing.js",
        "/static/urls.py",
        "/static/home/view.py",
        "/static/home/home.html",
    ],
)
def test_nothing_else_is_served(app, path):
    """Tests, tools' settings, source code, templates and other folders stay inside."""
    assert Client().get(path).status_code == 404


def test_a_file_that_did_not_change_is_not_sent_twice(app):
    """A phone on a weak network asks, and is told that it has it."""
    first = Client().get("/phone/core/app.js")

    again = Client().get("/phone/core/app.js", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Cache-Control"] == "no-cache"
    assert first["Content-Type"] == "text/javascript"


@pytest.mark.django_db
def test_scripts_of_screens_are_found_beside_their_templates():
    """A screen is a folder: view, template, script and style side by side."""
    answer = Client().get("/static/base/house.css")
    answer.close()

    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        'text/css; charset="utf-8"',
    )
