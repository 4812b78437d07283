"""Walk sheets: packets on paper, as PDF, and the key by which they are read back.

In:  bundles, as the phone receives them; how they are to be printed.
Out: one PDF, each turf beginning on a page of its own; and of each page its key, which
     says what every box on it stands for (key.py).

Typst sets the pages from sheet.typ beside this file, at the places that layout.py
gives. What comes from voter files and scripts is passed to it as data and printed as
text: nothing in it is ever markup.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import typst

from groundgame.packet.drawing import Hand
from groundgame.packet.key import PageKey, key_of
from groundgame.packet.layout import Look, pages
from groundgame.values import letters

Last = Mapping[tuple[str, str | None], str]
"""How the last conversation ended, by door and person; None: nobody in particular."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Walk sheets, and the keys of their pages."""

    pdf: bytes
    keys: tuple[PageKey, ...]
    missing: frozenset[str]
    """Letters that no font has: they are printed as empty boxes."""


def sheet(
    bundles: Sequence[Mapping[str, Any]],
    look: Look | None = None,
    *,
    base_url: str = "",
    last: Last | None = None,
) -> Sheets:
    """Return the walk sheets of packets.

    Args:
        bundles: As `bundle` makes them.
        look: Paper, size and language; by default letter, ordinary, English.
        base_url: Where the server is. With it, a square to scan leads a phone to the
            turf; without it there is none.
        last: How the last conversation with somebody, or at a door, ended.
    """
    look = look or Look()
    hand = Hand(look, base_url.rstrip("/"), last or {})
    turfs, keys = [], []
    for made in bundles:
        sheets = pages(made, look, first=hand.first())
        coded = key_of(made, look, sheets)
        keys += coded
        turfs.append(hand.turf(made, sheets, coded))
    data = hand.frame() | {"fonts": letters.FAMILIES, "turfs": turfs}
    text = json.dumps(data, ensure_ascii=False)
    inputs: Any = {  # typst takes files by name, which its types do not say
        "main": (files("groundgame.packet") / "sheet.typ").read_bytes(),
        "data.json": text.encode(errors="replace"),
    }
    pdf: bytes = typst.compile(inputs, font_paths=letters.fonts(), pdf_tags=False)
    return Sheets(pdf, tuple(keys), frozenset(letters.missing([text])))


def count_pages(pdf: bytes) -> int:
    """Return how many pages the walk sheets have."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
