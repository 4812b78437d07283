"""Filled sheets, photographed badly: printed, marked and bent by a seed.

In:  a seed. Out: photographs of pages, their keys, and the truth about every box.

Elm County's doors and people are invented here; the marks are ticks, crosses, strokes,
scribbles and filled boxes, drawn with pens and pencils, some faint, some half erased,
with stray lines and dots on the paper. Then the paper is bent, photographed askew, in
poor and uneven light, blurred, with noise, and saved as JPEG.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import cv2
import numpy as np
import pypdfium2

from bench.paper_photo import DRAWN, Conditions, photographed
from groundgame.canvass import Script
from groundgame.packet import Look, Packet, PageKey, sheet
from groundgame.values import Seed

LOOKS = (
    Look("letter"),
    Look("a4", language="es"),
    Look("letter", large=True),
    Look("a4", large=True, language="es"),
)
"""How sheets are printed, one after the other."""
KINDS = ("tick", "cross", "stroke", "scribble", "fill", "zigzag", "long tick")
OFTEN = (0.28, 0.3, 0.11, 0.11, 0.07, 0.06, 0.07)
"""How often each kind of mark is made."""
PENS = ((35, 30, 30), (120, 40, 25), (40, 35, 150), (95, 95, 95), (60, 60, 60))
"""Blue, green and red: black, blue and red ink, pencil, and soft pencil."""
NAMES = ("Ada Adams", "Ben Brooks", "Cleo Cole", "Dan Diaz", "Eve Evans", "Fay Fox")


@dataclass(frozen=True)
class Filled:
    """A photograph of a filled page, and what was meant by it."""

    photo: bytes
    """JPEG."""
    key: PageKey
    truth: dict[tuple[int, str, str], str]
    """By row, field and value: 'marked'; 'twice', if another box of the question is
    too; 'faint', 'empty', 'erased' or 'crossed'."""


def bundle(
    doors: int, chance: np.random.Generator, name: str = "Turf 1"
) -> dict[str, Any]:
    """Return the bundle of an invented turf."""
    stops = []
    for n in range(1, doors + 1):
        street = f"{('Elm', 'Oak', 'Ash')[n * 3 // (doors + 1)]} Street"
        people = [
            {
                "id": f"E{n:03}{who}",
                "name": str(chance.choice(NAMES)),
                "age": 20 + n % 60,
                "party": str(chance.choice(["DEM", "REP", "UNA"])),
            }
            for who in range(int(chance.choice([1, 1, 2, 3])))
        ]
        stops.append(
            {
                "position": n,
                "door": f"d{n}",
                "building": f"b{n}",
                "number": str(2 * n),
                "street": street,
                "unit": None,
                "city": "Elmton",
                "address": f"{2 * n} {street}",
                "lon": -78 + n * 2e-4,
                "lat": 42 + (n % 5) * 1e-4,
                "people": people,
            }
        )
    packet = Packet(
        "0190c000-0000-7000-8000-000000000001",
        "7KQ2-MX4P",
        "Elm",
        name,
        datetime(2030, 1, 1, tzinfo=UTC),
    )
    return {
        "format": 1,
        "packet": packet.id,
        "code": packet.code,
        "chapter": packet.chapter,
        "turf": {"name": name, "doors": doors, "metres": 900.0},
        "expires": packet.expires.isoformat(),
        "script": Script.listening().as_dict(),
        "stops": stops,
        "streets": {"type": "FeatureCollection", "features": []},
    }


def printed(made: dict[str, Any], look: Look) -> list[tuple[np.ndarray, PageKey]]:
    """Return the pages of a turf as pictures, with their keys."""
    done = sheet([made], look)
    pdf = pypdfium2.PdfDocument(done.pdf)
    apart = len(pdf) - len(done.keys)
    pictures = [
        pdf[n + apart].render(scale=DRAWN).to_numpy()[:, :, :3].copy()
        for n in range(len(done.keys))
    ]
    pdf.close()
    return list(zip(pictures, done.keys, strict=True))


@dataclass(frozen=True)
class Hand:
    """Who fills sheets in."""

    faint: float = 0.12
    """The share of marks in pencil that one can hardly see."""
    erased: float = 0.03
    """The share of questions in which a box was marked, and rubbed out."""
    slips: float = 0.5
    """Strokes across the paper that mean nothing, a page."""


USUAL = Hand()
TRYING = Hand(faint=0.3, erased=0.2, slips=5.0)
"""Makes all that is hard to tell apart, for a reader to learn from."""


def filled(
    picture: np.ndarray,
    key: PageKey,
    seed: Seed,
    how: Conditions,
    hand: Hand = USUAL,
) -> Filled:
    """Return a page filled in by hand, and photographed."""
    chance = seed.stream(f"paper {key.code}")
    paper, truth = picture.copy(), {}
    for row in key.says["rows"]:
        for name, boxes in row["fields"].items():
            meant = _meant(chance, row, len(boxes), hand)
            twice = list(meant.values()).count("marked") > 1
            for n, (value, x, y) in enumerate(boxes):
                what = meant.get(n, "empty")
                slip = twice and what == "marked"
                truth[row["n"], name, value] = "twice" if slip else what
                _pen(paper, (x, y), key.says["box"], what, chance)
    for _ in range(int(chance.poisson(hand.slips))):
        _stray(paper, key, truth, chance)
    _notes(paper, key, chance)
    return Filled(photographed(paper, chance, how), key, truth)


def _meant(
    chance: np.random.Generator, row: dict[str, Any], boxes: int, hand: Hand
) -> dict[int, str]:
    """Return what was meant by the boxes of a field that are not left alone."""
    if chance.random() < (0.75 if row["person"] is None else 0.45):
        rubbed = chance.random() < hand.erased
        return {int(chance.integers(boxes)): "erased"} if rubbed else {}
    meant = {int(chance.integers(boxes)): "marked"}
    if chance.random() < hand.faint:
        meant = dict.fromkeys(meant, "faint")
    if chance.random() < 0.03:
        meant.setdefault(int(chance.integers(boxes)), "marked")
    if chance.random() < hand.erased:
        meant.setdefault(int(chance.integers(boxes)), "erased")
    return meant


def _pen(
    paper: np.ndarray,
    at: tuple[float, float],
    side: float,
    what: str,
    chance: np.random.Generator,
) -> None:
    """Draw a mark at a box."""
    if what == "empty":
        return
    size = side * DRAWN
    kind = str(chance.choice(KINDS, p=OFTEN))
    points = _strokes(kind, chance) * size * chance.uniform(0.75, 1.25)
    centre = (np.array(at) + side / 2) * DRAWN + chance.normal(0, 0.09 * size, 2)
    strength = {"marked": (0.72, 1.0), "faint": (0.28, 0.5), "erased": (0.06, 0.2)}[
        what
    ]
    pen = PENS[int(chance.integers(3 if what == "erased" else 0, len(PENS)))]
    thick = max(
        2, round(chance.uniform(0.65, 1.5) * DRAWN * (1.6 if kind == "fill" else 1))
    )
    drawn = Pen(pen, thick, chance.uniform(*strength), smear=what == "erased")
    _ink(paper, points + centre, drawn)


def _strokes(kind: str, chance: np.random.Generator) -> np.ndarray:
    """Return a mark as a line through points, about the middle of a box of side 1."""
    rows = {
        "tick": [[-0.38, 0.0], [-0.12, 0.38], [0.5, -0.5]],
        "long tick": [[-0.34, -0.1], [-0.1, 0.34], [0.8, -0.85]],
        "cross": [
            [-0.42, -0.42],
            [0.42, 0.42],
            [np.nan, 0],
            [0.42, -0.42],
            [-0.42, 0.42],
        ],
        "stroke": [[-0.4, 0.4], [0.4, -0.4]],
        "zigzag": [[-0.4, 0.2], [-0.15, -0.3], [0.1, 0.3], [0.4, -0.2]],
    }
    if kind in rows:
        return np.array(rows[kind]) + chance.normal(0, 0.05, (len(rows[kind]), 2))
    if kind == "fill":
        y = np.repeat(np.linspace(-0.36, 0.36, 7), 2)
        x = np.tile([-0.38, 0.38, 0.38, -0.38], 4)[: len(y)]
        return np.column_stack([x, y])
    turn = np.linspace(0, chance.uniform(3, 6) * 2 * np.pi, 60)
    far = chance.uniform(0.15, 0.42, 60)
    return np.column_stack([far * np.cos(turn), far * np.sin(turn)])


@dataclass(frozen=True)
class Pen:
    """What is drawn with: blue, green and red, how thick, how dark, and if smeared."""

    colour: tuple[int, int, int]
    thick: int
    strength: float = 0.85
    smear: bool = False


def _ink(paper: np.ndarray, points: np.ndarray, pen: Pen) -> None:
    """Put strokes on paper: lines through points, in pixels."""
    pad = pen.thick + (16 if pen.smear else 2)
    low = np.maximum(np.floor(np.nanmin(points, axis=0)).astype(int) - pad, 0)
    high = np.ceil(np.nanmax(points, axis=0)).astype(int) + pad
    part = paper[low[1] : high[1], low[0] : high[0]]
    cover = np.zeros(part.shape[:2], np.float32)
    for one, two in zip(points - low, points[1:] - low, strict=False):
        if not (np.isnan(one).any() or np.isnan(two).any()):
            a, b = (tuple(round(v * 16) for v in p) for p in (one, two))
            cv2.line(cover, a, b, 1.0, pen.thick, cv2.LINE_AA, 4)
    if pen.smear:
        cover = np.maximum(cv2.GaussianBlur(cover, (0, 0), 5) * 0.7, cover)
    cut = cover[..., None] * pen.strength
    ink = np.minimum(part, np.array(pen.colour, np.float32))
    part[:] = part * (1 - cut) + ink * cut


def _stray(
    paper: np.ndarray, key: PageKey, truth: dict[Any, str], chance: np.random.Generator
) -> None:
    """Draw a slip of the pen across the paper, and some dots; note what they cross."""
    high, wide = paper.shape[:2]
    slip = np.array([chance.uniform(0.1, 0.9) * wide, chance.uniform(0.1, 0.9) * high])
    end = slip + chance.normal(0, 260, 2)
    points = np.linspace(slip, end, 24) + chance.normal(0, 2.0, (24, 2))
    pen = PENS[int(chance.integers(3))]
    _ink(paper, points, Pen(pen, 4))
    side = key.says["box"] * DRAWN
    dense = np.linspace(slip, end, 4000)
    dots = chance.uniform(0, (wide, high), (int(chance.integers(4)), 2))
    for dot in dots:
        at = (int(dot[0]), int(dot[1]))
        cv2.circle(paper, at, int(chance.integers(2, 5)), (60, 50, 50), -1, cv2.LINE_AA)
    for box, place in places(key):
        low = np.array(place) * DRAWN - 6
        crossed = ((dense > low) & (dense < low + side + 12)).all(axis=1).any()
        dotted = ((dots > low) & (dots < low + side + 12)).all(axis=1).any()
        if (crossed or dotted) and truth[box] == "empty":
            truth[box] = "crossed"


def places(key: PageKey) -> list[tuple[tuple[int, str, str], tuple[float, float]]]:
    """Return every box of a page, and its upper left corner."""
    return [
        ((row["n"], name, value), (x, y))
        for row in key.says["rows"]
        for name, boxes in row["fields"].items()
        for value, x, y in boxes
    ]


def _notes(paper: np.ndarray, key: PageKey, chance: np.random.Generator) -> None:
    """Write something on some of the lines for notes."""
    for row in key.says["rows"]:
        x, y, width = row["notes"]
        if width and chance.random() < 0.25:
            n = int(chance.integers(20, 60))
            across = np.linspace(x + 2, x + width * chance.uniform(0.3, 0.95), n)
            up = y - 4 - np.abs(chance.normal(0, 2.2, n))
            points = np.column_stack([across, up]) * DRAWN
            _ink(paper, points, Pen(PENS[1], 3))
