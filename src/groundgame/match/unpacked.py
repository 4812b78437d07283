"""The text of a list: plain or packed, whatever its encoding.

In:  a path to a file: plain text, gzip, or zip with one file in it.
Out: its text, with plain line ends. What is no text, or is not whole, is refused.
"""

import gzip
import zlib
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from groundgame.errors import UnreadableFile

_MOST = 1 << 30  # bytes when unpacked; a list of a million members has a fifth of them
_OLD_SPREADSHEET, _ZIP, _GZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\x1f\x8b"
_PLAIN = "save it as CSV, and give that"
_BROKEN = (
    *(BadZipFile, EOFError, LZMAError, OSError, zlib.error),
    *(NotImplementedError, ValueError),  # of a head that asks for what no archive has
)
_AGAIN = "fetch it again, for it may have been cut off"


def text_of(path: Path) -> str:
    """Return the text of a list.

    Raises:
        UnreadableFile: It is no text, is not whole, or cannot be read.
    """
    if not path.is_file():
        found = "is no file" if path.exists() else "does not exist"
        raise UnreadableFile(path.name, found, "look at its path")
    text = _decoded(_plain(path.read_bytes(), path.name))
    if not text.strip():
        raise UnreadableFile(path.name, "is empty", _PLAIN)
    if "\0" in text:
        raise UnreadableFile(path.name, "is no text", _PLAIN)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _plain(raw: bytes, name: str) -> bytes:
    """Return the bytes of a list, unpacked where they were packed."""
    if raw.startswith(_OLD_SPREADSHEET):
        raise UnreadableFile(name, "is a spreadsheet", _PLAIN)
    try:
        if raw.startswith(_ZIP):
            return _zipped(raw, name)
        if raw.startswith(_GZIP):
            with gzip.open(BytesIO(raw)) as packed:
                return _bounded(packed.read(_MOST + 1), name)
    except _BROKEN as problem:
        raise UnreadableFile(name, "is no whole archive", _AGAIN) from problem
    except RuntimeError as problem:  # zipfile's word for a password
        found = "is locked with a password"
        raise UnreadableFile(name, found, "give it without one") from problem
    return raw


def _zipped(raw: bytes, name: str) -> bytes:
    """Return the one file of a zip."""
    with ZipFile(BytesIO(raw)) as packed:
        inside = [one for one in packed.namelist() if not one.endswith("/")]
        inside = [one for one in inside if not one.startswith("__MACOSX/")]
        if "[Content_Types].xml" in inside or "mimetype" in inside:
            raise UnreadableFile(name, "is a spreadsheet", _PLAIN)
        if len(inside) != 1:
            found = f"is an archive of {len(inside)} files"
            raise UnreadableFile(name, found, "give the one that is the list")
        with packed.open(inside[0]) as one:
            return _bounded(one.read(_MOST + 1), name)


def _bounded(raw: bytes, name: str) -> bytes:
    """Return what was unpacked, unless there is no end of it."""
    if len(raw) > _MOST:
        found = f"unpacks to more than {_MOST >> 30} GB"
        raise UnreadableFile(name, found, "cut it into several lists")
    return raw


def _decoded(raw: bytes) -> str:
    """Return text: UTF-16 where it says so, else UTF-8, else what Windows writes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
