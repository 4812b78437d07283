"""Conditions on vote history, as bits of the electorate."""

from groundgame.universe.about_votes import How, VotedIn, VotedOfLast, VotedTimes
from groundgame.universe.asking import Asking, predicate
from groundgame.universe.elections import Election
from groundgame.universe.electorate import BITS


@predicate.register
def _(rule: VotedIn, asking: Asking) -> str:
    elections = asking.electorate.elections.meant(rule, asking.as_of)
    return _voted(elections, rule.how, 1, len(elections), asking)


@predicate.register
def _(rule: VotedOfLast, asking: Asking) -> str:
    elections = asking.electorate.elections.meant(rule, asking.as_of)
    return _voted(elections, rule.how, rule.least, rule.most, asking)


@predicate.register
def _(rule: VotedTimes, asking: Asking) -> str:
    elections = asking.electorate.elections.meant(rule, asking.as_of)
    most = len(elections) if rule.most is None else rule.most
    return _voted(elections, rule.how, rule.least, most, asking)


def _voted(
    elections: tuple[Election, ...], how: How, least: int, most: int, asking: Asking
) -> str:
    """Return the condition to have voted in `least` to `most` of these, and so."""
    columns = _columns(how, asking)
    masks: dict[int, int] = {}
    for one in elections if columns is not None else ():
        word, bit = divmod(one.number, BITS)
        masks[word] = masks.get(word, 0) | 1 << bit
    voted = [
        (
            " & ".join([*(column.format(word) for column in columns or ()), str(mask)]),
            mask,
        )
        for word, mask in masks.items()
    ]
    many = len(elections) if voted else 0
    if least <= 0 and most >= many:
        return "true"
    if least > many:
        return "false"
    if least == 1 and most >= many:
        return f"({' or '.join(f'({bits}) <> 0' for bits, _ in voted)})"
    if (least, most) == (0, 0):
        return f"({' and '.join(f'({bits}) = 0' for bits, _ in voted)})"
    if least == many and most >= many:
        return f"({' and '.join(f'({bits}) = {mask}' for bits, mask in voted)})"
    return _times([bits for bits, _ in voted], least, most, many)


def _times(voted: list[str], least: int, most: int, many: int) -> str:
    """Return the condition that so many of these bits are set, of `many` in all."""
    if len(voted) == 1 and (least, min(most, many)) in {(2, many), (0, 1)}:
        (bits,) = voted  # take the lowest away: is there another?
        return f"((({bits}) & (({bits}) - 1)) {'<>' if least else '='} 0)"
    times = " + ".join(f"bit_count({bits})" for bits in voted)
    return f"({times} between {least:d} and {most:d})"


def _columns(how: How, asking: Asking) -> list[str] | None:
    """Return the columns of bits to hold together, or None where nobody voted so."""
    columns = []
    if how.method is not None:
        if how.method not in asking.electorate.methods:
            return None
        columns.append(f"m{asking.electorate.methods.index(how.method)}_{{}}")
    if how.party is not None:
        if how.party.lower() not in asking.electorate.parties:
            return None
        columns.append(f"q{asking.electorate.parties.index(how.party.lower())}_{{}}")
    return columns or ["v{}"]
