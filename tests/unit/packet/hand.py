"""A sheet filled in by a steady hand, and photographed in good light."""

from collections.abc import Iterable, Mapping

import cv2
import numpy as np
import pypdfium2

from groundgame.packet import Look, PageKey, sheet

DRAWN = 4
"""Pixels a point."""
FAINT = 0.16
"""How dark a mark is of which nobody can say whether it is one."""
Mark = tuple[int, str, str]
"""The row, the question and the value of a box."""


def drawn(pdf: bytes) -> list[np.ndarray]:
    """Return the pages of a PDF as pictures."""
    opened = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=DRAWN).to_numpy()[:, :, :3].copy() for page in opened]
    opened.close()
    return pictures


def printed(
    bundle: Mapping, look: Look | None = None
) -> list[tuple[np.ndarray, PageKey]]:
    """Return the pages of a turf whose script is beside its map, with their keys."""
    done = sheet([bundle], look)
    return list(zip(drawn(done.pdf), done.keys, strict=True))


def crossed(
    picture: np.ndarray, key: PageKey, marks: Iterable[Mark], dark: float = 0.9
) -> np.ndarray:
    """Return a page with a cross in some boxes; `dark` 0 to 1: how dark."""
    paper, side = picture.copy(), key.says["box"]
    ink = (int(255 * (1 - dark)),) * 3
    for n, field, value in marks:
        (row,) = [each for each in key.says["rows"] if each["n"] == n]
        ((x, y),) = [(x, y) for v, x, y in row["fields"][field] if v == value]
        low, high = 0.18 * side, 0.82 * side
        for one, two in (((low, low), (high, high)), ((low, high), (high, low))):
            ends = [
                (round((x + a) * DRAWN), round((y + b) * DRAWN)) for a, b in (one, two)
            ]
            cv2.line(paper, *ends, ink, 4, cv2.LINE_AA)
    return paper


def jpeg(picture: np.ndarray) -> bytes:
    """Return a photograph of a page that lies on a grey desk."""
    desk = cv2.copyMakeBorder(
        picture, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(120, 120, 120)
    )
    _, encoded = cv2.imencode(".jpg", cv2.resize(desk, None, fx=0.8, fy=0.8))
    return bytes(encoded)
