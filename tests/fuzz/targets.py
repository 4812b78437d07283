"""What every reader must do with any bytes: answer, or refuse with our own error."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from groundgame import match, voterfile
from groundgame.errors import GroundgameError
from groundgame.voterfile.records import Shape, batches

SHAPES = (
    Shape(",", '"', 3, (0, 1, 2)),
    Shape("\t", "", 2, (1,)),
    Shape("|", '"', 1, (0,)),
)


def rows(path: Path) -> None:
    """Take a file apart: every row is among the cells, or refused, never both."""
    for shape in SHAPES:
        with suppress(GroundgameError):
            for batch in batches(path, shape, skip=0):
                if batch.rows != batch.cells.height + batch.refused.height:
                    raise AssertionError("rows in are not accepted and refused")


def recognized(path: Path) -> None:
    """Find out what kind of voter file it is."""
    with suppress(GroundgameError):
        voterfile.check(path)


def layout(path: Path) -> None:
    """Read it as a layout."""
    with suppress(GroundgameError):
        voterfile.load_layout(path.rename(path.with_suffix(".toml")))


def listed(path: Path) -> None:
    """Read it as somebody's list."""
    with suppress(GroundgameError):
        match.read(path)


TARGETS = (rows, recognized, layout, listed)


def one(data: bytes) -> None:
    """Give some bytes to a target; the first byte says to which."""
    target = TARGETS[data[0] % len(TARGETS)] if data else rows
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(data[1:])
        target(path)
