"""Hold a file's header against its layout: which position holds which field.

In:  a file and a layout.
Out: the file's shape, the position of each field, and how many lines the header takes.

A column that the layout names and the file lacks is an error, unless the layout says
that it is optional. What is said about it repeats no cell: the first line of a file
that has no header is a person.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from groundgame.errors import WrongLayout
from groundgame.voterfile.layout import Cell, Layout
from groundgame.voterfile.people import Fields
from groundgame.voterfile.records import Shape
from groundgame.voterfile.source import first_lines

_MARKS = (",", "\t", "|", ";")
_FITS = 0.5  # share of the first lines that must have the layout's number of cells


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file is to be read."""

    shape: Shape
    fields: Fields
    skip: int


def plan(path: Path, layout: Layout) -> Plan:
    """Return how a voter file is to be read.

    Raises:
        WrongLayout: The file lacks columns that the layout names.
        UnreadableFile: The file is no plain, whole table of text.
    """
    cells = dict(layout.columns)
    if layout.history:
        for n, column in enumerate(layout.history.columns):
            cells[f"history_{n}"] = Cell((column,))
    return plan_columns(path, layout, cells)


def plan_columns(path: Path, layout: Layout, cells: Mapping[str, Cell]) -> Plan:
    """Return how a file with these fields is to be read."""
    lines = first_lines(path)
    mark = _mark(lines[0]) if layout.delimiter == "auto" else layout.delimiter
    quote = layout.quote
    first = _apart(lines[0], mark, quote)
    if layout.header:
        header, skip = list(layout.header), int(_same(first, layout.header))
        _check_width(path, layout, lines, mark)
    else:
        header, skip = first, 1
    fields = _fields(path, layout, header, cells)
    return Plan(Shape(mark, quote, len(header), fields.wanted), fields, skip)


def _mark(line: str) -> str:
    """Return the mark between cells that a header row has most of."""
    return max(_MARKS, key=line.count)


def _apart(line: str, mark: str, quote: str) -> list[str]:
    """Take one line apart."""
    if not quote:
        return line.split(mark)
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:  # a cell of more than 128 kB
        return []


def _same(first: list[str], header: tuple[str, ...]) -> bool:
    """Say whether a file that should have no header row has one all the same."""
    return [_folded(name) for name in first] == [_folded(name) for name in header]


def _folded(name: str) -> str:
    return name.strip().casefold()


def _check_width(path: Path, layout: Layout, lines: list[str], mark: str) -> None:
    """Refuse a file without a header whose rows are not as wide as the layout."""
    width = len(layout.header)
    fits = sum(len(_apart(line, mark, layout.quote)) == width for line in lines)
    if fits < _FITS * len(lines):
        raise WrongLayout(
            path.name,
            layout.id,
            f"has {fits} of {len(lines)} first rows with the {width} cells",
            "choose another with --layout; 'groundgame voterfile layouts' lists them",
        )


def _fields(
    path: Path, layout: Layout, header: list[str], cells: Mapping[str, Cell]
) -> Fields:
    """Find each field's columns, or say which are missing."""
    at: dict[str, int] = {}
    for n, name in enumerate(header):
        at.setdefault(_folded(name), n)
    positions: dict[str, tuple[int, ...]] = {}
    missing: list[str] = []
    for field, cell in cells.items():
        there = [at[_folded(name)] for name in cell.columns if _folded(name) in at]
        if there and not cell.joined:
            positions[field] = (there[0],)
        elif there and len(there) == len(cell.columns):
            positions[field] = tuple(there)
        elif field not in layout.optional:
            lacking = [name for name in cell.columns if _folded(name) not in at]
            missing.append(lacking[0])
    if missing:
        raise WrongLayout(
            path.name, layout.id, *_what_is_missing(missing, positions, header)
        )
    names = {field: header[where[0]] for field, where in positions.items()}
    return Fields(positions, names)


def _what_is_missing(
    missing: list[str], positions: Mapping[str, tuple[int, ...]], header: list[str]
) -> tuple[str, str]:
    """Return what was found and what to do next."""
    if len(header) == 1:
        return (
            "has no mark between the cells of its first line, such as the one",
            "choose another with --layout; 'groundgame voterfile layouts' lists them",
        )
    if not positions:
        return (
            f"has none of the {len(missing)} columns in its first line",
            "choose another with --layout; 'groundgame voterfile layouts' lists them",
        )
    named = ", ".join(missing)
    return (
        f"lacks the column{'s' if len(missing) > 1 else ''} {named}",
        "choose another layout, or copy this one to a TOML file and change it there",
    )
