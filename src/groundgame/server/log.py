"""How the server writes its log: what happened and where, and nobody's data."""

import logging
import traceback


class Quiet(logging.Formatter):
    """Writes an exception as its class and the lines it came through.

    The message of an exception is left out: a database repeats the row that it refused,
    and that row may be a voter.
    """

    def __init__(self) -> None:
        """Write one line an event, with its time."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802  # logging's name
        """Return the class of the exception and where it happened."""
        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        kind, _, trace = ei
        frames = [
            f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)
        ]
        return "\n".join([f"{kind.__name__}, raised at", *frames])

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802  # logging's name
        """Leave a stack's source lines out."""
        return ""
