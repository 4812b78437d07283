"""Conditions on what conversations came to.

An attempt at a door, at nobody in particular, is one at everybody behind it now.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import NotGiven
from groundgame.tables import ANSWERS, ATTEMPTS
from groundgame.tables import ask as ask_tables
from groundgame.universe.about_days import LastTried
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.asking import Asking, Flags, predicate
from groundgame.universe.electorate import Electorate
from groundgame.universe.where_given import people, word_is

_NO_DAY = np.datetime64("0001-01-01", "D")
_BY = """
    select {id} as id, sum(attempts)::bigint as attempts, max(position) as position,
        max(last_day) as last_day, arg_max(last_result, position) as last_result
    from attempts where {where} group by {id}
"""


_SEVERAL = r"^[a-z0-9_]+(?:,[a-z0-9_]+)+$"
"""An answer of several responses: their ids, with commas between."""


def _among(answers: "pa.Array[Any]", named: "pa.Array[Any]") -> "pa.Array[Any]":
    """Return which answers are one of those named, or several with one among them."""
    several = pc.match_substring_regex(answers, _SEVERAL)
    apart = pc.split_pattern(pc.if_else(several, answers, ""), ",")
    hits = pc.is_in(apart.values, value_set=named).to_numpy(zero_copy_only=False)
    counted = np.concatenate(([0], np.cumsum(hits)))
    ends = apart.offsets.to_numpy()
    inside = pa.array(counted[ends[1:]] > counted[ends[:-1]])
    found: pa.Array[Any] = pc.and_(several, inside)
    return pc.or_(pc.is_in(answers, value_set=named), found)  # type: ignore[no-any-return]  # the stubs say Any


@dataclass(frozen=True, slots=True)
class _Tries:
    """Of each row that was tried: how often, when last, and with which result.

    `result` is a place in `results`; the last of them stands for no attempt. All other
    rows were never tried.
    """

    rows: npt.NDArray[np.int64]
    attempts: npt.NDArray[np.int64]
    last_day: npt.NDArray[np.datetime64]
    result: npt.NDArray[np.int64]
    results: list[str]

    def mark(self, fitting: Flags, asking: Asking, *, others: bool = False) -> str:
        """Return the condition to be one of those that fit, or of the others."""
        if not len(self.rows):
            return "true" if others else "false"
        flags = np.full(asking.electorate.people, others)
        flags[self.rows] = fitting
        return asking.mark(flags)


@predicate.register
def _(rule: Answered, asking: Asking) -> str:
    if asking.given.answers is None:
        raise NotGiven("answers")
    answers = ANSWERS.conform(asking.given.answers)
    fitting = word_is(pc.utf8_lower(answers["question"]), rule.question.lower())
    if rule.answers:
        named = pa.array([one.lower() for one in rule.answers])
        told = pc.utf8_lower(answers["answer"]).combine_chunks()
        fitting = pc.and_(fitting, _among(told, named))
    return asking.mark(people(answers["person_id"].filter(fitting), asking))


@predicate.register
def _(rule: Tried, asking: Asking) -> str:
    tries = _tries(asking)
    fitting = tries.attempts >= rule.least
    if rule.most is not None:
        fitting &= tries.attempts <= rule.most
    return tries.mark(fitting, asking, others=rule.least <= 0)


@predicate.register
def _(rule: LastTried, asking: Asking) -> str:
    tries = _tries(asking)
    last = tries.last_day
    fitting = last > _NO_DAY
    if rule.since is not None:
        fitting &= last >= np.datetime64(rule.since, "D")
    if rule.before is not None:
        fitting &= last < np.datetime64(rule.before, "D")
    return tries.mark(fitting, asking)


@predicate.register
def _(rule: LastResult, asking: Asking) -> str:
    tries = _tries(asking)
    wanted = {_code(one) for one in rule.results}
    fitting = np.array([_code(one) in wanted for one in tries.results] + [False])
    return tries.mark(fitting[tries.result], asking)


def _code(result: str) -> str:
    """Return a result as its code is written: 'Not Home' is not_home."""
    return "_".join(result.lower().replace("_", " ").split())


def _tries(asking: Asking) -> _Tries:
    """Return what was tried of each row: the person's attempts, and their door's."""
    if asking.given.attempts is None:
        raise NotGiven("attempts")
    given = ATTEMPTS.conform(asking.given.attempts)
    if not given.num_rows:  # nobody has knocked yet
        nothing = np.zeros(0, np.int64)
        return _Tries(nothing, nothing, nothing.astype("datetime64[D]"), nothing, [])
    electorate = asking.electorate
    of_people = _by("person_id", "person_id is not null", given)
    of_doors = _by("door_id", "person_id is null", given)
    results = list(map(str, pc.unique(given["last_result"]).to_pylist()))
    own_rows = electorate.rows_of(of_people["id"])
    doors = electorate.door_nos_of(of_doors["id"])
    rows = _touched(own_rows, doors, electorate)
    own = [column[:-1] for column in _spread(of_people, own_rows, rows, results)]
    once = np.unique(doors[doors > 0])
    at_door = _spread(of_doors, np.where(doors > 0, doors, -1), once, results)
    homes = electorate.door_no[rows]
    place = np.searchsorted(once, homes)
    place[np.append(once, 0)[place] != homes] = len(once)  # theirs was never tried
    theirs = [column[place] for column in at_door]
    later = theirs[1] > own[1]
    return _Tries(
        rows=rows,
        attempts=own[0] + theirs[0],
        last_day=np.maximum(own[2], theirs[2]).astype("datetime64[D]"),
        result=np.where(later, theirs[3], own[3]),
        results=results,
    )


def _by(column: str, where: str, attempts: pa.Table) -> pa.Table:
    """Return attempts added up by person, or by door; no word of it is a user's."""
    return ask_tables(_BY.format(id=column, where=where), {"attempts": attempts})


def _touched(
    own: npt.NDArray[np.int64], doors: npt.NDArray[np.int64], electorate: Electorate
) -> npt.NDArray[np.int64]:
    """Return the rows that were tried, themselves or by their door, in their order."""
    tried = np.zeros(electorate.people, np.bool_)
    if (doors > 0).any():
        flags = np.zeros(electorate.doors.num_rows + 1, np.bool_)
        flags[doors] = True
        flags[0] = False
        tried = electorate.at_doors(flags)
    tried[own[own >= 0]] = True
    return np.flatnonzero(tried)


def _spread(
    told: pa.Table,
    told_of: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    results: list[str],
) -> list[npt.NDArray[np.int64]]:
    """Return attempts, position, last day and result, laid out over places in order.

    A place more, the last, is what was never tried.
    """
    there = told_of >= 0
    at = np.searchsorted(places, told_of[there])
    codes = pc.index_in(told["last_result"], value_set=pa.array(results, pa.string()))
    days = told["last_day"].cast(pa.date32()).cast(pa.int32())
    nothing = int(_NO_DAY.astype(np.int64))
    found = []
    for column, without in (
        (told["attempts"], 0),
        (told["position"], -1),
        (days, nothing),
        (codes, len(results)),
    ):
        laid = np.full(len(places) + 1, without, dtype=np.int64)
        cells: Any = column
        laid[at] = pc.fill_null(cells, without).to_numpy()[there]
        found.append(laid)
    return found
