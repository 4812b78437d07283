"""Who takes part in an experiment over a universe, and what is known of each.

In:  a universe, and a design as somebody asks for it.
Out: the table that is drawn and registered: a row a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from groundgame import experiment as engine
from groundgame.errors import CannotAssign, NotYours
from groundgame.experiment import units
from groundgame.server.actions import asked, file, ground, placebo
from groundgame.server.actions.held_out import CONTROL, PLACEBO, TREATMENT
from groundgame.server.store.models import Cut, Experiment, Universe
from groundgame.values import Seed

WITHIN = ("precinct", "ward", "municipality", "party", "gender")
"""Columns of people that may be drawn within."""
ROLES = (TREATMENT, CONTROL, PLACEBO)
MOST_ARMS = 6
_STREET = ("door_id", "building_id", "street", "number", "city")


@dataclass(frozen=True, slots=True)
class Design:
    """An experiment as somebody asks for it, before anything is drawn.

    Attributes:
        universe: Over which.
        name: What to call it.
        question: What shall be known in the end.
        outcome: 'turnout', 'answer' or 'survey'.
        about: Which election, or which question of the script.
        unit: What is assigned.
        within: A column of people to draw within; '' for none.
        buffer: 'building', 'blockface' or ''.
        cut: Whose turfs are the units, where turfs are.
        arms: Name, role and share of each.
        seed: Of the draw.
        scripts: What is said at the doors of a placebo arm; None: the shipped one.
        plan: What else is fixed: the power that was planned for.
        changes: The experiment whose design this one changes; None: it is new.
    """

    universe: int
    name: str
    question: str
    outcome: str = "turnout"
    about: str = ""
    unit: str = "door"
    within: str = ""
    buffer: str = ""
    cut: int | None = None
    arms: tuple[tuple[str, str, float], ...] = (
        ("visit", TREATMENT, 1.0),
        ("control", CONTROL, 1.0),
    )
    seed: int = 1
    scripts: Mapping[str, Mapping[str, Any]] | None = None
    plan: Mapping[str, str] | None = None
    changes: int | None = None

    @property
    def said(self) -> dict[str, dict[str, Any]]:
        """The script of each placebo arm."""
        known = self.scripts or {}
        return {
            name: dict(known.get(name) or placebo.shipped())
            for name, role, _ in self.arms
            if role == PLACEBO
        }

    @property
    def shares(self) -> dict[str, float]:
        """The share of each arm, by name."""
        return {name: share for name, _, share in self.arms}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who is in which arm, and the design as it is registered."""

    table: pa.Table
    registration: engine.Registration


def hold(design: Design) -> None:
    """Refuse a design that is none.

    Raises:
        CannotAssign: The message says why.
    """
    roles = [role for _, role, _ in design.arms]
    names = [name for name, _, _ in design.arms]
    compared = CONTROL in roles or PLACEBO in roles
    if len(set(names)) < len(names) or TREATMENT not in roles or not compared:
        raise CannotAssign(
            f"{len(names)} arms: {', '.join(names)}",
            "a treatment, and a control or a placebo to compare it with, each with a "
            "name of its own",
            "add the arm that is missing",
        )
    if not set(roles) <= set(ROLES) or len(names) > MOST_ARMS:
        raise NotYours
    known = {*Experiment.Unit.values} if design.unit else set()
    if design.unit not in known or design.buffer not in Experiment.Buffer.values:
        raise NotYours
    if design.within and design.within not in WITHIN:
        raise NotYours


def draw(row: Universe, design: Design) -> Drawn:
    """Draw an experiment over a universe, of whom may be contacted today.

    Whoever is in the control of another experiment that runs is in no universe, so
    nobody is in two at once.

    Raises:
        CannotAssign: It cannot be drawn so; the message says why.
        GroundgameError: The rule of the universe finds nobody any more.
    """
    hold(design)
    try:
        seed = Seed(design.seed)
        layout = units.Layout(
            unit=design.unit,  # type: ignore[arg-type]  # held above
            within=bool(design.within),
            buffer=design.buffer,  # type: ignore[arg-type]  # held above
        )
        laid = units.lay(_known(row, design), layout, seed)
        how = units.design(laid, design.shares, seed)
    except ValueError as nonsense:
        raise CannotAssign(
            "arms as they were asked for", str(nonsense), "change them"
        ) from nonsense
    fixed = engine.register(
        units.units(laid), how, design.question, _outcome(design), _plan(row, design)
    )
    return Drawn(units.draw(laid, design.shares, seed), fixed)


def fixed(row: Universe, design: Design, drawn: Drawn) -> engine.Registration:
    """Return a design as it is registered, with the power that it plans for by now."""
    return replace(drawn.registration, plan=_plan(row, design))


def _known(row: Universe, design: Design) -> pa.Table:
    """Return the people of a universe with all that units are made of."""
    wanted = asked.found(row.snapshot, row.rule)
    snapshot = file.opened(row.snapshot)
    columns = ["person_id", "door_id", "county", *WITHIN]
    people = snapshot.read("people", columns)
    ours = people.filter(pc.is_in(people["person_id"], wanted.people["person_id"]))
    doors = snapshot.read("doors", list(_STREET))
    here = doors.filter(pc.is_in(doors["door_id"], ours["door_id"]))
    rows = (
        pl.DataFrame(ours)
        .filter(pl.col("door_id").is_not_null())
        .join(pl.DataFrame(here), on="door_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("building_id").alias("building"),
            pl.concat_str("county", "precinct", separator=" / ", ignore_nulls=True)
            .replace("", None)
            .alias("precinct_key"),
            (pl.col(design.within) if design.within else pl.lit("")).alias("within"),
        )
    )
    rows = rows.join(_faces(row, design, here), on="door_id", how="left")
    rows = rows.join(_turfs(row, design), on="door_id", how="left")
    return rows.select(
        "person_id",
        "door_id",
        "building",
        "blockface",
        "turf",
        pl.col("precinct_key").alias("precinct"),
        pl.col("within").fill_null("none")
        if design.within
        else pl.lit("").alias("within"),
    ).to_arrow()


def _faces(row: Universe, design: Design, doors: pa.Table) -> pl.DataFrame:
    """Return the side of the street that each door is on, between two corners.

    Where there are no streets, a side is the odd or even numbers of a hundred.
    """
    blank = pl.DataFrame(schema={"door_id": pl.String, "blockface": pl.String})
    if "blockface" not in {design.unit, design.buffer}:
        return blank
    digits = pl.col("number").str.extract(r"(\d+)").cast(pl.Int64, strict=False)
    rows = pl.DataFrame(doors).with_columns(
        digits.mod(2).alias("odd"), (digits // 100).alias("hundred")
    )
    placed = ground.under(
        row.snapshot, ground.doors_of(row.snapshot, doors["door_id"])
    ).placed
    if "edge" in placed.column_names:
        standing = pl.DataFrame(placed.select(["door_id", "edge", "side"]))
        rows = rows.join(standing, on="door_id", how="left")
    else:
        rows = rows.with_columns(edge=pl.col("hundred"), side=pl.lit(0))
    parts = [pl.col(one).cast(pl.String) for one in ("edge", "side", "odd")]
    return rows.select(
        "door_id",
        pl.concat_str(
            "city", "street", *parts, separator=" / ", ignore_nulls=True
        ).alias("blockface"),
    )


def _turfs(row: Universe, design: Design) -> pl.DataFrame:
    """Return the turf of a cut that each door is in."""
    blank = pl.DataFrame(schema={"door_id": pl.String, "turf": pl.String})
    if design.unit != Experiment.Unit.TURF:
        return blank
    cut = Cut.objects.filter(universe=row, pk=design.cut or 0).first()
    if cut is None:
        raise CannotAssign(
            "no cut whose turfs could be drawn",
            "a cut of this universe",
            "cut the universe first, and choose that cut",
        )
    walks = pl.DataFrame(pq.read_table(cut.turfs_file))
    return walks.select(
        "door_id", pl.format("cut {} / {}", pl.lit(cut.pk), "turf").alias("turf")
    )


def _outcome(design: Design) -> str:
    """Return what will be measured, as it is registered."""
    return f"{design.outcome}: {design.about}" if design.about else design.outcome


def _plan(row: Universe, design: Design) -> dict[str, str]:
    """Return what else is fixed."""
    said = {
        "name": design.name,
        "universe": row.name,
        "rule": row.rule,
        "file": row.snapshot.label,
        "a_unit_is": design.unit,
        "drawn_within": design.within,
        "buffer": design.buffer,
        "roles": ", ".join(f"{name}: {role}" for name, role, _ in design.arms),
        "scripts": ", ".join(
            f"{k}: {script['id']}" for k, script in design.said.items()
        ),
    }
    return said | dict(design.plan or {})
