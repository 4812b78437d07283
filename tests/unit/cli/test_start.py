"""How little is opened before a command begins."""

import subprocess
import sys


def test_a_command_opens_no_other_rooms():
    """Two seconds of every start of the server: engines are opened where they work."""
    code = (
        "import sys; from groundgame.cli import main; main(['server', '--help']);"
        "sys.exit(bool({'scipy', 'numba'} & sys.modules.keys()))"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )

    assert said.returncode == 0, said.stderr
    assert "demo" in said.stdout


def test_a_noun_that_there_is_not_is_answered_with_those_there_are():
    """Whoever mistypes one is told which was meant."""
    code = "import sys; from groundgame.cli import main; sys.exit(main(['univers']))"

    said = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )

    assert said.returncode == 2
    assert "universe" in said.stderr
