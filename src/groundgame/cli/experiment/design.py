"""groundgame experiment design: how small an effect is seen, and at what price."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from groundgame import experiment
from groundgame.cli.answer import AsJson, note, say
from groundgame.cli.files import refuse_place, write_whole
from groundgame.experiment import report as room
from groundgame.values import Seed

MOST = 2.0
"""Times the smallest effect that a plain design sees: how far a plot goes."""
DOTS = 5


def design(
    units: Annotated[int, typer.Option(min=2, help="Doors that can be drawn.")],
    contact: Annotated[float, typer.Option(help="Share that opens, when visited.")],
    baseline: Annotated[
        float, typer.Option(help="Share that would do it anyway.")
    ] = 0.5,
    per_hour: Annotated[
        float, typer.Option(help="Conversations a volunteer has in an hour.")
    ] = 2.5,
    share: Annotated[float, typer.Option(help="Share that is visited.")] = 0.5,
    explained: Annotated[
        float, typer.Option(help="Part of the spread that a survey before explains.")
    ] = 0.0,
    answering: Annotated[
        float, typer.Option(help="Share that answers that survey; only they take part.")
    ] = 1.0,
    asking: Annotated[
        float, typer.Option(help="Hours that it takes to ask one door.")
    ] = 0.0,
    cluster: Annotated[float, typer.Option(help="Units assigned together.")] = 1.0,
    alike: Annotated[float, typer.Option(help="Correlation within those (ICC).")] = 0.0,
    simulate: Annotated[
        int, typer.Option(min=0, help="Try each design so often on invented data.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of those tries.")] = 1,
    plot: Annotated[
        Path | None, typer.Option(help="Where to draw power by effect, as SVG.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how small an effect each design would see, and what it takes in hours."""
    if plot:
        refuse_place(plot)
    try:
        work = experiment.Work(
            units,
            contact,
            baseline,
            per_hour,
            share,
            explained,
            cluster,
            alike,
            answering,
            asking,
        )
    except ValueError as nonsense:
        raise typer.BadParameter(f"give {nonsense}") from nonsense
    ways = experiment.designs(work)
    told = [_told(way, work, simulate, seed) for way in ways]
    if plot:
        picture = room.power_plot(_curves(ways, work, simulate, seed))
        write_whole(plot, lambda part: part.write_text(picture))
        note(f"Drawn to {plot}.")
    if as_json:
        say({"units": units, "designs": told}, as_json=True)
        return
    _say(ways, told, work)


def _told(
    way: experiment.Seen, work: experiment.Work, draws: int, seed: int
) -> dict[str, Any]:
    """Return a design as plain values, with what trying it came to."""
    said: dict[str, Any] = {
        "design": way.design,
        "effect_on_reached": way.on_reached,
        "effect_on_assigned": way.on_assigned,
        "hours": way.hours,
        "survey_hours": way.asking,
        "conversations": way.conversations,
    }
    if draws:
        said["simulated_power"] = _tried(way, work, way.on_reached, draws, seed)
    return said


def _of(way: experiment.Seen, work: experiment.Work) -> experiment.Work:
    """Return the work as a design sees it: with the survey before, or without."""
    if way.survey:
        return work
    return replace(work, explained=0.0, answering=1.0, asking=0.0)


def _tried(
    way: experiment.Seen, work: experiment.Work, effect: float, draws: int, seed: int
) -> float:
    """Return how often a design saw an effect on invented outcomes."""
    return experiment.simulated(
        _of(way, work), effect, draws, Seed(seed), placebo=way.placebo
    )


def _curves(
    ways: list[experiment.Seen], work: experiment.Work, draws: int, seed: int
) -> list[room.Curve]:
    """Return power by effect of each design: the formula, and what was tried."""
    far = MOST * ways[0].on_reached
    line = np.linspace(0.0, far, 80).tolist()
    dots = np.linspace(0.0, far, DOTS + 2)[1:-1].tolist() if draws else []
    return [
        room.Curve(
            way.design,
            line,
            experiment.power(_of(way, work), line, placebo=way.placebo),
            [(each, _tried(way, work, each, draws, seed)) for each in dots],
        )
        for way in ways
    ]


def _say(
    ways: list[experiment.Seen], told: list[dict[str, Any]], work: experiment.Work
) -> None:
    """Print a sentence for each design."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for way, each in zip(ways, told, strict=True):
        tried = each.get("simulated_power")
        also = f" and {way.asking:,.0f} of the survey before" if way.asking else ""
        seen = "" if tried is None else f" Tried on invented data, {tried:.0%} saw it."
        console.print(
            f"{way.design}: with {work.units:,} doors, {work.contact:.0%} contact and "
            f"{work.per_hour:g} conversations an hour you will see an effect of "
            f"{100 * way.on_reached:.1f} points or more on those who open; that is "
            f"{way.hours:,.0f} volunteer hours{also}.{seen}"
        )
