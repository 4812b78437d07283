"""groundgame server: what its host does at the command line."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

GROUNDGAME = Path(sys.executable).with_name("groundgame")
ELM = Path(__file__).parents[2] / "examples" / "elm"


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command on a data folder of its own."""

    def command(*arguments, code=0):
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GROUNDGAME", "DJANGO"))
        }
        done = subprocess.run(
            [GROUNDGAME, "server", *arguments, "--data", tmp_path / "data"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    return command


def test_a_new_host_makes_an_organizer_who_signs_in_by_a_link(run):
    """One JSON object on standard output, and nothing else."""
    said = json.loads(
        run("user", "ana", "--chapter", "Elm", "--role", "organizer", "--json").stdout
    )

    assert (said["user"], said["chapter"], said["role"]) == ("ana", "Elm", "organizer")
    assert said["link"].startswith("http://127.0.0.1:8000/sign-in/link/?token=")
    again = json.loads(run("link", "ana", "--json").stdout)
    assert set(again) == {"user", "link"}
    audit = json.loads(run("audit", "--json").stdout)
    assert audit == {"links": 1, "broken_at": None}


def test_a_link_for_nobody_is_refused_in_one_line(run):
    """What was found, and what to do next."""
    run("migrate")

    done = run("link", "nobody", code=1)

    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "groundgame server user" in done.stderr


def test_a_demo_goes_through_the_whole_house_and_may_be_repeated(run):
    """From the voter file to a turf in a canvasser's hand."""
    first = json.loads(run("demo", str(ELM), "--json").stdout)
    again = json.loads(run("demo", str(ELM), "--json").stdout)

    assert first["turfs"] >= 1
    assert first["people"] > 0
    assert {first[name] == again[name] for name in ("code", "packet")} == {True}
    assert "/sign-in/link/" in first["organizer"]
    assert "/sign-in/link/" in first["canvasser"]


def test_a_rule_at_the_command_line_asks_a_chapters_book(run, tmp_path):
    """Last year of the demo is told; since September nobody was tried."""
    shown = json.loads(run("demo", str(ELM), "--json").stdout)
    reason = ("--reason", "a list for the weekend")
    run("conversations", "Ash", "-o", str(tmp_path / "no"), *reason, code=1)
    out = tmp_path / "log"
    said = run("conversations", "Elm County", "-o", str(out), *reason, "--json").stdout

    assert json.loads(said)["attempts"] == 5
    done = subprocess.run(
        [
            *(GROUNDGAME, "universe", "count", "not tried since 2026-09-01"),
            *("--attempts", out / "attempts.parquet", "--json"),
            *("--suppress", out / "suppressed-people.parquet"),
            *("--suppress", out / "suppressed-doors.parquet"),
            *("--data", tmp_path / "data"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert 0 < json.loads(done.stdout)["people"] <= shown["people"]
    assert not (tmp_path / "no").exists()


def test_a_port_that_is_taken_is_refused_in_one_line(run):
    """Two servers on one port would each see half of the phones."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = run("run", "--port", port, code=1)

    assert "--port" in done.stderr


def test_a_server_runs_on_a_fresh_folder(tmp_path):
    """`groundgame server run` is all that a host must type."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [GROUNDGAME, "server", "run", "--port", str(port), "--data", tmp_path],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    try:
        assert _answers(f"http://127.0.0.1:{port}/account/login/")
    finally:
        process.terminate()
        process.wait(20)
    assert (tmp_path / "book.sqlite3").stat().st_mode & 0o777 == 0o600


def _answers(address: str) -> bool:
    """Wait until a server answers, for half a minute at most."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310  # ours
                return answer.status == 200
        except OSError:
            time.sleep(0.2)
    return False
