"""Effects as words and as plain values: what the command prints and programs read."""

import math
from typing import Any

from groundgame.experiment.effects import SELDOM, Arm, Effects, Told
from groundgame.experiment.groups import Groups
from groundgame.experiment.trial import Question

Plain = dict[str, Any]


def told(found: Effects, asked: Question) -> Plain:
    """Return all of it as numbers, lists and words; what is not known is None."""
    return {
        "outcome": asked.outcome,
        "estimator": found.estimator,
        "errors": found.errors,
        "n": found.n,
        "clusters": found.clusters or None,
        "blocks": found.blocks or None,
        "control": _counts(found.control),
        "arms": [_arm(one) for one in found.arms],
        "notes": list(found.notes),
        "sentences": [sentence(one, found, asked) for one in found.arms],
    }


def grouped(found: list[Groups], by: str) -> list[Plain]:
    """Return effects in groups; each arm's sentence comes before its numbers."""
    return [
        {
            "arm": one.arm,
            "by": by,
            "p_differ": _known(one.p),
            "says": differing(one, by),
            "left_out": one.left_out,
            "groups": [
                {"group": each.group, "n": each.n} | _told(each.told)
                for each in one.groups
            ],
        }
        for one in found
    ]


def differing(one: Groups, by: str) -> str:
    """Say whether groups differ more than luck makes them."""
    if math.isnan(one.p):
        return f"{one.arm}: too few groups of {by} are large enough to compare."
    if one.p >= SELDOM:
        return (
            f"{one.arm}: effects by {by} differ no more than luck makes them "
            f"(p = {one.p:.2f}). Do not pick out the best group."
        )
    return (
        f"{one.arm}: effects differ by {by} more than luck makes them "
        f"(p = {one.p:.3f}). Who looks at several columns finds one such in twenty: "
        f"believe it when another experiment shows it."
    )


def sentence(arm: Arm, found: Effects, asked: Question) -> str:
    """Say what an arm did, as somebody would read it out."""
    low, high = arm.told.ci
    if math.isnan(low):
        return f"{arm.arm}: too few were measured to say anything."
    shown = (
        f"{arm.arm}: {asked.outcome} was {_by(arm.told.estimate)} than in "
        f"{found.control.arm} ({_plain(found.control.mean)}); "
        f"the truth is likely between {low:+.3g} and {high:+.3g} (95 %)."
    )
    if low <= 0 <= high:
        return f"{shown} So there may be no effect at all."
    return shown


def _by(value: float) -> str:
    """Say higher or lower, and by how much."""
    return f"{abs(value):.3g} {'higher' if value >= 0 else 'lower'}"


def _plain(value: float) -> str:
    """Return a mean to three figures."""
    return f"{value:.3g}"


def _counts(arm: Arm) -> Plain:
    """Return who was in an arm."""
    return {
        "arm": arm.arm,
        "n": arm.n,
        "clusters": arm.clusters or None,
        "missing": arm.missing,
        "mean": _known(arm.mean),
    }


def _told(one: Told) -> Plain:
    """Return an estimate; what has no error has None for it."""
    return {
        "estimate": _known(one.estimate),
        "std_error": _known(one.std_error),
        "df": _known(one.df),
        "ci": None if math.isnan(one.ci[0]) else list(one.ci),
        "p": _known(one.p),
    }


def _known(value: float) -> float | None:
    """Return a number, or None where there is none that JSON could hold."""
    return value if math.isfinite(value) else None


def _arm(arm: Arm) -> Plain:
    """Return what is said of an arm."""
    said = _counts(arm) | _told(arm.told) | {"p_holm": _known(arm.p_holm)}
    if arm.ci_together:
        said["ci_together"] = list(arm.ci_together)
    if arm.cace:
        said["cace"] = _told(arm.cace.told) | {
            "contact": _told(arm.cace.contact),
            "first_stage_f": _known(arm.cace.first_stage),
            "errors": arm.cace.errors,
        }
    if arm.placebo:
        said["placebo"] = _told(arm.placebo)
    if arm.redrawn:
        said["redrawn"] = {
            "statistic": _known(arm.redrawn.statistic),
            "p": arm.redrawn.p,
            "ci": arm.redrawn.ci and list(arm.redrawn.ci),
            "draws": arm.redrawn.draws,
            "seed": arm.redrawn.seed,
        }
    if arm.always:
        said["always_valid_ci"] = list(arm.always)
    if arm.bounds:
        said["bounds"] = {
            "worst": list(arm.bounds.worst),
            "trimmed": list(arm.bounds.trimmed),
        }
    if arm.attrition:
        said["attrition"] = _told(arm.attrition)
    return said
