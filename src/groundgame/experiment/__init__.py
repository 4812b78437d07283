"""From a design to arms, and from outcomes to effects with their intervals."""

from groundgame.experiment.balance import Balance, balance
from groundgame.experiment.columns import cells, numbers
from groundgame.experiment.draw import Draw, assign
from groundgame.experiment.effects import Arm, Effects, Told, Wish, estimate
from groundgame.experiment.fit import How
from groundgame.experiment.groups import Group, Groups, groups
from groundgame.experiment.level import hold_level
from groundgame.experiment.power import Seen, Work, designs, power, simulated
from groundgame.experiment.redraw import Redraw
from groundgame.experiment.registration import Registration, register
from groundgame.experiment.told import grouped, told
from groundgame.experiment.trial import Question, Trial, gather, totals

__all__ = [
    "Arm",
    "Balance",
    "Draw",
    "Effects",
    "Group",
    "Groups",
    "How",
    "Question",
    "Redraw",
    "Registration",
    "Seen",
    "Told",
    "Trial",
    "Wish",
    "Work",
    "assign",
    "balance",
    "cells",
    "designs",
    "estimate",
    "gather",
    "grouped",
    "groups",
    "hold_level",
    "numbers",
    "power",
    "register",
    "simulated",
    "told",
    "totals",
]
