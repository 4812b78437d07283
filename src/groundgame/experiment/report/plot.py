"""Plots of a report, as SVG: estimates with their intervals, and power.

matplotlib draws them, on a white ground that stays white on a dark screen. Nothing in
them is chance or time: the same numbers give the same file.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any

from groundgame.experiment.effects import Effects, Told
from groundgame.experiment.groups import Groups
from groundgame.experiment.report.words import HUNDRED, Tongue

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, QUIET, ACCENT, OTHER = "#1a1d21", "#7b7f86", "#0b4f8a", "#a63a00"
STYLE: Any = {  # matplotlib's own type names each of three hundred
    "svg.hashsalt": "groundgame",
    "svg.fonttype": "path",
    "font.size": 11,
    "font.family": "DejaVu Sans",
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
WIDE = 5.2


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a plot of power, and dots that were tried beside it."""

    name: str
    effects: Sequence[float]
    power: Sequence[float]
    dots: Sequence[tuple[float, float]] = field(default=())


def effects_plot(found: Effects, tongue: Tongue) -> str:
    """Return each estimate as a dot with its interval, and a line at nothing."""
    return _forest(
        [
            (name, told)
            for arm in found.arms
            for name, told in (
                (f"assigned to {arm.arm}", arm.told),
                ("on those reached", arm.cace.told if arm.cace else None),
                ("against the placebo", arm.placebo),
            )
            if told is not None
        ],
        tongue,
    )


def groups_plot(found: Sequence[Groups], tongue: Tongue) -> str:
    """Return the effect in each group with its widened interval; '' for no groups."""
    several = len(found) > 1
    told = [
        (f"{one.arm}: {each.group}" if several else each.group, each.told)
        for one in found
        for each in one.groups
    ]
    return _forest(told, tongue) if told else ""


def _forest(told: Sequence[tuple[str, Told]], tongue: Tongue) -> str:
    """Return estimates below each other; what has no interval is not drawn."""
    times = HUNDRED if tongue.shares else 1
    rows = [
        (name, one.estimate * times, [end * times for end in one.ci])
        for name, one in told
        if not math.isnan(one.ci[0])
    ]
    with _drawing(1.0 + 0.42 * max(len(rows), 1)) as figure:
        axes = figure.axes[0]
        for place, (_, estimate, (low, high)) in enumerate(rows):
            axes.plot([low, high], [-place, -place], color=ACCENT, linewidth=2.5)
            axes.plot([estimate], [-place], "o", color=ACCENT, markersize=7)
        axes.axvline(0, color=QUIET, linestyle=":", linewidth=1.5)
        axes.set_yticks(
            [-place for place in range(len(rows))], [row[0] for row in rows]
        )
        axes.set_ylim(-len(rows) + 0.4, 0.6)
        axes.set_xlabel(
            f"how many more of 100 {tongue.who} {tongue.did}"
            if tongue.shares
            else f"how much higher {tongue.did} was"
        )
        return _svg(figure)


def power_plot(curves: Sequence[Curve], wanted: float = 0.8) -> str:
    """Return how often an effect is seen, by its size: of each design a line.

    Dots are what invented outcomes showed; a line is what the formula says.
    """
    shades = (ACCENT, OTHER, "#11633f", QUIET)
    with _drawing(3.0) as figure:
        axes = figure.axes[0]
        for curve, shade in zip(curves, shades, strict=False):
            sizes = [HUNDRED * one for one in curve.effects]
            axes.plot(sizes, curve.power, color=shade, label=curve.name)
            if curve.dots:
                tried, seen = zip(*curve.dots, strict=True)
                at = [HUNDRED * one for one in tried]
                axes.plot(at, seen, "o", color=shade, markersize=5)
        axes.axhline(wanted, color=QUIET, linestyle=":", linewidth=1.5)
        axes.set_ylim(0, 1.02)
        axes.set_xlim(left=0)
        axes.set_xlabel("effect on those who open, in points of 100")
        axes.set_ylabel("how often it is seen")
        axes.legend(frameon=False, loc="lower right")
        return _svg(figure)


@contextmanager
def _drawing(height: float) -> "Iterator[Figure]":
    """Give a figure in our style to draw in; only now is matplotlib loaded."""
    import matplotlib as mpl  # noqa: PLC0415  # half a second that few commands need
    from matplotlib.figure import Figure  # noqa: PLC0415  # the same

    with mpl.rc_context(STYLE):
        figure = Figure((WIDE, height), layout="constrained")
        figure.add_subplot()
        yield figure


def _svg(figure: "Figure") -> str:
    """Return a figure as SVG, without a frame and without a date."""
    for side in ("top", "right"):
        figure.axes[0].spines[side].set_visible(False)
    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()
