"""Whether a draw came out even: what the arms of an experiment had in common before.

It is worked out once, and kept beside the list of arms, as that never changes; it can
be thrown away at any time.
"""

import json
from dataclasses import asdict, dataclass

import polars as pl

from groundgame import experiment as engine
from groundgame.errors import GroundgameError
from groundgame.server.actions import experiments, held_out, known
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Experiment
from groundgame.values import Seed

MOST, LEAST, NUMBERS = 2_000, 200, 40_000_000
"""How often it is drawn again: so many numbers in all, within these bounds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was known: its mean in each arm, and how far arms are apart."""

    name: str
    means: list[float]
    apart: float
    """Furthest from the first arm, in spreads."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """All that was known, and one test of all of it together."""

    arms: list[str]
    lines: list[Line]
    p: float
    draws: int


def balance(*, id: int, seen_by: Anyone) -> Balanced | None:  # noqa: A002  # the word that all reads use
    """Return how alike the arms of an experiment are; None: they cannot be compared.

    Raises:
        NotYours: There is none, or not for them.
        LostUnits: Its list of arms is gone.
    """
    return of(experiments.found(id=id, seen_by=seen_by))


def of(row: Experiment) -> Balanced | None:
    """Return how alike the arms of an experiment are; None: they cannot be compared.

    Raises:
        LostUnits: Its list of arms is gone.
    """
    table = held_out.arms(row)
    kept = row.file.with_suffix(".balance.json")
    if kept.is_file():
        said = json.loads(kept.read_text(encoding="utf-8"))
        return said and Balanced(**said | {"lines": [Line(**x) for x in said["lines"]]})
    found = _worked_out(row, table)
    kept.write_text(json.dumps(found and asdict(found)), encoding="utf-8")
    return found


def _worked_out(row: Experiment, table: pl.DataFrame) -> Balanced | None:
    """Draw again as it was drawn, and compare."""
    rows = table.filter(~pl.col("buffer"))
    said = known.known(row, rows)
    names = [name for name in said.columns[1:] if said[name].n_unique() > 1]
    rows = rows.join(said, on="person_id", how="left", maintain_order="left")
    roles = {role: name for name, role, _ in reversed(row.arms)}
    first = roles.get(held_out.CONTROL) or roles[held_out.PLACEBO]
    asked = engine.Question(
        "outcome",
        "arm",
        first,
        cluster="" if row.unit == Experiment.Unit.PERSON else "unit",
        block="block" if (rows["block"] != "").any() else "",
        covariates=tuple(names),
    )
    many = min(MOST, max(LEAST, NUMBERS // max(row.units, 1)))
    try:
        blank = rows.with_columns(outcome=pl.lit(0.0)).to_arrow()
        trial = engine.gather(blank, asked)
        found = engine.balance(trial, engine.Redraw(many, Seed(1)))
    except GroundgameError:  # an arm that nobody fell into, or blocks of one unit
        return None
    lines = [
        Line(name, found.means[:, n].tolist(), float(max(found.apart[:, n], key=abs)))
        for n, name in enumerate(found.names)
    ]
    return Balanced(list(trial.arms), lines, found.p, many) if lines else None
