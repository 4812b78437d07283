"""Take addresses apart: ours beside usaddress, on the addresses its authors labelled.

    .venv/bin/python bench/addresses.py [ROWS]

First the share of lines on which each agrees with the labels, part by part. Both are
given the line without its town, as it stands in a voter file:

- labeled: what usaddress was trained on, so it knows the answers. Beside it stands the
  same model trained on two thirds of them and asked about the rest (`unseen`);
- at home: those of them without departments, lock boxes and names of buildings, as a
  voter file has them;
- two sets of their others, every tenth line.

Then rows a second of processor time: lines (ROWS invented ones, 200,000 if left out),
and doors from cells (a million, and once more when the streets are known). usaddress
reads 5,000 of them.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from time import process_time

import labelled
import numpy as np
import polars as pl
import pycrfsuite
import usaddress

from groundgame.normal import address

PARTS = ("number", "street", "unit")
Parts = dict[str, str]
Lines = Sequence[labelled.Labelled]


def main() -> None:
    """Print how often both are right, then how quick they are."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    path = labelled.fetch()
    print(f"$ python bench/addresses.py {rows}\n")
    print(f"{'agreement, % of lines':<36}{'lines':>7}", end="")
    print("".join(f"{part:>9}" for part in (*PARTS, "all")))
    known = labelled.read(path, labelled.TRAINED)
    home = [one for one in known if one.at_home]
    for name, lines in (("labeled", known), ("at home", home)):
        _print(name, "ours", lines, ours(lines))
        _print(name, "usaddress, unseen", *unseen(known, set(lines)))
        _print(name, "usaddress", lines, theirs(lines))
    for name in labelled.OTHERS:
        lines = labelled.read(path, name)[::10]
        _print(name[:15], "ours", lines, ours(lines))
        _print(name[:15], "usaddress", lines, theirs(lines))
    speed(rows)


def _print(name: str, who: str, lines: Lines, found: list[Parts]) -> None:
    """Print one row of the table."""
    right = agreement(lines, found)
    print(f"{name + ': ' + who:<36}{len(lines):>7,}", end="")
    print("".join(f"{100 * right[part]:>9.1f}" for part in (*PARTS, "all")), flush=True)


def ours(lines: Lines) -> list[Parts]:
    """Return what we make of the lines."""
    texts = pl.Series([one.line for one in lines], dtype=pl.String)
    found: list[Parts] = address.split(texts).fill_null("").to_dicts()
    return found


def theirs(lines: Lines) -> list[Parts]:
    """Return what usaddress makes of them."""
    return [_grouped(usaddress.parse(one.line)) for one in lines]


def unseen(known: Lines, wanted: set[labelled.Labelled]) -> tuple[Lines, list[Parts]]:
    """Return what usaddress makes of lines when it was trained without them."""
    asked, found = [], []
    with TemporaryDirectory() as folder:
        for third in range(3):
            others = [one for at, one in enumerate(known) if at % 3 != third]
            tag = _trained(others, f"{folder}/{third}.crfsuite")
            for one in (one for one in known[third::3] if one in wanted):
                words = usaddress.tokenize(one.line)
                asked.append(one)
                found.append(_grouped(list(zip(words, tag(words), strict=True))))
    return asked, found


def _trained(lines: Lines, model: str) -> Callable[[list[str]], list[str]]:
    """Train usaddress's kind of model on lines; return what labels words by it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in lines:
        words = usaddress.tokenize(one.line)
        if len(words) == len(one.labels):
            labels = [label for _, label in one.labels]
            trainer.append(usaddress.tokens2features(words), labels)
    trainer.train(model)
    tagger = pycrfsuite.Tagger()
    tagger.open(model)
    return lambda words: tagger.tag(usaddress.tokens2features(words))


def _grouped(words: Sequence[tuple[str, str]]) -> Parts:
    """Return labelled words as our three parts.

    A rural box is a street where there is no other, else a unit; the name of a building
    is part of the unit.
    """
    boxed = not any(label in labelled.STREET for _, label in words)
    names = {
        "number": labelled.NUMBER,
        "street": labelled.BOX if boxed else labelled.STREET,
        "unit": labelled.UNIT if boxed else labelled.UNIT + labelled.BOX,
    }
    return {
        part: " ".join(word for word, label in words if label in names[part])
        for part in PARTS
    }


def agreement(lines: Lines, found: list[Parts]) -> dict[str, float]:
    """Return the share of lines on which each part is right, and on which all are."""
    right: Counter[str] = Counter()
    for one, read in zip(lines, found, strict=True):
        wanted = _grouped(one.labels)
        same = {part: plain(read[part]) == plain(wanted[part]) for part in PARTS}
        right.update(part for part, holds in same.items() if holds)
        right["all"] += all(same.values())
    return {part: right[part] / len(lines) for part in (*PARTS, "all")}


def plain(text: str) -> str:
    """Return letters and digits only: how an address is punctuated does not count.

    Nor does NUMBER before a number, nor ONE for 1. Applied to both alike.
    """
    words = re.sub(r"[^A-Z0-9 ]", " ", re.sub(r"[.']", "", text.upper())).split()
    return "".join(SAME.get(word, word) for word in words if word not in SILENT)


SILENT = {"NO", "NUMBER"}
SAME = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5", "SIX": "6"}


def speed(rows: int) -> None:
    """Print rows a second of processor time, and the ratio."""
    cells = invented(1_000_000)
    tail = (
        pl.when(pl.col("unit").is_null())
        .then(pl.lit(""))
        .otherwise(" " + pl.col("unit"))
    )
    texts = (
        cells.head(rows)
        .select(pl.col("number") + " " + pl.col("street") + tail)
        .to_series()
    )
    few = [labelled.Labelled(text, ()) for text in texts.head(5_000)]
    known, again = address.Spellings(), address.Spellings()
    timed = {
        "usaddress, a line": _rate(lambda: theirs(few), len(few)),
        "ours, a line": _rate(lambda: address.split(texts), rows),
        "ours, a line to a door": _rate(lambda: _doors(texts, known), rows),
        "the same, known streets": _rate(lambda: _doors(texts, known), rows),
        "ours, cells to a door": _rate(lambda: address.doors(cells, again), len(cells)),
        "cells, known streets": _rate(lambda: address.doors(cells, again), len(cells)),
    }
    slowest = timed["usaddress, a line"]
    print(f"\n{'rows a second of one core':<34}{'rows/s':>12}{'us/row':>9}{'ratio':>9}")
    for name, rate in timed.items():
        print(f"{name:<34}{rate:>12,.0f}{1e6 / rate:>9.2f}{rate / slowest:>9.0f}")


def _doors(texts: pl.Series, known: address.Spellings) -> pl.DataFrame:
    """Return the doors of lines."""
    parts = address.split(texts, known).with_columns(city=pl.lit("ELMTON"))
    return address.doors(parts.with_columns(zip=pl.lit("69999")), known)


def _rate(run: Callable[[], object], rows: int) -> float:
    """Return how many rows a second of processor time are done."""
    began = process_time()
    run()
    return rows / (process_time() - began)


def invented(rows: int) -> pl.DataFrame:
    """Return rows of an invented state: 60,000 streets, a fifth of the doors units."""
    chance = np.random.default_rng(1)
    street = np.minimum(chance.pareto(1.0, rows) * 3000, 59_999).astype(int)
    number = np.minimum(chance.pareto(0.8, rows) * 300 + 1, 29_999).astype(int)
    apt, in_flats = chance.integers(1, 400, rows), chance.random(rows) < 0.2
    code = pl.col("street")
    heading = (code % 11).replace_strict({0: "N ", 1: "S "}, default="")
    kind = (code % 7).replace_strict(dict(enumerate(TYPES)))
    return pl.DataFrame({"street": street, "number": number, "apt": apt}).select(
        number=pl.col("number").cast(pl.String),
        street=heading + code.cast(pl.String).str.replace_many(SYLLABLES) + " " + kind,
        unit=pl.when(pl.Series(in_flats)).then(pl.format("APT {}", "apt")),
        city=pl.format("TOWN {}", code % 700),
        zip=(code % 1000 + 69_000).cast(pl.String),
    )


SOUNDS = ("BA", "CE", "DO", "FU", "GA", "LE", "MI", "NO", "RU", "TA")
SYLLABLES = {str(digit): sound for digit, sound in enumerate(SOUNDS)}
TYPES = ("RD", "DR", "ST", "LN", "CT", "AVE", "CIR")

if __name__ == "__main__":
    main()
