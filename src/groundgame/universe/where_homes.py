"""Conditions on the others behind a door, or in a building."""

import numpy as np

from groundgame.universe.about_households import AtHome, BuildingOf
from groundgame.universe.asking import Asking, predicate, wanted


@predicate.register
def _(rule: AtHome, asking: Asking) -> str:
    building_of = asking.electorate.building_of
    homes = asking.doors_where(wanted(rule.rules[0], asking))
    many = len(building_of)
    if rule.home == "building":
        homes, many = building_of.take(homes), int(building_of.max(initial=0)) + 1
    if rule.least == 1 and rule.most is None:
        fitting = np.zeros(many, np.bool_)
        fitting[homes] = True
    else:
        counts = np.bincount(homes, minlength=many)
        fitting = counts >= rule.least
        if rule.most is not None:
            fitting &= counts <= rule.most
    fitting[0] = False  # who has no door lives in no household
    return asking.mark(fitting, "door_no" if rule.home == "door" else "building_no")


@predicate.register
def _(rule: BuildingOf, asking: Asking) -> str:  # noqa: ARG001  # for all kinds
    most = "" if rule.most is None else f" and building_doors <= {rule.most:d}"
    return f"(building_no > 0 and building_doors >= {rule.least:d}{most})"
