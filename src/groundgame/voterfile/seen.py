"""Whether a file is there, and whether it stays as it was while it is read.

In:  a path.
Out: nothing, or a refusal: it is missing, no file, empty, or it changed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from groundgame.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was when it was first looked at, to see whether it changes."""

    path: Path
    size: int
    written: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """Look at a file."""
        look(path)
        now = path.stat()
        return cls(path, now.st_size, now.st_mtime_ns)

    def still(self) -> None:
        """Refuse a file that is no longer what it was.

        Raises:
            UnreadableFile: It has grown, or was written to.
        """
        if Seen.of(self.path) != self:
            raise changed(self.path)


def changed(path: Path) -> UnreadableFile:
    """Return the refusal of a file that is not what it was."""
    return UnreadableFile(
        path.name,
        "changed while it was read",
        "wait until it is whole, and import it again",
    )


def look(path: Path) -> None:
    """Refuse what is no file, or an empty one."""
    if not path.exists():
        raise UnreadableFile(path.name, "does not exist", "look at its name again")
    if not path.is_file():
        raise UnreadableFile(path.name, "is no file", "name a file in it")
    if not path.stat().st_size:
        raise UnreadableFile(path.name, "is empty", "download or export it again")
