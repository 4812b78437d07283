"""groundgame turf: doors to turfs, and turfs to walk lists."""

from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf
from groundgame.cli.again import Done, Keep, Rest, add
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.balance import (
    OPENS,
    Balance,
    BalanceIn,
    Least,
    Measure,
    Most,
    Opens,
    Questions,
)
from groundgame.cli.borders import BorderFiles, Fence, NotAcross, WithCost, Within
from groundgame.cli.engine import Engine
from groundgame.cli.files import refuse_ending, write_table
from groundgame.cli.pace import PaceFrom
from groundgame.cli.pick import around, pick
from groundgame.cli.places import (
    DoorFile,
    Field,
    Out,
    SeedNumber,
    StreetFile,
    field_of,
    listed,
    read_doors,
)
from groundgame.cli.streets import streets
from groundgame.cli.walks import order
from groundgame.cli.watch import Share, progress
from groundgame.cluster import engine as workers_at
from groundgame.values import Seed

app = typer.Typer(no_args_is_help=True, help="Turfs that can be walked.")
app.command("streets")(streets)
app.command("order")(order)
app.command("add")(add)
app.command("pick")(pick)
app.command("around")(around)

Effort = Annotated[
    float, typer.Option(help="Twice the effort, twice the time, shorter walks.")
]
CELLS = "cells"
By = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Cut partition by partition, as a cluster does: a column of DOORS "
        "(county), or 'cells' of 50,000 doors or more.",
    ),
]


@app.command("cut")
def cut(
    doors: DoorFile,
    out: Out,
    least: Least = None,
    most: Most = None,
    balance: BalanceIn = Balance.DOORS,
    questions: Questions = 3,
    opens: Opens = OPENS,
    pace_from: PaceFrom = None,
    seed: SeedNumber = 1,
    effort: Effort = 1.0,
    by: By = None,
    streets: StreetFile = None,
    keep: Keep = None,
    done: Done = None,
    border: BorderFiles = None,
    not_across: NotAcross = None,
    within: Within = None,
    cost: WithCost = False,
    engine: Engine = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Cut doors into turfs, each in walking order. Every door is in exactly one.

    But for doors without a usable place, such as those placed only by street or ZIP
    code: they are counted, and in no turf.
    """
    started = perf_counter()
    refuse_ending(out, doors, streets, done, pace_from, *(border or ()))
    measure = Measure.asked(balance, questions, opens, pace_from)
    measure.plan(least, most, effort)
    fence = Fence.of(border, not_across, within, cost=cost)
    rest = Rest.of(
        read_doors(doors, data, peopled=balance is Balance.PEOPLE), keep, done
    )
    field = field_of(rest.doors, streets, whose=doors)
    measure = measure.paced(pace_from, field)
    plan = measure.plan(least, most, effort)
    placed = fence.around(measure.weighed(field), field, doors)
    way = partial(turf.cut, plan=plan, seed=Seed(seed), network=field.network)
    made, *free = _turfs(way, placed, engine, by, _partitions(rest.doors, by))
    write_table(out, rest.beside(made.turfs))
    answer = {
        **_made(made, measure),
        "seconds": round(perf_counter() - started, 3),
        **_explained(made, plan, field, fence),
        **fence.told(made, free, placed[0], plan, measure.pace),
        **rest.told(),
        **field.told(),
        **_saved(made, field, measure.pace),
        "seed": seed,
        "file": str(out),
    }
    say(answer, as_json=as_json, title="Cut")


def _turfs(
    way: Callable[..., turf.Cut],
    placed: Iterable[pa.Table],
    engine: str | None,
    by: str | None,
    names: Any,
) -> list[turf.Cut]:
    """Cut each table of doors, here or on a cluster, and show how far that is."""
    with workers_at(engine) as workers, progress() as bar:
        tell = Share(bar, "cutting turf")
        apart = workers if by or engine else None
        return [way(each, tell=tell, workers=apart, by=names) for each in placed]


def _partitions(doors: pa.Table, by: str | None) -> Any:
    """Return the name of each door's partition; None where there are only cells."""
    if by is None or by == CELLS:
        return None
    if by not in doors.column_names:
        has = listed(doors.column_names)
        raise typer.BadParameter(f"--by {CELLS}, or one of {has}; not {by}")
    return doors[by]


def _made(done: turf.Cut, measure: Measure) -> dict[str, Any]:
    """Say how many turfs there are, how long their walks, and from what to what."""
    return {
        "doors": done.turfs.num_rows,
        "turfs": done.summary.num_rows,
        "metres": round(done.metres, 1),
        **_walking(done.metres, measure.pace),
        "left_out": len(done.left_out),
        "least": pc.min(done.summary["doors"]).as_py(),
        "most": pc.max(done.summary["doors"]).as_py(),
        **_taken(done, measure.what),
        "as_asked": done.limits.as_asked,
    }


def _walking(metres: float, pace: turf.Pace) -> dict[str, float]:
    """Say how far that is for people: kilometres, and hours on foot."""
    return {"km": round(metres / 1000, 2), "hours": round(pace.hours(metres), 2)}


def _taken(done: turf.Cut, balance: Balance) -> dict[str, float]:
    """Say from what to what turfs take, where they are not measured in doors."""
    if balance is Balance.DOORS:
        return {}
    load = done.summary["load"]
    low, high = (round(find(load).as_py(), 1) for find in (pc.min, pc.max))
    return {f"least_{balance}": low, f"most_{balance}": high}


def _saved(done: turf.Cut, field: Field, pace: turf.Pace) -> dict[str, float]:
    """Say what a list printed by street and number would have walked, in as many turfs.

    Nothing where the doors have no street and number.
    """
    if not {"street", "number"} <= set(field.doors.column_names):
        return {}
    known = pc.is_in(field.doors["door_id"], value_set=done.turfs["door_id"])
    lists = turf.street_order(field.doors.filter(known), done.summary.num_rows)
    walks = turf.measure(lists, field.placed, network=field.network)
    metres = float(walks["metres"].to_numpy().sum())
    return {
        "street_order_km": round(metres / 1000, 2),
        "hours_saved": round(pace.hours(metres - done.metres), 2),
    }


def _explained(
    done: turf.Cut, plan: turf.CutPlan, field: Field, fence: Fence
) -> dict[str, int]:
    """Say what somebody may not have expected."""
    rough = int(turf.rough(field.doors).sum())
    if plan.metre or "load" in done.summary.column_names:
        if not done.limits.as_asked:
            low = pc.min(done.summary["load"]).as_py()
            note(
                f"Nothing is above {plan.most}, but not every turf has {plan.least}: "
                f"the smallest has {low:.0f}."
            )
    elif not (done.limits.as_asked or fence):
        low, high = done.limits.least, done.limits.most
        sizes = f"{low} doors" if low == high else f"{low} to {high} doors"
        note(
            f"{done.turfs.num_rows} doors cannot be divided into turfs of {plan.least} "
            f"to {plan.most}. These are as few and as equal as can be: {sizes} each."
        )
    if len(done.left_out):
        note(
            f"{len(done.left_out)} doors have no usable place and are in no turf. "
            f"Give them lon and lat, and cut again."
        )
    if rough:
        note(
            f"Of those, {rough} have a place that may be more than "
            f"{turf.FURTHEST_OFF:.0f} metres off: the middle of a street or ZIP code."
        )
    return {"rough": rough}
