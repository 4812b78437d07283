"""The engine of this process, and the files that it has open.

One engine has all tables open that were asked lately, and shares its memory among them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import duckdb

_numbers = count()


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """Return the engine of this process; it fetches no extension."""
    no = "false"
    return duckdb.connect(
        config={
            "autoinstall_known_extensions": no,
            "autoload_known_extensions": no,
            "preserve_insertion_order": "true",  # answers come in the order of rows
        }
    )


def opened(path: Path, *, to_read: bool) -> str:
    """Open a file of tables, and return the name by which it is asked."""
    name = f"file{next(_numbers)}"
    how = " (read_only)" if to_read else ""
    there = str(path).replace("'", "''")
    with engine().cursor() as asked:
        asked.execute(f"attach '{there}' as {name}{how}")
    return name


def closed(name: str) -> None:
    """Close a file; questions that are under way come to their end."""
    with engine().cursor() as asked:
        asked.execute(f"detach database if exists {name}")


@contextmanager
def written(path: Path) -> Iterator[str]:
    """Open a new file to write tables to, and bring it to disk at the end."""
    name = opened(path, to_read=False)
    try:
        yield name
        with engine().cursor() as asked:
            asked.execute(f"checkpoint {name}")
    finally:
        closed(name)
