"""Change the turfs of a cut by hand: move doors, merge, split, lock, undo, redo.

Every change is a row of the book, and a table of turfs of its own beside the cut. Each
door stays in exactly one turf; a turf that is handed out or locked is not touched.
Turfs that change are put in order again on the ground that the cut was measured on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone

from groundgame import turf as engine
from groundgame.errors import BeyondLimits, CannotEdit, StaleTurfs
from groundgame.server.actions import audit, borders, cuts, ground, loads, shifts
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.reshape import require, reshaped
from groundgame.server.actions.shifts import Size
from groundgame.server.store.models import Cut, Edit, Packet, Turf, User
from groundgame.tables import TURFS

Verb = Edit.Verb
TAKES_BACK = {Verb.UNDO, Verb.REDO}
NONE: Size = (0, 0.0)
HOLDS = {Verb.LOCK, Verb.UNLOCK}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change does to one turf."""

    turf: int
    doors_before: int
    doors: int
    metres_before: float
    metres: float
    minutes_before: float
    """Of all its work, with the walk."""
    minutes: float
    fits: bool
    """Whether it is as large as turfs of this cut are to be."""


def move(  # noqa: PLR0913  # what, whereto, and after which change
    *,
    cut: int,
    doors: Sequence[str],
    to: int,
    after: int,
    beyond: bool = False,
    by: User,
) -> Edit:
    """Move doors to another turf.

    Args:
        cut: Whose turfs.
        doors: Which doors.
        to: The number of the turf they go to.
        after: The number of the last change that whoever asks has seen.
        beyond: Also where a turf then has more or fewer doors than was asked for.
        by: Who asks.

    Raises:
        NotYours: There is no such cut, door or turf, or not for them.
        CannotEdit, BeyondLimits, StaleTurfs: It cannot be done; the message says why.
    """
    said = {"doors": sorted(set(doors)), "to": to}
    return _change(cut, Verb.MOVE, said, after, by, beyond=beyond)


def merge(  # noqa: PLR0913  # what, whereto, and after which change
    *, cut: int, turf: int, into: int, after: int, beyond: bool = False, by: User
) -> Edit:
    """Put all doors of a turf into another one. See `move`."""
    said = {"turf": turf, "into": into}
    return _change(cut, Verb.MERGE, said, after, by, beyond=beyond)


def split(*, cut: int, turf: int, after: int, beyond: bool = False, by: User) -> Edit:
    """Cut a turf in two of about the same size. See `move`."""
    return _change(cut, Verb.SPLIT, {"turf": turf}, after, by, beyond=beyond)


def share(*, cut: int, turf: int, after: int, beyond: bool = False, by: User) -> Edit:
    """Share a turf between two canvassers who keep abreast on opposite sides.

    One half stays, and the other becomes a turf of its own. See `move`.
    """
    return _change(cut, Verb.SHARE, {"turf": turf}, after, by, beyond=beyond)


def walk(  # noqa: PLR0913  # which turf, how it is walked, and after which change
    *,
    cut: int,
    turf: int,
    start: str = "",
    back: bool = False,
    one_side: bool = False,
    after: int,
    by: User,
) -> Edit:
    """Put a turf in another walking order. See `move`.

    Args:
        cut: Of which cut.
        turf: The number of the turf.
        start: The door that the walk starts at; '': at whichever is best.
        back: Whether it goes back to where it began.
        one_side: Whether a street is crossed only at the ends of a block.
        after: The number of the last change that whoever asks has seen.
        by: Who asks.
    """
    said = {"turf": turf, "start": start, "back": back, "one_side": one_side}
    return _change(cut, Verb.WALK, said, after, by, beyond=True)


def lock(*, cut: int, turf: int, after: int, by: User) -> Edit:
    """Keep a turf as it is. See `move`."""
    return _change(cut, Verb.LOCK, {"turf": turf}, after, by)


def unlock(*, cut: int, turf: int, after: int, by: User) -> Edit:
    """Let a turf be changed again. See `move`."""
    return _change(cut, Verb.UNLOCK, {"turf": turf}, after, by)


def undo(*, cut: int, after: int, by: User) -> Edit:
    """Take the last change back that holds. See `move`."""
    return _change(cut, Verb.UNDO, {}, after, by)


def redo(*, cut: int, after: int, by: User) -> Edit:
    """Make the change again that was taken back last. See `move`."""
    return _change(cut, Verb.REDO, {}, after, by)


@transaction.atomic
def put(
    *, cut: int, table: pa.Table, said: dict[str, Any], after: int, by: User
) -> Edit:
    """Write down turfs that were cut again; see `recut`, which knows what stays.

    Raises:
        NotYours: There is no such cut, or not for them.
        CannotEdit, StaleTurfs: It cannot be done; the message says why.
    """
    cuts.found(id=cut, seen_by=by)
    audit.hold()
    row = Cut.objects.select_related("universe__snapshot").get(pk=cut)
    if row.version != after:
        raise StaleTurfs
    now = locked(row)
    costs = _costs(row, pq.read_table(row.turfs_file), table)
    refuse(row, costs, now)
    edit = Edit(verb=Verb.RECUT, said=said, locked=sorted(now), by=by)
    return _write(row, edit, table, costs)


def cost(*, cut: int, doors: Sequence[str], to: int, seen_by: Anyone) -> list[Cost]:
    """Return what moving doors would do to the turfs; nothing is written.

    Raises:
        NotYours: There is no such cut, door or turf, or not for them.
    """
    row = cuts.found(id=cut, seen_by=seen_by)
    before = pq.read_table(row.turfs_file)
    said = {"doors": list(doors), "to": to}
    after = reshaped(row, before, Verb.MOVE, said)
    return _costs(row, before, after)


def locked(row: Cut) -> frozenset[int]:
    """Return the numbers of the turfs of a cut that are locked."""
    last = row.edits.filter(number=row.version).first()
    return frozenset(last.locked if last else ())


def out(row: Cut) -> frozenset[int]:
    """Return the numbers of the turfs of a cut that somebody has in hand."""
    handed = Packet.objects.filter(
        turf__cut=row, returned__isnull=True, expires__gt=timezone.now()
    )
    return frozenset(handed.values_list("turf__number", flat=True))


def stacks(row: Cut) -> tuple[list[Edit], list[Edit]]:
    """Return the changes that hold, and those taken back that can be made again."""
    held: list[Edit] = []
    back: list[Edit] = []
    for edit in row.edits.order_by("number"):
        if edit.verb == Verb.UNDO:
            back.append(held.pop())
        elif edit.verb == Verb.REDO:
            held.append(back.pop())
        else:
            held.append(edit)
            back.clear()
    return held, back


def refuse(row: Cut, costs: Sequence[Cost], held: frozenset[int]) -> None:
    """Refuse to touch a turf that somebody walks, or that is locked.

    Args:
        row: Which cut.
        costs: What a change would do to its turfs.
        held: The turfs that are locked.

    Raises:
        CannotEdit: A turf cannot be changed; the message says which, and why.
    """
    touched = {each.turf for each in costs}
    if walked := sorted(touched & out(row)):
        raise CannotEdit(
            "turf {turfs} is handed out; take it back first", _listed(walked)
        )
    if both := sorted(held & touched):
        raise CannotEdit("turf {turfs} is locked; unlock it first", _listed(both))


@transaction.atomic
def _change(  # noqa: PLR0913  # the row that is written, and what may be asked
    id: int,  # noqa: A002  # the word that all reads use
    verb: Edit.Verb,
    said: dict[str, Any],
    after: int,
    by: User,
    *,
    beyond: bool = False,
) -> Edit:
    """Make one change and write it down; the same one again changes nothing."""
    cuts.found(id=id, seen_by=by)
    audit.hold()
    row = Cut.objects.select_related("universe__snapshot").get(pk=id)
    if row.version != after:
        there = row.edits.filter(number=after + 1, verb=verb, said=said, by=by).first()
        if there is None:
            raise StaleTurfs
        return there
    before = pq.read_table(row.turfs_file)
    now = locked(row)
    if verb in TAKES_BACK:
        table, held = _taken_back(row, verb)
    elif verb in HOLDS:
        require(before, [said["turf"]])
        table, one = before, {said["turf"]}
        held = now | one if verb == Verb.LOCK else now - one
    else:
        table, held = reshaped(row, before, verb, said), now
    costs = _costs(row, before, table)
    refuse(row, costs, frozenset() if verb in TAKES_BACK else now)
    if not beyond and verb not in TAKES_BACK:
        over = [each.turf for each in costs if each.doors and not each.fits]
        if over:
            raise BeyondLimits(_listed(over), row.least, row.most, row.measure)
    if not costs and verb not in {*TAKES_BACK, *HOLDS}:
        raise CannotEdit("that would change no turf")
    _refuse_across(row, verb, before, table, costs)
    edit = Edit(verb=verb, said=said, locked=sorted(held), by=by)
    return _write(row, edit, table, costs)


def _taken_back(row: Cut, verb: Edit.Verb) -> tuple[pa.Table, frozenset[int]]:
    """Return the turfs and locks before the last change, or after the next one."""
    held, back = stacks(row)
    last = next(reversed(held if verb == Verb.UNDO else back), None)
    if last is None:
        raise CannotEdit("there is nothing left to take back or to make again")
    number = last.number - (verb == Verb.UNDO)
    then = row.edits.filter(number=number).first()
    return pq.read_table(row.file_of(number)), frozenset(then.locked if then else ())


def _costs(row: Cut, before: pa.Table, after: pa.Table) -> list[Cost]:
    """Return what becomes of each turf that changes.

    Both are measured on one ground, so that the difference is the walk's own.
    """
    old, new = (pl.DataFrame(each).select(TURFS.names) for each in (before, after))
    keys = ["door_id", "turf", "position"]
    changed = pl.concat(
        [old.join(new, on=keys, how="anti"), new.join(old, on=keys, how="anti")]
    )
    touched = changed["turf"].unique().sort()
    if not touched.len():
        return []
    here = pl.col("turf").is_in(touched.to_list())
    parts = [each.filter(here) for each in (old, new)]
    on = ground.again(row, pl.concat(parts)["door_id"].unique().sort().to_arrow())
    was, becomes = (
        {
            each["turf"]: (each["doors"], each["metres"])
            for each in engine.measure(
                part.to_arrow(), on.placed, network=on.network
            ).to_pylist()
        }
        for part in parts
    )
    units = pl.DataFrame(on.placed.select(["door_id", "unit"]))
    took, takes = (
        shifts.of_changed(row, part.join(units, on="door_id"), sizes)
        for part, sizes in zip(parts, (was, becomes), strict=True)
    )
    load = loads.taken(row, parts[1], becomes)
    return [
        _cost(
            turf,
            (*was.get(turf, NONE), took.get(turf, 0.0)),
            (*becomes.get(turf, NONE), takes.get(turf, 0.0)),
            fits=loads.fits(row, load.get(turf, 0.0)),
        )
        for turf in touched.to_list()
    ]


def _cost(
    turf: int,
    was: tuple[int, float, float],
    becomes: tuple[int, float, float],
    *,
    fits: bool,
) -> Cost:
    """Return what becomes of one turf: its doors, metres and minutes."""
    (old, far, long), (new, farther, longer) = was, becomes
    return Cost(turf, old, new, far, farther, long, longer, fits)


def _refuse_across(
    row: Cut,
    verb: Edit.Verb,
    before: pa.Table,
    after: pa.Table,
    costs: Sequence[Cost],
) -> None:
    """Refuse to put doors from both sides of a border into one turf."""
    if verb in {*TAKES_BACK, *HOLDS}:
        return
    across = borders.crossed(row, before, after, {each.turf for each in costs})
    if across:
        said = "turf {turfs} would lie across a border; take the border away first"
        raise CannotEdit(said, _listed(across))


def _listed(turfs: Iterable[int]) -> str:
    """Return the numbers of turfs as a list in words."""
    return ", ".join(map(str, turfs))


def _write(row: Cut, edit: Edit, table: pa.Table, costs: Sequence[Cost]) -> Edit:
    """Write a change down: its table first, so that no row ever points to nothing.

    Raises:
        ValueError: A door would be in no turf or in two; nothing is written.
    """
    old, new = (
        pl.DataFrame(each)["door_id"].sort()
        for each in (pq.read_table(row.turfs_file), table)
    )
    if not old.equals(new):
        raise ValueError("each door stays in exactly one turf")
    row.version = edit.number = row.version + 1
    pq.write_table(table, row.turfs_file)
    edit.cut = row
    edit.save()
    for each in costs:
        now = {"doors": each.doors, "metres": each.metres}
        Turf.objects.update_or_create(
            cut=row,
            number=each.turf,
            defaults=now,
            create_defaults=now | {"name": f"Turf {each.turf}"},
        )
    row.metres += sum(each.metres - each.metres_before for each in costs)
    row.save(update_fields=["version", "metres"])
    audit.add(
        by=edit.by,
        verb=f"edit turf: {edit.verb}",
        subject=f"cut:{row.pk}",
        details={"edit": edit.number, "turfs": [each.turf for each in costs]},
    )
    return edit
