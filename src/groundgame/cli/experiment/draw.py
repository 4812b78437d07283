"""groundgame experiment: what could be seen (design), and who gets what (assign)."""

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import polars as pl
import pyarrow as pa
import typer
from rich.console import Console
from rich.table import Table

from groundgame import experiment
from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.files import read_table, refuse_ending, write_table, write_whole
from groundgame.values import Seed

Units = Annotated[
    Path, typer.Argument(help="Who can be drawn: CSV or Parquet, one row a unit.")
]


def design(
    units: Annotated[int, typer.Option(min=2, help="Doors that can be drawn.")],
    contact: Annotated[float, typer.Option(help="Share that opens, when visited.")],
    baseline: Annotated[
        float, typer.Option(help="Share that would do it anyway.")
    ] = 0.5,
    per_hour: Annotated[
        float, typer.Option(help="Conversations a volunteer has in an hour.")
    ] = 2.5,
    share: Annotated[float, typer.Option(help="Share that is visited.")] = 0.5,
    explained: Annotated[
        float, typer.Option(help="Part of the spread that a survey before explains.")
    ] = 0.0,
    cluster: Annotated[float, typer.Option(help="Units assigned together.")] = 1.0,
    alike: Annotated[float, typer.Option(help="Correlation within those (ICC).")] = 0.0,
    simulate: Annotated[
        int, typer.Option(min=0, help="Try the plain design so often on invented data.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of those tries.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Say how small an effect each design would see, and what it takes in hours."""
    try:
        work = experiment.Work(
            units, contact, baseline, per_hour, share, explained, cluster, alike
        )
    except ValueError as nonsense:
        raise typer.BadParameter(f"give {nonsense}") from nonsense
    ways = experiment.designs(work)
    answer: dict[str, Any] = {
        "units": units,
        "designs": [
            {
                "design": way.design,
                "effect_on_reached": way.on_reached,
                "effect_on_assigned": way.on_assigned,
                "hours": way.hours,
                "conversations": way.conversations,
            }
            for way in ways
        ],
    }
    if simulate:
        effect = ways[0].on_reached
        answer["simulated_power"] = experiment.simulated(
            work, effect, simulate, Seed(seed)
        )
    if as_json:
        say(answer, as_json=True)
        return
    _say(ways, work)
    if simulate:
        typer.echo(
            f"tried {simulate:,} times (seed {seed}): the plain design saw it in "
            f"{answer['simulated_power']:.0%}."
        )


def _say(ways: list[experiment.Seen], work: experiment.Work) -> None:
    """Print a sentence for each design."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for way in ways:
        console.print(
            f"{way.design}: with {work.units:,} doors, {work.contact:.0%} contact and "
            f"{work.per_hour:g} conversations an hour you will see an effect of "
            f"{100 * way.on_reached:.1f} points or more on those who open; that is "
            f"{way.hours:,.0f} volunteer hours."
        )


def assign(
    units: Units,
    arm: Annotated[
        list[str],
        typer.Option(help="An arm and its share: treatment=1; several times."),
    ],
    unit: Annotated[str, typer.Option(help="Column of ids.")] = "door_id",
    cluster: Annotated[str, typer.Option(help="Column of what goes whole.")] = "",
    block: Annotated[str, typer.Option(help="Column to draw within.")] = "",
    seed: Annotated[int, typer.Option(min=0, help="Publish it beside the draw.")] = 1,
    question: Annotated[str, typer.Option(help="What you want to know.")] = "",
    outcome: Annotated[str, typer.Option(help="What will be measured.")] = "",
    covariates: Annotated[
        str, typer.Option(help="Columns, with commas, that arms should be alike in.")
    ] = "",
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Units with arm and probability.")
    ] = Path("arms.csv"),
    register: Annotated[
        Path | None, typer.Option(help="Where to keep the design, as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Draw who is in which arm; the same units and seed give the same draw."""
    refuse_ending(out)
    table = read_table(units, f"a column {unit}")
    try:
        draw = experiment.Draw(_arms(arm), Seed(seed), unit, cluster, block)
    except ValueError as nonsense:
        raise typer.BadParameter(f"--arm wants {nonsense}") from nonsense
    drawn = experiment.assign(table, draw)
    fixed = experiment.register(table, draw, question, outcome)
    write_table(out, drawn)
    if register:
        text = json.dumps(fixed.content | {"sha256": fixed.sha256}, indent=2)
        write_whole(register, lambda part: part.write_text(text + "\n"))
    counts = pl.Series(drawn["arm"]).value_counts(sort=True)
    arms = dict(counts.iter_rows())
    answer: dict[str, Any] = {
        "units": drawn.num_rows,
        "seed": seed,
        "design": fixed.sha256,
        "arms": arms,
    }
    names = tuple(filter(None, (one.strip() for one in covariates.split(","))))
    if names:
        answer["balance"] = _balance(drawn, draw, names)
    say(answer if as_json else answer | arms, as_json=as_json)
    if names and not as_json:
        _show(answer["balance"])
    note(f"Written to {out}. Publish seed and design before the first knock.")


def _arms(said: list[str]) -> dict[str, float]:
    """Read arms and their shares; without a number the share is one."""
    arms: dict[str, float] = {}
    for one in said:
        name, _, share = one.rpartition("=") if "=" in one else (one, "", "1")
        try:
            arms[name.strip()] = float(share)
        except ValueError as nonsense:
            raise typer.BadParameter(
                f"--arm {one} wants a number after the sign, as in control=1"
            ) from nonsense
    return arms


def _balance(
    drawn: pa.Table, draw: experiment.Draw, names: tuple[str, ...]
) -> dict[str, Any]:
    """Compare arms in some columns."""
    blank = pa.array(np.zeros(drawn.num_rows))
    table = drawn.append_column("__outcome", blank)
    control = list(draw.arms)[-1]
    asked = experiment.Question(
        "__outcome", "arm", control, draw.cluster, draw.block, names
    )
    trial = experiment.gather(table, asked)
    found = experiment.balance(trial, experiment.Redraw(2000, draw.seed))
    return {
        "p": found.p,
        "control": control,
        "arms": list(trial.arms),
        "means": found.means.tolist(),
        "apart_in_spreads": found.apart.tolist(),
    }


def _show(found: dict[str, Any]) -> None:
    """Print how far arms are apart."""
    table = Table(title=f"Alike in all together: p = {found['p']:.3f}")
    for name in ("arm", "means", "from the control, in spreads"):
        table.add_column(name)
    for arm, means, apart in zip(
        found["arms"], found["means"], found["apart_in_spreads"], strict=True
    ):
        table.add_row(
            arm,
            ", ".join(f"{one:.3g}" for one in means),
            ", ".join(f"{one:+.2f}" for one in apart),
        )
    Console(soft_wrap=True, highlight=False).print(table)
