"""The precinct, ward or town of a door: names that a cut can be asked to keep apart."""

from collections.abc import Callable

import polars as pl
import pyarrow as pa

from groundgame import turf as engine
from groundgame.errors import BadBorder
from groundgame.server.actions import file
from groundgame.server.actions.ground import Texts
from groundgame.server.store.models import Border, SnapshotRow

Column = Border.Column


def regions(row: SnapshotRow, column: str, doors: pa.Table) -> pa.Table | None:
    """Return doors on a plane, those with different names in different regions.

    None where there is no column: nothing is kept apart.

    Raises:
        BadBorder: As `known` does.
    """
    if not column:
        return None
    return engine.parted(doors, known(row, column, doors["door_id"]))


def compared(
    cutting: Callable[..., engine.Cut],
    doors: pa.Table,
    fenced: pa.Table | None,
    tell: Callable[[float], None] | None,
) -> tuple[engine.Cut, engine.Cut | None]:
    """Cut doors within borders, and once without, to know what the borders cost.

    Args:
        cutting: Cuts doors, and tells how far it is.
        doors: The doors on a plane.
        fenced: The same doors with their regions; None: there are no borders.
        tell: Is told how much of all is done, from 0.0 to 1.0.

    Returns:
        The cut, and the one without borders; None where there are none.
    """
    if fenced is None:
        return cutting(doors, tell=tell), None
    free = cutting(doors, tell=tell and (lambda share: tell(share / 2)))
    made = cutting(fenced, tell=tell and (lambda share: tell((1.0 + share) / 2)))
    return made, free


def more_turfs(made: engine.Cut, free: engine.Cut) -> int:
    """Return how many turfs more there are than without borders."""
    return made.summary.num_rows - free.summary.num_rows


def known(row: SnapshotRow, column: str, ids: Texts) -> Texts:
    """Return what the file says of some doors in a column; see `names`.

    Raises:
        BadBorder: There is no such column, or the file says nothing in it of these.
    """
    if column not in Column.values:
        raise BadBorder("there is nothing of that name to keep apart")
    found = names(row, Column(column), ids)
    if found.null_count == len(found):
        raise BadBorder("the file does not say it of any of these doors")
    return found


def names(row: SnapshotRow, column: Column, ids: Texts) -> Texts:
    """Return in which precinct, ward and so on each door is, in the order given.

    A door has the name that most people behind it have by the file, of equally many
    the first by letter; null where the file names none.
    """
    wanted = pl.Series("door_id", pa.array(ids.to_pylist(), pa.string())).to_frame()
    snapshot = file.opened(row)
    if column == Column.ZIP:
        known = pl.DataFrame(snapshot.read("doors", ["door_id", "zip"]))
    else:
        known = _behind(pl.DataFrame(snapshot.read("people", ["door_id", column])))
    known = known.rename({known.columns[1]: "name"}).cast(pl.String)
    found = wanted.join(known, on="door_id", how="left", maintain_order="left")
    return found["name"].to_arrow().cast(pa.string())


def _behind(people: pl.DataFrame) -> pl.DataFrame:
    """Return for each door the name that most people behind it have."""
    column = people.columns[1]
    counted = people.drop_nulls().group_by("door_id", column).len()
    first = counted.sort("door_id", "len", column, descending=[False, True, False])
    return first.unique("door_id", keep="first", maintain_order=True).drop("len")
