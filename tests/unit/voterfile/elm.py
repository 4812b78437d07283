"""Elm County for the tests of this room: its files, and rows to break on purpose."""

import csv
import io
from datetime import date
from pathlib import Path

from groundgame.tables import Snapshot
from groundgame.voterfile import import_file

ELM = Path(__file__).parents[3] / "examples" / "elm"
VOTERS, ADDRESSES = ELM / "voters.csv", ELM / "addresses.csv"
STREETS = ELM / "streets.geojson"
LAYOUTS = Path(__file__).parents[3] / "src/groundgame/voterfile/layouts"
DATED = date(2025, 1, 15)
COLUMNS = VOTERS.read_text().splitlines()[0].split(",")


def small(into: Path) -> Snapshot:
    """Import the ten rows with their addresses and streets."""
    return import_file(
        VOTERS, "elm", into, dated=DATED, addresses=ADDRESSES, streets=STREETS
    )


def row(n: int, **changed: str) -> dict[str, str]:
    """Return a good row: voter n, at n Elm Street."""
    return (
        dict.fromkeys(COLUMNS, "")
        | {
            "voter_id": f"E{n}",
            "last_name": "Moss",
            "first_name": "Ida",
            "birth_date": "1970-01-31",
            "status": "A",
            "house_number": str(n),
            "street": "Elm Street",
            "city": "Elmton",
            "zip": "69999",
            "county": "Elm",
            "precinct": "ELM-1",
        }
        | changed
    )


def text(*rows: dict[str, str]) -> str:
    """Return the rows as a CSV file with its header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def imported(folder: Path, content: str | bytes, **options: object) -> Snapshot:
    """Import a file with this content."""
    path = folder / "voters.csv"
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(raw)
    layout = options.pop("layout", "elm")
    return import_file(path, layout, folder / "snapshots", dated=DATED, **options)


def refusals(snapshot: Snapshot) -> list[tuple[int, str | None, str]]:
    """Return line, column and reason of each refused row."""
    rows = snapshot.read("refused").to_pylist()
    return [(one["line"], one["column"], one["reason"]) for one in rows]
