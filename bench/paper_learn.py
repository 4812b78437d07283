"""Fit the judge of boxes to filled sheets that are hard to read, and write it down.

    .venv/bin/python -m bench.paper_learn --seed 501 --pages 60

Half of the pages, by their turn, are for the weights, the others for the limits. They
have more slips of the pen, faint marks and rubbed-out ones than any real pile, in
conditions from good to hopeless: the judge is to learn what is hard to tell apart.
`python -m bench.paper read` judges it, on other seeds and usual hands.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import groundgame.packet.reading
from bench import paper_world as world
from bench.paper_photo import Conditions
from groundgame.errors import UnreadablePhoto
from groundgame.packet.reading import look, photos
from groundgame.packet.reading.boxes import darkness, measured, unlike
from groundgame.packet.reading.find import flatten
from groundgame.packet.reading.page import boxes_of
from groundgame.packet.reading.signs import SIGNS
from groundgame.values import Seed

MARKS = ("marked", "twice", "faint")
KEPT = Path(groundgame.packet.reading.__file__).with_name("judge.toml")
RANGES = {
    "mean": (0.0, 0.3),
    "core": (0.0, 0.4),
    "spot": (0.1, 0.7),
    "pencil": (0.03, 0.3),
    "rim": (0.1, 0.8),
    "filled": (0.0, 0.3),
    "narrow": (0.0, 0.9),
    "long": (0.0, 1.0),
    "beside": (0.2, 1.2),
    "far": (0.2, 1.0),
    "through": (0.1, 0.8),
    "rest": (0.0, 0.3),
    "noise": (0.0, 0.1),
    "stroke": (0.0, 0.4),
    "on": (0.0, 1.0),
}
"""How far each sign counts."""
WORST = 1.1
SMALL = 0.02
"""The weight of a wish for small weights."""
FAINTEST = 0.01
"""The share of faint marks that may be beyond the limit for empty boxes: in all of them
something is to be seen as well, which is asked by itself."""
APART = 0.5
"""How much surer than the surest mistake one must be, in log odds, to call a box
marked."""
SPECKLED = 0.003
"""The share of empty boxes that may be darker than nothing is."""
PALER = 0.8
"""How far a stroke stands out to be something: this share of the palest there is."""
LEAST = 3.0
"""And how sure at least: 95 %."""


def pages(seed: int, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return of each page the signs of its boxes that are seen, and what was meant."""
    found, turn = [], 0
    made = world.bundle(24, Seed(seed).stream("bench.paper.turf"))
    chance = Seed(seed).stream("bench.paper.conditions")
    while len(found) < count:
        for picture, key in world.printed(made, world.LOOKS[turn % len(world.LOOKS)]):
            how = Conditions(*chance.uniform(0.1, WORST, 4))
            filled = world.filled(
                picture, key, Seed(seed * 1000 + turn), how, world.TRYING
            )
            try:
                (photo,) = photos("sheet.jpg", filled.photo)
                page = flatten(look(photo), tuple(key.says["size"]))
            except UnreadablePhoto:
                continue
            signs, seen = measured(darkness(page), boxes_of(key))
            meant = np.array([filled.truth[box] for box, _ in world.places(key)])
            found.append((signs[seen], meant[seen]))
        turn += 1
    return found[:count]


def fitted(signs: np.ndarray, marked: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the start and the weights of a logistic curve."""
    wide = np.column_stack([np.ones(len(signs)), within(signs)])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = wide @ weights
        off = 1 / (1 + np.exp(-odds)) - marked
        small = np.append(0.0, weights[1:])
        value = (np.logaddexp(0, odds) - marked * odds).sum() + SMALL * small @ small
        return value, wide.T @ off + 2 * SMALL * small

    found = minimize(loss, np.zeros(wide.shape[1]), jac=True, method="L-BFGS-B").x
    return float(found[0]), found[1:]


def within(signs: np.ndarray) -> np.ndarray:
    """Return signs as shares of their ranges."""
    low, high = np.array([RANGES[name] for name in SIGNS]).T
    return (np.clip(signs, low, high) - low) / (high - low)


def limits(
    odds: np.ndarray, signs: np.ndarray, meant: np.ndarray
) -> tuple[float, float]:
    """Return the log odds below which a box is empty, and above which it is marked."""
    faint = np.quantile(odds[meant == "faint"], FAINTEST)
    none = ~np.isin(meant, MARKS) & ~unlike(signs)
    return min(-LEAST, float(faint)), max(LEAST, float(odds[none].max()) + APART)


def nothing(signs: np.ndarray, meant: np.ndarray) -> tuple[float, float]:
    """Return how dark a box is on average, and by a stroke, in which nothing is."""
    mean, stroke = (signs[:, SIGNS.index(name)] for name in ("mean", "stroke"))
    dark = float(np.quantile(mean[meant == "empty"], 1 - SPECKLED))
    pale = np.isin(meant, MARKS) & (mean <= dark)
    return dark, PALER * float(stroke[pale].min())


def written(
    curve: tuple[float, np.ndarray],
    ends: tuple[float, float],
    none: tuple[float, float],
    made: str,
) -> str:
    """Return the judge as TOML."""
    start, weights = curve
    empty, marked = (1 / (1 + np.exp(-end)) for end in ends)
    lines = [
        "# How likely a box is marked: see judge.py. Made, not written by hand, by",
        f"#   {made}",
        f"start = {start:.4f}",
        f"empty = {empty:.7f}",
        f"marked = {marked:.7f}",
        "",
        "[nothing]",
        f"mean = {none[0]:.4f}",
        f"stroke = {none[1]:.4f}",
    ]
    for name, weight in zip(SIGNS, weights, strict=True):
        low, high = RANGES[name]
        lines += ["", f"[signs.{name}]", f"from = {low}", f"to = {high}"]
        lines += [f"weight = {weight:.4f}"]
    return "\n".join(lines) + "\n"


def main(seed: int, count: int, kept: Path | None) -> int:
    """Make pages, fit, and write the judge down."""
    if kept and kept.exists():
        known = np.load(kept)
        signs, meant, turn = (known[name] for name in ("signs", "meant", "turn"))
    else:
        found = pages(seed, count)
        signs, meant = (np.concatenate(each) for each in zip(*found, strict=True))
        turn = np.repeat(np.arange(len(found)), [len(each) for each, _ in found])
        if kept:
            np.savez(kept, signs=signs, meant=meant, turn=turn)
    first = turn % 2 == 0
    marked = np.isin(meant, MARKS)
    start, weights = fitted(signs[first], marked[first])
    odds = within(signs) @ weights + start
    ends = limits(odds[~first], signs[~first], meant[~first])
    none = nothing(signs, meant)
    made = f"python -m bench.paper_learn --seed {seed} --pages {count}"
    KEPT.write_text(written((start, weights), ends, none, made), encoding="utf-8")
    print(
        f"{len(meant):,} boxes; empty below {ends[0]:.2f}, marked above {ends[1]:.2f}; "
        f"nothing up to a mean of {none[0]:.3f} and a stroke of {none[1]:.3f}"
    )
    bare = (signs[:, SIGNS.index("mean")] <= none[0]) & (
        signs[:, SIGNS.index("stroke")] <= none[1]
    )
    empty, full = (odds < ends[0]) & bare, (odds > ends[1]) & ~unlike(signs)
    for kind in ("marked", "faint", "empty", "erased", "crossed"):
        which = ~first & (meant == kind)
        some = odds[which]
        low, middle, high = np.quantile(some, (0, 0.5, 1))
        doubt = (~empty & ~full)[which].mean()
        print(
            f"  {kind:<8} {len(some):>6}: log odds {low:6.1f} {middle:6.1f} "
            f"{high:6.1f}, in doubt {doubt:.1%}"
        )
    return 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=501)
    arguments.add_argument("--pages", type=int, default=60)
    arguments.add_argument("--signs", type=Path, help="keep what was measured here")
    given = arguments.parse_args()
    sys.exit(main(given.seed, given.pages, given.signs))
