"""A Spark cluster of the tests' own: a master and two workers, on this machine.

with cluster(folder) as address: ...
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

HOUSE = Path(__file__).parent.parent.parent
WORKERS = 2
PATIENCE = 180  # seconds: a machine may be busy with other tests


def is_there() -> bool:
    """Say whether Spark and a Java to run it are installed."""
    return find_spec("pyspark") is not None and shutil.which("java") is not None


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a master and its workers, give the master's address, stop them."""
    port = _free_port()
    address = f"spark://127.0.0.1:{port}"
    with ExitStack() as running:
        master = ("master.Master", "--port", str(port), "--webui-port", "0")
        running.enter_context(_process(folder, "master", *master))
        _wait(folder / "master.log", "New state: ALIVE")
        for n in range(WORKERS):
            worker = ("worker.Worker", "--cores", "1", "--memory", "1g")
            more = ("--webui-port", "0", "-d", str(folder / f"worker{n}"), address)
            running.enter_context(_process(folder, f"worker{n}", *worker, *more))
        for n in range(WORKERS):
            _wait(folder / f"worker{n}.log", "Successfully registered with master")
        yield address


@contextmanager
def _process(folder: Path, name: str, kind: str, *options: str) -> Iterator[None]:
    """Run one of Spark's processes; what it says goes into NAME.log."""
    home = Path(find_spec("pyspark").origin).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}"]
    here = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(home)}
    python = {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(HOUSE)}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", *options],
            env=os.environ | here | python,
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait(log: Path, words: str) -> None:
    """Wait until a process has said some words."""
    began = monotonic()
    while words not in log.read_text(errors="replace"):
        if monotonic() - began > PATIENCE:
            raise TimeoutError(log.read_text(errors="replace")[-2000:])
        sleep(0.1)


def _free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
