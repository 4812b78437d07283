"""What people decide about links, and what then holds.

Decisions are rows that are added and never changed: who, when, about which row and
which person. What holds is a fold over them, the same in whatever order they are given:

    accepted   the row means that person, whatever was thought before
    refused    the row does not mean that person; a link to them falls, and the next
               candidate is for review
    undone     the link, and every decision before it, is taken back; the row is for
               review
"""

from datetime import UTC, datetime

import polars as pl
import pyarrow as pa

from groundgame.errors import BadDecision
from groundgame.tables import CANDIDATES, DECISIONS, LINKS

VERDICTS = ("accepted", "refused", "undone")
_SHOWN = ("person_id", "probability", "by", "reasons")


def decision(
    row_id: str, person_id: str | None, verdict: str, *, by: str, at: datetime
) -> pa.Table:
    """Return one decision, as a table of one row to add to the others.

    Args:
        row_id: About which row of the list.
        person_id: About which person; None when something is undone.
        verdict: 'accepted', 'refused' or 'undone'.
        by: Who decides.
        at: When, with its zone.

    Raises:
        BadDecision: It is none of the three, nobody decides, or nobody is meant.
    """
    if verdict not in VERDICTS:
        raise BadDecision(f"{verdict[:40]!r} is no verdict")
    if not by.strip():
        raise BadDecision("nobody is said to have decided")
    if (person_id is None) != (verdict == "undone"):
        raise BadDecision("to accept or refuse needs a person, and to undo takes none")
    if at.tzinfo is None:
        raise BadDecision("the time has no zone")
    row = {
        "row_id": row_id,
        "person_id": person_id,
        "verdict": verdict,
        "by": by,
        "at": at.astimezone(UTC),
    }
    return pa.Table.from_pylist([row], DECISIONS.arrow)


def settle(links: pa.Table, candidates: pa.Table, decisions: pa.Table) -> pa.Table:
    """Return LINKS as they hold after every decision.

    Args:
        links: LINKS, as `link` gave them.
        candidates: CANDIDATES, likewise.
        decisions: DECISIONS, in any order. Those about rows that are not in `links`,
            or that were refused when the list was read, change nothing.
    """
    machine = pl.DataFrame(LINKS.conform(links))
    decided = standing(pl.DataFrame(DECISIONS.conform(decisions)))
    decided = decided.join(
        machine.filter(pl.col("state") != "refused").select("row_id"),
        on="row_id",
        how="semi",
    )
    shown = pl.DataFrame(CANDIDATES.conform(candidates))
    hands = _by_hand(decided, shown)
    refused = decided.filter(pl.col("verdict") == "refused")
    best = (
        _without(shown, refused)
        .sort("rank")
        .group_by("row_id", maintain_order=True)
        .first()
    )
    taken = machine.join(
        decided.filter(pl.col("verdict") == "undone"), on="row_id", how="semi"
    )
    fallen = machine.join(refused, on=["row_id", "person_id"], how="semi")
    again = (
        pl.concat([taken, fallen])
        .unique("row_id")
        .select("row_id", "line", "key")
        .join(hands, on="row_id", how="anti")
        .join(best.select("row_id", *_SHOWN), on="row_id", how="left")
        .join(_last(decided), on="row_id")
        .with_columns(
            state=pl.when(pl.col("person_id").is_null())
            .then(pl.lit("unmatched"))
            .otherwise(pl.lit("review"))
        )
    )
    accepted = machine.select("row_id", "line", "key").join(hands, on="row_id")
    changed = pl.concat([accepted, again], how="diagonal_relaxed")
    stay = machine.join(changed.select("row_id"), on="row_id", how="anti")
    every = pl.concat([stay, changed.select(machine.columns)], how="vertical_relaxed")
    return LINKS.conform(every.sort("line", "row_id").to_arrow())


def still_meant(candidates: pa.Table, decisions: pa.Table) -> pa.Table:
    """Return the CANDIDATES that nobody has refused, or whose refusal was undone.

    Args:
        candidates: CANDIDATES, as `link` gave them.
        decisions: DECISIONS, in any order.
    """
    decided = standing(pl.DataFrame(DECISIONS.conform(decisions)))
    refused = decided.filter(pl.col("verdict") == "refused")
    left = _without(pl.DataFrame(CANDIDATES.conform(candidates)), refused)
    return CANDIDATES.conform(left.to_arrow())


def _without(shown: pl.DataFrame, refused: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates that are not refused."""
    pair = ["row_id", "person_id"]
    return shown.join(refused, on=pair, how="anti", maintain_order="left")


def standing(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return what counts: the last verdict on a row and person after any undoing."""
    ordered = decisions.unique().sort("row_id", "at", "verdict", "person_id", "by")
    undoing = pl.col("verdict") == "undone"
    # how often a row is undone after this decision; the undoing itself counts itself
    ahead = undoing.cast(pl.Int32).cum_sum(reverse=True).over("row_id")
    return (
        ordered.with_columns(ahead=ahead - undoing.cast(pl.Int32))
        .filter(pl.col("ahead") == 0)
        .group_by("row_id", "person_id", maintain_order=True)
        .last()
        .drop("ahead")
    )


def _by_hand(decided: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that somebody linked: to whom, who did it, and when."""
    last = (
        decided.filter(pl.col("verdict") == "accepted")
        .sort("at", "person_id")
        .group_by("row_id", maintain_order=True)
        .last()
    )
    thought = shown.select("row_id", "person_id", "probability", "reasons")
    return (
        last.select("row_id", "person_id", decided_by="by", decided_at="at")
        .join(thought, on=["row_id", "person_id"], how="left")
        .with_columns(state=pl.lit("linked"), by=pl.lit("by hand"))
    )


def _last(decided: pl.DataFrame) -> pl.DataFrame:
    """Return who decided last about each row, and when."""
    last = decided.sort("at", "by").group_by("row_id", maintain_order=True).last()
    return last.select("row_id", decided_by="by", decided_at="at")
