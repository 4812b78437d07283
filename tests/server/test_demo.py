"""The demo of a whole county: a turf in hand, last year at its doors, a report."""

import json
import subprocess
import sys
from pathlib import Path

from tests.server.lone import python, run

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


def test_the_demo_holds_a_finished_experiment_and_a_turf_in_hand(tmp_path):
    """Whoever opens it has a report to read, and a packet that the phone can load."""
    make = [sys.executable, MAKE, "--large", tmp_path / "files"]
    subprocess.run(make, check=True, capture_output=True)

    said = json.loads(run(tmp_path, "server", "demo", "files", "--json").stdout)
    seen = json.loads(python(tmp_path, LOOK))

    assert said["report"].startswith("/findings/")
    assert seen["found"]
    assert seen["stopped"] == [True]
    assert seen["in_hand"] == [said["packet"]]
    assert seen["said"] > 100
