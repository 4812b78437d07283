r"""What a layout's TOML file may hold, and the Layout that comes of it.

    name, source     for people: whose file it is, and where its layout is written down
    base             the name of a layout that this one changes: tables are laid over it
    delimiter        the mark between cells, or "auto"
    quote            '"', or "" where quotation marks mean nothing
    header           names of the columns, where the file itself has none
    optional         fields that may be missing from a file
    state, country   "nc", "US"
    protected        words of that column that mean: confidential by law
    [columns]        field = a cell
    [extra]          a name of one's own = a cell; kept as text
    [dates]          formats, and `empty`: texts that mean none
    [parties] [genders] [status] [languages] [counties]    code = "our word"
    [history]        elections in cells of a person's row
    [history_file]   a second file, one row a ballot
    [[kinds]] [[methods]]    `holds` or `is`: a text, and the kind or method it means
    [districts]      field = the type of Open Civic Data division; "" for none

A cell is "COLUMN", the first of ["NEW NAME", "OLD NAME"] that is there,
{ join = ["A", "B"], with = " " }, { column = "A", take = '^(\d+)' }, { value = "x" }
or { any = [cell, cell] }: the first that holds something.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from groundgame.errors import NoSuchLayout
from groundgame.tables import PEOPLE
from groundgame.voterfile.form import FIELDS, Cell, History, HistoryFile, Layout, Rule
from groundgame.voterfile.words import DIVISIONS, GENDERS, LANGUAGES, NO_DAYS

_NO_LAYOUT = (
    *(KeyError, TypeError, ValueError, AttributeError, RecursionError, re.error),
    pl.exceptions.PolarsError,
)
_KNOWN = {
    *("name", "source", "base", "delimiter", "quote", "header", "optional", "state"),
    *("country", "protected", "columns", "extra", "dates", "parties", "genders"),
    *("status", "languages", "counties", "history", "history_file", "kinds"),
    *("methods", "districts"),
}
_EXTRA = re.compile(r"[a-z][a-z0-9_]{0,39}")


def parse(identity: str, text: bytes, other: Callable[[str], bytes]) -> Layout:
    """Return the layout that a TOML text writes down.

    Args:
        identity: What it is called.
        text: What its file holds.
        other: Gives the text of the layout that is named as `base`.

    Raises:
        NoSuchLayout: It is no layout.
    """
    try:
        raw = tomllib.loads(text.decode("utf-8"))
        if "base" in raw:
            under = other(raw["base"])
            raw = _over(tomllib.loads(under.decode("utf-8")), raw)
            text += under
        layout = _layout(identity, raw, hashlib.sha256(text).hexdigest())
        _try_out(layout)
    except _NO_LAYOUT as problem:
        raise NoSuchLayout(
            f"a file {identity}.toml that is no layout",
            "compare it with those in groundgame/voterfile/layouts",
        ) from problem
    return layout


def _over(under: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one file over another: tables key by key, all else as a whole."""
    laid = dict(under)
    for key, held in raw.items():
        table = isinstance(held, Mapping) and isinstance(laid.get(key), Mapping)
        laid[key] = {**laid[key], **held} if table else held
    return laid


def _layout(identity: str, raw: Mapping[str, Any], digest: str) -> Layout:
    """Return the layout of a parsed TOML file; unknown keys and fields are refused."""
    columns = _cells(raw["columns"])
    extra = _cells(raw.get("extra", {}))
    _refuse("keys", set(raw) - _KNOWN)
    _refuse("fields", set(columns) - set(FIELDS))
    _refuse("names", {name for name in extra if not _may_name(name)})
    state = str(raw.get("state", "")).upper()
    if state and not re.fullmatch("[A-Z]{2}", state):
        raise ValueError("a state is two letters")
    return Layout(
        id=identity,
        name=raw["name"],
        source=raw["source"],
        delimiter=raw["delimiter"],
        quote=raw.get("quote", '"'),
        header=tuple(raw.get("header", ())),
        columns=columns,
        extra=extra,
        optional=frozenset(raw.get("optional", ())) | set(extra),
        state=state,
        country=raw.get("country", "US"),
        dates=tuple(raw["dates"]["formats"]),
        no_dates=(*raw["dates"].get("empty", ()), *_placeholders(raw["dates"])),
        codes=_codes(raw),
        protected=tuple(word.upper() for word in raw.get("protected", ())),
        history=_history(raw.get("history")),
        history_file=_history_file(raw.get("history_file")),
        kinds=_rules(raw.get("kinds", ()), "kind"),
        methods=_rules(raw.get("methods", ()), "method"),
        divisions={**DIVISIONS, **raw.get("districts", {})},
        digest=digest,
    )


def _refuse(what: str, unknown: set[str]) -> None:
    if unknown:
        raise ValueError(f"unknown {what} {sorted(unknown)}")


def _may_name(name: str) -> bool:
    """Say whether an extra column may be called so."""
    taken = name in FIELDS or name in PEOPLE.names
    return bool(_EXTRA.fullmatch(name)) and not taken


def _cells(raw: Mapping[str, Any]) -> dict[str, Cell]:
    return {name: _cell(written) for name, written in raw.items()}


def _cell(written: Any) -> Cell:
    """Read the ways in which TOML may write a cell."""
    if isinstance(written, str):
        return Cell((written,))
    if not isinstance(written, Mapping):
        return Cell(tuple(written))
    _refuse("keys", set(written) - {"join", "with", "column", "take", "value", "any"})
    take = written.get("take", "")
    if take and re.compile(take).groups != 1:
        raise ValueError("a pattern to take by has one group")
    if "join" in written:
        return Cell(
            tuple(written["join"]),
            joined=True,
            mark=written.get("with", " "),
            take=take,
        )
    if "any" in written:
        return Cell(choices=tuple(map(_cell, written["any"])), take=take)
    if "value" in written:
        return Cell(value=written["value"])
    return Cell(_cell(written["column"]).columns, take=take)


def _placeholders(dates: Mapping[str, Any]) -> list[str]:
    """Return the days that stand for 'not known', in each of the forms in use."""
    full = [day.strftime(form) for form in dates["formats"] for day in NO_DAYS]
    short = [re.sub(r"\b0(\d)\b", r"\1", text) for text in full]
    return sorted({*full, *short})


def _codes(raw: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return what codes mean, by field; codes are compared in capitals."""
    tables = {
        "party": raw.get("parties", {}),
        "gender": {**GENDERS, **raw.get("genders", {})},
        "status": raw.get("status", {}),
        "language": {**LANGUAGES, **raw.get("languages", {})},
        "county": raw.get("counties", {}),
    }
    return {
        field: {str(code).upper(): str(word) for code, word in table.items()}
        for field, table in tables.items()
    }


def _rules(rows: Sequence[Mapping[str, str]], gives: str) -> tuple[Rule, ...]:
    """Return what words mean, in the order in which they are looked for."""
    for row in rows:
        _refuse("keys", set(row) - {"holds", "is", "called", gives})
    return tuple(
        Rule(
            text=(row["is"] if "is" in row else row["holds"]).upper(),
            means=row[gives],
            whole="is" in row,
            called=row.get("called", ""),
        )
        for row in rows
    )


def _history(raw: Mapping[str, Any] | None) -> History | None:
    """Return how history cells are read, where the layout has any."""
    if raw is None:
        return None
    return History(
        columns=tuple(map(_cell, raw.get("columns", ()))),
        like=raw.get("like", ""),
        items=tuple(raw["items"]),
        formats=tuple(raw.get("formats", ())),
        split=raw.get("split", ""),
        mend=tuple((pattern, into) for pattern, into in raw.get("mend", ())),
        labelled=bool(raw.get("labelled", False)),
        called=dict(raw.get("called", {})),
        no_ballot=tuple(raw.get("no_ballot", ())),
    )


def _history_file(raw: Mapping[str, Any] | None) -> HistoryFile | None:
    """Return how a history file is read, where the layout has one."""
    if raw is None:
        return None
    names = ("person_id", "date", "kind", "method", "party")
    _refuse("keys", set(raw) - {*names, "formats", "header", "delimiter", "no_ballot"})
    return HistoryFile(
        columns={name: _cell(raw[name]) for name in names if name in raw},
        formats=tuple(raw["formats"]),
        header=tuple(raw.get("header", ())),
        delimiter=raw.get("delimiter", ""),
        no_ballot=tuple(word.upper() for word in raw.get("no_ballot", ())),
    )


def _try_out(layout: Layout) -> None:
    """Refuse marks, patterns and forms of dates that no file could be read with."""
    marks = {layout.delimiter, getattr(layout.history_file, "delimiter", "") or ","}
    for mark in marks - {"auto"}:
        if len(mark) != 1 or not mark.isascii() or mark in '"\r\n\0':
            raise ValueError("the delimiter is one mark, or 'auto'")
    if layout.quote not in ("", '"'):
        raise ValueError("quotation marks are double ones, or there are none")
    sample = pl.Series(["2024-11-05"])
    forms = [how.formats for how in (layout.history, layout.history_file) if how]
    for form in (*layout.dates, *(form for many in forms for form in many)):
        sample.str.to_date(form, strict=False)
    for pattern in _patterns(layout):
        sample.str.extract_groups(pattern) if "(" in pattern else None
        sample.str.contains(pattern)
    for pattern, into in layout.history.mend if layout.history else ():
        sample.str.replace_all(pattern, into)


def _patterns(layout: Layout) -> list[str]:
    """Return every pattern of a layout."""
    cells = [*layout.cells.values()]
    found = [cell.take for one in cells for cell in (one, *one.choices)]
    if layout.history:
        found += [*layout.history.items, *layout.history.no_ballot, layout.history.like]
    return [pattern for pattern in found if pattern]
