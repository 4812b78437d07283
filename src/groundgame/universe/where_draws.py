"""Conditions of chance: a throw for each id and seed, whatever else is asked."""

from typing import Any

import numpy as np
import numpy.typing as npt

from groundgame.universe.about_draws import Draw
from groundgame.universe.about_lists import RandomShare
from groundgame.universe.asking import Asking, Flags, predicate, wanted
from groundgame.universe.electorate import Electorate
from groundgame.values import Share

Places = npt.NDArray[np.int64]


@predicate.register
def _(rule: RandomShare, asking: Asking) -> str:
    drawn = asking.electorate.drawn(rule.unit, rule.seed, rule.share)
    return asking.mark(drawn, "row" if rule.unit == "people" else "door_no")


@predicate.register
def _(rule: Draw, asking: Asking) -> str:
    if not rule.rules:
        raise ValueError("a draw must say among whom")
    return drawn(rule, wanted(rule.rules[0], asking), asking)


def drawn(rule: Draw, among: str, asking: Asking) -> str:
    """Return the condition to be drawn among those who meet a condition."""
    electorate = asking.electorate
    flags = asking.rows_where(among)
    rows = np.flatnonzero(flags)
    strata = _strata(rule.each, electorate)[rows]
    if rule.unit == "doors":
        one = _one_a_door(electorate.numbers("door_no")[rows], strata)
        rows, strata = rows[one], strata[one]
    dice = electorate.dice(rule.unit, rule.seed)[rows]
    chosen = rows[_lowest(dice, strata, rule.size)]
    lucky = np.zeros(len(flags), dtype=np.bool_)
    lucky[chosen] = True
    if rule.unit == "doors":
        homes = electorate.numbers("door_no")
        doors = np.zeros(int(homes.max(initial=0)) + 1, dtype=np.bool_)
        doors[homes[chosen]] = True
        lucky = doors[homes] & flags
    return asking.mark(lucky)


def _strata(each: str | None, electorate: Electorate) -> Places:
    """Return the stratum of each row: its word's place by letter, missing first."""
    if each is None:
        return np.zeros(electorate.people, dtype=np.int64)
    words = electorate.words(each)
    place = np.zeros(len(words) + 1, dtype=np.int64)
    for rank, word in enumerate(sorted(words), 1):
        place[words[word]] = rank
    strata: Places = place[electorate.numbers(each)]
    return strata


def _one_a_door(homes: npt.NDArray[Any], strata: Places) -> Places:
    """Return one of these for each door, in its lowest stratum; none for no door."""
    order = np.lexsort((strata, homes))
    ranked = homes[order]
    first = np.flatnonzero(np.diff(ranked, prepend=0))
    one: Places = order[first]
    return one


def _lowest(dice: npt.NDArray[np.uint64], strata: Places, size: int | Share) -> Flags:
    """Say of each throw whether it is among the lowest of its stratum."""
    order = np.lexsort((dice, strata))
    ranked = strata[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=ranked[:1] - 1))
    many = np.diff(np.append(starts, len(ranked)))
    wanted_of = (
        np.floor(many * size.of_one + 0.5)
        if isinstance(size, Share)
        else np.full(len(many), size)
    )
    place = np.arange(len(ranked)) - np.repeat(starts, many)
    chosen = np.zeros(len(dice), dtype=np.bool_)
    chosen[order] = place < np.repeat(wanted_of, many)
    return chosen
