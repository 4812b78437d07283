"""A list of four people, whom they may mean in Elm, and who stands on it twice."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.tables import CANDIDATES, LINKS, LISTED, PAIRS

SURE, UNSURE, OTHER, STRANGER = (f"{n:020x}" for n in range(1, 5))
SAME, MAYBE = (f"{n:020x}" for n in range(21, 23))
"""Pairs: the sure row and the unsure one are one person; so may be the other's."""
LIKELY, LESS = "elm:elm-2-1", "elm:elm-2-2"


def write(folder: Path) -> None:
    """Write the list, its links and its candidates, as a match leaves them."""
    folder.mkdir(parents=True)
    listed = [
        _listed(SURE, 2, "Ada", "Elmcanary01"),
        _listed(UNSURE, 3, "A", "Elmcanary02"),
        _listed(OTHER, 4, "B", "Elmcanary03"),
        _listed(STRANGER, 5, "Zoe", "Nobody"),
    ]
    links = [
        _link(SURE, 2, "linked", "elm:elm-1-1", 0.99),
        _link(UNSURE, 3, "review", LIKELY, 0.7),
        _link(OTHER, 4, "review", "elm:elm-3-2", 0.5),
        _link(STRANGER, 5, "unmatched", None, None),
    ]
    candidates = [
        _candidate(SURE, 1, "elm:elm-1-1", 0.99),
        _candidate(UNSURE, 1, LIKELY, 0.7),
        _candidate(UNSURE, 2, LESS, 0.25),
        _candidate(OTHER, 1, "elm:elm-3-2", 0.5),
    ]
    pairs = [
        _pair(SAME, SURE, UNSURE, "same", 0.97),
        _pair(MAYBE, UNSURE, OTHER, "review", 0.4),
    ]
    for name, schema, rows in (
        ("pairs", PAIRS, pairs),
        ("listed", LISTED, listed),
        ("links", LINKS, links),
        ("candidates", CANDIDATES, candidates),
    ):
        table = pa.Table.from_pylist(rows, schema=schema.arrow)
        pq.write_table(table, folder / f"{name}.parquet")


def _listed(row: str, line: int, first: str, last: str) -> dict:
    return {"row_id": row, "line": line, "first_name": first, "last_name": last}


def _link(
    row: str, line: int, state: str, person: str | None, probability: float | None
) -> dict:
    about = {"row_id": row, "line": line, "state": state, "person_id": person}
    if person is None:
        return about
    return about | {
        "probability": probability,
        "by": "likeness",
        "reasons": "same surname",
    }


def _pair(pair: str, row: str, other: str, state: str, probability: float) -> dict:
    return {
        "pair": pair,
        "row_id": row,
        "other_id": other,
        "state": state,
        "probability": probability,
        "reasons": "same phone",
    }


def _candidate(row: str, rank: int, person: str, probability: float) -> dict:
    return {
        "row_id": row,
        "rank": rank,
        "person_id": person,
        "probability": probability,
        "by": "likeness",
        "reasons": "same surname",
    }
