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
    return TOP + "".join(_pages(typer.main.get_command(app), "groundgame"))


def _pages(command: Any, name: str) -> Iterator[str]:
    """Yield a section for each command below `command`, in order of name."""
    if hasattr(command, "commands"):
        context = typer.Context(command)
        for child in sorted(command.list_commands(context)):
            yield from _pages(command.get_command(context, child), f"{name} {child}")
        return
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
