"""The command line leaves the control of an experiment alone, whatever is asked.

A host of Elm whose book holds an experiment that runs; and lists and turfs that were
made before its launch.
"""

import csv
import json
from pathlib import Path

import pytest

from tests.server.lone import python, run

ELM = Path(__file__).parents[2] / "examples" / "elm"
LAUNCH = """
import json, sys
from pathlib import Path
from groundgame.server import start
start.prepare(Path(sys.argv[1]))
from groundgame.server.actions import experiments, held_out
from groundgame.server.actions.taking_part import Design
from groundgame.server.store.models import Universe, User
by = User.objects.get(username="organizer")
over = Universe.objects.get(name="Everybody")
row = experiments.register(Design(over.pk, "T", "Q?", seed=3), by=by)
experiments.launch(id=row.pk, by=by)
row = experiments.found(id=row.pk, seen_by=by)
print(json.dumps(sorted(held_out.of(row).doors)))
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A folder with a host in data/, and lists that were made before the launch."""
    here = tmp_path_factory.mktemp("host")
    command(here, "server", "demo", str(ELM), "--no-experiment")
    take_back = LAUNCH.split("over =", maxsplit=1)[0] + (
        "from groundgame.server.actions import packets\n"
        "from groundgame.server.store.models import Packet\n"
        "for each in Packet.objects.all(): packets.take_back(packet=each.pk, by=by)\n"
    )
    python(here, take_back)
    command(here, "universe", "list", "everyone", "--what", "doors", "-o", "old.csv")
    command(here, "turf", "cut", "old.csv", "-o", "old-turfs.csv")
    return here


@pytest.fixture(scope="module")
def control(host):
    """The doors of its control."""
    return set(json.loads(python(host, LAUNCH)))


def command(here, *words, code=0):
    """Run a command in a folder, and return what it says on standard error."""
    return run(here, *words, code=code).stderr


def doors(path):
    """Return the doors in a table."""
    with path.open(newline="") as file:
        return {row["door_id"] for row in csv.DictReader(file)}


ROUTES = {
    "a new list of doors": (
        *("universe", "list", "everyone", "--what", "doors"),
        *("-o", "new.csv"),
    ),
    "a cut of the snapshot": ("turf", "cut", "latest", "-o", "new.csv"),
    "a cut of an older list": ("turf", "cut", "old.csv", "-o", "new.csv"),
    "older turfs in a new order": (
        *("turf", "order", "old-turfs.csv", "old.csv"),
        *("-o", "new.csv"),
    ),
    "older turfs and more doors": (
        *("turf", "add", "old-turfs.csv", "old.csv"),
        *("-o", "new.csv"),
    ),
    "around a meeting place": (
        *("turf", "around", "old.csv", "--count", "2", "--near", "42.4,-101.6"),
        *("--minutes", "900", "-o", "new.csv"),
    ),
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_list_of_the_command_line_holds_the_control(host, control, route):
    """Whether it is made anew or from what was made before."""
    said = command(host, *ROUTES[route])
    new = doors(host / "new.csv")

    assert control <= doors(host / "old.csv")
    assert new
    assert not new & control
    assert "left alone" in said or "leaves alone" in said


def test_older_turfs_are_made_into_packets_without_it(host, control):
    """What a phone loads and what is printed from turfs of last week."""
    command(host, "packet", "bundle", "old-turfs.csv", "--turf", "all", "-o", "b.json")
    made = json.loads((host / "b.json").read_text())
    handed = {stop["door"] for each in made for stop in each["stops"]}

    assert control & doors(host / "old-turfs.csv")
    assert handed
    assert not handed & control


@pytest.mark.usefixtures("control")
def test_a_count_leaves_it_out_and_says_so(host):
    """A number from the command line is the one on the screen."""
    said = command(host, "universe", "count", "everyone")

    assert "that the book leaves alone are in this snapshot" in said


def test_without_the_book_it_would_be_listed_and_that_is_said(host, control, tmp_path):
    """The planted bug: the same files in a folder that knows no book."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "snapshots").symlink_to(host / "data" / "snapshots")
    said = command(tmp_path, *ROUTES["a new list of doors"])

    assert doors(tmp_path / "new.csv") >= control
    assert "nobody here knows" in said
    assert "--suppress FILE" in said


def test_a_book_that_cannot_be_read_stops_every_list(host, tmp_path):
    """A broken book must not become a visit."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "snapshots").symlink_to(host / "data" / "snapshots")
    (tmp_path / "data" / "book.sqlite3").write_bytes(b"no book" * 1000)
    said = command(tmp_path, *ROUTES["a new list of doors"], code=1)

    assert "could not be read" in said
    assert not (tmp_path / "new.csv").exists()
