"""Lists that come from outside: tables or plain collections of ids."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import BadList

if TYPE_CHECKING:
    Ids: TypeAlias = pa.Array[Any] | pa.ChunkedArray[Any]
else:  # pyarrow's classes take their types only from a type checker
    Ids = pa.Array | pa.ChunkedArray

Listed: TypeAlias = pa.Table | Ids | Collection[str]
"""A table with a column person_id or door_id, or ids of people or doors in any mix."""


def listed(ids: Listed) -> Mapping[str, pa.Table]:
    """Return the ids to look for, by the column of the electorate to look in.

    A table with person_id means these people, whatever else it says; a table with
    door_id alone means everybody behind these doors. Bare ids may be of either.

    Raises:
        BadList: A table has neither column, or ids are no text.
    """
    if isinstance(ids, pa.Table):
        for column in ("person_id", "door_id"):
            if column in ids.column_names:
                return {column: _only(ids[column])}
        raise BadList("has neither a column person_id nor a column door_id")
    if not isinstance(ids, pa.Array | pa.ChunkedArray):
        ids = pa.array(sorted(set(ids)), pa.string())
    both = _only(ids)
    return {"person_id": both, "door_id": both}


def _only(ids: Ids) -> pa.Table:
    """Return each id once, without empty cells."""
    try:
        text = pc.cast(ids, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
        raise BadList("has ids that are no text") from problem
    return pa.table({"id": pc.unique(pc.drop_null(text))})
