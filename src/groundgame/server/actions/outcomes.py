"""Outcomes of an experiment, put beside the arms that were drawn.

Who voted is in the next voter file; answers are in the log; a survey comes as a file.
Everybody who was drawn is counted, whoever opened: somebody whose outcome is not known
is missing, never left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from groundgame import experiment as engine
from groundgame.canvass import columns, standing_answers
from groundgame.experiment import turnout
from groundgame.server.actions import contact, file, held_out, known, log
from groundgame.server.store.models import Experiment, SnapshotRow

Outcome = Experiment.Outcome
BEFORE = "the answer before"
"""What people answered before the first knock, as a covariate."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a finding is to be read.

    Attributes:
        snapshot: The newer voter file, where turnout is the outcome.
        election: One of its elections.
        survey: Ids and outcomes, where a survey is.
        before: Ids and what they answered before the first knock, where that was asked.
        beside: What is adjusted for, of `known.BESIDE`.
        by: What people are grouped by, of `known.GROUPS`; '' for nothing.
        hours: Volunteer hours that the treatment took.
        money: What it cost besides.
    """

    snapshot: int | None = None
    election: str = ""
    survey: Mapping[str, float] = field(default_factory=dict)
    before: Mapping[str, float] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    by: str = ""
    hours: float | None = None
    money: float | None = None

    def adjusted(self, outcome: str) -> tuple[str, ...]:
        """Return the columns that an outcome is adjusted for.

        Turnout is for past votes, whoever asks; an answer for the one before.
        """
        past = (known.VOTES,) if outcome == Outcome.TURNOUT else ()
        before = (BEFORE,) if self.before else ()
        return tuple(dict.fromkeys((*before, *past, *self.beside)))


def answers(cells: Sequence[str]) -> tuple[list[float | None], list[int]]:
    """Read cells of a survey as numbers, as all outcomes are read.

    Out: each number, None where nothing was measured; and which cells are neither.
    """
    return engine.cells(cells)


def outcomes(
    row: Experiment, asked: Asked, later: SnapshotRow | None
) -> tuple[pa.Table, tuple[str, ...]]:
    """Return a row a person with arm, unit, block, outcome and whether reached.

    Beside them stands what it is adjusted for, and the group, where that is asked.
    """
    rows = held_out.arms(row).filter(~pl.col("buffer"))
    done: tuple[str, ...] = ()
    if later is not None:
        rows, done = _voted(rows, later, asked.election or row.about)
    elif row.outcome == Outcome.ANSWER:
        rows = rows.join(_answered(row), on="person_id", how="left")
    else:
        rows, done = _surveyed(rows, asked)
    reached = contact.reached(row)
    by_person = row.unit == Experiment.Unit.PERSON
    ids = reached.people if by_person else reached.doors
    column = pl.col("person_id" if by_person else "door_id")
    rows = rows.with_columns(column.is_in(list(ids)).cast(pl.Int8).alias("contacted"))
    wanted = set(asked.adjusted(row.outcome)) - {BEFORE}
    if wanted or asked.by:
        said = known.known(row, rows, asked.by)
        rows = rows.join(said, on="person_id", how="left")
    return rows.to_arrow(), done


def _voted(
    rows: pl.DataFrame, later: SnapshotRow, election: str
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return rows with who voted, and a sentence of what became of them."""
    people = rows.select("person_id", "door_id").to_arrow()
    told, fate = turnout.outcomes(people, file.opened(later), election)
    voted = pl.DataFrame(told).rename({"voted": "outcome"})
    said = (
        f"Who voted in {election} is from {later.label}: of {fate.people:,} people "
        f"{fate.here:,} are there behind the same door, {fate.moved:,} moved, and "
        f"{fate.gone:,} are in the file no more and count as not measured."
    )
    return rows.join(voted, on="person_id", how="left"), (said,)


def _surveyed(rows: pl.DataFrame, asked: Asked) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return rows with what a survey says, and a sentence of who is in it.

    An id is that of a person, or of a door and all behind it.
    """
    ids = list(dict.fromkeys((*asked.survey, *asked.before)))
    said = pl.DataFrame(
        {
            "id": ids,
            "outcome": [asked.survey.get(one) for one in ids],
            BEFORE: [asked.before.get(one) for one in ids],
        },
        schema={"id": pl.String, "outcome": pl.Float64, BEFORE: pl.Float64},
    )
    key = pl.coalesce(
        pl.when(pl.col("person_id").is_in(said["id"].implode())).then("person_id"),
        "door_id",
    )
    rows = rows.with_columns(key.alias("id"))
    strange = said.join(rows, on="id", how="anti").height
    part = f"{len(ids) - strange:,} take part in the experiment"
    if strange:
        part += f", {strange:,} do not and are not counted"
    told = f"The survey tells of {len(ids):,} ids: {part}."
    return rows.join(said, on="id", how="left").drop("id"), (told,)


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
