"""What sheet.typ is given: every word of a page, and where it goes.

In:  a bundle, its pages as laid out, and their keys.
Out: plain data. Boxes and marks are SVG, for there are tens of thousands of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import segno

from groundgame.packet import marks
from groundgame.packet.key import PageKey
from groundgame.packet.layout import (
    LONGEST_NUMBER,
    PERSON_RESULTS,
    SIDE,
    Heading,
    Look,
    Page,
    Row,
    choices,
)
from groundgame.packet.map import svg
from groundgame.packet.said import Words

METRES_PER_MILE = 1609.344
MAP_HEIGHT = 230.0
NARROW, WIDE = 300.0, 499.0
"""How wide a map is beside a script, and without one."""
MOST_SCRIPT = 950
"""Letters of script that fit beside the map."""
SHORT = 0.72
"""A name that fits on one line only at less than this share of its size gets two."""
LONGEST_WAY = 40
"""Letters of what is said about getting in; a phone shows all of it."""
LINE = 0.8
"""How thick the line of a box is, in points."""


class Hand:
    """Whoever writes the pages: in one look, and knowing how it went last time."""

    def __init__(
        self, look: Look, base_url: str, last: Mapping[tuple[str, str | None], str]
    ) -> None:
        """Take up the pen."""
        self.look, self.base_url, self.last = look, base_url, last
        self.words = Words.of(look.language)

    def frame(self) -> dict[str, Any]:
        """Return what all pages have in common."""
        plain = {"title", "canvasser", "date", "how", "in_notes"}
        return {
            "paper": {"a4": "a4", "letter": "us-letter"}[self.look.paper],
            "size": self.look.size,
            "scale": self.look.scale,
            "box": self.look.box,
            "side": SIDE,
            "language": self.look.language,
            "words": {name: self.words.say(name) for name in plain},
        }

    def apart(self, bundle: Mapping[str, Any]) -> bool:
        """Return whether the script has a page of its own: it is too long otherwise."""
        script = self.words.script(bundle["script"])
        said = len(script["opening"]) + sum(
            40 + len(each["ask"]) + sum(len(r["name"]) + 4 for r in each["responses"])
            for each in script["questions"]
        )
        return self.look.large or said > MOST_SCRIPT

    def first(self) -> float:
        """Return how many points of the first page the map and the script take."""
        return self._map_top() + MAP_HEIGHT + 8 - SIDE

    def _map_top(self) -> float:
        """Return where the map begins."""
        return 148.0 if self.base_url or self.look.large else 132.0

    def turf(
        self, bundle: Mapping[str, Any], pages: Sequence[Page], keys: Sequence[PageKey]
    ) -> dict[str, Any]:
        """Return what the pages of one turf say."""
        code, stops = bundle["code"], bundle["stops"]
        apart = self.apart(bundle)
        script = self.words.script(bundle["script"])
        width = WIDE if apart else NARROW
        metres = bundle["turf"]["metres"]
        people = sum(len(stop["people"]) for stop in stops)
        walk = f"{metres / 1000:.1f} km / {metres / METRES_PER_MILE:.1f} mi"
        about = self.words.say("doors_people", doors=len(stops), people=people)
        time = self._time(bundle["turf"])
        built = self._buildings(bundle)
        return {
            "name": bundle["turf"]["name"],
            "chapter": bundle["chapter"],
            "code": code,
            "script": bundle["script"]["id"],
            "qr": _qr(link(self.base_url, code)) if self.base_url else None,
            "about": f"{about}, {walk}{time}",
            "map": svg(bundle, width, MAP_HEIGHT),
            "map_width": width,
            "map_top": self._map_top(),
            "script_apart": apart,
            "opening": script["opening"].strip(),
            "questions": [_question(each) for each in script["questions"]],
            "legend": _legend(script["questions"]),
            "codes": "  ".join(
                f"{self.words.letters(each)} {self.words.result(each)}"
                for each in PERSON_RESULTS
            ),
            "pages": [
                self._page(page, key, len(pages), built)
                for page, key in zip(pages, keys, strict=True)
            ],
        }

    def _time(self, turf: Mapping[str, Any]) -> str:
        """Return about how long a turf takes, at the pace that its packet carries."""
        if "pace" not in turf:
            return ""
        pace = turf["pace"]
        minutes = turf["doors"] * pace["door"] + turf["metres"] / pace["metres"]
        return ", " + self.words.say("about", hours=f"{minutes / 60:.1f} h")

    def _page(
        self, page: Page, key: PageKey, of: int, built: Mapping[str, list[str]]
    ) -> dict[str, Any]:
        """Return one page."""
        half = marks.SIZE / 2
        places = marks.centres(*self.look.size)
        return {
            "page": self.words.say("page", number=page.number, of=of),
            "code": self.words.say("sheet", code=key.code),
            "marks": [
                [x - half, y - half, marks.svg(number)]
                for (x, y), number in zip(places, marks.numbers(key.code), strict=True)
            ],
            "boxes": self._boxes(page),
            "titles": [
                [each.options[0].x, each.options[0].y, each.title]
                for each in page.legend
            ],
            "headings": [self._heading(each) for each in page.headings],
            "rows": [
                self._person(row) if row.person else self._door(row, built)
                for row in page.rows
            ],
        }

    def _boxes(self, page: Page) -> str:
        """Return every box of a page as one drawing."""
        width, height = self.look.size
        side = f"{self.look.box:g}"
        path = "".join(
            f"M{option.x:g} {option.y:g}h{side}v{side}h-{side}z"
            for row in page.rows
            for field in row.fields
            for option in field.options
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}"><path d="{path}" fill="none" '
            f'stroke="#000" stroke-width="{LINE}"/></svg>'
        )

    def _heading(self, heading: Heading) -> dict[str, Any]:
        """Return the name of a street."""
        whole = ", ".join(part for part in (heading.street, heading.city) if part)
        words = self.words.say("more", street=whole) if heading.again else whole
        return {"top": heading.top, "words": words}

    def _buildings(self, bundle: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what is said of each building: its doors here, and how to get in."""
        homes = Counter(stop["building"] for stop in bundle["stops"])
        ways = bundle.get("buildings", {})
        return {
            building: [
                *([self.words.say("units", n=count)] if count > 1 else []),
                *(text[:LONGEST_WAY] for text in ways.get(building, {}).values()),
            ]
            for building, count in homes.items()
        }

    def _door(self, row: Row, built: Mapping[str, list[str]]) -> dict[str, Any]:
        """Return a door's row: its number large, its boxes, and a line for notes."""
        k, stop = self.look.scale, row.stop
        number = stop["number"] or ""
        size = (17.0 if len(number) <= LONGEST_NUMBER else 10.0) * k
        said = [self.words.say("notes")]
        if (result := self.last.get((row.door, None))) is not None:
            said.insert(0, self.words.say("last", result=self.words.result(result)))
        said = [*built[stop["building"]], *said]
        return {
            "door": True,
            "top": row.top,
            "left": SIDE,
            "position": row.position,
            "number": number,
            "number_size": size,
            "number_width": min(0.52 * size * len(number) + 3 * k, 70 * k),
            "unit": self.words.say("unit", unit=stop["unit"]) if stop["unit"] else "",
            "boxes": [[o.x, o.y, o.letters] for o in row.fields[0].options],
            "notes": row.notes,
            "right": self.look.size[0] - SIDE,
            "about": " · ".join(said),
        }

    def _person(self, row: Row) -> dict[str, Any]:
        """Return a person's row: the name as large as it fits, and the boxes."""
        k, someone = self.look.scale, row.stop
        width = 98.0 * k - 4
        about = [str(part) for part in (someone["age"], someone["party"]) if part]
        if (result := self.last.get((row.door, row.person))) is not None:
            about.append(self.words.result(result))
        size = _fitting(someone["name"], width, 9.0 * k)
        return {
            "door": False,
            "top": row.top,
            "left": SIDE,
            "width": width,
            "size": size,
            "long": size < SHORT * 9.0 * k,
            "name": someone["name"],
            "about": ", ".join(about),
            "boxes": [
                [o.x, o.y, o.letters] for field in row.fields for o in field.options
            ],
        }


def link(base_url: str, code: str) -> str:
    """Return the address that opens a turf on a phone.

    The code stands behind the '#', so that it is not sent along with the request.
    """
    return f"{base_url}/phone/#code={code}"


def _qr(address: str) -> str:
    """Return a square to scan, as SVG."""
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=2)
    return out.getvalue().decode()


def _question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question with the letters of each response."""
    boxes = choices(question)
    names = [each["name"] for each in question["responses"]]
    letters = [letters for _, letters in boxes] or ["-"] * len(names)
    pairs = zip(letters, names, strict=True) if names else ()
    return {
        "title": question["title"],
        "written": not boxes and question["kind"] != "say",
        "ask": question["ask"],
        "responses": [list(pair) for pair in pairs],
    }


def _legend(questions: Sequence[Mapping[str, Any]]) -> str:
    """Return what the letters of each choice stand for, in one line."""
    return "  ".join(
        f"{each['title']}: " + ", ".join(f"{mark} {name}" for mark, name in found)
        for each in questions
        if (found := _question(each)["responses"])
    )


def _fitting(words: str, width: float, most: float) -> float:
    """Return the size of letters at which words fit; `most` where they are short."""
    wide = sum(0.5 if ord(letter) < 0x2E80 else 1.0 for letter in words)  # noqa: PLR2004  # from there on letters are square
    return round(min(most, width / max(wide * 1.04, 1.0)), 2)
