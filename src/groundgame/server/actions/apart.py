"""The precinct, ward or town of a door: names that a cut can be asked to keep apart."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pyarrow as pa

from groundgame import turf as engine
from groundgame.errors import BadBorder
from groundgame.server.actions import file
from groundgame.server.actions.ground import Texts
from groundgame.server.store.models import Border, SnapshotRow

Column = Border.Column


def cut(
    row: SnapshotRow,
    column: str,
    doors: pa.Table,
    cutting: Callable[..., engine.Cut],
    tell: Callable[[float], None] | None,
) -> tuple[engine.Cut, pa.Table, dict[str, Any]]:
    """Cut doors with something kept apart, and once without, to know what that costs.

    Args:
        row: Whose doors they are.
        column: What is kept apart; '': nothing, and they are cut once.
        doors: The doors on a plane.
        cutting: Cuts doors, and tells how far it is.
        tell: Is told how much is done, from 0.0 to 1.0.

    Returns:
        The cut; the doors, with their regions; and what a Cut says of the cost.

    Raises:
        BadBorder: As `require` does.
    """
    if not column:
        return cutting(doors, tell=tell), doors, {"free_metres": None}
    regions = parted(row, require(row, column, doors["door_id"]), doors)
    free = cutting(doors, tell=tell and (lambda share: tell(share / 2)))
    made = cutting(regions, tell=tell and (lambda share: tell((1.0 + share) / 2)))
    more = made.summary.num_rows - free.summary.num_rows
    return made, regions, {"free_metres": free.metres, "more_turfs": more}


def parted(row: SnapshotRow, column: Column, doors: pa.Table) -> pa.Table:
    """Return doors on a plane, those with different names in different regions."""
    return engine.parted(doors, names(row, column, doors["door_id"]))


def require(row: SnapshotRow, column: str, ids: Texts) -> Column:
    """Return a column by its name, to keep apart what it says of some doors.

    Raises:
        BadBorder: There is no such column, or the file says nothing in it of these.
    """
    if column not in Column.values:
        raise BadBorder("there is nothing of that name to keep apart")
    found = Column(column)
    if names(row, found, ids).null_count == len(ids):
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
