"""Walk sheets: packets on paper, as PDF.

In:  bundles, as the phone receives them.
Out: one PDF. Each turf begins on a page of its own.

Typst sets the pages from sheet.typ beside this file. What comes from voter files and
scripts is passed to it as data and printed as text: nothing in it is ever markup.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import groupby
from string import ascii_uppercase
from typing import Any, Literal

import segno
import typst

from groundgame.packet.map import svg

Paper = Literal["a4", "letter"]

RESULTS = {
    "canvassed": "Canvassed",
    "not_home": "Not Home",
    "refused": "Refused",
    "come_back": "Come Back",
    "lit_dropped": "Lit Dropped",
    "inaccessible": "Inaccessible",
    "moved": "Moved",
}
"""The result codes that have a box at every door; the others go into the notes."""

METRES_PER_MILE = 1609.344
MAP = (300.0, 250.0)
"""Width and height of the map, in points."""


def sheet(
    bundles: Sequence[Mapping[str, Any]], *, paper: Paper = "letter", base_url: str = ""
) -> bytes:
    """Return the walk sheets of packets as one PDF.

    Args:
        bundles: As `bundle` makes them.
        paper: 'a4' or 'letter'.
        base_url: Where the server is. With it, a square to scan leads a phone to the
            turf; without it there is none.
    """
    data = {
        "paper": {"a4": "a4", "letter": "us-letter"}[paper],
        "results": list(RESULTS.values()),
        "turfs": [_turf(each, base_url.rstrip("/")) for each in bundles],
    }
    inputs: Any = {  # typst takes files by name, which its types do not say
        "main": (files("groundgame.packet") / "sheet.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(errors="replace"),
    }
    pdf: bytes = typst.compile(inputs, font_paths=_fonts(), pdf_tags=False)
    return pdf


def link(base_url: str, code: str) -> str:
    """Return the address that opens a turf on a phone.

    The code stands behind the '#', so that it is not sent along with the request.
    """
    return f"{base_url}/phone/#code={code}"


@cache
def _fonts() -> typst.Fonts:
    """Return the letters to print with: the same on every machine."""
    folder = files("font_source_sans_pro") / "files"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _turf(bundle: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """Return what the pages of one turf say."""
    code = bundle["code"]
    stops = bundle["stops"]
    return {
        "name": bundle["turf"]["name"],
        "chapter": bundle["chapter"],
        "code": code,
        "qr": _qr(link(base_url, code)) if base_url else None,
        "doors": len(stops),
        "people": sum(len(stop["people"]) for stop in stops),
        "kilometres": round(bundle["turf"]["metres"] / 1000, 1),
        "miles": round(bundle["turf"]["metres"] / METRES_PER_MILE, 1),
        "map": svg(bundle, *MAP),
        "opening": bundle["script"]["opening"].strip(),
        "questions": [_question(each) for each in bundle["script"]["questions"]],
        "streets": [
            {"street": street, "city": city or "", "stops": [_stop(s) for s in group]}
            for (street, city), group in groupby(
                stops, key=lambda stop: (stop["street"], stop["city"])
            )
        ],
    }


def _qr(address: str) -> str:
    """Return a square to scan, as SVG."""
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=2)
    return out.getvalue().decode()


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question with a short mark for each response."""
    responses = question.get("responses", [])
    ids = [response["id"] for response in responses]
    short = all(len(each) <= 2 for each in ids)  # noqa: PLR2004  # fits beside a box
    marks = ids if short else [_letter(number) for number in range(len(ids))]
    names = [response["name"] for response in responses]
    return {
        "title": question["id"].replace("_", " ").capitalize(),
        "kind": question["kind"],
        "ask": question["ask"],
        "responses": [list(pair) for pair in zip(marks, names, strict=True)],
        "range": f"{question.get('least', 0)}-{question.get('most', 10)}",
    }


def _letter(number: int) -> str:
    """Return A, B, ... Z, then 27, 28 ..."""
    letters = len(ascii_uppercase)
    return ascii_uppercase[number] if number < letters else str(number + 1)


def _stop(stop: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one door's box says."""
    return {
        "position": stop["position"],
        "number": stop["number"] or "",
        "unit": stop["unit"] or "",
        "people": [
            {
                "name": person["name"],
                "about": ", ".join(
                    str(part) for part in (person["age"], person["party"]) if part
                ),
            }
            for person in stop["people"]
        ],
    }


def pages(pdf: bytes) -> int:
    """Return how many pages the walk sheets have."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
