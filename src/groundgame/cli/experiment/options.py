"""The options of `experiment estimate`: columns, and how to say how sure one is."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from groundgame import experiment


class Errors(StrEnum):
    """Which correction the errors get; CR for clusters."""

    HC0 = "hc0"
    HC1 = "hc1"
    HC2 = "hc2"
    HC3 = "hc3"


class Adjust(StrEnum):
    """How covariates come in."""

    AUTO = "auto"
    LIN = "lin"
    PLAIN = "plain"


class Estimator(StrEnum):
    """What is compared."""

    MEANS = "means"
    TOTALS = "horvitz-thompson"


class Side(StrEnum):
    """What counts as large when the assignment is drawn again."""

    BOTH = "two-sided"
    GREATER = "greater"
    LESS = "less"


Data = Annotated[Path, typer.Argument(help="CSV (also .gz) or Parquet.")]
Outcome = Annotated[str, typer.Option(help="Column of what was measured.")]
ArmColumn = Annotated[str, typer.Option(help="Column of who was in which arm.")]
Control = Annotated[str, typer.Option(help="What that column says of the control.")]
Cluster = Annotated[str, typer.Option(help="Column of what was assigned whole.")]
Block = Annotated[str, typer.Option(help="Column of what was drawn within.")]
Covariates = Annotated[
    list[str] | None,
    typer.Option(help="Columns known before; several times, or with commas."),
]
Contacted = Annotated[str, typer.Option(help="Column: 1 if reached, 0 if not.")]
Weights = Annotated[
    str, typer.Option(help="Column of 1 / probability of the arm one is in.")
]
Unit = Annotated[str, typer.Option(help="Column of ids that may come once.")]
Where = Annotated[
    str, typer.Option(help="Which rows, as SQL says it: 'persons = 1 and age > 17'.")
]
Compare = Annotated[
    Estimator, typer.Option(help="Means, or totals of clusters over all units.")
]
ErrorKind = Annotated[
    Errors, typer.Option(help="HC2 and CR2 are right also where few are.")
]
AdjustBy = Annotated[
    Adjust, typer.Option(help="A slope for each arm (lin), one (plain), or by size.")
]
Placebo = Annotated[str, typer.Option(help="The arm that got the placebo.")]
Redraws = Annotated[
    int, typer.Option(min=0, help="Draw the assignment again so often.")
]
LargeSide = Annotated[Side, typer.Option(help="What counts as large then.")]
RedrawSeed = Annotated[int, typer.Option(min=0, help="Of drawing again.")]
By = Annotated[
    str, typer.Option(help="Column known before: the effect in each of its groups.")
]
AsStated = Annotated[
    bool,
    typer.Option(
        "--as-stated",
        help="Do not look whether it was something larger that was assigned.",
    ),
]
Planned = Annotated[
    int, typer.Option(min=0, help="Units planned; gives intervals for daily looks.")
]


def wished(
    errors: Errors,
    adjust: Adjust,
    again: experiment.Redraw | None,
    placebo: str,
    planned: int,
) -> experiment.Wish:
    """Return what is wished of an estimate."""
    how = experiment.How(errors.value, adjust.value)
    return experiment.Wish(how, again, placebo, planned)
