"""The reference of the command line, made from the commands by bin/reference."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from groundgame.cli.app import app

TOP = """# Commands

Made by `bin/reference` from the commands themselves; a test holds it to them.

Every command takes `--json` and then prints one JSON object on standard output;
progress and messages are on standard error. Exit codes: 0 done, 1 refused with a
reason of one line, 2 misused.
"""


def pages() -> str:
    """Return the whole reference as Markdown."""
    every = commands(typer.main.get_command(app))
    return TOP + "".join(part for each in every for part in _page(*each))


def commands(command: Any, name: str = "groundgame") -> Iterator[tuple[str, Any]]:
    """Yield (name, command) for each that does something, in order of name."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    context = typer.Context(command)
    for child in sorted(command.list_commands(context)):
        yield from commands(command.get_command(context, child), f"{name} {child}")


def _page(name: str, command: Any) -> Iterator[str]:
    """Yield what a command's section says."""
    yield f"\n## {name}\n\n{' '.join((command.help or '').split())}\n\n"
    arguments = [_name(p) for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(["[OPTIONS]", *arguments])
    yield f"```\n{name} {usage}\n```\n\n"
    for parameter in command.params:
        yield f"- `{_name(parameter)}`{_help(parameter)}\n"


def _name(parameter: Any) -> str:
    """Return how a parameter is written."""
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper()
    return ", ".join(parameter.opts)


def _help(parameter: Any) -> str:
    """Return what a parameter means, and what it is when it is not given."""
    text = getattr(parameter, "help", None)
    said = f": {' '.join(text.split())}" if text else ""
    default = parameter.default
    plain = isinstance(default, str | int | float | Path) and not isinstance(
        default, bool
    )
    return f"{said} (default `{default}`)" if plain and default != "" else said


if __name__ == "__main__":
    sys.stdout.write(pages())
