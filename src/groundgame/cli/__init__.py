"""The command line: one file a noun; each command is one room over files."""

from groundgame.cli.app import main

__all__ = ["main"]
