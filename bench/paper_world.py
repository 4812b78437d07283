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

from groundgame.canvass import Script
from groundgame.packet import Look, Packet, PageKey, sheet
from groundgame.values import Seed

DRAWN = 4
"""Pixels a point, at which pages are drawn and filled."""
KINDS = ("tick", "cross", "stroke", "scribble", "fill", "zigzag")
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
    """By row, field and value: 'marked', 'faint', 'empty', 'erased' or 'crossed'."""


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


def filled(
    picture: np.ndarray, key: PageKey, seed: Seed, *, hard: float = 1.0
) -> Filled:
    """Return a page filled in by hand, and photographed; `hard` from 0 to 1."""
    chance = seed.stream(f"paper {key.code}")
    paper, truth = picture.copy(), {}
    for row in key.says["rows"]:
        for name, boxes in row["fields"].items():
            meant = _meant(chance, row, len(boxes))
            for n, (value, x, y) in enumerate(boxes):
                what = meant.get(n, "empty")
                truth[row["n"], name, value] = what
                _pen(paper, (x, y), key.says["box"], what, chance)
    if chance.random() < 0.5 * hard:
        _stray(paper, key, truth, chance)
    _notes(paper, key, chance)
    return Filled(_photographed(paper, chance, hard), key, truth)


def _meant(
    chance: np.random.Generator, row: dict[str, Any], boxes: int
) -> dict[int, str]:
    """Return what was meant by the boxes of a field that are not left alone."""
    if chance.random() < (0.75 if row["person"] is None else 0.45):
        return {int(chance.integers(boxes)): "erased"} if chance.random() < 0.03 else {}
    meant = {int(chance.integers(boxes)): "marked"}
    if chance.random() < 0.12:
        meant = dict.fromkeys(meant, "faint")
    if chance.random() < 0.03:
        meant.setdefault(int(chance.integers(boxes)), "marked")
    if chance.random() < 0.03:
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
    kind = str(chance.choice(KINDS, p=[0.32, 0.3, 0.12, 0.12, 0.07, 0.07]))
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
    for box, place in _places(key):
        low = np.array(place) * DRAWN - 6
        crossed = ((dense > low) & (dense < low + side + 12)).all(axis=1).any()
        dotted = ((dots > low) & (dots < low + side + 12)).all(axis=1).any()
        if (crossed or dotted) and truth[box] == "empty":
            truth[box] = "crossed"


def _places(key: PageKey) -> list[tuple[tuple[int, str, str], tuple[float, float]]]:
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


def _photographed(paper: np.ndarray, chance: np.random.Generator, hard: float) -> bytes:
    """Return a photograph of paper, as JPEG."""
    high, wide = paper.shape[:2]
    tall = int(chance.uniform(1800, 3300))
    frame = (int(tall * 0.77), tall)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    share = chance.uniform(0.72, 0.94)
    target = (corners / (wide, high) - 0.5) * (frame[0] * share, frame[1] * share)
    target += chance.normal(0, 0.022 * hard * tall, (4, 2))
    angle = np.radians(chance.normal(0, 5 * hard)) + np.pi * (chance.random() < 0.15)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = target @ turn.T * min(1.0, 1.02 / (1 + abs(np.sin(angle)) * 0.4))
    target += (frame[0] / 2, frame[1] / 2)
    back = cv2.getPerspectiveTransform(target.astype(np.float32), corners).astype(
        np.float32
    )
    u, v = np.meshgrid(
        np.arange(frame[0], dtype=np.float32), np.arange(frame[1], dtype=np.float32)
    )
    w = back[2, 0] * u + back[2, 1] * v + back[2, 2]
    x = (back[0, 0] * u + back[0, 1] * v + back[0, 2]) / w
    y = (back[1, 0] * u + back[1, 1] * v + back[1, 2]) / w
    curl = chance.normal(0, 2.2 * hard * DRAWN, 4).astype(np.float32)
    pi = np.float32(np.pi)
    px, py = np.clip(x / wide, 0, 1), np.clip(y / high, 0, 1)
    x = x + curl[0] * np.sin(pi * py) + curl[1] * np.sin(2 * pi * px) * 0.5
    y = y + curl[2] * np.sin(pi * px) + curl[3] * np.sin(2 * pi * py) * 0.5
    desk = np.full((*frame[::-1], 3), chance.uniform(40, 190, 3).astype(np.float32))
    desk += cv2.resize(chance.normal(0, 12, (40, 30, 3)).astype(np.float32), frame)
    scale = tall / high
    soft = cv2.GaussianBlur(paper, (0, 0), max(0.4 / scale, 0.3))
    shown = cv2.remap(soft, x, y, cv2.INTER_LINEAR)
    inside = ((x >= 0) & (x < wide) & (y >= 0) & (y < high))[..., None]
    return _lit(np.where(inside, shown, desk).astype(np.float32), chance, hard)


def _lit(scene: np.ndarray, chance: np.random.Generator, hard: float) -> bytes:
    """Return a scene in poor light, blurred, with noise, saved as JPEG."""
    high, wide = scene.shape[:2]
    slope = chance.uniform(1 - 0.6 * hard, 1.0, (3, 3)).astype(np.float32)
    light = cv2.resize(slope, (wide, high), interpolation=cv2.INTER_CUBIC)
    if chance.random() < 0.5 * hard:
        shade = np.ones((high, wide), np.float32)
        edge = chance.uniform(0, 1, (4, 2)) * (wide, high)
        cv2.fillPoly(shade, [edge.astype(np.int32)], float(chance.uniform(0.45, 0.8)))
        light = light * cv2.GaussianBlur(shade, (0, 0), chance.uniform(2, 40))
    cast = chance.uniform(1 - 0.18 * hard, 1.0, 3).astype(np.float32)
    lit = scene * light[..., None] * cast
    blur = chance.uniform(0.3, 0.3 + 1.9 * hard) * high / 3000
    lit = cv2.GaussianBlur(lit, (0, 0), max(blur, 0.25))
    if chance.random() < 0.25 * hard:
        length = int(chance.integers(2, 2 + max(1, round(5 * high / 3000))))
        kernel = np.eye(length) if chance.random() < 0.5 else np.ones((1, length))
        lit = cv2.filter2D(lit, -1, (kernel / kernel.sum()).astype(np.float32))
    noise = chance.uniform(1, 1 + 8 * hard)
    grain = chance.standard_normal((high // 4, wide // 4, 3), np.float32) * np.float32(
        noise
    )
    lit += np.tile(grain, (5, 5, 1))[:high, :wide]
    quality = int(chance.uniform(92 - 50 * hard, 95))
    _, jpeg = cv2.imencode(
        ".jpg",
        np.clip(lit, 0, 255).astype(np.uint8),
        [cv2.IMWRITE_JPEG_QUALITY, quality],
    )
    return bytes(jpeg)
