"""Past one machine: the pieces of a room's work, done by a Spark cluster.

In:  an engine's address, such as spark://master:7077; left out, this machine.
Out: workers, to hand to a room.

The rooms keep one code path: a piece is a function of a module over files, so Spark has
only to say who does which piece when, and to try again when a machine goes away. The
workers need the same groundgame, and storage on which all see the same paths.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from groundgame.errors import GroundgameError, NoSuchEngine
from groundgame.values import Here, Workers

if TYPE_CHECKING:
    from pyspark import SparkContext

Piece = TypeVar("Piece")
Result = TypeVar("Result")


@contextmanager
def engine(address: str | None = None) -> Iterator[Workers]:
    """Give workers, and let go of them afterwards.

    Args:
        address: 'spark://host:port' or another master that Spark knows; None: threads
            of this process.

    Raises:
        NoSuchEngine: The address is none of Spark's, nobody answers there, or PySpark
            is not installed.
    """
    if address is None:
        yield Here()
        return
    context = _context(address)
    try:
        yield Spark(context)
    finally:
        context.stop()


def _context(address: str) -> "SparkContext":
    """Connect to a cluster."""
    if not address.startswith(("spark://", "local[", "yarn", "k8s://")):
        raise NoSuchEngine(address, "an address such as spark://host:7077")
    try:
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415  # an extra: few need it
    except ImportError as problem:
        raise NoSuchEngine(
            address, "PySpark; install it with pip install 'groundgame[cluster]'"
        ) from problem
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # what workers run
    settings = (
        SparkConf()
        .setMaster(address)
        .setAppName("groundgame")
        .set("spark.ui.enabled", "false")
        .set("spark.ui.showConsoleProgress", "false")
        .set("spark.log.level", "ERROR")
    )
    try:
        return SparkContext(conf=settings)
    except Exception as problem:  # Spark's own errors are Java's
        raise NoSuchEngine(address, "a master that answers there") from problem


@dataclass(frozen=True, slots=True)
class _Refused:
    """What a piece said no with, on its way back."""

    error: GroundgameError


class Spark:
    """The workers of a Spark cluster."""

    def __init__(self, context: "SparkContext") -> None:
        """Use a context that is connected."""
        self._context = context

    @property
    def count(self) -> int:
        """How many pieces are done at the same time."""
        return int(self._context.defaultParallelism)

    def map(
        self, work: Callable[[Piece], Result], pieces: Sequence[Piece]
    ) -> Iterator[Result]:
        """Do each piece, and yield what comes of them, in the order of the pieces.

        Raises:
            GroundgameError: What the first piece that said no said.
        """
        if not pieces:
            return

        def done(piece: Piece) -> Result | _Refused:
            try:
                return work(piece)
            except GroundgameError as error:
                return _Refused(error)

        spread = self._context.parallelize(list(pieces), len(pieces))
        for result in spread.map(done).collect():
            if isinstance(result, _Refused):
                raise result.error
            yield result
