"""Hold a file's header against its layout: which position holds which field.

In:  a file and a layout.
Out: the file's shape, where it has each field, and how many lines the header takes.

A column that the layout names and the file lacks is an error, unless the layout says
that it is optional. What is said about it repeats no cell: the first line of a file
that has no header is a person.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from groundgame.errors import WrongLayout
from groundgame.voterfile.fields import Fields, Place
from groundgame.voterfile.layout import Cell, History, Layout
from groundgame.voterfile.records import Shape
from groundgame.voterfile.source import first_lines

MARKS = (",", "\t", "|", ";")
_FITS = 0.5  # share of the first lines that must have the layout's number of cells
_OTHER = "choose another with --layout; 'groundgame voterfile check FILE' finds one"


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
    return plan_columns(path, layout, layout.cells, layout.history)


def plan_history(path: Path, layout: Layout) -> Plan:
    """Return how a file of ballots cast is to be read.

    Raises:
        WrongLayout: The layout has no such file, or this one lacks its columns.
        UnreadableFile: The file is no plain, whole table of text.
    """
    how = layout.history_file
    if how is None:
        raise WrongLayout(
            path.name,
            layout.id,
            "is given as a history file, and not in the rows themselves",
            "leave --history away",
        )
    mark = how.delimiter or layout.delimiter
    optional = frozenset({"kind", "method", "party"})
    beside = replace(layout, header=how.header, delimiter=mark, optional=optional)
    return plan_columns(path, beside, how.columns)


def plan_columns(
    path: Path,
    layout: Layout,
    cells: Mapping[str, Cell],
    history: History | None = None,
) -> Plan:
    """Return how a file with these fields is to be read."""
    lines = first_lines(path)
    mark = mark_of(lines[0]) if layout.delimiter == "auto" else layout.delimiter
    first = apart(lines[0], mark, layout.quote)
    if layout.header:
        header, skip = list(layout.header), int(same(first, layout.header))
        _check_width(path, layout, lines, mark)
    else:
        header, skip = first, 1
    fields, missing = resolve(layout, header, cells, history)
    if missing:
        raise WrongLayout(
            path.name, layout.id, *_what_is_missing(missing, fields, header)
        )
    return Plan(Shape(mark, layout.quote, len(header), fields.wanted), fields, skip)


def mark_of(line: str) -> str:
    """Return the mark between cells that a header row has most of."""
    return max(MARKS, key=line.count)


def apart(line: str, mark: str, quote: str) -> list[str]:
    """Take one line apart."""
    if not quote:
        return line.split(mark)
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:  # a cell of more than 128 kB
        return []


def same(first: Sequence[str], header: Sequence[str]) -> bool:
    """Say whether a file that should have no header row has one all the same."""
    return [_folded(name) for name in first] == [_folded(name) for name in header]


def _folded(name: str) -> str:
    return name.strip().casefold()


def _check_width(path: Path, layout: Layout, lines: list[str], mark: str) -> None:
    """Refuse a file without a header whose rows are not as wide as the layout."""
    width = len(layout.header)
    fits = sum(len(apart(line, mark, layout.quote)) == width for line in lines)
    if fits < _FITS * len(lines):
        raise WrongLayout(
            path.name,
            layout.id,
            f"has {fits} of {len(lines)} first rows with the {width} cells",
            _OTHER,
        )


def resolve(
    layout: Layout,
    header: Sequence[str],
    cells: Mapping[str, Cell],
    history: History | None = None,
) -> tuple[Fields, list[str]]:
    """Find each field in a header.

    Returns:
        Where the fields are, and the names of columns that should be there and are not.
    """
    at: dict[str, int] = {}
    for n, name in enumerate(header):
        at.setdefault(_folded(name), n)
    places: dict[str, Place] = {}
    missing: list[str] = []
    for field, cell in cells.items():
        place = _place(cell, at)
        if place:
            places[field] = place
        elif field not in layout.optional:
            missing.append(next(name for name in cell.every if _folded(name) not in at))
    voted, labels, lacking = _voted(history, header, at)
    places |= voted
    names = {
        field: header[place.every[0]] for field, place in places.items() if place.every
    }
    extra = tuple(name for name in places if name in layout.extra)
    return Fields(places, names, extra, labels), missing + lacking


def _place(cell: Cell, at: Mapping[str, int]) -> Place | None:
    """Return where a file has a cell, or nothing when it has it nowhere."""
    if cell.value:
        return Place(value=cell.value)
    if cell.choices:
        found = [place for one in cell.choices if (place := _place(one, at))]
        return Place(choices=tuple(found), take=cell.take) if found else None
    there = [at[_folded(name)] for name in cell.columns if _folded(name) in at]
    if not there or (cell.joined and len(there) < len(cell.columns)):
        return None
    positions = tuple(there) if cell.joined else (there[0],)
    return Place(positions, cell.mark, cell.take)


def _voted(
    history: History | None, header: Sequence[str], at: Mapping[str, int]
) -> tuple[dict[str, Place], dict[str, str], list[str]]:
    """Return the columns of history, labels for their items, and what is missing."""
    if history is None:
        return {}, {}, []
    found = [(_place(cell, at), cell.columns[0]) for cell in history.columns]
    lacking = [name for place, name in found if place is None]
    there = [(place, name) for place, name in found if place]
    if history.like:
        like = re.compile(history.like)
        taken = {place.at[0] for place, _ in there}
        # A column an election says more than 'last voted' does, so it comes first.
        there = [
            (Place((n,)), name.strip())
            for n, name in enumerate(header)
            if n not in taken and like.search(name.strip())
        ] + there
    places = {f"history_{n}": place for n, (place, _) in enumerate(there)}
    labels = {
        f"history_{n}": label
        for n, (_, name) in enumerate(there)
        if history.labelled and (label := history.called.get(name, name))
    }
    return places, labels, lacking


def _what_is_missing(
    missing: list[str], fields: Fields, header: list[str]
) -> tuple[str, str]:
    """Return what was found and what to do next."""
    if len(header) == 1:
        return (
            "has no mark between the cells of its first line, such as the one",
            _OTHER,
        )
    if not fields.wanted:
        return f"has none of the {len(missing)} columns in its first line", _OTHER
    named = ", ".join(missing)
    return (
        f"lacks the column{'s' if len(missing) > 1 else ''} {named}",
        "choose another layout, or copy this one to a TOML file and change it there",
    )
