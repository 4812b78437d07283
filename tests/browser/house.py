"""A server process with Elm County (or another place) in it, for a browser to visit."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

GROUNDGAME = Path(sys.executable).with_name("groundgame")
NEWER = '\ndocument.documentElement.dataset.newer = "yes";\n'


@dataclass
class Server:
    """A running server: where it is, where its data lies, and what was handed out."""

    url: str
    data: Path
    demo: dict[str, str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start the process and wait until it answers."""
        port = self.url.rpartition(":")[2]
        command = [str(GROUNDGAME), "server", "run", "--port", port]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 180  # other tests share the cores
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/phone/", timeout=2).close()  # noqa: S310  # our own address
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise TimeoutError(f"no server answered on {self.url} within three minutes")

    def stop(self) -> None:
        """Kill the process and its children, as a power cut would."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def link(self, user: str) -> str:
        """Return a fresh one-time sign-in link."""
        said = run(self.environment, "server", "link", user)
        return str(said["link"])


def renew(phone: Path) -> None:
    """Put a new version of the app in the place of the one in a folder."""
    main = phone / "view" / "main.js"
    main.write_text(main.read_text("utf-8") + NEWER, "utf-8")


def run(environment: dict[str, str], *arguments: str) -> dict[str, str]:
    """Run one groundgame command and return its JSON answer."""
    done = subprocess.run(
        [str(GROUNDGAME), *arguments, "--json"],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@contextmanager
def serving(data: Path, *demo: str, database: str = "") -> Iterator[Server]:
    """Run a server on a free port with the files of a demo in it, and no experiment.

    Its book is in `data`, or where `database` says.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = dict(os.environ) | {
        "GROUNDGAME_DATA": str(data),
        "GROUNDGAME_BASE_URL": url,
    }
    environment.pop("GROUNDGAME_DATABASE_URL", None)
    if database:
        environment["GROUNDGAME_DATABASE_URL"] = database
    demo = demo if "--experiment" in demo else (*demo, "--no-experiment")
    made = run(environment, "server", "demo", *demo)
    server = Server(url, data, made, environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()
