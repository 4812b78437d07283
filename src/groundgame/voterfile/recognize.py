"""Say which layout a file is written in, how sure that is, and why.

In:  a file.
Out: every layout that may fit, the best first, each with its reasons; and for the best
     (or for one that is asked for) how each field reads, and what looks odd.

Where there is a header row, names of columns tell; where there is none, the number of
cells, and whether dates, ids and codes read. A file may be a layout's voter file or its
history file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from groundgame.errors import ExchangedDates, UnsureLayout
from groundgame.voterfile import oddities
from groundgame.voterfile.exchanged import order
from groundgame.voterfile.fields import Fields
from groundgame.voterfile.form import History, Layout
from groundgame.voterfile.header import mark_of, resolve, same
from groundgame.voterfile.judged import DATES, WORDS, Reading, given, readings, score
from groundgame.voterfile.layout import layouts, load_layout
from groundgame.voterfile.sample import Sample, sample, texts, usual_width

VOTER_FILE, HISTORY_FILE = "voter file", "history file"
SURE = 0.8  # of 1
APART = 0.1  # by which the best must be ahead
_LEAST = 0.05  # what is not worth a word
_WRONG_MARK = 0.5
_WRONG_WIDTH = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """How one layout fits a file: from 0 to 1, and why."""

    layout: Layout
    kind: str
    fit: float
    reasons: tuple[str, ...]
    fields: Fields
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    found: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is taken for."""

    name: str
    matches: tuple[Match, ...]
    warnings: tuple[str, ...]
    rows: int
    columns: int

    @property
    def best(self) -> Match | None:
        """The layout that fits best, if any does."""
        return self.matches[0] if self.matches else None

    @property
    def sure(self) -> bool:
        """Whether the best fits well, and no other comes near it."""
        if not self.matches:
            return False
        second = self.matches[1].fit if len(self.matches) > 1 else 0.0
        best = self.matches[0].fit
        return best >= SURE and best - second >= APART


def check(path: Path, layout: Layout | None = None) -> Checked:
    """Look at the first rows of a file, and say what it is.

    Args:
        path: The file.
        layout: The one it is held against; else every one that is built in.

    Raises:
        UnreadableFile: It is no plain, whole table of text.
    """
    seen = sample(path)
    candidates = layouts() if layout is None else [layout]
    matches = [match for one in candidates for match in _matches(seen, one)]
    matches = [match for match in matches if layout or match.fit >= _LEAST]
    matches.sort(key=lambda match: (-match.fit, match.layout.id, match.kind))
    best = matches[0] if matches else None
    rows = seen.rows(mark_of(seen.lines[0]), '"')
    if best:
        rows = seen.rows(_mark(seen, best.layout), best.layout.quote)
    return Checked(
        name=path.name,
        matches=tuple(matches),
        warnings=oddities.oddities(rows, _look(best) if best else None),
        rows=len(rows),
        columns=usual_width(rows),
    )


def recognized(path: Path) -> Layout:
    """Return the layout that a voter file is written in.

    Raises:
        UnsureLayout: None fits well enough, or two do.
        UnreadableFile: It is no plain, whole table of text.
    """
    checked = check(path)
    best = checked.best
    if best is None or not checked.sure or best.kind != VOTER_FILE:
        near = tuple(
            f"{match.layout.id} ({match.kind}, {match.fit:.0%})"
            for match in checked.matches[:3]
        )
        raise UnsureLayout(path.name, near)
    return load_layout(best.layout.id)


def misread(path: Path, layout: Layout, near: int = 0) -> str | None:
    """Return why a file would be read wrongly by a layout; None: nothing shows it.

    Args:
        path: The file.
        layout: How it should be written.
        near: The line from which on it is looked at; 0: from its beginning.

    Raises:
        UnreadableFile: It is no plain, whole table of text.
    """
    match = _match(sample(path, near), layout, VOTER_FILE, layout.history)
    why = next(oddities.misread(_look(match)), None) if match else None
    return f"near line {near:,} {why}" if why and near else why


def refuse_exchanged(path: Path, layout: Layout, kind: str) -> None:
    """Refuse a file whose first rows have a date in the other order.

    Args:
        path: The file.
        layout: How it should be written.
        kind: VOTER_FILE or HISTORY_FILE.

    Raises:
        ExchangedDates: One of its dates has days where months should be.
        UnreadableFile: It is no plain, whole table of text.
    """
    for match in _matches(sample(path), layout):
        if match.kind != kind:
            continue
        dates = texts(list(map(list, match.rows)), match.fields)
        for name in DATES:
            if name not in dates.columns:
                continue
            there = given(dates[name], match.layout)
            found = order(there, match.layout.dates, elections=name == "date")
            if found.exchanged:
                form = " or ".join(map(spelled, match.layout.dates))
                what = f"{WORDS[name]}s"
                raise ExchangedDates(
                    path.name, what, found.dates, found.other, found.so, form
                )


def _matches(seen: Sample, layout: Layout) -> list[Match]:
    """Return how a layout fits, as a voter file and as its history file."""
    found = []
    if "person_id" in layout.columns:
        found.append(_match(seen, layout, VOTER_FILE, layout.history))
    how = layout.history_file
    if how is not None:
        beside = replace(
            layout,
            delimiter=how.delimiter or layout.delimiter,
            header=how.header,
            columns=how.columns,
            extra={},
            optional=frozenset({"kind", "method", "party"}),
            dates=how.formats,
            history=None,
        )
        found.append(_match(seen, beside, HISTORY_FILE, None))
    return [match for match in found if match is not None]


def _mark(seen: Sample, layout: Layout) -> str:
    """Return the mark between cells: the layout's, or the one that the file has."""
    if layout.delimiter == "auto" or layout.delimiter not in seen.lines[0]:
        return mark_of(seen.lines[0])
    return layout.delimiter


def _match(
    seen: Sample, layout: Layout, kind: str, history: History | None
) -> Match | None:
    """Return how a layout fits; nothing when it cannot be held against the file."""
    mark = _mark(seen, layout)
    table = seen.rows(mark, layout.quote)
    if not table:
        return None
    headed = not layout.header or same(table[0], layout.header)
    header = layout.header or tuple(table[0])
    fields, missing = resolve(layout, header, layout.cells, history)
    body = table[1:] if headed else table
    if "person_id" not in fields.places or not body:
        return None
    width = usual_width(body)
    rows = [row for row in body if len(row) == width]
    found = readings(texts(rows, fields), fields, header, layout)
    reads = score(found)
    reasons: list[str] = []
    if layout.header:
        fit = reads * len(rows) / len(body)
        fit *= 1.0 if width == len(header) else _WRONG_WIDTH
        reasons.append(
            f"{len(rows):,} of {len(body):,} first rows have {width} cells, and it "
            f"has {len(header)} columns"
        )
    else:
        fit = _named(layout, fields, missing) * (0.6 + 0.4 * reads)
        reasons.append(_columns(layout, fields, header, missing))
    if layout.delimiter not in ("auto", mark):
        fit *= _WRONG_MARK
        reasons.append(f"its cells are set apart by {layout.delimiter!r}, not {mark!r}")
    said = tuple(reasons + _reads(found, layout))
    kept = tuple(map(tuple, rows))
    return Match(layout, kind, round(fit, 4), said, fields, header, kept, found)


def _named(layout: Layout, fields: Fields, missing: Sequence[str]) -> float:
    """Return how many of the fields that must be there are, to the third power."""
    there = sum(name not in layout.optional for name in fields.places)
    wanted = there + len(missing)
    return float((there / wanted) ** 3) if wanted else 1.0


def _columns(
    layout: Layout, fields: Fields, header: Sequence[str], missing: Sequence[str]
) -> str:
    """Say how many of its columns a file has."""
    wanted = {
        name
        for field, cell in layout.columns.items()
        if field in fields.places or field not in layout.optional
        for name in cell.every[: None if cell.joined or cell.choices else 1]
    }
    lacking = f"; it lacks {', '.join(missing[:3])}" if missing else ""
    known = len(fields.wanted)
    return (
        f"{known} of its {len(header)} columns are known by name"
        if not missing
        else f"{max(len(wanted) - len(missing), 0)} of {len(wanted)} columns are there"
    ) + lacking


def _reads(found: Sequence[Reading], layout: Layout) -> list[str]:
    """Say how what can be checked reads."""
    said = []
    for one in found:
        if one.share is None or one.field in _SELDOM_TELLS:
            continue
        if one.share == 1:
            much, verb = f"every {one.called}", 0
        else:
            much, verb = f"{one.share:.0%} of {one.many}", 1
        how = _VERBS.get(one.field, ("reads", "read"))[verb]
        if one.field in DATES:
            how += f" as {' or '.join(map(spelled, layout.dates))}"
        said.append(f"{much} {how}")
    return said


_SELDOM_TELLS = ("last_name", "age", "gender")
_VERBS = {
    "person_id": ("is there once", "are there once"),
    "status": ("is a known code", "are known codes"),
}


def spelled(form: str) -> str:
    """Return a form of dates as people write it: MM/DD/YYYY."""
    for mark, letters in _LETTERS:
        form = form.replace(mark, letters)
    return form


_LETTERS = (("%Y", "YYYY"), ("%y", "YY"), ("%m", "MM"), ("%d", "DD"))


def _look(match: Match) -> tuple[Layout, Fields, pl.DataFrame, int]:
    """Return what oddities are looked for in."""
    rows = list(map(list, match.rows))
    wide = len(rows[0]) if rows else 0
    whole = abs(wide - len(match.header)) <= 1
    shifts = {by: _shifted(match, rows, by) if whole else 0.0 for by in (-1, 1)}
    base = score(match.found)
    best = max(shifts, key=lambda by: shifts[by])
    moved = best if base < 0.75 and shifts[best] >= base + 0.15 else 0  # noqa: PLR2004
    return match.layout, match.fields, texts(rows, match.fields), moved


def _shifted(match: Match, rows: list[list[str]], by: int) -> float:
    """Return how well the file reads one cell to the side, from where that is best.

    A cell too many, or one that was lost, moves those after it; not those before.
    """
    moved = texts(rows, match.fields, by)
    wide = (*match.header, "")
    there = readings(moved, match.fields, wide, match.layout)
    first = {one.field: _first(match, one.field) for one in (*match.found, *there)}
    return max(
        score(
            [one for one in match.found if first[one.field] < at]
            + [one for one in there if first[one.field] >= at]
        )
        for at in {0, *first.values()}
    )


def _first(match: Match, field: str) -> int:
    """Return where in a row a field begins; vote history is one field."""
    places = match.fields.places
    names = match.fields.history if field == "history" else (field,)
    return min((at for name in names for at in places[name].every), default=0)
