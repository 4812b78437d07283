"""groundgame experiment assign: who is in which arm, and whether that came out even."""

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
from groundgame.cli.files import (
    read_table,
    refuse_ending,
    refuse_place,
    write_table,
    write_whole,
)
from groundgame.values import Seed

Units = Annotated[
    Path, typer.Argument(help="Who can be drawn: CSV or Parquet, one row a unit.")
]


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
    refuse_ending(out, units, register)
    if register:
        refuse_place(register, units)
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
        "covariates": list(found.names),
        "means": found.means.tolist(),
        "apart_in_spreads": found.apart.tolist(),
    }


def _show(found: dict[str, Any]) -> None:
    """Print how far arms are apart."""
    table = Table(title=f"Alike in all together: p = {found['p']:.3f}")
    table.add_column("mean of")
    for arm in found["arms"]:
        table.add_column(arm, justify="right")
    table.add_column("furthest from the control, in spreads", justify="right")
    means, apart = (
        list(zip(*found[name], strict=True)) for name in ("means", "apart_in_spreads")
    )
    for name, here, off in zip(found["covariates"], means, apart, strict=True):
        far = max(off, key=abs)
        table.add_row(name, *(f"{one:.3g}" for one in here), f"{far:+.2f}")
    Console(soft_wrap=True, highlight=False).print(table)
