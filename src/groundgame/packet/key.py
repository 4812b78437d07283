"""The key of a page: what each box on it stands for, so that it can be read back.

In:  the pages of a turf, as they are laid out.
Out: for each page a plain object, written beside the PDF or kept in the book. It holds
     ids of doors and people, and no name.

The page code is made of all that the key says. So a page that was printed with another
script, or to another size, has another code; and the same page printed again has the
same one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from groundgame.errors import NoSheetKey
from groundgame.packet import code as turf_code
from groundgame.packet.layout import Look, Page, Row

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PageKey:
    """One printed page."""

    code: str
    """As its marks say: eight symbols."""
    says: Mapping[str, Any]
    """packet, turf, page, of, script, size, box, rows; see `key_of`."""

    @property
    def packet(self) -> str:
        """The id of its packet."""
        packet: str = self.says["packet"]
        return packet

    @property
    def number(self) -> int:
        """Which page of its packet it is."""
        number: int = self.says["page"]
        return number

    @classmethod
    def of(cls, says: Mapping[str, Any]) -> Self:
        """Return the key that says this, with its code."""
        text = json.dumps(says, sort_keys=True, separators=(",", ":"))
        digest = blake2b(text.encode(), digest_size=turf_code.BYTES).digest()
        return cls(turf_code.make(digest), says)


def key_of(
    bundle: Mapping[str, Any], look: Look, pages: Sequence[Page]
) -> list[PageKey]:
    """Return the keys of a turf's pages, in order."""
    keys, number = [], 0
    for page in pages:
        rows = []
        for row in page.rows:
            number += 1
            rows.append(_row(row, number))
        keys.append(
            PageKey.of(
                {
                    "packet": bundle["packet"],
                    "turf": bundle["turf"]["name"],
                    "page": page.number,
                    "of": len(pages),
                    "script": bundle["script"]["id"],
                    "size": list(look.size),
                    "box": look.box,
                    "rows": rows,
                }
            )
        )
    return keys


def _row(row: Row, number: int) -> dict[str, Any]:
    """Return a row: whose it is, where it is, and what each box stands for."""
    fields: dict[str, list[list[Any]]] = {}
    for each in row.fields:
        boxes = fields.setdefault(each.name, [])
        boxes += [[option.value, option.x, option.y] for option in each.options]
    return {
        "n": number,
        "door": row.door,
        "person": row.person,
        "stop": row.position,
        "top": round(row.top, 2),
        "height": round(row.height, 2),
        "notes": list(row.notes),
        "fields": fields,
    }


def write(path: Path, keys: Iterable[PageKey]) -> None:
    """Write keys to a file."""
    plain = {"format": FORMAT, "pages": {each.code: each.says for each in keys}}
    path.write_text(json.dumps(plain, separators=(",", ":")), encoding="utf-8")


def read(path: Path) -> dict[str, PageKey]:
    """Return the keys of a file, by page code.

    Raises:
        NoSheetKey: It is none, or not a whole one.
    """
    try:
        plain = json.loads(path.read_bytes())
        if plain["format"] != FORMAT:
            raise NoSheetKey(path.name, f"is not of format {FORMAT}")
        keys = [PageKey.of(says) for says in plain["pages"].values()]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoSheetKey(path.name, "is some other file, or breaks off") from None
    found = {each.code: each for each in keys}
    if set(found) != set(plain["pages"]):
        raise NoSheetKey(path.name, "was changed since it was written")
    return found
