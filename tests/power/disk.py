"""A disk in memory that forgets: what was written and not synced may be gone, or torn.

It stands under SQLite as a VFS. `cut` is a power cut: of each file, every write since
the last sync survives whole, in part, or not at all, sector by sector and by chance; so
does a change of its length. After the step named as the last one nothing is answered.
"""

from dataclasses import dataclass, field

import apsw
import numpy as np

SECTOR = 512
KEPT, TORN = 0.4, 0.7


@dataclass
class File:
    """A file: what is safe, what a reader sees, what was done since the last sync."""

    safe: bytearray = field(default_factory=bytearray)
    seen: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and bytes; or a length and None."""

    def write(self, offset: int, data: bytes) -> None:
        """Write, where a sync has not made it safe yet."""
        _put(self.seen, offset, data)
        self.pending.append((offset, data))

    def truncate(self, size: int) -> None:
        """Change the length."""
        _cut(self.seen, size)
        self.pending.append((size, None))

    def sync(self) -> None:
        """Make everything safe."""
        self.safe[:] = self.seen
        self.pending.clear()

    def lose(self, chance: np.random.Generator) -> None:
        """Go back to what is safe, and to what else happened to reach the plate."""
        for offset, data in self.pending:
            luck = chance.random()
            if data is None:
                if luck < KEPT:
                    _cut(self.safe, offset)
                continue
            for start in range(0, len(data), SECTOR):
                if luck < KEPT or (luck < TORN and chance.random() < KEPT):
                    _put(self.safe, offset + start, data[start : start + SECTOR])
        self.seen[:] = self.safe
        self.pending.clear()


class Disk(apsw.VFS):
    """Files by name, and a count of the steps that change them."""

    def __init__(self, name: str, *, lies: bool = False) -> None:
        """Make an empty disk, `name` to SQLite; `lies`: its syncs do nothing."""
        self.files: dict[str, File] = {}
        self.steps, self.last = 0, 2**62
        self.name, self.lies = name, lies
        super().__init__(name, "")

    def step(self) -> None:
        """Count a step; refuse it when the power is gone."""
        self.steps += 1
        if self.steps > self.last:
            raise apsw.IOError

    def load(self, name: str, content: bytes) -> None:
        """Put a file on the disk, safely; everything else goes."""
        self.files = {name: File(bytearray(content), bytearray(content))}
        self.steps, self.last = 0, 2**62

    def cut(self, chance: np.random.Generator) -> None:
        """Cut the power, and give it back."""
        for file in self.files.values():
            file.lose(chance)
        self.last = 2**62

    def xOpen(self, name, flags):  # noqa: N802  # SQLite's name
        """Open a file, or make it."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return Handle(self, self.files.setdefault(path, File()))

    def xDelete(self, name, syncdir):  # noqa: ARG002, N802  # SQLite's
        """Take a file away."""
        self.step()
        self.files.pop(name, None)

    def xAccess(self, name, flags):  # noqa: ARG002, N802  # SQLite's
        """Say whether there is such a file."""
        return name in self.files

    def xFullPathname(self, name):  # noqa: N802  # SQLite's name
        """Return a name as it is."""
        return name

    def xRandomness(self, count):  # noqa: N802  # SQLite's name
        """Return the same bytes each time: one seed is one run."""
        return b"\x07" * count

    def xSleep(self, microseconds):  # noqa: N802  # SQLite's name
        """Wait for nobody."""
        return microseconds

    def xCurrentTimeInt64(self):  # noqa: N802  # SQLite's name
        """Return one moment, in milliseconds of the Julian calendar."""
        return 212_000_000_000_000


class Handle:
    """An open file, as SQLite asks for it."""

    def __init__(self, disk: Disk, file: File) -> None:
        """Open it."""
        self.disk, self.file = disk, file

    def xRead(self, amount, offset):  # noqa: N802  # SQLite's name
        """Return bytes, fewer at the end."""
        return bytes(self.file.seen[offset : offset + amount])

    def xWrite(self, data, offset):  # noqa: N802  # SQLite's name
        """Write bytes."""
        self.disk.step()
        self.file.write(offset, bytes(data))

    def xTruncate(self, size):  # noqa: N802  # SQLite's name
        """Change the length."""
        self.disk.step()
        self.file.truncate(size)

    def xSync(self, flags):  # noqa: ARG002, N802  # SQLite's
        """Make it safe."""
        self.disk.step()
        if not self.disk.lies:
            self.file.sync()

    def xFileSize(self):  # noqa: N802  # SQLite's name
        """Return the length."""
        return len(self.file.seen)

    def xSectorSize(self):  # noqa: N802  # SQLite's name
        """Return what is written whole or torn."""
        return SECTOR

    def xDeviceCharacteristics(self):  # noqa: N802  # SQLite's name
        """Promise nothing: no write is atomic, none keeps its neighbours."""
        return 0

    def xLock(self, level):  # noqa: N802  # SQLite's name
        """Nobody else is here."""

    def xUnlock(self, level):  # noqa: N802  # SQLite's name
        """Nobody else is here."""

    def xCheckReservedLock(self):  # noqa: N802  # SQLite's name
        """Nobody else is here."""
        return False

    def xFileControl(self, op, pointer):  # noqa: ARG002, N802  # SQLite's
        """Know no special request."""
        return False

    def xClose(self):  # noqa: N802  # SQLite's name
        """Close it."""


def _put(content: bytearray, offset: int, data: bytes) -> None:
    """Write into bytes; a gap before is filled with zeros."""
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _cut(content: bytearray, size: int) -> None:
    """Make bytes so long."""
    del content[size:]
    content.extend(bytes(size - len(content)))
