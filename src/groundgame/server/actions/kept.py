"""Files that wait for a job: uploaded, or put into the inbox by the server's host.

A file of three gigabytes is written to disk once, while it arrives, and from then on
only renamed. What is larger than an upload should be is put into INBOX/<chapter>/ by
whoever runs the server, and is read where it lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from groundgame.errors import NotYours
from groundgame.server.actions import people
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Chapter, Job

LONGEST_NAME = 60
"""Characters: a disk takes 255 bytes, and a character may be four."""


class Upload(Protocol):
    """What of an uploaded file is used here."""

    name: str | None

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, a part at a time."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that the host put there for a chapter."""

    name: str
    size: int


def inboxes(*, seen_by: Anyone) -> dict[int, list[InboxFile]]:
    """Return the files on the server of each chapter that `seen_by` organizes."""
    mine = Chapter.objects.filter(pk__in=people.organizes(seen_by))
    return {chapter.pk: inbox(chapter) for chapter in mine}


def inbox(chapter: Chapter) -> list[InboxFile]:
    """Return the files that the host put there for this chapter, by name."""
    folder = _inbox(chapter)
    if folder is None or not folder.is_dir():
        return []
    there = [path for path in folder.iterdir() if path.is_file()]
    return [
        InboxFile(path.name, path.stat().st_size)
        for path in sorted(there)
        if not path.name.startswith(".")
    ]


def keep(row: Job, role: str, upload: Upload) -> str:
    """Keep an upload for a job under the end of its own name; return that name.

    Args:
        row: The job.
        role: What it is for: 'file', 'history', 'addresses', 'streets', 'list'.
        upload: What was sent.
    """
    folder = row.folder / role
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(upload.name or "file").name[-LONGEST_NAME:] or "file"
    path = folder / name
    on_disk = getattr(upload, "temporary_file_path", None)
    if on_disk is not None:
        Path(on_disk()).rename(path)  # and not a copy of three gigabytes
    else:
        with path.open("wb") as file:
            file.writelines(upload.chunks())
    return name


def numbered(role: str, n: int) -> str:
    """Return the role of one of many files, whose names may be the same."""
    return f"{role}-{n:03}"


def paths(row: Job, role: str) -> list[Path]:
    """Return where the files of a job lie that are for this.

    Raises:
        NotYours: One is no longer there.
    """
    folder = row.folder / role
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    box = _inbox(row.chapter)
    for name in row.wanted.get("inbox", {}).get(role, []):
        if box is None or name not in {each.name for each in inbox(row.chapter)}:
            raise NotYours
        found.append(box / name)
    return found


def size(files: Sequence[Path]) -> int:
    """Return how many bytes are to be read, packed or not."""
    return sum(path.stat().st_size for path in files)


def _inbox(chapter: Chapter) -> Path | None:
    """Return the inbox of this chapter; one whose name leads out has none."""
    box: Path | None = settings.INBOX
    if box is None:
        return None
    folder = box / chapter.name
    return folder if folder.resolve().parent == box else None
