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
    if asking.given.scores is None:
        raise NotGiven("scores")
    scores = SCORES.conform(asking.given.scores)
    named = scores.filter(word_is(pc.utf8_lower(scores["score"]), rule.name.lower()))
    if not named.num_rows:
        named_so = map(str, pc.unique(scores["score"]).to_pylist())
        raise NoSuchScore(rule.name, tuple(sorted(named_so)))
    values = named["value"].to_numpy()
    fitting = np.isfinite(values)
    if rule.span is not None and rule.span.low is not None:
        low = rule.span.low
        fitting &= values > low if rule.span.open else values >= low
    if rule.span is not None and rule.span.high is not None:
        high = rule.span.high
        fitting &= values < high if rule.span.open else values <= high
    return asking.mark(people(named["person_id"].filter(pa.array(fitting)), asking))


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
