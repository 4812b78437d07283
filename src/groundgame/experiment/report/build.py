"""From a trial and what it says to a report: plain values that any page can show.

In:  a trial, its effects, the question, and a `Story`: what only people know.
Out: an object of words and numbers; JSON, HTML and PDF are made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundgame.experiment.columns import Codes, Floats
from groundgame.experiment.effects import Arm, Effects, Told
from groundgame.experiment.groups import Groups
from groundgame.experiment.report import cost, words
from groundgame.experiment.report.doubts import REGRESSION, doubts
from groundgame.experiment.report.kept import Kept
from groundgame.experiment.report.plot import effects_plot, groups_plot
from groundgame.experiment.report.words import Tongue
from groundgame.experiment.told import grouped, told
from groundgame.experiment.trial import Question, Trial

FORMAT = 1
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """What is said of an experiment that is in no column.

    Attributes:
        title: What stands above the page.
        question: What was asked, as it was registered.
        did: What a yes is called ('voted'), or what was measured ('the rating').
        gain: What one more of it is called: 'vote', 'mind changed'.
        who: Who was assigned: 'people', 'doors'.
        hours: Hours of volunteers that the treatment took; None: not counted.
        money: What it cost besides, in all; None: not counted.
        currency: Of that.
        done: Further sentences of what was done.
        changes: A rating before and after, where somebody asks for it.
        by: What people are grouped by, where somebody asks for it.
        groups: Effects in those groups, arm by arm.
    """

    title: str = "What we found"
    question: str = ""
    did: str = ""
    gain: str = ""
    who: str = "people"
    hours: float | None = None
    money: float | None = None
    currency: str = "dollars"
    done: tuple[str, ...] = ()
    changes: "tuple[Change, ...]" = ()
    by: str = ""
    groups: tuple[Groups, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A rating before and after in one arm, of those of whom both are known."""

    arm: str
    n: int
    before: float
    after: float


def report(
    trial: Trial,
    effects: Effects,
    asked: Question,
    story: Story,
    kept: Kept | None = None,
) -> Plain:
    """Return a report."""
    seen = trial.outcome[~np.isnan(trial.outcome)]
    shares = bool(np.isin(seen, (0.0, 1.0)).all())
    name = asked.outcome.partition("=")[2] or asked.outcome
    tongue = Tongue(shares, story.did or (f"had {name}" if shares else name), story.who)
    flow = _flow(trial, effects)
    assigned = [(box["arm"], box["assigned"]) for box in flow]
    clusters = len(trial.firsts) if trial.clustered else 0
    worries = doubts(trial, effects, tongue, registered=kept is not None)
    if kept is not None and not kept.whole:
        worries = [*kept.says, *worries]
    if story.changes:
        worries = [REGRESSION, *worries]
    return {
        "format": FORMAT,
        "title": story.title,
        "asked": words.asked(story.question, tongue, effects),
        "done": [
            *words.done(effects, assigned, story.who, clusters),
            *words.beside(asked.covariates),
            *story.done,
        ],
        "found": words.found(effects, tongue),
        "cost": _cost(effects, flow, story, tongue),
        "flow": flow,
        "doubts": worries,
        "before_after": [_changed(one) for one in story.changes],
        "registration": _registered(kept),
        "plot": effects_plot(effects, tongue),
        "rows": _rows(effects, tongue),
        "groups": _groups(story, tongue),
        "groups_plot": groups_plot(story.groups, tongue),
        "effects": told(effects, asked),
    }


def change(
    before: Floats, after: Floats, arm: Codes, arms: Sequence[str]
) -> tuple[Change, ...]:
    """Return a rating before and after, arm by arm.

    It is no effect, and a report that holds it says why.
    """
    both = ~np.isnan(before) & ~np.isnan(after)
    return tuple(
        Change(
            name,
            int(rows.sum()),
            float(before[rows].mean()) if rows.any() else float("nan"),
            float(after[rows].mean()) if rows.any() else float("nan"),
        )
        for number, name in enumerate(arms)
        for rows in [both & (arm == number)]
    )


def _flow(trial: Trial, effects: Effects) -> list[Plain]:
    """Count units from their assignment to the estimate, arm by arm."""
    known = ~np.isnan(trial.outcome)
    boxes = []
    for number, arm in enumerate((effects.control, *effects.arms)):
        here = trial.arm == number
        reached = None
        if trial.contacted is not None:
            reached = int(trial.contacted[here].sum())
        boxes.append(
            {
                "arm": arm.arm,
                "assigned": int(here.sum()),
                "clusters": len(np.unique(trial.cluster[here]))
                if trial.clustered
                else None,
                "reached": reached,
                "measured": int((here & known).sum()),
                "missing": int((here & ~known).sum()),
            }
        )
    return boxes


def _cost(
    effects: Effects, flow: Sequence[Plain], story: Story, tongue: Tongue
) -> list[str]:
    """Say what one more cost, where one arm was compared and something was spent."""
    spent = [(story.hours, "hours"), (story.money, story.currency)]
    counted = [(amount, of) for amount, of in spent if amount is not None]
    if not counted or len(effects.arms) != 1:
        return []
    (arm,), box = effects.arms, flow[1]
    gain = story.gain or ("yes" if tongue.shares else "point")
    whole = " and ".join(f"{amount:,.0f} {of}" for amount, of in counted)
    many = box["assigned"], box["reached"] or 0
    prices = [
        cost.say(cost.price(arm, *many, amount, of), gain) for amount, of in counted
    ]
    first = f"It took {whole}."
    return [first, *(f"{said[0].upper()}{said[1:]}." for said in prices)]


def _changed(one: Change) -> Plain:
    """Return a rating before and after."""
    return {
        "arm": one.arm,
        "n": one.n,
        "before": None if np.isnan(one.before) else one.before,
        "after": None if np.isnan(one.after) else one.after,
        "change": None if np.isnan(one.before) else one.after - one.before,
    }


def _registered(kept: Kept | None) -> Plain | None:
    """Return what was fixed before the first knock."""
    if kept is None:
        return None
    return {
        "sha256": kept.sha256,
        "design": dict(kept.design),
        "says": list(kept.says),
        "whole": kept.whole,
    }


def _rows(effects: Effects, tongue: Tongue) -> list[Plain]:
    """Return a table of arms: who, the mean, the effect with its interval, p."""
    several = len(effects.arms) > 1
    rows = [{"arm": effects.control.arm, "n": effects.control.n}]
    rows[0] |= {
        "mean": tongue.mean(effects.control.mean),
        "effect": "",
        "p": "",
        "always": "",
    }
    return rows + [_row(arm, tongue, several=several) for arm in effects.arms]


def _row(arm: Arm, tongue: Tongue, *, several: bool) -> Plain:
    """Return one arm of the table."""
    times = words.HUNDRED if tongue.shares else 1
    p = arm.p_holm if several else arm.told.p
    always = arm.always and [f"{times * end:+.2f}" for end in arm.always]
    return {
        "arm": arm.arm,
        "n": arm.n,
        "mean": tongue.mean(arm.mean),
        "effect": _shown(arm.told, times),
        "p": "" if np.isnan(p) else "under 0.001" if p < 0.001 else f"{p:.3f}",  # noqa: PLR2004  # nobody needs more digits
        "always": " to ".join(always) if always else "",
    }


def _shown(found: Told, times: int) -> str:
    """Return an estimate with its interval, for a cell of a table."""
    low, high = (times * end for end in found.ci)
    if np.isnan(low):
        return "unknown"
    return f"{times * found.estimate:+.2f} ({low:+.2f} to {high:+.2f})"


def _groups(story: Story, tongue: Tongue) -> list[Plain]:
    """Return what is seen in groups, each with a cell for a table."""
    times = words.HUNDRED if tongue.shares else 1
    found = grouped(list(story.groups), story.by)
    for one, plain in zip(story.groups, found, strict=True):
        for each, cells in zip(one.groups, plain["groups"], strict=True):
            cells["effect"] = _shown(each.told, times)
    return found
