"""All commands together, and the exit codes: 0 done, 1 refused, 2 misused."""

import errno
import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from groundgame.cli import experiment, match, packet, server, turf, universe, voterfile
from groundgame.errors import GroundgameError

app = typer.Typer(
    name="groundgame",
    help="From a voter file to a conversation that is safe, and back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(experiment.app, name="experiment")
app.add_typer(match.app, name="match")
app.add_typer(packet.app, name="packet")
app.add_typer(server.app, name="server")
app.add_typer(turf.app, name="turf")
app.add_typer(universe.app, name="universe")
app.add_typer(voterfile.app, name="voterfile")


def main(argv: list[str] | None = None) -> int:
    """Run one command, and return the exit code: 0 done, 1 refused, 2 misused."""
    try:
        app(args=argv, standalone_mode=True)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except GroundgameError as refusal:
        print(f"groundgame: {refusal}", file=sys.stderr)  # noqa: T201
        return 1
    except OSError as problem:
        name = problem.filename or "a file"
        reason = problem.strerror or "could not be read or written"
        more = _next_step(problem)
        print(f"groundgame: {name}: {reason}. {more}.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _next_step(problem: OSError) -> str:
    """Say what to do about what the system refused.

    A library may put the system's number into its words only, so both are looked at.
    """
    full = (os.strerror(number) for number in (errno.ENOSPC, errno.EDQUOT))
    if any(words in str(problem) for words in full):
        return "Make room on that disk, or name another folder, and try again"
    return "Look at the path, and at who may read and write there"


def _say_version(asked: bool) -> None:  # noqa: FBT001  # typer's form
    """Print the version, and end."""
    if asked:
        typer.echo(version("groundgame"))
        raise typer.Exit


@app.callback()
def _house(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say which it is."
        ),
    ] = False,
) -> None:
    """From a voter file to a conversation that is safe, and back."""
