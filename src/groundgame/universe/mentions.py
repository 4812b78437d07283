"""What a rule speaks of, saved universes looked into.

So that whoever asks fetches what the rule needs, and nothing else: to read a log of a
hundred thousand conversations for `party = DEM` would be a waste.
"""

from collections.abc import Iterator, Mapping

from groundgame.universe.about_days import LastTried
from groundgame.universe.about_given import InUniverse, Scored, Since
from groundgame.universe.about_lists import OnList
from groundgame.universe.about_places import InArea
from groundgame.universe.about_results import Answered, LastResult, Tried
from groundgame.universe.rule import Rule

_LOG = (Answered, LastResult, LastTried, Tried)


def every(rule: Rule, universes: Mapping[str, Rule]) -> Iterator[Rule]:
    """Give a rule, all rules inside it, and all inside the universes it names."""
    seen: set[str] = set()
    waiting = [rule]
    while waiting:
        for one in waiting.pop().walk():
            yield one
            if isinstance(one, InUniverse) and one.name not in seen:
                seen.add(one.name)
                if one.name in universes:
                    waiting.append(universes[one.name])


def asks_the_log(rule: Rule, universes: Mapping[str, Rule]) -> bool:
    """Return whether a rule speaks of conversations: attempts, results or answers."""
    return any(isinstance(one, _LOG) for one in every(rule, universes))


def asks_for_scores(rule: Rule, universes: Mapping[str, Rule]) -> bool:
    """Return whether a rule speaks of scores."""
    return any(isinstance(one, Scored) for one in every(rule, universes))


def asks_beside_the_file(rule: Rule, universes: Mapping[str, Rule]) -> bool:
    """Return whether the answer may change while the file stays as it is."""
    beside = (*_LOG, InArea, InUniverse, OnList, Scored, Since)
    return any(isinstance(one, beside) for one in every(rule, universes))
