"""A file system that forgets: what no program asked to be synced is gone after a cut.

    python -m tests.power.forgets MOUNT KEPT [OWNER] [SEED]

In:  KEPT, a folder with what a disk holds; whose files they are, else one's own.
Out: until it is unmounted, those files below MOUNT; then KEPT holds what survived.
     With a seed, chance lets parts of what nobody synced survive as well, torn.

Names follow ext4's journal: a sync of any file or folder makes every change of names up
to then safe, and the content of that one file. A file whose name is safe and whose
content was never synced is there, and empty. Three folders are switches: making
`MOUNT/power-off` cuts the power, after which everything fails; while `MOUNT/disk-full`
is there, nothing can be written; while `MOUNT/sync-lies` is there, syncs do nothing.
"""
# ruff: noqa: ARG002  # the arguments are the library's

import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import mfusepy as fuse
import numpy as np

from groundgame.values import Seed
from tests.power.disk import File

OFF, FULL, LIES = "/power-off", "/disk-full", "/sync-lies"
BLOCK, BLOCKS = 4096, 4_000_000


def _now() -> tuple[int, int]:
    return time.time_ns(), time.time_ns()


@dataclass(eq=False)
class Node:
    """A file; a link, which has a target; or a folder, which has neither."""

    mode: int
    file: File | None = None
    target: str = ""
    times: tuple[int, int] = field(default_factory=_now)


class Forgets(fuse.Operations):
    """The files: as programs see them, and as a cut would leave them."""

    use_ns = True

    def __init__(
        self, kept: Path, owner: int, chance: np.random.Generator | None
    ) -> None:
        """Begin with what a disk holds."""
        self.kept, self.owner, self.chance = kept, owner, chance
        self.names = {"/": Node(stat.S_IFDIR | 0o755)} | dict(_read(kept))
        self.safe = dict(self.names)
        self.handles: dict[int, Node] = {}
        self.switches: set[str] = set()

    def _node(self, path, fh=None) -> Node:
        """Return what is open, or there by that name, while there is power."""
        if OFF in self.switches:
            raise OSError(errno.EIO, "")
        found = self.handles.get(fh) or self.names.get(path)
        if found is None:
            raise OSError(errno.ENOENT, "")
        return found

    def _room(self) -> None:
        """Say so where there is none."""
        self._node("/")
        if FULL in self.switches:
            raise OSError(errno.ENOSPC, "")

    def getattr(self, path, fh=None):
        """Return what is known of a file."""
        node = self._node(path, fh)
        size = len(node.file.seen) if node.file else len(node.target.encode())
        accessed, modified = node.times
        return {
            "st_mode": node.mode,
            "st_size": size,
            "st_nlink": 1,
            "st_uid": self.owner,
            "st_gid": os.getgid(),
            "st_atime": accessed,
            "st_mtime": modified,
            "st_ctime": modified,
        }

    def readdir(self, path, fh):
        """Return the names in a folder."""
        self._node(path)
        above = path.rstrip("/") + "/"
        inside = [n.removeprefix(above) for n in self.names if n.startswith(above)]
        return [".", "..", *(name for name in inside if name and "/" not in name)]

    def readlink(self, path):
        """Return where a link points to."""
        return self._node(path).target

    def statfs(self, path):
        """Return how much room there is."""
        free = 0 if FULL in self.switches else BLOCKS // 2
        room = {"f_blocks": BLOCKS, "f_bfree": free, "f_bavail": free}
        return {"f_bsize": BLOCK, "f_frsize": BLOCK, "f_namemax": 255} | room

    def mkdir(self, path, mode):
        """Make a folder; or turn a switch on."""
        if path in {OFF, FULL, LIES}:
            self.switches.add(path)
        else:
            self._room()
        self.names[path] = Node(stat.S_IFDIR | mode)

    def rmdir(self, path):
        """Take a folder away; or turn a switch off."""
        self._node(path)
        if any(name.startswith(f"{path}/") for name in self.names):
            raise OSError(errno.ENOTEMPTY, "")
        self.switches.discard(path)
        del self.names[path]

    def symlink(self, target, source):
        """Make a link by the name of `target`, as the library calls it."""
        self._room()
        self.names[target] = Node(stat.S_IFLNK | 0o777, target=source)

    def unlink(self, path):
        """Take a name away."""
        self._node(path)
        del self.names[path]

    def rename(self, old, new, flags=0):
        """Change a name, and all names below it."""
        self._node(old)
        below = [name for name in self.names if name.startswith(f"{old}/")]
        for name in [old, *below]:
            self.names[new + name.removeprefix(old)] = self.names.pop(name)

    def chmod(self, path, mode):
        """Change who may do what."""
        node = self._node(path)
        node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)

    def chown(self, path, uid, gid):
        """Leave everything to its one owner."""
        self._node(path)

    def utimens(self, path, times=None):
        """Change when it was read and written."""
        self._node(path).times = times or _now()

    def create(self, path, mode, fi=None):
        """Make a file, and open it."""
        self._room()
        self.names[path] = Node(stat.S_IFREG | mode, File())
        return self.open(path, 0)

    def open(self, path, flags):
        """Open a file."""
        node = self._node(path)
        handle = max(self.handles, default=0) + 1
        self.handles[handle] = node
        return handle

    def release(self, path, fh):
        """Close it."""
        self.handles.pop(fh, None)

    def read(self, path, size, offset, fh):
        """Return bytes, fewer at the end."""
        file = self._node(path, fh).file
        return bytes(file.seen[offset : offset + size]) if file else b""

    def write(self, path, data, offset, fh):
        """Write, where a sync has not made it safe yet."""
        self._room()
        node = self._node(path, fh)
        if node.file:
            node.file.write(offset, bytes(data))
            node.times = _now()
        return len(data)

    def truncate(self, path, length, fh=None):
        """Change the length."""
        node = self._node(path, fh)
        if node.file and len(node.file.seen) != length:
            node.file.truncate(length)

    def fsync(self, path, datasync, fh):
        """Make a file safe, and all names."""
        node = self._node(path, fh)
        if LIES in self.switches:
            return
        if node.file and node.file.pending:
            node.file.sync()
        self.fsyncdir(path, datasync, fh)

    def fsyncdir(self, path, datasync, fh):
        """Make all names safe."""
        self._node("/")
        if LIES not in self.switches:
            self.safe = dict(self.names)

    def destroy(self, path):
        """Write down what survived."""
        shutil.rmtree(self.kept)
        self.kept.mkdir()
        for name, node in sorted(self.safe.items()):
            place = self.kept / name.lstrip("/")
            if node.target:
                place.symlink_to(node.target)
                continue
            if node.file:
                if self.chance is not None:
                    node.file.lose(self.chance)
                place.write_bytes(node.file.safe)
            elif name in {"/", OFF, FULL, LIES}:
                continue
            else:
                place.mkdir()
            place.chmod(stat.S_IMODE(node.mode))


def _read(folder: Path) -> Iterator[tuple[str, Node]]:
    """Yield what a folder holds, all of it safe, by name."""
    for place in folder.rglob("*"):
        name = f"/{place.relative_to(folder)}"
        mode = place.lstat().st_mode
        if place.is_symlink():
            yield name, Node(mode, target=str(place.readlink()))
        elif place.is_dir():
            yield name, Node(mode)
        else:
            content = place.read_bytes()
            yield name, Node(mode, File(bytearray(content), bytearray(content)))


def main(mount: str, kept: str, owner: str = "", seed: str = "") -> None:
    """Serve a disk below `mount` until it is unmounted."""
    chance = Seed(int(seed)).stream("tests.power.forgets") if seed else None
    files = Forgets(Path(kept), int(owner or os.getuid()), chance)
    # Whoever is not root may not let others in; and then there are no others
    others = os.geteuid() == 0
    fuse.FUSE(files, mount, foreground=True, nothreads=True, allow_other=others)


if __name__ == "__main__":
    main(*sys.argv[1:])
