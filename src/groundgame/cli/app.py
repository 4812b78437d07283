"""All commands together, and the exit codes: 0 done, 1 refused, 2 misused."""

import sys

import click
import typer

from groundgame.errors import GroundgameError

app = typer.Typer(
    name="groundgame",
    help="From a voter file to a conversation that is safe, and back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main(argv: list[str] | None = None) -> int:
    """Run one command, and return the exit code: 0 done, 1 refused, 2 misused."""
    try:
        code = app(args=argv, standalone_mode=False)
    except click.UsageError as misuse:
        misuse.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        print("groundgame: stopped; nothing was half done.", file=sys.stderr)  # noqa: T201
        return 1
    except GroundgameError as refusal:
        print(f"groundgame: {refusal}", file=sys.stderr)  # noqa: T201
        return 1
    except OSError as problem:
        name = getattr(problem, "filename", None) or "a file"
        print(f"groundgame: {name}: {problem.strerror}.", file=sys.stderr)  # noqa: T201
        return 1
    return code if isinstance(code, int) else 0
