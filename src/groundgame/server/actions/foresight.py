"""What an experiment could show before it is drawn: in doors, hours and points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundgame import experiment as engine
from groundgame.errors import CannotAssign
from groundgame.experiment import report as room
from groundgame.experiment.report.page import address
from groundgame.server.actions import taking_part, universes
from groundgame.server.actions.held_out import PLACEBO, TREATMENT
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.taking_part import Design

FAR = 2.0
"""Times the smallest effect that a plain design sees: how far the plot goes."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What somebody expects of a program.

    Attributes:
        contact: Share that opens when visited.
        baseline: Share that would do it anyway.
        per_hour: Conversations that a volunteer has in an hour.
        alike: How alike those are that are assigned together (ICC).
    """

    contact: float = 0.35
    baseline: float = 0.5
    per_hour: float = 2.5
    alike: float = 0.05


@dataclass(frozen=True, slots=True)
class Way:
    """One way to use the same doors."""

    name: str
    chosen: bool
    points: float
    """The smallest effect that is seen four times in five, of a hundred who open."""
    hours: float


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a design would show."""

    units: int
    doors: int
    people: int
    aside: int
    """People who are buffer."""
    ways: tuple[Way, ...]
    plot: str
    """Power by effect, as the address of a picture."""

    @property
    def chosen(self) -> Way:
        """The way that was chosen."""
        return next(way for way in self.ways if way.chosen)


def foresee(design: Design, expected: Expected, *, seen_by: Anyone) -> Foresight:
    """Return what a design would show; nothing is written.

    Raises:
        NotYours: There is no such universe, or not for them.
        CannotAssign: It cannot be drawn so; the message says why.
    """
    over = universes.found(id=design.universe, seen_by=seen_by)
    drawn = taking_part.draw(over, design)
    aside = int(np.asarray(drawn.table["buffer"]).sum())
    part = drawn.table.filter(drawn.table["arm"].is_valid())
    doors = len(part["door_id"].unique())
    work = _work(design, expected, doors, drawn.registration.units)
    ways = [_way(way, design) for way in engine.designs(work)]
    return Foresight(
        units=drawn.registration.units,
        doors=doors,
        people=part.num_rows,
        aside=aside,
        ways=tuple(ways),
        plot=_plot(work, ways),
    )


def plan(seen: Foresight, expected: Expected) -> dict[str, str]:
    """Return the power that was planned for, as it is registered."""
    way = seen.chosen
    return {
        "power": (
            f"with {seen.doors:,} doors, {expected.contact:.0%} contact and "
            f"{expected.per_hour:g} conversations an hour an effect of "
            f"{way.points:.1f} points or more on those who open is seen four times in "
            f"five; that is {way.hours:,.0f} volunteer hours"
        )
    }


def _work(design: Design, expected: Expected, doors: int, units: int) -> engine.Work:
    """Return what a program has, as the engine takes it."""
    whole = sum(design.shares.values())
    treated = sum(share for _, role, share in design.arms if role == TREATMENT)
    if not 0 < treated < whole:
        raise CannotAssign(
            "arms as they were asked for", "a share above 0 for each", "change them"
        )
    try:
        return engine.Work(
            units=doors,
            contact=expected.contact,
            baseline=expected.baseline,
            per_hour=expected.per_hour,
            share=treated / whole,
            cluster=max(doors / units, 1.0),
            alike=expected.alike if doors > units else 0.0,
        )
    except ValueError as nonsense:
        raise CannotAssign(
            "expectations as they were given", str(nonsense), "change them"
        ) from nonsense


def _way(way: engine.Seen, design: Design) -> Way:
    """Return a way in points and hours."""
    placebo = any(role == PLACEBO for _, role, _ in design.arms)
    return Way(way.design, way.placebo == placebo, 100 * way.on_reached, way.hours)


def _plot(work: engine.Work, ways: Sequence[Way]) -> str:
    """Return power by effect of each way."""
    far = min(FAR * max(way.points for way in ways) / 100, 1.0)
    line = np.linspace(0.0, far, 60).tolist()
    curves = [
        room.Curve(
            way.name, line, engine.power(work, line, placebo=way.name == "placebo")
        )
        for way in ways
    ]
    return address(room.power_plot(curves))
