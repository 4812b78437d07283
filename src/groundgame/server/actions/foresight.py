"""What an experiment could show before it is drawn: in doors, hours and points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from groundgame import experiment as engine
from groundgame.errors import CannotAssign
from groundgame.experiment import report as room
from groundgame.experiment.report.page import address
from groundgame.server.actions import taking_part, universes
from groundgame.server.actions.held_out import PLACEBO, TREATMENT
from groundgame.server.actions.people import Anyone
from groundgame.server.actions.taking_part import Design
from groundgame.values import Seed

TRIES, MOST_INVENTED, DOTS = 100, 1_000_000, 2
"""Draws of a try, no more invented doors than these in all, and dots of a plot."""
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
        explained: Part of the spread that a survey before explains; 0: there is none.
        answering: Share that answers it; only they take part.
        asking: Hours that it takes to ask one door.
    """

    contact: float = 0.35
    baseline: float = 0.5
    per_hour: float = 2.5
    alike: float = 0.05
    explained: float = 0.0
    answering: float = 1.0
    asking: float = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way to use the same doors."""

    name: str
    chosen: bool
    points: float
    """The smallest effect that is seen four times in five, of a hundred who open."""
    hours: float
    asking: float
    """Hours of a survey before, besides."""
    tried: float | None
    """How often that effect was seen on invented data, 0 to 1; None: not tried."""


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
    drawn: taking_part.Drawn
    """The draw itself, for whoever registers it."""

    @property
    def chosen(self) -> Way:
        """The way that was chosen."""
        return next(way for way in self.ways if way.chosen)


def foresee(
    design: Design, expected: Expected, *, tried: bool = False, seen_by: Anyone
) -> Foresight:
    """Return what a design would show; nothing is written.

    Args:
        design: Which.
        expected: Of the program.
        tried: Whether to try each way on invented data, besides the formula.
        seen_by: Who asks.

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
    draws = min(TRIES, MOST_INVENTED // doors) if tried else 0
    seen = engine.designs(work)
    ways = [_way(way, design, work, draws) for way in seen]
    return Foresight(
        units=drawn.registration.units,
        doors=doors,
        people=part.num_rows,
        aside=aside,
        ways=tuple(ways),
        plot=_plot(work, seen, draws),
        drawn=drawn,
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
            + (f" and {way.asking:,.0f} of a survey before" if way.asking else "")
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
            explained=expected.explained,
            answering=expected.answering,
            asking=expected.asking,
        )
    except ValueError as nonsense:
        raise CannotAssign(
            "expectations as they were given", str(nonsense), "change them"
        ) from nonsense


def _way(way: engine.Seen, design: Design, work: engine.Work, draws: int) -> Way:
    """Return a way in points and hours."""
    placebo = any(role == PLACEBO for _, role, _ in design.arms)
    chosen = way.placebo == placebo and way.survey == bool(work.explained)
    tried = _tried(way, work, way.on_reached, draws) if draws else None
    return Way(way.design, chosen, 100 * way.on_reached, way.hours, way.asking, tried)


def _of(way: engine.Seen, work: engine.Work) -> engine.Work:
    """Return the work as a way sees it: with the survey before, or without."""
    if way.survey:
        return work
    return replace(work, explained=0.0, answering=1.0, asking=0.0)


def _tried(way: engine.Seen, work: engine.Work, effect: float, draws: int) -> float:
    """Return how often a way saw an effect on invented data."""
    seed = Seed(1)
    return engine.simulated(_of(way, work), effect, draws, seed, placebo=way.placebo)


def _plot(work: engine.Work, ways: Sequence[engine.Seen], draws: int) -> str:
    """Return power by effect of each way: the formula, and what was tried."""
    far = min(FAR * max(way.on_reached for way in ways), 1.0)
    line = np.linspace(0.0, far, 60).tolist()
    dots = np.linspace(0.0, far, DOTS + 2)[1:-1].tolist() if draws else []
    curves = [
        room.Curve(
            way.design,
            line,
            engine.power(_of(way, work), line, placebo=way.placebo),
            [(each, _tried(way, work, each, draws)) for each in dots],
        )
        for way in ways
    ]
    return address(room.power_plot(curves))
