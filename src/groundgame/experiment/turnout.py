"""Who voted: turnout of people whom we knew, from the next snapshot of the file.

People are the same by the id that the state gives them. Whoever moved is still there,
behind another door. Whoever is in the newer file no more was purged, moved out of the
state or died: nobody knows whether they voted, so they are counted by themselves, and
turnout is said of those who are there, and of all.

Turnout is always of something: of the registered, or of the eligible where somebody has
counted those. Two elections differ in turnout by themselves, so a change here is shown
beside the change everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from groundgame.errors import CannotAnalyse
from groundgame.tables import Snapshot

AGES = (18, 25, 35, 50, 65)
"""The first year of each age group."""
GENERALS = 4
"""Elections that tell who is used to voting."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of people between two snapshots."""

    people: int
    here: int
    """Still in the file, behind the same door."""
    moved: int
    gone: int
    """In the file no more."""
    voted: int


def elections(snapshot: Snapshot) -> list[str]:
    """Return the names of the elections of a snapshot, the latest first."""
    table = pl.DataFrame(snapshot.read("elections"))
    ordered = table.sort("year", "date", descending=True, nulls_last=True)
    names: list[str] = ordered["name"].to_list()
    return names


def voters(snapshot: Snapshot, election: str) -> pl.Series:
    """Return the ids of those who voted in one election, part by part.

    Raises:
        CannotAnalyse: The file knows no such election.
    """
    known = pl.DataFrame(snapshot.read("elections"))
    here = known.filter(pl.col("name") == election)
    if not here.height:
        raise CannotAnalyse(
            f"no election {election!r} in this file",
            "one of those it holds",
            f"choose one: {', '.join(elections(snapshot)[:6])}",
        )
    number = here["election"][0]
    found = []
    for part in snapshot.parts():
        rows = pl.DataFrame(part.read("votes", ["person", "election"]))
        who = rows.filter(pl.col("election") == number)["person"]
        ids = pl.DataFrame(part.read("people", ["person_id"]))["person_id"]
        found.append(ids.gather(who))
    return pl.concat(found).unique()


def outcomes(people: pa.Table, later: Snapshot, election: str) -> tuple[pa.Table, Fate]:
    """Return whether each of some people voted, and what became of them all.

    Args:
        people: person_id and door_id, as they were.
        later: A newer file.
        election: One of its elections.

    Returns:
        person_id and voted, in the order of `people`: 1, 0, or null for those who are
        in the newer file no more.
    """
    rows = pl.DataFrame(people.select(["person_id", "door_id"]))
    voted = voters(later, election)
    now = (
        pl.DataFrame(later.read("people", ["person_id", "door_id", "status"]))
        .filter(
            (pl.col("status") != "removed") | pl.col("person_id").is_in(voted.implode())
        )
        .select(
            "person_id",
            pl.col("door_id").alias("door_now"),
            pl.lit(value=True).alias("here"),
        )
    )
    both = rows.join(now, on="person_id", how="left", maintain_order="left")
    both = both.with_columns(
        pl.when(pl.col("here"))
        .then(pl.col("person_id").is_in(voted.implode()).cast(pl.Int8))
        .alias("voted"),
        (pl.col("here") & (pl.col("door_now") != pl.col("door_id")))
        .fill_null(value=False)
        .alias("moved"),
    )
    there = int(both["here"].fill_null(value=False).sum())
    moved = int(both["moved"].sum())
    fate = Fate(
        people=rows.height,
        here=there - moved,
        moved=moved,
        gone=rows.height - there,
        voted=int(both["voted"].fill_null(0).sum()),
    )
    return both.select("person_id", "voted").to_arrow(), fate


def before_and_after(
    files: tuple[Snapshot, Snapshot],
    elections: tuple[str, str],
    by: str,
    *,
    only: pa.Table | None = None,
    eligible: Mapping[str, int] | None = None,
) -> pa.Table:
    """Return turnout in two elections, group by group, each with its denominator.

    Args:
        files: The older and the newer file; each knows who was registered then.
        elections: One of each.
        by: 'precinct', 'ward', 'age', 'experience', a column of people, or of `only`.
        only: person_id of those who count, and perhaps the column `by`; None: all.
        eligible: How many may vote in each group, where somebody has counted.

    Returns:
        group, registered_before, voted_before, turnout_before, the same after, change,
        and of_eligible_before and after where `eligible` knows the group.
    """
    tables = [
        _turnout(snapshot, election, by, only)
        for snapshot, election in zip(files, elections, strict=True)
    ]
    both = (
        tables[0]
        .join(tables[1], on="group", how="full", coalesce=True, suffix="_after")
        .rename({name: f"{name}_before" for name in ("registered", "voted", "turnout")})
        .with_columns(
            (pl.col("turnout_after") - pl.col("turnout_before")).alias("change")
        )
        .sort("group", nulls_last=True)
    )
    counts = pl.DataFrame(
        list((eligible or {}).items()),
        schema={"group": pl.String, "eligible": pl.Int64},
        orient="row",
    )
    return (
        both.join(counts, on="group", how="left", maintain_order="left")
        .with_columns(
            (pl.col(f"voted_{when}") / pl.col("eligible")).alias(f"of_eligible_{when}")
            for when in ("before", "after")
        )
        .to_arrow()
    )


def _turnout(
    snapshot: Snapshot, election: str, by: str, only: pa.Table | None
) -> pl.DataFrame:
    """Return group, registered, voted and turnout of one file and election."""
    rows = _grouped(snapshot, election, by, only)
    voted = voters(snapshot, election)
    return (
        rows.with_columns(pl.col("person_id").is_in(voted.implode()).alias("voted"))
        .group_by("group")
        .agg(pl.len().alias("registered"), pl.col("voted").sum())
        .with_columns((pl.col("voted") / pl.col("registered")).alias("turnout"))
    )


def _grouped(
    snapshot: Snapshot, election: str, by: str, only: pa.Table | None
) -> pl.DataFrame:
    """Return person_id and group of everybody who is registered and no secret."""
    known = snapshot.paths("people")
    names = set(pl.read_parquet_schema(known[0])) if known else set()
    given = only is not None and by in only.column_names
    if by not in {"age", "experience", *names} and not given:
        raise CannotAnalyse(
            f"no column {by} to group by",
            "precinct, age, experience, or a column of people",
            "choose one of those",
        )
    wanted = ["person_id", "status", "protected", "birth_date", "birth_year"]
    rows = pl.DataFrame(
        snapshot.read(
            "people", [*wanted, *({by} & names - set(wanted) if not given else ())]
        )
    ).filter((pl.col("status") != "removed") & ~pl.col("protected"))
    if only is not None:
        rows = rows.join(pl.DataFrame(only).unique("person_id"), on="person_id")
    if by == "age":
        group = age_groups(int(election[:4]))
        return rows.select("person_id", group.alias("group"))
    if by == "experience":
        return _experience(snapshot, rows, election)
    return rows.select("person_id", pl.col(by).cast(pl.String).alias("group"))


def age_groups(year: int) -> pl.Expr:
    """Return the age group in a year, of people with birth_date and birth_year."""
    born = pl.coalesce(pl.col("birth_date").dt.year(), pl.col("birth_year"))
    age = year - born
    group = pl.lit(f"under {AGES[0]}")
    for low, above in zip(AGES, (*AGES[1:], None), strict=True):
        name = f"{low} and over" if above is None else f"{low} to {above - 1}"
        group = pl.when(age >= low).then(pl.lit(name)).otherwise(group)
    return pl.when(age.is_not_null()).then(group)


def past(snapshot: Snapshot, before: int | None = None) -> tuple[pl.DataFrame, int]:
    """Return in how many of the last four generals each person voted, as `times`.

    Args:
        snapshot: Whose people and votes.
        before: Only elections before this year; None: all it knows.

    Returns:
        person_id and times of whoever voted at all, and how many generals it were.
    """
    every = pl.DataFrame(snapshot.read("elections"))
    early = pl.lit(value=True) if before is None else pl.col("year") < before
    names = (
        every.filter((pl.col("kind") == "general") & early)
        .sort("year", descending=True)
        .head(GENERALS)["name"]
    )
    found = [voters(snapshot, name).to_frame("person_id") for name in names]
    blank = pl.DataFrame(schema={"person_id": pl.String})
    counts = pl.concat([blank, *found]).group_by("person_id").agg(times=pl.len())
    return counts.cast({"times": pl.Int64}), len(names)


def _experience(snapshot: Snapshot, rows: pl.DataFrame, election: str) -> pl.DataFrame:
    """Return in how many of the four last generals before it somebody voted."""
    known, many = past(snapshot, int(election[:4]))
    return rows.join(known, on="person_id", how="left").select(
        "person_id",
        pl.format(
            "{} of the last {}", pl.col("times").fill_null(0), pl.lit(many)
        ).alias("group"),
    )
