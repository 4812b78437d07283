"""Open a file as it comes: plain, gzip or zip; UTF-8, UTF-16 or Windows-1252.

In:  a path.
Out: blocks of bytes in UTF-8, each of whole lines that end in a line feed.

What is no table of text is refused before a row is read: a folder, an empty file, a
picture, a spreadsheet, an archive of several files, and an archive that unpacks to more
than any honest one does. Encodings are settled line by line: a line that is no UTF-8 is
read as Windows-1252, so that one odd line does not change the rest.
"""

import codecs
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from groundgame.errors import UnreadableFile
from groundgame.tables import Source
from groundgame.voterfile.seen import changed, look

Tell = Callable[[int], None]

BLOCK = 8 << 20  # bytes read at once
PIECE = 64 << 20  # bytes of a file that are one piece of work
LONGEST_LINE = 32 << 20  # bytes without a line end: this is no list
SOME = 64 << 20  # bytes unpacked before the ratio is looked at
RATIO = 200  # unpacked : packed; voter files come to 10 or 20
BLANK = " \r\x1a"  # what a line may hold and still be no row
ODD = 0.02  # share of control characters in what is no text

_MAGIC = {
    b"PAR1": "is a Parquet file",
    b"%PDF": "is a PDF",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"SQLite format 3": "is a SQLite database",
    b"\xd0\xcf\x11\xe0": "is an old Office document",
    b"7z\xbc\xaf": "is a 7z archive",
    b"Rar!": "is a RAR archive",
    b"BZh": "is packed with bzip2",
    b"\xfd7zXZ": "is packed with xz",
    b"(\xb5/\xfd": "is packed with zstd",
}
_PLAIN = "export it as plain CSV or TSV"
_DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError)


def fingerprint(path: Path) -> Source:
    """Return a file's name, size and SHA-256."""
    look(path)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(path.name, path.stat().st_size, digest)


def blocks(path: Path, tell: Tell | None = None) -> Iterator[bytes]:
    """Yield the text of a file as UTF-8, in blocks of whole lines.

    Args:
        path: The file.
        tell: Told how many of its own bytes, packed or not, have been read so far.

    Raises:
        UnreadableFile: It is no plain, whole table of text.
    """
    look(path)
    with path.open("rb") as raw, _unpacked(raw, path) as stream:
        tail = b""
        for block in _decoded(_guarded(stream, path), path):
            if tell is not None:
                tell(raw.tell())
            whole, newline, rest = block.rpartition(b"\n")
            if newline:
                yield bytes(_mended(tail + whole + newline))
                tail = rest
            else:
                tail += rest
            if len(tail) > LONGEST_LINE:
                raise UnreadableFile(path.name, "has a line without an end", _PLAIN)
        if tail:
            yield bytes(_mended(tail + b"\n"))


@dataclass(frozen=True, slots=True)
class Range:
    """A part of a plain file: whole lines, of which the first begins at `start`."""

    path: Path
    start: int
    end: int

    def blocks(self) -> Iterator[bytes | bytearray]:
        """Yield its text as UTF-8, in blocks of whole lines: one, if it is cut well."""
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            left = self.end - self.start
            tail = b""
            while left:
                block = bytearray(left if left <= _LITTLE_MORE * PIECE else PIECE)
                if stream.readinto(block) < len(block):
                    raise changed(self.path)
                left -= len(block)
                if not left and not block.endswith(b"\n"):
                    block += b"\n"
                end = block.rfind(b"\n") + 1
                if end:
                    rest = bytes(block[end:])
                    del block[end:]
                    yield _mended(tail + block if tail else block)
                    tail = rest
                else:
                    tail += block
                if len(tail) > LONGEST_LINE:
                    raise UnreadableFile(
                        self.path.name, "has a line without an end", _PLAIN
                    )


def ranges(path: Path, begins: Callable[[bytes], int | None]) -> list[Range]:
    """Cut a plain file into ranges of about `PIECE` bytes.

    Args:
        path: The file.
        begins: Says where in some lines there is a place to cut.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        first = len(codecs.BOM_UTF8) if stream.read(3) == codecs.BOM_UTF8 else 0
        cuts = [first]
        for wanted in range(PIECE, size, PIECE):
            if wanted > cuts[-1]:
                cut = _cut(stream, wanted, min(size, wanted + PIECE), begins)
                cuts += [cut] if cut else []
    ends = [*cuts[1:], size]
    return [Range(path, a, b) for a, b in zip(cuts, ends, strict=True) if b > a]


def _cut(
    stream: IO[bytes], start: int, end: int, begins: Callable[[bytes], int | None]
) -> int | None:
    """Return the first place to cut between two places."""
    look = _LOOK
    while True:
        stream.seek(start)
        some = stream.read(min(look, end - start))
        head, newline, rest = some.partition(b"\n")
        lines, whole, _ = rest.rpartition(b"\n")
        at = begins(bytes(_mended(lines + whole))) if whole else None
        if at is not None and lines.isascii():
            return start + len(head) + len(newline) + at
        if at is not None:  # what is mended is longer
            return start + len(head) + len(newline) + _unmended(lines + whole, at)
        if start + look >= end:
            return None
        look *= 8


_LOOK = 1 << 16
_LITTLE_MORE = 1.25  # pieces that are still read at once: a cut is where a row begins


def _unmended(lines: bytes, at: int) -> int:
    """Return where a line begins that begins at `at` once all lines are mended."""
    line = _mended(lines).count(b"\n", 0, at)
    return sum(len(one) + 1 for one in lines.split(b"\n")[:line])


def plain(path: Path, folder: Path, tell: Tell | None = None) -> Path:
    """Return a path at which the same text lies plain, in `folder` if need be.

    A file that is packed, or in another encoding, is written there as it is read.

    Raises:
        UnreadableFile: It is no plain, whole table of text.
    """
    look(path)
    with path.open("rb") as stream:
        first = stream.read(BLOCK)
    packed = first.startswith((b"\x1f\x8b", b"PK"))
    if not packed and not _encoding(first, path)[0] and not _old_mac(first):
        return path
    folder.mkdir(exist_ok=True)
    to = folder / f"{len(list(folder.iterdir()))}.txt"
    with to.open("wb") as out:
        for block in blocks(path, tell):
            out.write(block)
    return to


@contextmanager
def _unpacked(raw: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """Open the text inside: of the file itself, or of what is packed in it."""
    magic = raw.read(4)
    raw.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        with gzip.open(raw, "rb") as packed:
            yield cast("IO[bytes]", packed)
    elif magic.startswith(b"PK"):
        with (
            _archive(raw, path) as archive,
            archive.open(_member(archive, path)) as stream,
        ):
            yield stream
    else:
        yield raw


def _archive(raw: IO[bytes], path: Path) -> zipfile.ZipFile:
    """Open a zip archive."""
    try:
        return zipfile.ZipFile(raw)
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(
            path.name, "is a damaged zip archive", "download it again"
        ) from problem


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the one file in a zip archive, or say what else is in it."""
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.startswith("__MACOSX/")
        and not Path(member.filename).name.startswith(".")
    ]
    if len(members) != 1:
        names = ", ".join(member.filename for member in members[:5]) or "nothing"
        raise UnreadableFile(
            path.name,
            f"is an archive of {len(members)} files ({names})",
            "unpack it and name the one with the voters",
        )
    if members[0].flag_bits & 1:
        raise UnreadableFile(path.name, "needs a password", "unpack it first")
    _refuse_bomb(members[0].file_size, path)
    return members[0]


def _guarded(stream: IO[bytes], path: Path) -> Iterator[bytes]:
    """Yield what is read, and stop at an archive that unpacks to too much."""
    total = 0
    while True:
        try:
            block = stream.read(BLOCK)
        except _DAMAGED as problem:
            raise UnreadableFile(
                path.name, "is damaged or cut off", "download it again"
            ) from problem
        if not block:
            return
        total += len(block)
        _refuse_bomb(total, path)
        yield block


def _refuse_bomb(total: int, path: Path) -> None:
    """Refuse an archive that unpacks to so many bytes, or says that it will."""
    if total > max(SOME, RATIO * path.stat().st_size):
        raise UnreadableFile(
            path.name,
            f"unpacks to more than {RATIO} times its size",
            "unpack it yourself, if you trust where it comes from",
        )


def _decoded(raw: Iterator[bytes], path: Path) -> Iterator[bytes]:
    """Yield UTF-8 (or still unsettled single bytes), without a mark at the start."""
    first = next(raw, b"")
    encoding, mark = _encoding(first, path)
    old_mac = _old_mac(first) and not encoding
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
    block = first[mark:]
    while True:
        if decoder:
            block = decoder.decode(block).encode("utf-8")
        yield block.replace(b"\r", b"\n") if old_mac else block
        following = next(raw, None)
        if following is None:
            return
        block = following


def _old_mac(first: bytes) -> bool:
    """Say whether lines end as they did on old Macs."""
    return b"\r" in first and b"\n" not in first


def _encoding(first: bytes, path: Path) -> tuple[str, int]:
    """Return the encoding to undo ("" for single bytes) and the length of its mark."""
    for mark, encoding in (
        (codecs.BOM_UTF8, ""),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if first.startswith(mark):
            return encoding, len(mark)
    some = first[:65_536]
    _check_magic(some, path)
    if not some.strip():
        raise UnreadableFile(path.name, "is empty", "download or export it again")
    every_other = some[1::2].count(0), some[0::2].count(0)
    if max(every_other) > len(some) * 0.4 and min(every_other) < len(some) * 0.05:
        return ("utf-16-le" if every_other[0] > every_other[1] else "utf-16-be"), 0
    if len(some.translate(None, _TEXT)) > max(4, ODD * len(some)):
        raise UnreadableFile(path.name, "is no text", _PLAIN)
    return "", 0


def _check_magic(some: bytes, path: Path) -> None:
    """Refuse what is known, by its first bytes, to be something else."""
    for magic, found in _MAGIC.items():
        if some.startswith(magic):
            raise UnreadableFile(path.name, found, _PLAIN)
    if some.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise UnreadableFile(path.name, "is packed twice", "unpack it once")


_TEXT = bytes({9, 10, 12, 13, 26, *range(32, 256)})


def _mended(block: bytes | bytearray) -> bytes | bytearray:
    """Return whole lines as UTF-8; lines that are not are read as Windows-1252."""
    if block.isascii():
        return block
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return b"\n".join(_mended_line(bytes(line)) for line in block.split(b"\n"))
    return block


def _mended_line(line: bytes) -> bytes:
    """Return one line as UTF-8."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding).encode("utf-8")
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1").encode("utf-8")


def first_lines(path: Path, count: int = 200) -> list[str]:
    """Return the first lines that are not blank, without their line ends.

    Raises:
        UnreadableFile: There is none, or the file is no text.
    """
    for block in blocks(path):
        lines = block[:_START].decode("utf-8", errors="ignore").split("\n")
        found = [line.rstrip("\r") for line in lines if line.strip(BLANK)]
        if found:
            return found[:count]
    raise UnreadableFile(path.name, "is empty", "download or export it again")


_START = 1 << 20  # bytes of a block among which its first lines are
