"""A forgetting file system under a folder, for whatever programs one likes.

with mounted(tmp_path) as disk: ... disk.root ... disk.cut() ... disk.root
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.house.measure import HOUSE

WAIT = 60


def missing() -> str:
    """Return what is not here that it needs; '': nothing."""
    if not Path("/dev/fuse").exists():
        return "there is no /dev/fuse here"
    if shutil.which("fusermount3") is None or not ctypes.util.find_library("fuse3"):
        return "there is no libfuse here (Debian: apt-get install fuse3)"
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
    except OSError:
        return "this machine lets nobody use its /dev/fuse"
    return ""


class Disk:
    """What lies below `root` as long as there is power, and the switches."""

    def __init__(
        self, place: Path, *, owner: int | None = None, seed: int | None = None
    ) -> None:
        """Mount what is in `kept`, or an empty disk.

        owner: whose files they are, else one's own; seed: of what survives a cut in
        parts, else nothing does.
        """
        self.root, self.kept = place / "disk", place / "kept"
        self.owner, self.seed = owner, seed
        self.root.mkdir()
        self.kept.mkdir(exist_ok=True)
        self._mount()

    def _mount(self) -> None:
        """Start the file system, and wait until it is there."""
        command = [sys.executable, "-m", "tests.power.forgets", self.root, self.kept]
        command += [str(os.getuid() if self.owner is None else self.owner)]
        command += [] if self.seed is None else [str(self.seed)]
        self.process = subprocess.Popen(
            command, cwd=HOUSE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + WAIT
        while not self.root.is_mount():
            if self.process.poll() is not None or time.monotonic() > until:
                raise OSError("the file system could not be mounted")
            time.sleep(0.05)

    def cut(self) -> None:
        """Cut the power. Programs that used it must be gone before `again`."""
        with suppress(OSError):  # it is gone before it can say that it was made
            (self.root / "power-off").mkdir()

    def again(self) -> None:
        """Give the power back: what was synced is there, and nothing else for sure."""
        self.unmount()
        self.seed = None if self.seed is None else self.seed + 1
        self._mount()

    def unmount(self) -> None:
        """End it; `kept` then holds what survived."""
        subprocess.run(["fusermount3", "-u", "-z", self.root], check=False)
        self.process.wait(WAIT)

    @contextmanager
    def on(self, switch: str) -> Iterator[None]:
        """Turn a switch on for a while: 'disk-full', 'sync-lies'."""
        (self.root / switch).mkdir()
        try:
            yield
        finally:
            (self.root / switch).rmdir()


@contextmanager
def mounted(place: Path) -> Iterator[Disk]:
    """Mount an empty forgetting disk in a folder."""
    disk = Disk(place)
    try:
        yield disk
    finally:
        disk.unmount()
