"""Show somebody the first people of a file as an import would have them.

In:  a file that was held against a layout.
Out: for each of its first rows what it would come to, field by field: codes in our
     words, days, telephone numbers, the door, the votes; or why it would be set aside.

This is about people: it is for the eyes of whoever owns the file.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from groundgame.normal import address
from groundgame.voterfile import history, people
from groundgame.voterfile.recognize import VOTER_FILE, Match
from groundgame.voterfile.records import Shape, blocks_of_rows
from groundgame.voterfile.sample import texts
from groundgame.voterfile.whole import in_parts

_MARK = "\t"
Row = dict[str, str]


def first_people(match: Match, rows: int, year: int) -> list[Row]:
    """Return what the first rows would come to: only what is filled.

    Args:
        match: The file, held against a layout.
        rows: How many, at most.
        year: The year in which the file was written, for ages.
    """
    wide = len(match.header)
    kept = [[*row, *[""] * (wide - len(row))] for row in match.rows[:rows]]
    if not kept:
        return []
    if match.kind != VOTER_FILE:
        return _ballots(match, kept)
    return _people(match, kept, year)


def _people(match: Match, kept: list[list[str]], year: int) -> list[Row]:
    """Return what rows of a voter file come to."""
    block = "".join(_MARK.join(map(_plain, row)) + "\n" for row in kept).encode()
    shape = Shape(_MARK, "", len(kept[0]), match.fields.wanted)
    read = next(blocks_of_rows([block], shape, skip=0, name=""))
    found = people.read(read.cells, match.fields, match.layout, year)
    rows = pl.DataFrame({name: one.rows for name, one in found.people.items()})
    spelled = [name for name in people.SPELLED if name in rows.columns]
    frame = rows.select(spelled or pl.lit(None, pl.String).alias("address"))
    doors = address.doors(in_parts(frame, match.layout.state)).select(
        "address", "city", "zip", "state"
    )
    voted = _votes(match, kept)
    shown = [
        (line, _told({**person, **door, "voted": voted.get(line)}))
        for line, person, door in zip(
            found.line.tolist(),
            rows.drop(spelled).to_dicts(),
            doors.to_dicts(),
            strict=True,
        )
    ]
    aside = pl.concat([read.refused, found.refused]).rows()
    shown += [
        (line, _told({"set aside": why, "column": at})) for line, at, why in aside
    ]
    return [row for _, row in sorted(shown, key=lambda one: one[0])]


def _votes(match: Match, kept: list[list[str]]) -> dict[int, str]:
    """Return the votes in each row's own cells, by its place from 1."""
    how = match.layout.history
    if how is None or not match.fields.history:
        return {}
    cells = texts(kept, match.fields).select(match.fields.history)
    said = history.items(
        cells.with_row_index("line", offset=1), how, match.fields.labels
    )
    meant = history.meanings(said["item"], match.layout)
    read = said.join(meant, on="item").filter("cast", pl.col("year").is_not_null())
    found: dict[int, str] = {}
    for vote in read.unique(["line", "election"]).sort("line", "election").to_dicts():
        before = found.get(vote["line"])
        found[vote["line"]] = f"{before}; {_vote(vote)}" if before else _vote(vote)
    return found


def _ballots(match: Match, kept: list[list[str]]) -> list[Row]:
    """Return what rows of a history file come to."""
    said = texts(kept, match.fields)
    blank = pl.lit(None, dtype=pl.String)
    rows = said.with_columns(
        blank.alias(name)
        for name in ("person_id", "date", "kind", "method", "party")
        if name not in said.columns
    )
    meant = history.row_meanings(rows, match.layout.dates, match.layout).to_dicts()
    return [
        _told({"person_id": one["person_id"], "voted": _vote(one)})
        if one["cast"] and one["year"] is not None
        else {"set aside": history.NO_BALLOT if one["year"] else history.NO_DATE}
        for one in meant
    ]


def _vote(vote: Mapping[str, object]) -> str:
    """Return one vote in words: '2022-06-28 primary, early, DEM'."""
    parts: Sequence[object] = [vote[name] for name in ("election", "method", "party")]
    return ", ".join(str(part) for part in parts if part is not None)


def _told(row: Mapping[str, object]) -> Row:
    """Return what is filled, as text; that nobody protects somebody is not told."""
    return {
        name.removeprefix(people.EXTRA): str(value)
        for name, value in row.items()
        if value is not None and value is not False
    }


def _plain(cell: str) -> str:
    """Return a cell in one line, without the mark between cells."""
    return " ".join(cell.replace("\0", " ").split())
