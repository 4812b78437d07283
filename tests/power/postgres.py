"""A machine whose PostgreSQL lies on a disk that forgets, and its power cuts.

with machine(seed=7) as host: ... host.url ... host.cut() ... host.back()
"""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.power.mounted import Disk
from tests.server import cluster

WAIT = 60


class Machine:
    """A cluster as PostgreSQL comes, whose data, not its socket, lie on such a disk."""

    def __init__(
        self, place: Path, user: str | None, seed: int, settings: Mapping[str, str]
    ) -> None:
        """Make the cluster, put it on the disk, safely, and start it."""
        self.place, self.user, self.settings = place, user, settings
        (place / "kept").mkdir()
        owner = os.getuid() if user is None else pwd.getpwnam(user).pw_uid
        os.chown(place / "kept", owner, -1)
        cluster.make(place / "kept" / "data", user)
        self.disk = Disk(place, owner=owner, seed=seed)
        self._start()

    @property
    def url(self) -> str:
        """The address of its database."""
        return cluster.address(self.place)

    def cut(self) -> None:
        """Cut the power: the disk answers no more, then nothing runs."""
        self.disk.cut()
        self._die()

    def back(self) -> None:
        """Give the power back, and start the cluster on what the disk still has."""
        self.disk.again()
        self._start()

    def _start(self) -> None:
        """Start the cluster, and wait until it answers."""
        command = [cluster.program("postgres"), "-D", self.disk.root / "data"]
        command += cluster.said(self.place, self.settings)
        log = self.place / "log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, user=self.user, cwd="/", stdout=out, stderr=out
            )
        until = time.monotonic() + WAIT
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text()[-3000:])
            time.sleep(0.05)

    def _answers(self) -> bool:
        """Say whether it lets anybody in."""
        try:
            psycopg.connect(user="book", dbname="postgres", host=self.place).close()
        except psycopg.OperationalError:
            return False
        return True

    def _die(self) -> None:
        """End every process of the cluster: each stands in the folder of its data."""
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if (entry / "cwd").readlink() == self.disk.root / "data":
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                continue
        self.process.wait(WAIT)

    def end(self) -> None:
        """Take it away."""
        self._die()
        self.disk.unmount()


@contextmanager
def machine(*, seed: int, **settings: str) -> Iterator[Machine]:
    """Start such a machine, and take it away."""
    with cluster.folder() as (place, user):
        host = Machine(place, user, seed, settings)
        try:
            yield host
        finally:
            host.end()
