"""Outcomes of an experiment, put beside the arms that were drawn.

Who voted is in the next voter file; answers are in the log; a survey comes as a file.
Everybody who was drawn is counted, whoever opened: somebody whose outcome is not known
is missing, never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from groundgame.canvass import columns, standing_answers
from groundgame.experiment import turnout
from groundgame.server.actions import contact, file, held_out, log
from groundgame.server.store.models import Experiment, SnapshotRow

Outcome = Experiment.Outcome
PAST = "past_votes"
"""In how many of the last four generals somebody voted: turnout is adjusted for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a finding is to be read.

    Attributes:
        snapshot: The newer voter file, where turnout is the outcome.
        election: One of its elections.
        survey: Ids and outcomes, where a survey is.
        hours: Volunteer hours that the treatment took.
        money: What it cost besides.
    """

    snapshot: int | None = None
    election: str = ""
    survey: Mapping[str, float] = field(default_factory=dict)
    hours: float | None = None
    money: float | None = None


def outcomes(
    row: Experiment, asked: Asked, later: SnapshotRow | None
) -> tuple[pa.Table, tuple[str, ...]]:
    """Return a row a person with arm, unit, block, outcome and whether reached."""
    rows = held_out.arms(row).filter(~pl.col("buffer"))
    done: tuple[str, ...] = ()
    if later is not None:
        rows, done = _voted(row, rows, later, asked.election or row.about)
    elif row.outcome == Outcome.ANSWER:
        rows = rows.join(_answered(row), on="person_id", how="left")
    else:
        said = pl.DataFrame(
            list(asked.survey.items()),
            schema={"id": pl.String, "outcome": pl.Float64},
            orient="row",
        )
        key = pl.coalesce(
            pl.when(pl.col("person_id").is_in(said["id"].implode())).then("person_id"),
            "door_id",
        )
        rows = rows.join(said, left_on=key, right_on="id", how="left")
    known = contact.reached(row)
    by_person = row.unit == Experiment.Unit.PERSON
    ids = known.people if by_person else known.doors
    column = pl.col("person_id" if by_person else "door_id")
    rows = rows.with_columns(column.is_in(list(ids)).cast(pl.Int8).alias("contacted"))
    return rows.to_arrow(), done


def _voted(
    row: Experiment, rows: pl.DataFrame, later: SnapshotRow, election: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return rows with who voted, and a sentence of what became of them."""
    people = rows.select("person_id", "door_id").to_arrow()
    told, fate = turnout.outcomes(people, file.opened(later), election)
    before, _ = turnout.past(file.opened(row.universe.snapshot))
    voted = pl.DataFrame(told).rename({"voted": "outcome"})
    rows = rows.join(voted, on="person_id", how="left").join(
        before.rename({"times": PAST}), on="person_id", how="left"
    )
    said = (
        f"Who voted in {election} is from {later.label}: of {fate.people:,} people "
        f"{fate.here:,} are there behind the same door, {fate.moved:,} moved, and "
        f"{fate.gone:,} are in the file no more and count as not measured."
    )
    return rows.with_columns(pl.col(PAST).fill_null(0)), (said,)


def _answered(row: Experiment) -> pl.DataFrame:
    """Return person_id and outcome of the standing answers to the question."""
    question, _, wanted = row.about.partition("=")
    _, said = columns(log.of_chapter(row.universe.snapshot.chapter_id))
    stands = pl.DataFrame(standing_answers(said)).filter(
        (pl.col("question") == question) & pl.col("person_id").is_not_null()
    )
    value = (
        (pl.col("answer") == wanted).cast(pl.Float64)
        if wanted
        else pl.col("answer").cast(pl.Float64, strict=False)
    )
    return stands.select("person_id", value.alias("outcome"))
