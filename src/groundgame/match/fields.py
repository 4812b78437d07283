"""Which column of a list holds what."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from groundgame.errors import BadColumns


@cache
def fields() -> Mapping[str, tuple[str, ...]]:
    """Return every field that a list may have, with the names lists give it."""
    text = resources.files("groundgame.match").joinpath("fields.toml")
    known = tomllib.loads(text.read_text("utf-8"))
    return {field: tuple(names) for field, names in known.items()}


def recognize(
    header: Sequence[str], given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return which column is which field: {'first_name': 'First Name'}.

    Args:
        header: The list's column names.
        given: What somebody said about them; it goes before what the names say. A
            field whose column is '' is in none of them.

    Raises:
        BadColumns: `given` names a field we do not know or a column that is not there,
            or nothing of the header says who is meant.
    """
    said = dict(given or {})
    if strange := sorted(set(said) - set(fields())):
        raise BadColumns(f"has no field {', '.join(strange)}", tuple(fields()))
    if missing := sorted(set(said.values()) - set(header) - {""}):
        raise BadColumns(f"has no column {', '.join(missing)}", _shown(header))
    taken = set(said.values())
    for field, names in fields().items():
        for name in names:
            fits = [one for one in header if _plain(one) == name and one not in taken]
            if field not in said and fits:
                said[field] = fits[0]
                taken.add(fits[0])
    there = {field for field, column in said.items() if column}
    if not {"voter_id", "name", "last_name", "phone", "email"} & there:
        raise BadColumns("has no column that says who is meant", _shown(header))
    return {field: said[field] for field in fields() if said.get(field)}


def _shown(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns, if names they are.

    A list without a header row begins with somebody: nothing of its first line is said,
    unless a name that lists give to columns is among it.
    """
    known = {name for names in fields().values() for name in names}
    return tuple(header) if known & {_plain(one) for one in header} else ()


def _plain(name: str) -> str:
    """Return a column name as the table of names has it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
