"""Spoil some rows of a good file, in the ways in which real files are spoiled.

In:  the text of a CSV file, a seed, and the share of rows to spoil.
Out: the text with those rows spoiled. The kinds are taken in turn, so that there are
     some of each.
"""

from collections.abc import Callable

from groundgame.values import Seed


def _cut_short(line: str) -> str:
    """The end of the row is lost."""
    return ",".join(line.split(",")[:9])


def _comma_in_a_cell(line: str) -> str:
    """Somebody typed a comma, and the export did not quote it."""
    cells = line.split(",")
    cells[12] = cells[12].strip() + ", rear"
    return ",".join(cells)


def _lonely_quote(line: str) -> str:
    """A nickname's quotation mark, opened and never closed."""
    cells = line.split(",")
    cells[2] = '"' + cells[2]
    return ",".join(cells)


def _no_id(line: str) -> str:
    """The voter id is empty."""
    return "," + line.split(",", 1)[1]


def _no_such_day(line: str) -> str:
    """The birth date is no date."""
    cells = line.split(",")
    cells[5] = "0000-00-00"
    return ",".join(cells)


def _nul(line: str) -> str:
    """A NUL byte from a broken export."""
    cells = line.split(",")
    cells[3] = "\0"
    return ",".join(cells)


def _twice(line: str) -> str:
    """The same row, twice."""
    return f"{line}\n{line}"


def _moved(line: str) -> str:
    """The same person in a second row that says something else."""
    cells = line.split(",")
    cells[10] = "315-555-0199"
    return f"{line}\n{','.join(cells)}"


KINDS: tuple[Callable[[str], str], ...] = (
    _cut_short,
    _comma_in_a_cell,
    _lonely_quote,
    _no_id,
    _no_such_day,
    _nul,
    _twice,
    _moved,
)


def spoil(text: str, seed: Seed, *, share: float) -> str:
    """Return `text` with about `share` of its rows spoiled; the header stays."""
    header, *lines = text.splitlines()
    chance = seed.stream("elm.spoil")
    chosen = sorted(
        chance.choice(len(lines), size=round(len(lines) * share), replace=False)
    )
    for turn, at in enumerate(chosen):
        lines[at] = KINDS[turn % len(KINDS)](lines[at])
    return "\n".join([header, *lines]) + "\n"
