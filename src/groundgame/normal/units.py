"""Units: 'Apt. 2-B', '# 2 b' and 'Unit 2B' are one unit; 'Lot 2' and '2' are two.

In:  spellings of units, each once.
Out: the normal form, how it is shown, and how it stands at the end of an address.

Words that do not tell one unit from another (apartment, unit, suite, number) are left
out of the normal form; words that do (lot, floor, building, PMB) are in it, shortened.
A box at a shop that lets mailboxes (THE UPS STORE #123) is a private mailbox, PMB.
"""

import polars as pl

from groundgame.normal.abbreviations import ORDINALS, SAYS_NOTHING, UNIT_WORDS
from groundgame.normal.text import squeezed, titled, without_marks

WORDS = "|".join(sorted({*UNIT_WORDS, *UNIT_WORDS.values()}, key=len, reverse=True))
NOTHING = "|".join(SAYS_NOTHING)
_SHOP = r"^(?:THE )?(?:UPS STORE|MAIL ?BOX(?:ES)?(?: ETC)?|POSTNET|PO?STAL ANNEX)\b\D*"
_STOREY = r"^(\d+)(?:ST|ND|RD|TH)? (FL|LVL)$"


def units(spelled: pl.Series) -> pl.DataFrame:
    """Return each spelling of a unit, with its normal form and how it is shown."""
    words = (
        squeezed(without_marks(pl.col("unit_spelled")).str.replace_all("#", " "))
        .str.replace(_SHOP, "PMB ")
        .str.replace_all(rf"\b(?:{NOTHING})\b", " ")
        .str.replace_all(rf"\b(APT|UNIT|STE|{WORDS})(\d)", "${1} ${2}")
        .str.replace_all(rf"\b(?:{NOTHING})\b", " ")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars(" -")
        .str.split(" ")
        .list.eval(pl.element().replace({**UNIT_WORDS, **ORDINALS}))
        .list.join(" ")
        .str.replace(_STOREY, "${2} ${1}")
        .str.replace(r"\b(\d+)(?:ST|ND|RD|TH)$", "${1}")
        .str.replace_all(r"\b0+(\d)", "${1}")
    )
    frame = pl.DataFrame({"unit_spelled": spelled}).with_columns(
        text=pl.when(words != "").then(words)
    )
    text = pl.col("text")
    named = text.str.contains(rf"^(?:{WORDS})\b")
    shown = pl.when(named).then(titled(text)).otherwise(text)
    shown = shown.str.replace(r"^Pmb\b", "PMB")
    return frame.select(
        "unit_spelled",
        unit_key=text.str.replace_all(r"(\d)[ -]([A-Z])\b", "$1$2").str.replace_all(
            r"\b([A-Z])[ -](\d)", "$1$2"
        ),
        unit_shown=shown,
        unit_tail=pl.when(named).then(shown).otherwise("#" + shown),
    )
