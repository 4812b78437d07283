"""The demo of a whole county: a turf in hand, last year at its doors, a report."""

import json
import os
import subprocess
import sys
from pathlib import Path

GROUNDGAME = Path(sys.executable).with_name("groundgame")
MAKE = Path(__file__).parents[2] / "examples" / "elm" / "make.py"
LOOK = """
import json, sys
from pathlib import Path
from groundgame.server import start
start.prepare(Path(sys.argv[1]))
from groundgame.server.store.models import Event, Experiment, Finding, Packet
told = Finding.objects.get().report
print(json.dumps({
    "found": told["found"],
    "stopped": [hasattr(row, "stop") for row in Experiment.objects.all()],
    "in_hand": [str(row.pk) for row in Packet.objects.filter(returned=None)],
    "said": Event.objects.count(),
}))
"""


def run(*command, here):
    """Run a command on a host of its own, and return what it prints."""
    own = {name: v for name, v in os.environ.items() if "GROUNDGAME" not in name}
    done = subprocess.run(command, env=own, cwd=here, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_demo_holds_a_finished_experiment_and_a_turf_in_hand(tmp_path):
    """Whoever opens it has a report to read, and a packet that the phone can load."""
    run(sys.executable, MAKE, "--large", "files", here=tmp_path)

    said = json.loads(
        run(GROUNDGAME, "server", "demo", "files", "--json", here=tmp_path)
    )
    seen = json.loads(run(sys.executable, "-c", LOOK, "data", here=tmp_path))

    assert said["report"].startswith("/findings/")
    assert seen["found"]
    assert seen["stopped"] == [True]
    assert seen["in_hand"] == [said["packet"]]
    assert seen["said"] > 100
