"""Conditions on the others behind a door, or in a building."""

import numpy as np

from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.asking import Asking, predicate, wanted

_NUMBER = {"door": "door_no", "building": "building_no"}


@predicate.register
def _(rule: AtHome, asking: Asking) -> str:
    homes = asking.electorate.numbers(_NUMBER[rule.home])
    those = asking.rows_where(wanted(rule.rules[0], asking))
    last = int(homes.max(initial=0))
    counts = np.bincount(homes[those], minlength=last + 1)
    fitting = counts >= rule.least
    if rule.most is not None:
        fitting &= counts <= rule.most
    fitting[0] = False  # who has no door lives in no household
    return asking.mark(fitting[homes])


@predicate.register
def _(rule: BuildingOf, asking: Asking) -> str:  # noqa: ARG001  # for all kinds
    most = "" if rule.most is None else f" and building_doors <= {rule.most:d}"
    return f"(building_no > 0 and building_doors >= {rule.least:d}{most})"
