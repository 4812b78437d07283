"""What it costs to have this room in the house."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import groundgame

LOOK = "import sys, groundgame.turf; print('numba' in sys.modules)"
SPLIT = (
    "import numpy as np; from groundgame.turf.kernels import split; "
    "print(split(np.array([0.0, 5.0, 1.0, 7.0]), 2, 2).tolist())"
)


def test_importing_the_room_loads_no_compiler():
    """'groundgame --help' need not wait for numba."""
    out = subprocess.run(
        [sys.executable, "-c", LOOK], check=True, capture_output=True, text=True
    )

    assert out.stdout.strip() == "False"


def test_a_machine_with_nowhere_to_write_can_compile(tmp_path):
    """Neither source nor home is a folder: it is compiled anew, and right."""
    source = tmp_path / "source" / "groundgame"
    shutil.copytree(
        Path(groundgame.__file__).parent,
        source,
        ignore=shutil.ignore_patterns("__pycache__", "server"),
    )
    for folder in (source / "turf", source / "turf" / "kernels"):
        (folder / "__pycache__").write_text("no folder")
    blocked = tmp_path / "home"
    blocked.write_text("no folder")
    places = {name: str(blocked) for name in ("HOME", "XDG_CACHE_HOME", "IPYTHONDIR")}
    environment = os.environ | places | {"PYTHONPATH": str(source.parent)}
    environment.pop("NUMBA_CACHE_DIR", None)

    out = subprocess.run(
        [sys.executable, "-B", "-c", SPLIT],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )

    assert out.stdout.strip() == "[0, 2]"
