"""The forgetting file system itself: it forgets what was not synced, and only that."""

import errno
import os

import pytest

from tests.power import mounted


@pytest.fixture
def disk(tmp_path):
    """A disk that forgets, where there is FUSE."""
    if lacks := mounted.missing():
        pytest.skip(lacks)
    with mounted.mounted(tmp_path) as disk:
        yield disk


def write(path, text, *, sync):
    """Append to a file, and sync it or not."""
    with path.open("a") as file:
        file.write(text)
        file.flush()
        if sync:
            os.fsync(file.fileno())


def test_what_was_synced_survives_a_cut_and_nothing_else_does(disk):
    """A synced line stays; the line behind it, and a file nobody synced, go."""
    write(disk.root / "log", "safe\n", sync=True)
    write(disk.root / "log", "not safe\n", sync=False)
    write(disk.root / "other", "not safe\n", sync=False)
    assert (disk.root / "log").read_text() == "safe\nnot safe\n"

    disk.cut()
    with pytest.raises(OSError, match="Input/output"):
        (disk.root / "log").read_text()
    disk.again()

    assert (disk.root / "log").read_text() == "safe\n"
    assert not (disk.root / "other").exists()


def test_a_new_name_is_safe_once_anything_was_synced_after_it(disk):
    """As ext4's journal has it; content that nobody synced is empty then."""
    (disk.root / "folder").mkdir()
    write(disk.root / "folder" / "old", "content", sync=True)
    (disk.root / "folder" / "old").rename(disk.root / "folder" / "new")
    write(disk.root / "empty", "gone", sync=False)
    write(disk.root / "last", "x", sync=True)
    (disk.root / "last").unlink()

    disk.cut()
    disk.again()

    assert (disk.root / "folder" / "new").read_text() == "content"
    assert not (disk.root / "folder" / "old").exists()
    assert (disk.root / "empty").read_text() == ""
    assert (disk.root / "last").read_text() == "x"


def test_a_full_disk_says_so_and_a_lying_one_does_not(disk):
    """The two other switches do what their names say."""
    with disk.on("disk-full"), pytest.raises(OSError, match="No space") as refusal:
        write(disk.root / "log", "x", sync=True)
    assert refusal.value.errno == errno.ENOSPC
    with disk.on("sync-lies"):
        write(disk.root / "log", "x", sync=True)

    disk.cut()
    disk.again()

    assert not (disk.root / "log").exists()
