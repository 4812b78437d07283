"""Papers that cannot rot: what is shown is run, what is registered is documented."""

import re
import subprocess
import sys

import pytest
import typer

from groundgame.cli.app import app
from tests.house.measure import HOUSE
from tests.house.reference import commands, pages

README = (HOUSE / "README.md").read_text()


COMMANDS = dict(commands(typer.main.get_command(app)))


def blocks(language: str) -> list[str]:
    """Return the README's blocks of code in one language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_reference_is_what_the_commands_say():
    """A changed option changes the docs in the same commit: run bin/reference."""
    assert (HOUSE / "docs/reference/cli.md").read_text() == pages()
    assert "groundgame server run" in COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_answer_a_program(name):
    """Each command has help, and takes --json."""
    command = COMMANDS[name]

    assert command.help
    assert "--json" in [opt for parameter in command.params for opt in parameter.opts]


def test_the_readme_shows_its_two_commands():
    """A newcomer finds one command that runs it and one that tests it; both exist."""
    shown = " ".join(blocks("sh"))

    for command in ("bin/demo", "bin/test"):
        assert command in shown
        assert (HOUSE / command).stat().st_mode & 0o111


def test_the_readmes_commands_run(tmp_path):
    """Each groundgame command in the README runs as written, in order, on small Elm."""
    ours = [line for line in _lines(blocks("sh")) if line.startswith("groundgame ")]
    _run(ours, tmp_path)


@pytest.mark.parametrize("page", ["paper.md", "cut-turf.md", "run-an-experiment.md"])
def test_the_commands_of_a_page_run(page, tmp_path):
    """Print, and read what was printed; cut: as docs/how-to shows it."""
    page = (HOUSE / "docs/how-to" / page).read_text()
    _run(_lines(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)), tmp_path)


def _lines(shown: list[str]) -> list[str]:
    """Return the lines of blocks of code."""
    return [line for block in shown for line in block.splitlines()]


def _run(ours: list[str], tmp_path) -> None:
    """Run commands as a reader would, in order, on small Elm."""
    environment = {
        "PATH": f"{HOUSE / '.venv/bin'}:/usr/bin:/bin",
        "GROUNDGAME_DATA": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }
    (tmp_path / "examples").symlink_to(HOUSE / "examples")

    assert ours
    for line in ours:
        subprocess.run(line, shell=True, check=True, cwd=tmp_path, env=environment)  # noqa: S602  # as a reader would type it


def test_the_readmes_python_runs(tmp_path):
    """The README's page of Python runs as written."""
    (code,) = blocks("python")
    (tmp_path / "examples").symlink_to(HOUSE / "examples")
    script = tmp_path / "page.py"
    script.write_text(code)

    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, check=False, capture_output=True
    )

    assert done.returncode == 0, done.stderr.decode()


def test_links_in_the_docs_lead_somewhere():
    """No page points at a file that is not there."""
    link = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
    broken = [
        f"{page.name}: {target}"
        for page in [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")]
        for target in link.findall(page.read_text())
        if not (page.parent / target).exists()
    ]

    assert not broken
