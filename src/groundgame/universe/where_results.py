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
from groundgame.universe.asking import Asking, predicate
from groundgame.universe.where_given import people, word_is

_NO_DAY = np.datetime64("0001-01-01", "D")
_BY = """
    select {id} as id, sum(attempts)::bigint as attempts, max(position) as position,
        max(last_day) as last_day, arg_max(last_result, position) as last_result
    from attempts where {where} group by {id}
"""


@dataclass(frozen=True, slots=True)
class _Tries:
    """Of each row: how often somebody was tried, when last, and with which result.

    `result` is a place in `results`; the last of them stands for no attempt.
    """

    attempts: npt.NDArray[np.int64]
    last_day: npt.NDArray[np.datetime64]
    result: npt.NDArray[np.int64]
    results: list[str]


@predicate.register
def _(rule: Answered, asking: Asking) -> str:
    if asking.given.answers is None:
        raise NotGiven("answers")
    answers = ANSWERS.conform(asking.given.answers)
    fitting = word_is(pc.utf8_lower(answers["question"]), rule.question.lower())
    if rule.answers:
        named = pa.array([one.lower() for one in rule.answers])
        said = pc.is_in(pc.utf8_lower(answers["answer"]), value_set=named)
        fitting = pc.and_(fitting, said)
    return asking.mark(people(answers["person_id"].filter(fitting), asking))


@predicate.register
def _(rule: Tried, asking: Asking) -> str:
    tried = _tries(asking).attempts
    fitting = tried >= rule.least
    if rule.most is not None:
        fitting &= tried <= rule.most
    return asking.mark(fitting)


@predicate.register
def _(rule: LastTried, asking: Asking) -> str:
    last = _tries(asking).last_day
    fitting = last > _NO_DAY
    if rule.since is not None:
        fitting &= last >= np.datetime64(rule.since, "D")
    if rule.before is not None:
        fitting &= last < np.datetime64(rule.before, "D")
    return asking.mark(fitting)


@predicate.register
def _(rule: LastResult, asking: Asking) -> str:
    tries = _tries(asking)
    wanted = {_code(one) for one in rule.results}
    fitting = np.array([_code(one) in wanted for one in tries.results] + [False])
    return asking.mark(fitting[tries.result])


def _code(result: str) -> str:
    """Return a result as its code is written: 'Not Home' is not_home."""
    return "_".join(result.lower().replace("_", " ").split())


def _tries(asking: Asking) -> _Tries:
    """Return what was tried of each row: the person's attempts, and their door's."""
    if asking.given.attempts is None:
        raise NotGiven("attempts")
    given = ATTEMPTS.conform(asking.given.attempts)
    electorate = asking.electorate
    of_people = _by("person_id", "person_id is not null", given)
    of_doors = _by("door_id", "person_id is null", given)
    results = list(map(str, pc.unique(given["last_result"]).to_pylist()))
    homes = electorate.numbers("door_no")
    own = _spread(
        of_people, electorate.rows_of(of_people["id"]), electorate.people, results
    )
    doors = electorate.door_nos_of(of_doors["id"])
    many = electorate.doors.num_rows + 1
    at_door = _spread(of_doors, np.where(doors > 0, doors, -1), many, results)
    theirs = [column[homes] for column in at_door]
    later = theirs[1] > own[1]
    return _Tries(
        attempts=own[0] + theirs[0],
        last_day=np.maximum(own[2], theirs[2]).astype("datetime64[D]"),
        result=np.where(later, theirs[3], own[3]),
        results=results,
    )


def _by(column: str, where: str, attempts: pa.Table) -> pa.Table:
    """Return attempts added up by person, or by door; no word of it is a user's."""
    return ask_tables(_BY.format(id=column, where=where), {"attempts": attempts})


def _spread(
    told: pa.Table, rows: npt.NDArray[np.int64], size: int, results: list[str]
) -> list[npt.NDArray[np.int64]]:
    """Return attempts, position, last day and result, each laid out over all rows."""
    there = rows >= 0
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
        laid = np.full(size, without, dtype=np.int64)
        cells: Any = column
        laid[rows[there]] = pc.fill_null(cells, without).to_numpy()[there]
        found.append(laid)
    return found
