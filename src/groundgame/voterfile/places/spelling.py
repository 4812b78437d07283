"""Which street is meant, where no street there is spelled so.

In:  spellings of streets in a scope (a zip code, a town), and the streets known there.
Out: for each spelling the one street that it must mean; or the two it may mean.

A street's name is taken apart: direction, core, type. A spelling may lack or mistake a
type, may lack a direction, may have one or two letters wrong in a longer core, or one
in a longer type; its
digits must be right: 217th and 218th are two streets. A mistaken type or direction only
counts where the street has a house of the very number, since there may well be an Elm
Street that is not on the list beside the Elm Avenue that is. With a number for a name
it never does: 217th Street and 217th Place lie side by side, and have the same numbers.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from groundgame.normal.abbreviations import DIRECTIONS, TYPES

LETTERS = ((4, 0), (8, 1))  # below so many letters of a core, so many may be wrong
MOST_WRONG = 2  # in longer cores
LONG_TYPE = 5  # letters of a type in which one may be wrong
MISSING, MISTAKEN = 0.5, 0.75  # of a letter: what a type or direction weighs
CLEAR = 0.25  # by how much the best must be better than the next
_NO = 99.0

_KINDS, _WINDS = sorted(set(TYPES.values())), sorted(set(DIRECTIONS.values()))
Floats = npt.NDArray[np.float64]


def corrected(wanted: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return the streets that spellings mean.

    Args:
        wanted: scope, street_key: spellings that nobody knows, each once.
        known: scope, street_key, street, street_shown: the streets there are.

    Returns:
        scope, street_key, street (null: none or not clear), sure (false: only where
        the number is there too), instead (two names, where it is not clear).
    """
    there = known.join(wanted.select("scope").unique(), on="scope", how="semi")
    asked = _apart(wanted.join(there.select("scope").unique(), on="scope", how="semi"))
    streets = _apart(there).partition_by("scope", as_dict=True)
    found = [
        _best(spellings, streets[scope])
        for scope, spellings in sorted(
            asked.partition_by("scope", as_dict=True).items()
        )
    ]
    best = pl.concat([_none(), *found])
    return _by_type(best, there)


def _by_type(best: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Return the answers, also for spellings with nothing wrong but a type's letter.

    100th Avneue is 100th Avenue, where there is one. All other words must be right.
    """
    left = best.filter(pl.all_horizontal(pl.col("street", "instead").is_null()))
    last = pl.col("street_key").str.extract(r" ([^ \d]+)$")
    kinds = _kinds_meant(left.select(last).to_series().drop_nulls().unique().sort())
    mended = (
        left.select("scope", "street_key", last=last)
        .join(kinds, on="last")
        .with_columns(
            meant=pl.col("street_key").str.replace(r"[^ ]+$", "") + pl.col("kind")
        )
        .join(
            there.select("scope", meant="street_key", by_type="street"),
            on=["scope", "meant"],
        )
        .select("scope", "street_key", "by_type")
    )
    joined = best.join(
        mended, on=["scope", "street_key"], how="left", maintain_order="left"
    )
    new = pl.col("by_type").is_not_null()
    return joined.select(
        "scope",
        "street_key",
        street=pl.coalesce("street", "by_type"),
        sure=pl.col("sure") | new,
        instead="instead",
    )


def _kinds_meant(words: pl.Series) -> pl.DataFrame:
    """Return last, kind: words that are one letter from words for one type only."""
    spelled = sorted(word for word in TYPES if len(word) >= LONG_TYPE - 1)
    asked = words.filter(words.str.len_chars() >= LONG_TYPE)
    away = cdist(asked.to_list(), spelled, scorer=OSA.distance, score_cutoff=1)
    at, near = np.nonzero(away <= 1)
    short = [TYPES[spelled[n]] for n in near]
    pairs = pl.DataFrame(
        {"last": asked.gather(at), "kind": short},
        schema={"last": pl.String, "kind": pl.String},
    ).unique()
    return pairs.filter(pl.col("last").is_unique())


def _none() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "scope": pl.String,
            "street_key": pl.String,
            "street": pl.UInt32,
            "sure": pl.Boolean,
            "instead": pl.String,
        }
    )


def _apart(streets: pl.DataFrame) -> pl.DataFrame:
    """Take names apart: lead, core, kind, tail, digits."""
    words = pl.col("street_key").str.split(" ")
    frame = streets.sort("scope", "street_key").with_columns(words=words)
    for name, known, at in (
        ("tail", _WINDS, -1),
        ("kind", _KINDS, -1),
        ("lead", _WINDS, 0),
    ):
        word, count = pl.col("words").list.get(at), pl.col("words").list.len()
        is_one = word.is_in(known) & (count > 1)
        rest = pl.col("words").list.slice(1 if at == 0 else 0, count - 1)
        frame = frame.with_columns(
            pl.when(is_one).then(word).alias(name),
            words=pl.when(is_one).then(rest).otherwise("words"),
        )
    core = pl.col("words").list.join(" ")
    figures = pl.col("words").list.join(" ").str.extract_all(r"\d+").list.join(" ")
    return frame.with_columns(core=core, digits=figures).drop("words")


def _best(spellings: pl.DataFrame, streets: pl.DataFrame) -> pl.DataFrame:
    """Return the street that each spelling of one scope means."""
    cost, sure = _costs(spellings, streets)
    best = cost.argmin(axis=1)
    rows = np.arange(len(best))
    least = cost[rows, best]
    others = cost.copy()
    others[rows, best] = _NO
    second = others.argmin(axis=1)
    found = least < _NO
    clear = found & (others[rows, second] - least >= CLEAR)
    shown = streets["street_shown"]
    return spellings.select("scope", "street_key").with_columns(
        street=pl.Series(np.where(clear, streets["street"].to_numpy()[best], 0))
        .cast(pl.UInt32)
        .set(pl.Series(~clear), None),
        sure=pl.Series(sure[rows, best]),
        instead=pl.when(pl.Series(found & ~clear)).then(
            shown[best] + " and " + shown[second]
        ),
    )


def _costs(
    spellings: pl.DataFrame, streets: pl.DataFrame
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return how far each spelling is from each street, in letters, and how sure."""
    asked, known = spellings["core"], streets["core"]
    cost = cdist(
        asked.to_list(),
        known.to_list(),
        scorer=OSA.distance,
        score_cutoff=MOST_WRONG,
        dtype=np.float64,
    )
    short = np.minimum.outer(
        asked.str.len_chars().to_numpy(), known.str.len_chars().to_numpy()
    )
    allowed = np.full(short.shape, MOST_WRONG, dtype=np.int64)
    for letters, most in reversed(LETTERS):
        allowed[short < letters] = most
    right = _same(spellings["digits"], streets["digits"])
    wrong = (cost > allowed) | ~right
    kind, kind_off = _weighed(spellings["kind"], streets["kind"])
    lead, lead_off = _weighed(spellings["lead"], streets["lead"])
    tail, tail_off = _weighed(spellings["tail"], streets["tail"])
    mistaken = kind_off | lead_off | tail_off
    figures = asked.str.contains(r"^\d+$").to_numpy()
    wrong |= mistaken & ((cost > 0) | figures[:, None])
    total = cost + kind + lead + tail
    total[wrong] = _NO
    return total, ~mistaken


def _same(left: pl.Series, right: pl.Series) -> npt.NDArray[np.bool_]:
    """Return which cells of two columns are the same; two empty ones are."""
    a, b = left.fill_null("").to_numpy(), right.fill_null("").to_numpy()
    same: npt.NDArray[np.bool_] = a.astype(str)[:, None] == b.astype(str)[None, :]
    return same


def _weighed(left: pl.Series, right: pl.Series) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return what it costs that two words differ, and where both are there and do."""
    one_lacks = np.logical_or.outer(
        left.is_null().to_numpy(), right.is_null().to_numpy()
    )
    differ = ~_same(left, right)
    mistaken = differ & ~one_lacks
    return np.where(mistaken, MISTAKEN, np.where(differ, MISSING, 0.0)), mistaken
