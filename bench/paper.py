"""How fast walk sheets print, and how well filled ones are read.

    .venv/bin/python -m bench.paper print            100 turfs, beside bare Typst
    .venv/bin/python -m bench.paper read             10,000 boxes, photographed badly
    .venv/bin/python -m bench.paper read --seed 7 --boxes 50000
    .venv/bin/python -m bench.paper severity         a table: skew, crumple, shade, blur

Every run says its seed; the same seed gives the same photographs.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import cycle
from time import perf_counter, process_time

import typst

from bench import paper_world as world
from bench.paper_photo import FAIR, Conditions
from groundgame.errors import UnreadablePhoto
from groundgame.packet import count_pages, sheet
from groundgame.packet.reading import look, photos, read_page, which
from groundgame.values import Seed, letters

HARD = Conditions.all(1.0)
MEANT = {
    "marked": "marked",
    "twice": "marked",
    "faint": "marked",
    "empty": "empty",
    "erased": "empty",
    "crossed": "empty",
}
"""What counts as right for each thing that was done to a box."""


@dataclass
class Tally:
    """What became of the boxes of many photographs."""

    counts: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)
    refused: int = 0
    photos: int = 0
    seconds: float = 0.0

    @property
    def boxes(self) -> int:
        """How many boxes were in the photographs that were read."""
        return self.counts.total()

    @property
    def sure(self) -> int:
        """How many were read without a doubt."""
        return sum(n for (_, got), n in self.counts.items() if got != "doubt")

    def of(self, truth: str) -> int:
        """How many boxes had this done to them."""
        return sum(n for (done, _), n in self.counts.items() if done == truth)

    @property
    def share_in_doubt(self) -> float:
        """Which share of the clear marks somebody has to look at."""
        return self.counts["marked", "doubt"] / max(self.of("marked"), 1)

    def add(self, filled: world.Filled, seed: int) -> None:
        """Read one photograph, and hold it against the truth."""
        started = process_time()
        self.photos += 1
        try:
            (photo,) = photos("sheet.jpg", filled.photo)
            seen = look(photo)
            page = read_page(seen, which(seen, {filled.key.code: filled.key}))
        except UnreadablePhoto:
            self.refused += 1
            return
        finally:
            self.seconds += process_time() - started
        said = {(event["door"], event["person"]): event for event in page.conversations}
        unsure = {
            (doubt.row["n"], each.name)
            for doubt in page.doubts
            for each in doubt.unsure
        }
        sure = {doubt.row["n"]: doubt.sure for doubt in page.doubts}
        for row in filled.key.says["rows"]:
            event = said.get((row["door"], row["person"]))
            known = sure.get(row["n"])
            for name, boxes in row["fields"].items():
                marked = (known or {}).get(name)
                if event is not None:
                    result = event["result"] if name == "=result" else None
                    marked = result or event["answers"].get(name)
                for value, _x, _y in boxes:
                    self._box(
                        filled,
                        (row["n"], name, value),
                        seed,
                        doubt=(row["n"], name) in unsure,
                        marked=marked == value,
                    )

    def _box(
        self, filled: world.Filled, box: tuple, seed: int, *, doubt: bool, marked: bool
    ) -> None:
        """Count one box."""
        truth = filled.truth[box]
        got = "doubt" if doubt else "marked" if marked else "empty"
        implied = box[1] == "=result" and box[2] == "canvassed" and got == "marked"
        if implied and truth not in {"marked", "twice"} and not _any(filled, box):
            got = "empty"  # no result was marked: the answers imply this one
        self.counts[truth, got] += 1
        if got not in {"doubt", MEANT[truth]}:
            self.wrong.append((seed, filled.key.code, *box, truth, got))


def _any(filled: world.Filled, box: tuple) -> bool:
    """Return whether anything was marked in the field of a box."""
    return any(
        truth in {"marked", "twice", "faint"}
        for (n, name, _), truth in filled.truth.items()
        if (n, name) == box[:2]
    )


def read_many(
    seed: int, boxes: int, how: Conditions = HARD, *, doors: int = 30
) -> Tally:
    """Print, fill in, photograph and read sheets until so many boxes were read."""
    tally = Tally()
    made = world.bundle(doors, Seed(seed).stream("bench.paper.turf"))
    printed = cache(lambda look_: world.printed(made, look_))
    for turn, look_ in enumerate(cycle(world.LOOKS)):
        for picture, key in printed(look_):
            if tally.boxes >= boxes:
                return tally
            filled = world.filled(picture, key, Seed(seed * 1000 + turn), how)
            tally.add(filled, seed * 1000 + turn)
    raise AssertionError("the looks never end")


def read(seed: int, boxes: int) -> int:
    """Print how well boxes are read; 1 where one was read wrong."""
    wrong = 0
    for name, how in (("fair", FAIR), ("hard", HARD)):
        tally = read_many(seed, boxes, how)
        right = 1 - len(tally.wrong) / max(tally.sure, 1)
        print(
            f"seed {seed}, {name}: {tally.photos} photographs, {tally.refused} "
            f"refused, {tally.boxes:,} boxes, "
            f"{tally.seconds / tally.photos:.2f} s of CPU each"
        )
        for truth in MEANT:
            got = {g: tally.counts[truth, g] for g in ("marked", "empty", "doubt")}
            print(
                f"  {truth:<8} read as marked {got['marked']:>6}, "
                f"empty {got['empty']:>6}, in doubt {got['doubt']:>5}"
            )
        print(
            f"  of clear marks {tally.share_in_doubt:.1%} in doubt; of all boxes, with "
            f"all of their question, {1 - tally.sure / tally.boxes:.1%}; of the sure "
            f"{right:.4%} right, {len(tally.wrong)} wrong"
        )
        for each in tally.wrong:
            print("  wrong:", *each)
        wrong += len(tally.wrong)
    return 1 if wrong else 0


def severity(seed: int, boxes: int) -> int:
    """Print how well boxes are read as one condition gets worse; the rest is fair."""
    ladder = [("a scanner", Conditions.all(0.0)), ("fair", FAIR)]
    for name in ("skew", "crumple", "shade", "blur"):
        ladder += [
            (f"{name} {bad}", replace(FAIR, **{name: bad})) for bad in (0.7, 1.0, 1.5)
        ]
    ladder += [(f"all {bad}", Conditions.all(bad)) for bad in (0.7, 1.0, 1.5)]
    print(f"seed {seed}")
    print(
        "conditions  photographs refused  boxes  marks in doubt  faint in doubt  wrong"
    )
    wrong = 0
    for name, how in ladder:
        tally = read_many(seed, boxes, how, doors=12)
        faint = tally.counts["faint", "doubt"] / max(tally.of("faint"), 1)
        print(
            f"{name:<11} {tally.photos:>11} {tally.refused:>7} {tally.boxes:>6,} "
            f"{tally.share_in_doubt:>15.1%} {faint:>15.1%} {len(tally.wrong):>6}"
        )
        wrong += len(tally.wrong)
    return 1 if wrong else 0


def prints(seed: int, turfs: int) -> int:
    """Print how long walk sheets take, beside Typst setting as many plain pages."""
    chance = Seed(seed).stream("bench.paper.print")
    bundles = [world.bundle(50, chance, f"Turf {n}") for n in range(turfs)]
    sheet(bundles[:1])
    began, cpu = perf_counter(), process_time()
    done = sheet(bundles, base_url="https://elm.example")
    wall, cpu = perf_counter() - began, process_time() - cpu
    pages = count_pages(done.pdf)
    lines = "\n\n".join(
        f"{stop['number']} {stop['street']}: {someone['name']} {someone['age']}"
        for made in bundles
        for stop in made["stops"]
        for someone in stop["people"]
    )
    plain = {"main": f'#set text(font: "Source Sans Pro")\n{lines}'.encode()}
    began = process_time()
    typst.compile(plain, font_paths=letters.fonts(), pdf_tags=False)
    bare = process_time() - began
    print(
        f"seed {seed}: {turfs} turfs, {turfs * 50:,} doors, {pages:,} pages in "
        f"{wall:.1f} s ({cpu:.1f} s of CPU); Typst setting their names as plain "
        f"lines: {bare:.2f} s of CPU; ratio {cpu / bare:.1f}"
    )
    return 0 if wall < 60 else 1


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["print", "read", "severity"])
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--boxes", type=int, default=10_000)
    arguments.add_argument("--turfs", type=int, default=100)
    given = arguments.parse_args()
    if given.what == "print":
        sys.exit(prints(given.seed, given.turfs))
    sys.exit({"read": read, "severity": severity}[given.what](given.seed, given.boxes))
