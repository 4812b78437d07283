"""groundgame experiment estimate: what conversations changed, with its interval."""

import math
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from groundgame import experiment
from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.experiment.options import (
    Adjust,
    AdjustBy,
    ArmColumn,
    AsStated,
    Block,
    By,
    Cluster,
    Compare,
    Contacted,
    Control,
    Covariates,
    Data,
    ErrorKind,
    Errors,
    Estimator,
    LargeSide,
    Outcome,
    Placebo,
    Planned,
    Redraws,
    RedrawSeed,
    Side,
    Unit,
    Weights,
    Where,
    wished,
)
from groundgame.cli.experiment.read import read
from groundgame.values import Seed

BESIDE = {
    "cace": "on those reached",
    "placebo": "against the placebo",
    "attrition": "not measured",
}


def estimate(
    data: Data,
    outcome: Outcome,
    arm: ArmColumn,
    control: Control,
    cluster: Cluster = "",
    block: Block = "",
    covariates: Covariates = None,
    contacted: Contacted = "",
    weights: Weights = "",
    unit: Unit = "",
    where: Where = "",
    estimator: Compare = Estimator.MEANS,
    errors: ErrorKind = Errors.HC2,
    adjust: AdjustBy = Adjust.AUTO,
    placebo: Placebo = "",
    redraw: Redraws = 0,
    side: LargeSide = Side.BOTH,
    seed: RedrawSeed = 1,
    planned: Planned = 0,
    by: By = "",
    as_stated: AsStated = False,
    as_json: AsJson = False,
) -> None:
    """Say what each arm changed, compared with the control, and how surely."""
    question = experiment.Question(
        outcome,
        arm,
        control,
        cluster,
        block,
        tuple(covariates or ()),
        contacted,
        weights,
        unit,
    )
    table, question = read(data, question, where, [by], as_stated=as_stated)
    trial = experiment.gather(table, question)
    if estimator is Estimator.TOTALS:
        if by:
            raise typer.BadParameter("totals are of all: leave --by or --estimator out")
        trial = experiment.totals(trial)
    again = experiment.Redraw(redraw, Seed(seed), side.value) if redraw else None
    wish = wished(errors, adjust, again, placebo, planned)
    found = experiment.estimate(trial, wish)
    answer = experiment.told(found, question)
    if by:
        inside = experiment.groups(trial, table, by, wish)
        answer["groups"] = experiment.grouped(inside, by)
    if as_json:
        say(answer, as_json=True)
    else:
        _show(answer)


def _show(answer: dict[str, Any]) -> None:
    """Print a table of arms, sentences below, and what to know."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    table = Table(
        title=f"{answer['outcome']}: {answer['estimator']}, {answer['errors']}"
    )
    for name in (
        "arm",
        "n",
        "mean",
        "effect",
        "std. error",
        "95 % interval",
        "df",
        "p",
    ):
        table.add_column(name, justify="left" if name == "arm" else "right")
    control = answer["control"]
    table.add_row(control["arm"], f"{control['n']:,}", f"{control['mean']:.4f}")
    for one in answer["arms"]:
        table.add_row(one["arm"], f"{one['n']:,}", f"{one['mean']:.4f}", *_cells(one))
        for name, words in BESIDE.items():
            if name in one:
                table.add_row(f"  {words}", "", "", *_cells(one[name]))
    console.print(table)
    for line in (*filter(None, map(_again, answer["arms"])), *answer["sentences"]):
        console.print(line)
    for one in answer.get("groups", ()):
        _show_groups(console, one)
    for line in answer["notes"]:
        note(f"Note: {line}.")


def _show_groups(console: Console, one: dict[str, Any]) -> None:
    """Print what to think of groups first, and their effects below."""
    console.print(one["says"])
    table = Table(title=f"{one['arm']} by {one['by']}; intervals hold for all together")
    for name in ("group", "n", "effect", "std. error", "interval", "df", "p"):
        table.add_column(name, justify="left" if name == "group" else "right")
    for each in one["groups"]:
        table.add_row(each["group"], f"{each['n']:,}", *_cells(each))
    console.print(table)


def _again(one: dict[str, Any]) -> str:
    """Say what drawing again came to, if that was asked for."""
    again = one.get("redrawn")
    if not again:
        return ""
    return (
        f"{one['arm']}: drawn again {again['draws']:,} times (seed {again['seed']}), "
        f"p = {again['p']:.4f}"
    )


def _cells(one: dict[str, Any]) -> list[str]:
    """Return an estimate as cells of the table."""
    ci = one["ci"]
    return [
        f"{one['estimate']:+.4f}",
        "" if one["std_error"] is None else f"{one['std_error']:.4f}",
        "unknown" if ci is None else f"{ci[0]:+.4f} to {ci[1]:+.4f}",
        "" if one["df"] is None or math.isinf(one["df"]) else f"{one['df']:,.1f}",
        "" if one["p"] is None else f"{one['p']:.4f}",
    ]
