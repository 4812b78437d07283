"""The letters a walk sheet is printed with: the same on every machine.

Source Sans has Latin, Greek and Cyrillic; the Noto fonts beside it have Arabic, Hebrew,
Chinese, Japanese, Korean, Ethiopic, and the larger scripts of South and South-East
Asia. All are under the SIL Open Font License, and Typst puts only the letters that are
used into a PDF. A letter that none of them has is printed as an empty box; `missing`
finds it beforehand, so that whoever prints is told.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

FAMILIES = (
    *("Source Sans Pro", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK SC"),
    *("Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil"),
    *("Noto Sans Telugu", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Khmer"),
    *("Noto Sans Myanmar", "Noto Sans Ethiopic"),
)
"""In the order in which a letter is looked for."""
_PACKAGES = (
    "font_source_sans_pro",
    "justmytype_intl_africa",
    "justmytype_intl_rtl",
    "justmytype_intl_sea",
    "justmytype_intl_south_asia",
    "noto_cjk_sans_otc",
)


@cache
def fonts() -> typst.Fonts:
    """Return the fonts, for Typst."""
    folders = sorted({str(path.parent) for path in _paths()})
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def missing(texts: Iterable[str]) -> set[str]:
    """Return the letters of some texts that no font has."""
    letters = {letter for text in texts for letter in text if letter.isprintable()}
    beyond = {letter for letter in letters if ord(letter) > 0x17F}  # noqa: PLR2004  # Latin
    return (
        {letter for letter in beyond if ord(letter) not in _known()}
        if beyond
        else beyond
    )


@cache
def _known() -> frozenset[int]:
    """Return every letter that some font has."""
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415  # seldom needed

    known: set[int] = set()
    for path in _paths():
        kind = TTCollection if path.suffix == ".ttc" else TTFont
        with kind(path, lazy=True) as opened:
            for font in opened if kind is TTCollection else [opened]:
                known.update(font.getBestCmap())
    return frozenset(known)


def _paths() -> list[Path]:
    """Return the font files."""
    homes = [Path(str(files(package))) for package in _PACKAGES]
    return sorted(
        path
        for home in homes
        for path in home.rglob("*")
        if path.suffix in {".ttf", ".otf", ".ttc"}
    )
