"""Import a voter file: our import beside three others, in one run.

    .venv/bin/python bench/import_file.py [ROWS]

On a file of ROWS invented voters (200,000 if left out) in the columns of Elm County:

- groundgame: a snapshot: doors, votes, accounts, sorted; nothing left out;
- petl: the same columns normalised row by row, to CSV;
- csv.DictReader: the same, by hand;
- DuckDB: a bare copy to Parquet, all columns as text. No door, no vote, no account:
  what reading and writing cost at least.

The table gives seconds by the clock, rows a second, and seconds of processor time (of
all cores together; on a busy machine this is the fairer one), with each one's ratio to
ours.
"""

import csv
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import md5
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import petl

from groundgame.voterfile import import_file

MAKE = Path(__file__).parent.parent / "examples" / "elm" / "make.py"
TYPES = {"STREET": "ST", "AVENUE": "AVE", "ROAD": "RD", "CRESCENT": "CRES"}
SAYS_NOTHING = re.compile(r"\b(?:APT|APARTMENT|UNIT|STE)\b|[.#]")


def main() -> None:
    """Make the file, run all four, and print what they took."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        subprocess.run(
            [sys.executable, MAKE, "--voters", str(rows), folder], check=True
        )
        voters = folder / "voters.csv"
        megabytes = voters.stat().st_size / 1e6
        print(f"$ python bench/import_file.py {rows}")
        print(f"{rows:,} rows, {megabytes:.0f} MB, layout elm\n")
        # Once on the ten rows, so that nobody pays for loading a library.
        import_file(MAKE.parent / "voters.csv", "elm", folder / "w", dated=DAY)
        timed = {
            name: _seconds(run, voters, folder / name.split()[0])
            for name, run in RUNS.items()
        }
    ours, work = next(iter(timed.values()))
    print(f"{'':<28}{'seconds':>9}{'rows/s':>11}{'of ours':>9}{'cpu':>8}{'of ours':>9}")
    for name, (seconds, cpu) in timed.items():
        print(
            f"{name:<28}{seconds:>9.2f}{rows / seconds:>11,.0f}{seconds / ours:>9.2f}"
            f"{cpu:>8.2f}{cpu / work:>9.2f}"
        )


def _seconds(
    run: Callable[[Path, Path], None], voters: Path, out: Path
) -> tuple[float, float]:
    """Return how long one import took by the clock, and how much of the processors."""
    began, work = perf_counter(), process_time()
    run(voters, out)
    return perf_counter() - began, process_time() - work


def ours(voters: Path, out: Path) -> None:
    """Import into a snapshot."""
    snapshot = import_file(voters, "elm", out, dated=DAY)
    print(f"snapshot {snapshot.id}: {snapshot.manifest.people:,} people accepted")


def with_petl(voters: Path, out: Path) -> None:
    """Normalise row by row with petl."""
    table = petl.fromcsv(str(voters))
    table = petl.rowmap(table, _normal, header=FIELDS, failonerror=True)
    petl.tocsv(table, str(out))


def with_csv(voters: Path, out: Path) -> None:
    """Normalise row by row with the standard library."""
    with voters.open(newline="") as lines, out.open("w", newline="") as to:
        writer = csv.writer(to)
        writer.writerow(FIELDS)
        writer.writerows(_rows(csv.DictReader(lines)))


def _rows(reader: "csv.DictReader[str]") -> Iterator[list[object]]:
    for row in reader:
        yield _normal(row)


def with_duckdb(voters: Path, out: Path) -> None:
    """Copy to Parquet, all columns as text."""
    duckdb.read_csv(str(voters), all_varchar=True, header=True).write_parquet(
        str(out), compression="zstd"
    )


FIELDS = (
    *("person_id", "door_id", "last_name", "first_name", "born", "since", "gender"),
    *("party", "status", "district", "protected", "generals"),
)


def _normal(row: Mapping[str, str]) -> list[object]:
    """Return one row in our words, as somebody would write it by hand."""
    street = " ".join(
        TYPES.get(word, word) for word in row["street"].upper().replace(".", "").split()
    )
    unit = SAYS_NOTHING.sub(" ", row["unit"].upper()).strip()
    door = "|".join([row["house_number"].strip(), street, unit, row["zip"][:5]])
    generals = [item for item in row["history"].split(";") if " general " in item]
    return [
        f"elm:{row['voter_id'].strip()}",
        md5(door.encode(), usedforsecurity=False).hexdigest()[:20],
        row["last_name"].strip(),
        row["first_name"].strip(),
        date.fromisoformat(row["birth_date"]),
        date.fromisoformat(row["registered"]),
        row["gender"].strip() or None,
        row["party"].strip(),
        {"A": "active", "I": "inactive"}.get(row["status"], "unknown"),
        row["state_house"].lstrip("0"),
        row["confidential"] == "Y",
        len(generals),
    ]


DAY = date(2025, 1, 15)
RUNS: dict[str, Callable[[Path, Path], None]] = {
    "groundgame voterfile import": ours,
    "petl, row by row": with_petl,
    "csv.DictReader, row by row": with_csv,
    "DuckDB, bare copy": with_duckdb,
}

if __name__ == "__main__":
    main()
