"""Layouts by name: how one source writes its file. They are data.

In:  the name of a layout that is built in, or the path of a TOML file.
Out: a Layout. A new state is a new TOML file and no code; the built-in ones, each with
     comments, are in the folder `layouts` beside this file.

What a layout is stands in `form.py`, what its file may hold in `written.py`;
docs/how-to/add-a-state.md goes through one step by step.
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from groundgame.errors import NoSuchLayout
from groundgame.voterfile.form import FIELDS, Cell, History, HistoryFile, Layout
from groundgame.voterfile.written import parse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "FIELDS",
    "Cell",
    "History",
    "HistoryFile",
    "Layout",
    "generic_layout",
    "layouts",
    "load_layout",
]

_FOLDER = resources.files("groundgame.voterfile") / "layouts"


def layouts() -> list[Layout]:
    """Return the layouts that are built in, by name."""
    return [load_layout(name) for name in _names()]


def _names() -> list[str]:
    """Return the names of the files in the folder of layouts."""
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in _FOLDER.iterdir()
        if entry.name.endswith(".toml")
    )


def load_layout(name_or_path: str | Path) -> Layout:
    """Return a built-in layout by its name, or one from a TOML file of one's own.

    Raises:
        NoSuchLayout: There is none of that name, or the file is no layout.
    """
    name = str(name_or_path)
    identity = Path(name).stem if name.endswith(".toml") else name
    return parse(identity, _text(name), _text)


def _text(name: str) -> bytes:
    """Return what a layout's file holds, by its name or its path."""
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise NoSuchLayout(f"no file {path.name}", "give a TOML file that exists")
        return path.read_bytes()
    built_in: Traversable = _FOLDER / f"{name}.toml"
    if not name.isidentifier() or not built_in.is_file():
        known = ", ".join(_names())
        raise NoSuchLayout(f"no layout {name!r}", f"there are {known}")
    return built_in.read_bytes()


def generic_layout(columns: Mapping[str, str]) -> Layout:
    """Return the generic layout with these fields filled from these columns.

    Raises:
        NoSuchLayout: A field is unknown, or `person_id` is not among them.
    """
    if "person_id" not in columns:
        raise NoSuchLayout(
            "no column for person_id",
            "name the column that holds the voter id, person_id=NAME, and others",
        )
    return load_layout("generic").with_columns(columns)
