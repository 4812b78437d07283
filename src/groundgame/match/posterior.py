"""From weights to probabilities: who of several, or nobody.

A weight says how much likelier a pair's agreement is for one person than for strangers.
A row, however, means one of its candidates or nobody at all, and somebody who is not in
the file may live with somebody who is. So, for each row, three kinds of explanation
compete and their probabilities add up to one:

    it means candidate c              share / people                x 2^weight(c)
    it means somebody of c's          (1 - share) mates / people    x 2^house(c)
      household, not in the file
    it means a stranger               1 - share

`share` is the share of rows that mean somebody in the file, `mates` how many people of
the file the household of a row has. Neither is told: each is the mean of what follows
from it, found by going round until both stand; a short list keeps near the guess. Two
candidates who fit equally well get a half each at most, so neither is linked.
"""

from math import log2

import polars as pl

MATES = 0.5  # other registered people in a household, as long as nothing is known
_GUESSED = 20  # so many invented rows stand behind that guess
_ROUNDS = 100
_STANDS = 1e-7
NEGLIGIBLE = 14  # bits below even odds at which a pair is not kept: one in 16,000


def worth_keeping(people: int) -> pl.Expr:
    """Return which pairs could matter to anybody's probability."""
    least = log2(max(people, 1)) - NEGLIGIBLE
    return (pl.col("weight") > least) | (pl.col("house") > least)


def of_rows(pairs: pl.DataFrame, people: int, rows: int) -> pl.DataFrame:
    """Return the pairs with a probability; those of one row add up to at most 1.

    Args:
        pairs: l, r, weight, house.
        people: How many people were searched.
        rows: How many rows the list has.
    """
    one = pairs.select(
        "l",
        same=2.0 ** pl.col("weight") / people,
        house=2.0 ** pl.col("house") / people,
    )
    share, mates = 0.5, MATES

    def probability(share: float, mates: float) -> pl.Series:
        same, house = share * pl.col("same"), (1 - share) * mates * pl.col("house")
        every = (same + house).sum().over("l") + (1 - share)
        return one.select(probability=same / every)["probability"]

    for _ in range(_ROUNDS):
        before = (share, mates)
        alone = share * pl.col("same"), mates * pl.col("house")
        mates = _mates(one.select(alone[1] / (1 + alone[0] + alone[1])), rows)
        share = _share(probability(share, mates), rows)
        if max(abs(share - before[0]), abs(mates - before[1])) < _STANDS:
            break
    return pairs.with_columns(probability(share, mates).round(6).alias("probability"))


def of_pairs(pairs: pl.DataFrame, rows: int) -> pl.DataFrame:
    """Return pairs of rows of one list with the probability that they are one person.

    A row may have several repeats, so each pair stands for itself.
    """
    one = pairs.select(
        same=2.0 ** pl.col("weight") / rows, house=2.0 ** pl.col("house") / rows
    )
    share, mates = 0.1, MATES
    found = one
    for _ in range(_ROUNDS):
        before = (share, mates)
        same, house = share * pl.col("same"), mates * pl.col("house")
        found = one.select(
            same=same / (1 + same + house), house=house / (1 + same + house)
        )
        share = 2 * _share(found["same"], rows)
        mates = 2 * _mates(found.select("house"), rows)
        if max(abs(share - before[0]), abs(mates - before[1])) < _STANDS:
            break
    return pairs.with_columns(found["same"].round(6).alias("probability"))


def _share(probabilities: pl.Series, rows: int) -> float:
    """Return the mean of the rows, drawn a little towards a half."""
    return (1 + float(probabilities.sum())) / (2 + rows)


def _mates(house: pl.DataFrame, rows: int) -> float:
    """Return how many mates a row has, drawn a little towards the guess."""
    total = float(house.to_series().sum())
    return (total + MATES * _GUESSED) / (rows + _GUESSED)
