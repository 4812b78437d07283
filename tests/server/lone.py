"""A host of its own, in a folder: commands as somebody types them there."""

import os
import subprocess
import sys
from pathlib import Path

GROUNDGAME = Path(sys.executable).with_name("groundgame")


def run(here, *words, code=0):
    """Run a command of groundgame in a folder, and return all that it said."""
    done = subprocess.run(
        [GROUNDGAME, *words],
        cwd=here,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def python(here, text):
    """Run some Python on the host in data/, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", text, str(here / "data")],
        env=_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _environment():
    """Return this machine's environment without a host of groundgame in it."""
    own = ("GROUNDGAME", "DJANGO")
    return {name: v for name, v in os.environ.items() if not name.startswith(own)}
