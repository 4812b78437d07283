"""How one source writes its file: columns, delimiter, dates, codes. It is data.

In:  the name of a layout that is built in, or the path of a TOML file.
Out: a Layout. A new state is a new TOML file and no code; the built-in ones, each with
     comments, are in the folder `layouts` beside this file.

A field of ours is filled from one column ("last_name"), from the first that is there
of several (["middle_name", "midl_name"]), or from several joined by a space
({ join = ["RegStName", "RegStType"] }).
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, Self

import polars as pl

from groundgame.errors import NoSuchLayout

FIELDS = (
    *("person_id", "last_name", "first_name", "middle_name", "suffix"),
    *("birth_date", "birth_year", "age", "gender", "party", "status", "registered"),
    *("phone", "number", "half", "street", "unit", "address", "city", "zip"),
    *("county", "municipality", "precinct", "ward"),
    *("congressional", "state_senate", "state_house", "protected"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a field comes from: the first column that is there, or all of them."""

    columns: tuple[str, ...]
    joined: bool = False

    @classmethod
    def of(cls, written: Any) -> Self:
        """Read the three ways in which TOML may write it."""
        if isinstance(written, Mapping):
            return cls(tuple(written["join"]), joined=True)
        if isinstance(written, str):
            return cls((written,))
        return cls(tuple(written))


@dataclass(frozen=True, slots=True)
class History:
    """Elections written into cells of a person's row."""

    columns: tuple[str, ...]
    items: tuple[str, ...]
    formats: tuple[str, ...]
    split: str = ""
    mend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """A second file with one row a ballot: its columns."""

    columns: Mapping[str, Cell]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one source writes its voter file."""

    id: str
    name: str
    source: str
    delimiter: str
    quote: str
    header: tuple[str, ...]
    columns: Mapping[str, Cell]
    optional: frozenset[str]
    dates: tuple[str, ...]
    no_dates: tuple[str, ...]
    status: Mapping[str, str]
    genders: Mapping[str, str]
    protected: tuple[str, ...]
    history: History | None
    history_file: HistoryFile | None
    kinds: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    digest: str

    def with_columns(self, chosen: Mapping[str, str]) -> Self:
        """Return this layout with these fields filled from these columns instead."""
        unknown = sorted(set(chosen) - set(FIELDS))
        if unknown:
            raise NoSuchLayout(
                f"no field {', '.join(unknown)}", "the fields are " + ", ".join(FIELDS)
            )
        cells = {field: Cell((column,)) for field, column in chosen.items()}
        digest = hashlib.sha256(
            json.dumps([self.digest, dict(chosen)], sort_keys=True).encode()
        ).hexdigest()
        return replace(self, columns={**self.columns, **cells}, digest=digest)


def layouts() -> list[Layout]:
    """Return the layouts that are built in, by name."""
    folder = resources.files("groundgame.voterfile") / "layouts"
    names = sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return [load_layout(name) for name in names]


def load_layout(name_or_path: str | Path) -> Layout:
    """Return a built-in layout by its name, or one from a TOML file of one's own.

    Raises:
        NoSuchLayout: There is none of that name, or the file is no layout.
    """
    name = str(name_or_path)
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise NoSuchLayout(f"no file {path.name}", "give a TOML file that exists")
        return _parse(path.stem, path.read_bytes())
    built_in = resources.files("groundgame.voterfile") / "layouts" / f"{name}.toml"
    if not name.isidentifier() or not built_in.is_file():
        known = ", ".join(layout.id for layout in layouts())
        raise NoSuchLayout(f"no layout {name!r}", f"there are {known}")
    return _parse(name, built_in.read_bytes())


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


def _parse(identity: str, text: bytes) -> Layout:
    """Return the layout that a TOML text writes down."""
    try:
        raw = tomllib.loads(text.decode("utf-8"))
        layout = _layout(identity, raw, hashlib.sha256(text).hexdigest())
        _try_out(layout)
    except _NO_LAYOUT as problem:
        raise NoSuchLayout(
            f"a file {identity}.toml that is no layout",
            "compare it with those in groundgame/voterfile/layouts",
        ) from problem
    return layout


_NO_LAYOUT = (
    *(KeyError, TypeError, ValueError, AttributeError, RecursionError),
    pl.exceptions.PolarsError,
)


def _try_out(layout: Layout) -> None:
    """Refuse marks, patterns and forms of dates that no file could be read with."""
    if layout.delimiter != "auto" and not (
        len(layout.delimiter) == 1
        and layout.delimiter.isascii()
        and layout.delimiter not in '"\r\n\0'
    ):
        raise ValueError("the delimiter is one mark, or 'auto'")
    if layout.quote not in ("", '"'):
        raise ValueError("quotation marks are double ones, or there are none")
    sample = pl.Series(["2024-11-05"])
    for how in (layout.history, layout.history_file):
        for form in how.formats if how else ():
            sample.str.to_date(form, strict=False)
    for form in layout.dates:
        sample.str.to_date(form, strict=False)
    for pattern in layout.history.items if layout.history else ():
        sample.str.extract_groups(pattern)
    for pattern, into in layout.history.mend if layout.history else ():
        sample.str.replace_all(pattern, into)


def _layout(identity: str, raw: Mapping[str, Any], digest: str) -> Layout:
    """Return the layout of a parsed TOML file; unknown fields are refused."""
    columns = {field: Cell.of(cell) for field, cell in raw["columns"].items()}
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise ValueError(f"unknown fields {unknown}")
    return Layout(
        id=identity,
        name=raw["name"],
        source=raw["source"],
        delimiter=raw["delimiter"],
        quote=raw.get("quote", '"'),
        header=tuple(raw.get("header", ())),
        columns=columns,
        optional=frozenset(raw.get("optional", ())),
        dates=tuple(raw["dates"]["formats"]),
        no_dates=tuple(raw["dates"].get("empty", ())),
        status=dict(raw.get("status", {})),
        genders=raw.get("genders", {"F": "F", "M": "M", "X": "X"}),
        protected=tuple(raw.get("protected", ())),
        history=_history(raw.get("history")),
        history_file=_history_file(raw.get("history_file")),
        kinds=_pairs(raw.get("kinds", ()), "kind"),
        methods=_pairs(raw.get("methods", ()), "method"),
        digest=digest,
    )


def _pairs(
    rows: Sequence[Mapping[str, str]], gives: str
) -> tuple[tuple[str, str], ...]:
    """Return (text it holds, what it means) for each rule, in order."""
    return tuple((row["holds"], row[gives]) for row in rows)


def _history(raw: Mapping[str, Any] | None) -> History | None:
    """Return how history cells are read, where the layout has any."""
    if raw is None:
        return None
    return History(
        columns=tuple(raw["columns"]),
        items=tuple(raw["items"]),
        formats=tuple(raw["formats"]),
        split=raw.get("split", ""),
        mend=tuple((pattern, into) for pattern, into in raw.get("mend", ())),
    )


def _history_file(raw: Mapping[str, Any] | None) -> HistoryFile | None:
    """Return how a history file is read, where the layout has one."""
    if raw is None:
        return None
    cells = {name: Cell.of(cell) for name, cell in raw.items() if name != "formats"}
    return HistoryFile(columns=cells, formats=tuple(raw["formats"]))
