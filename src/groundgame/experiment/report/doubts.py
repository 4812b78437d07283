"""What could be wrong: all that a reader has to know before believing a number.

A doubt is said when the data show it, and in words that whoever reads it out
understands. That a rating before and after says nothing by itself is said whenever
somebody asks for it, whatever the data show.
"""

from groundgame.experiment.effects import FEW, SELDOM, WEAK, Arm, Effects
from groundgame.experiment.report.words import Tongue
from groundgame.experiment.trial import Trial

REGRESSION = (
    "A rating before and after, without anybody who was left alone, says nothing of "
    "what a conversation did: whoever was low on one day is nearer to the middle on "
    "the next, by itself (regression to the mean), and people answer kindly when they "
    "are asked again by the same person. Only the difference between arms counts."
)
MANY_LOST = 0.05
"""Share of outcomes that are missing from which on it is said with bounds."""


def doubts(
    trial: Trial, effects: Effects, tongue: Tongue, *, registered: bool
) -> list[str]:
    """Return what could be wrong, the worst first."""
    said = [] if registered else [_unregistered()]
    said += _contaminated(trial)
    for arm in effects.arms:
        said += _lost(effects, arm, tongue)
        said += _weak(arm)
    if effects.clusters and effects.clusters < FEW:
        said.append(
            f"Only {effects.clusters} clusters were drawn. With so few the interval "
            f"leans on luck; believe the p-value of drawing again more than it."
        )
    if len(effects.arms) > 1:
        said.append(
            f"{len(effects.arms)} arms were compared with {effects.control.arm}. Who "
            f"looks at several will see one of them do well by luck: p-values beside "
            f"are corrected for that (Holm), and so are the wider intervals."
        )
    return said


def _unregistered() -> str:
    """Say that nobody can know what was planned."""
    return (
        "No design is given that was fixed before the first knock. Nobody can tell "
        "whether this outcome, these people and this comparison were chosen before "
        "they were seen."
    )


def _contaminated(trial: Trial) -> list[str]:
    """Say how many of the control were contacted anyway."""
    if trial.contacted is None:
        return []
    control = trial.arm == 0
    leaked = int(trial.contacted[control].sum())
    if not leaked:
        return []
    said = (
        f"{leaked:,} of {int(control.sum()):,} in {trial.arms[0]} were contacted "
        f"anyway. They stay in their arm; the effect of being assigned is smaller for "
        f"it than it would have been."
    )
    return [said]


def _lost(effects: Effects, arm: Arm, tongue: Tongue) -> list[str]:
    """Say what is hidden by outcomes that are missing."""
    control = effects.control
    rates = [one.missing / max(one.n + one.missing, 1) for one in (arm, control)]
    uneven = arm.attrition is not None and arm.attrition.p < SELDOM
    if not uneven and max(rates) < MANY_LOST:
        return []
    said = (
        f"Outcomes are missing of {rates[0]:.0%} in {arm.arm} and {rates[1]:.0%} in "
        f"{control.arm}"
    )
    if uneven:
        said += ", which is more unlike than luck would make them"
    if arm.bounds is not None:
        low, high = arm.bounds.worst
        said += f"; at worst the truth is anything {tongue.effect(low, high)}"
    return [f"{said}."]


def _weak(arm: Arm) -> list[str]:
    """Say that hardly anybody was reached."""
    if arm.cace is None or arm.cace.first_stage >= WEAK:
        return []
    said = (
        f"Hardly anybody was reached because of {arm.arm}: the effect on those reached "
        f"is little more than a guess."
    )
    return [said]
