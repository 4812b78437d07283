"""Conditions on what is given beside the file: lists, scores, snapshots, universes."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import NoSuchList, NoSuchScore, NotGiven, UnknownSnapshot
from groundgame.tables import SCORES
from groundgame.universe.about_given import InUniverse, Scored, Since
from groundgame.universe.about_lists import OnList
from groundgame.universe.asking import Asking, Flags, predicate, wanted
from groundgame.universe.electorate import Electorate
from groundgame.universe.given import RowScores


@predicate.register
def _(rule: OnList, asking: Asking) -> str:
    known = asking.given.lists
    if rule.name not in known:
        raise NoSuchList(rule.name, tuple(sorted(known)))
    return asking.mark(asking.electorate.on(known[rule.name]))


@predicate.register
def _(rule: InUniverse, asking: Asking) -> str:
    with asking.universe(rule.name) as saved:
        return wanted(saved, asking)


@predicate.register
def _(rule: Scored, asking: Asking) -> str:
    values = _scores(rule.name, asking)
    fitting = np.isfinite(values)
    if rule.span is not None and rule.span.low is not None:
        low = rule.span.low
        fitting &= values > low if rule.span.open else values >= low
    if rule.span is not None and rule.span.high is not None:
        high = rule.span.high
        fitting &= values < high if rule.span.open else values <= high
    return asking.mark(fitting)


def _scores(name: str, asking: Asking) -> RowScores:
    """Return a score of each row, not a number where there is none.

    Raises:
        NotGiven: There are no scores at all.
        NoSuchScore: There is none of that name.
    """
    given = asking.given.scores
    if given is None:
        raise NotGiven("scores")
    if isinstance(given, pa.Table):
        table = SCORES.conform(given)
        names = tuple(sorted(map(str, pc.unique(table["score"]).to_pylist())))
        mine = table.filter(word_is(pc.utf8_lower(table["score"]), name.lower()))
        given = lay_scores(asking.electorate, mine)
    else:
        names = tuple(sorted(given))
    found = [laid for each, laid in given.items() if each.lower() == name.lower()]
    if not found:
        raise NoSuchScore(name, names)
    values = found[0]
    if len(values) != asking.electorate.people:
        raise ValueError("these scores are laid beside the rows of another snapshot")
    return values


def lay_scores(electorate: Electorate, scores: pa.Table) -> dict[str, RowScores]:
    """Return SCORES by name, laid beside the rows of an electorate.

    Of names that differ in capital letters only, the first counts.

    Raises:
        WrongTable: They are not shaped as SCORES.
    """
    table = SCORES.conform(scores)
    named: dict[str, RowScores] = {}
    for name in sorted(map(str, pc.unique(table["score"]).to_pylist())):
        if name.lower() in map(str.lower, named):
            continue
        mine = table.filter(word_is(pc.utf8_lower(table["score"]), name.lower()))
        rows = electorate.rows_of(mine["person_id"])
        values = np.full(electorate.people, np.nan)
        there = rows >= 0
        values[rows[there]] = mine["value"].to_numpy()[there]
        named[name] = values
    return named


def word_is(column: Any, word: str) -> Any:
    """Return where a column holds a word."""
    return pc.equal(column, pa.scalar(word))


def people(ids: Any, asking: Asking) -> Flags:
    """Say of each row whether it is one of these people."""
    flags = np.zeros(asking.electorate.people, dtype=np.bool_)
    rows = asking.electorate.rows_of(ids)
    flags[rows[rows >= 0]] = True
    return flags


@predicate.register
def _(rule: Since, asking: Asking) -> str:
    known = asking.given.earlier
    if rule.snapshot not in known:
        raise UnknownSnapshot(rule.snapshot, tuple(sorted(known)))
    then = known[rule.snapshot]
    rows = asking.electorate.rows_of(then["person_id"])
    there = rows >= 0
    flags = np.zeros(asking.electorate.people, dtype=np.bool_)
    if rule.change == "new":
        flags[rows[there]] = True
        return asking.mark(~flags)
    changed = {"moved": _moved, "changed_party": _party}[rule.change]
    before = then.filter(pa.array(there))
    now = rows[there]
    flags[now[changed(before, now, asking)]] = True
    return asking.mark(flags)


def _moved(then: pa.Table, rows: npt.NDArray[np.int64], asking: Asking) -> Flags:
    """Say of each of these rows whether it was behind another door then."""
    doors: Any = pc.fill_null(then["door_id"], pa.scalar(""))
    before = asking.electorate.door_nos_of(doors)
    had_one = pc.is_valid(then["door_id"]).to_numpy()
    now = asking.electorate.numbers("door_no")[rows]
    moved: Flags = had_one & (now > 0) & (before != now)
    return moved


def _party(then: pa.Table, rows: npt.NDArray[np.int64], asking: Asking) -> Flags:
    """Say of each of these rows whether it was of another party then."""
    words = asking.electorate.words("party")
    told: Any = pc.utf8_lower(then["party"]).combine_chunks().dictionary_encode()
    codes = [words.get(word, -1) for word in told.dictionary.to_pylist()]
    index = pc.fill_null(told.indices, len(codes)).to_numpy(zero_copy_only=False)
    before = np.array([*codes, 0], dtype=np.int64)[index]
    changed: Flags = before != asking.electorate.numbers("party")[rows]
    return changed
