"""All commands together, and the exit codes: 0 done, 1 refused, 2 misused."""

import errno
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from groundgame.errors import GroundgameError

NOUNS = ("experiment", "match", "packet", "server", "turf", "universe", "voterfile")


class Nouns(TyperGroup):
    """The commands, by noun; a noun's rooms are opened when somebody asks for it."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # typer's own context
        """Return the nouns."""
        return sorted({*NOUNS, *super().list_commands(ctx)})

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # typer's own context
        """Return a noun's commands; who mistypes one is told of all."""
        for noun in (cmd_name,) if cmd_name in NOUNS else NOUNS:
            if noun not in self.commands:
                room = import_module(f"groundgame.cli.{noun}")
                self.commands[noun] = typer.main.get_group(room.app)
                self.commands[noun].name = noun
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="groundgame",
    cls=Nouns,
    help="From a voter file to a conversation that is safe, and back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
