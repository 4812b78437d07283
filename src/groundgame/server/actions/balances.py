"""Whether a draw came out even: what the arms of an experiment had in common before.

It is worked out once, and kept beside the list of arms, as that never changes; it can
be thrown away at any time.
"""

import json
from dataclasses import asdict, dataclass

import polars as pl

from groundgame import experiment as engine
from groundgame.errors import GroundgameError
from groundgame.experiment import turnout
from groundgame.server.actions import experiments, file, held_out
from groundgame.server.actions.people import Anyone
from groundgame.server.store.models import Experiment
from groundgame.values import Seed

AGE, VOTES, GENDER, PARTY, HOME = (
    "age",
    "votes in the last generals",
    "gender",
    "party",
    "people behind the door",
)
KINDS = 6
"""Parties and genders that are told apart, the most frequent; the rest is 'other'."""
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
    known = _known(row, rows)
    names = [name for name in known.columns if name != "person_id"]
    rows = rows.join(known, on="person_id", how="left", maintain_order="left")
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


def _known(row: Experiment, rows: pl.DataFrame) -> pl.DataFrame:
    """Return what the file says of people, but for what is alike in all of them."""
    snapshot = file.opened(row.universe.snapshot)
    columns = ["person_id", "door_id", "birth_year", "gender", "party"]
    people = pl.DataFrame(snapshot.read("people", columns))
    home = people.group_by("door_id").agg(pl.len().alias(HOME))
    votes = turnout.past(snapshot)[0].rename({"times": VOTES})
    ours = (
        people.join(rows.select("person_id"), on="person_id", how="semi")
        .join(home, on="door_id", how="left")
        .join(votes, on="person_id", how="left")
        .select(
            "person_id",
            (snapshot.manifest.dated.year - pl.col("birth_year")).alias(AGE),
            pl.col(VOTES).fill_null(0),
            pl.col("gender").alias(GENDER),
            pl.col("party").alias(PARTY),
            pl.col(HOME),
        )
    )
    ours = ours.with_columns(_frequent(ours[name]) for name in (GENDER, PARTY))
    even = [name for name in ours.columns[1:] if ours[name].n_unique() == 1]
    return ours.drop(even)


def _frequent(said: pl.Series) -> pl.Series:
    """Return the words that most have; others are one."""
    said = said.fill_null("not known")
    often = said.value_counts(sort=True)[said.name].head(KINDS)
    return said.to_frame().select(
        pl.when(pl.col(said.name).is_in(often.implode()))
        .then(said.name)
        .otherwise(pl.lit("other"))
        .alias(said.name)
    )[said.name]
