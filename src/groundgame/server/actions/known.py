"""What the file said of people before an experiment was drawn.

Only that may be adjusted for, or looked at group by group: what came later may be what
the visits did.
"""

import polars as pl

from groundgame.experiment import turnout
from groundgame.server.actions import file
from groundgame.server.store.models import Experiment

AGE, VOTES, GENDER, PARTY, HOME = (
    "age",
    "votes in the last generals",
    "gender",
    "party",
    "people behind the door",
)
BESIDE = (AGE, GENDER, PARTY, HOME, VOTES)
"""What may be adjusted for."""
GROUPS = (PARTY, GENDER, AGE, VOTES)
"""What people may be grouped by."""
GROUP = "group"
"""The column that says which group somebody is in."""
KINDS = 6
"""Parties and genders that are told apart, the most frequent; the rest is 'other'."""


def known(row: Experiment, people: pl.DataFrame, by: str = "") -> pl.DataFrame:
    """Return person_id with what is known of people, and with their group, if asked."""
    snapshot = file.opened(row.universe.snapshot)
    columns = ["person_id", "door_id", "birth_date", "birth_year", "gender", "party"]
    everybody = pl.DataFrame(snapshot.read("people", columns))
    home = everybody.group_by("door_id").agg(pl.len().alias(HOME))
    votes = turnout.past(snapshot)[0].rename({"times": VOTES})
    year = snapshot.manifest.dated.year
    rows = (
        everybody.join(people.select("person_id"), on="person_id", how="semi")
        .join(home, on="door_id", how="left")
        .join(votes, on="person_id", how="left")
        .select(
            "person_id",
            (year - pl.col("birth_year")).alias(AGE),
            pl.col(VOTES).fill_null(0),
            pl.col("gender").alias(GENDER),
            pl.col("party").alias(PARTY),
            pl.col(HOME),
            turnout.age_groups(year).alias(GROUP),
        )
    )
    rows = rows.with_columns(_frequent(rows[name]) for name in (GENDER, PARTY))
    if by not in GROUPS:
        return rows.drop(GROUP)
    if by == AGE:
        return rows
    return rows.with_columns(pl.col(by).cast(pl.String).alias(GROUP))


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
