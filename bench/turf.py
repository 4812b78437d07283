"""Turf: how short, how fast and how large, beside others; a question, a table.

    .venv/bin/python -m bench.turf [QUESTION ...] --out FOLDER

Without a question, all. Tables are printed and written to FOLDER/turf.md; plots
and maps go beside. Seconds are of the processor, so that a busy machine spoils them
little (the clock's too, for scale). All turfs are judged by `turf.measure` on the
ground that is said; each door must be there exactly once. Every way is open to look
into: bench/turf_peers.py. On ground unknown to us: the towns are those of seeds 501 on
(--first), which nobody has tuned for.

- peers: towns of --doors; PyVRP for --pyvrp seconds (with as many routes as ours has at
  least; kept in --keep) as it comes, which is without a least, and brought within the
  limits by our own loops (bench/turf_repair.py); ours, in --shares of that time (1: as
  long), in the first of them without a least as well; k-means and METIS (as many
  turfs, of any size), a printed list, boxes. On straight lines, and on the town's
  streets (--grounds).
- queens: real doors on real streets, in ../shared/data/streets beside the repository or
  in --queens; with maps.
- scale: files of --sizes doors, made in --states where they are not there yet; those
  of up to --ten doors also in ten times the time of the least effort.
- matrices: 50 x 50 within a turf, of the largest of --sizes.
- borders: what borders cost that no turf crosses.
- seams: what cells cost that doors are cut in, before and after their seams are mended.
- pictures: what docs/concepts/turf.md shows.

--vast: PyVRP at 20,000 doors too (ten gigabytes).
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.turf_beside import GROUNDS, Asked, compare
from bench.turf_borders import borders, seams
from bench.turf_matrices import matrices
from bench.turf_pictures import pictures
from bench.turf_queens import queens
from bench.turf_scale import made, scale
from bench.turf_tables import Table
from bench.turf_world import opened, warm

QUEENS = Path(__file__).parents[2] / "shared/data/streets"


def main() -> None:
    """Answer the questions that are asked, one table after the other."""
    asked = _asked()
    asked.out.mkdir(parents=True, exist_ok=True)
    written = []
    for question in asked.questions or QUESTIONS:
        for table in QUESTIONS[question](asked):
            print(f"\n{table.note}", flush=True)
            written.append(table.text())
            (asked.out / "turf.md").write_text("\n".join(written))


def _asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("questions", nargs="*", choices=[*QUESTIONS, []], help="all if left out")
    add("--out", type=Path, required=True)
    add("--doors", type=int, nargs="+", default=[2_000, 5_000, 20_000])
    add("--seeds", type=int, default=5, help="towns of each size")
    add("--first", type=int, default=501, metavar="SEED")
    add("--grounds", nargs="+", choices=GROUNDS, default=GROUNDS)
    add("--pyvrp", type=float, default=60.0, metavar="SECONDS")
    add("--shares", type=int, nargs="+", default=[100, 60, 10], metavar="SHARE")
    add("--vast", action="store_true")
    add("--keep", type=Path, metavar="FOLDER", help="OUT/kept if left out")
    add("--queens", type=Path, default=QUEENS, metavar="FOLDER")
    add("--sizes", type=int, nargs="+", default=[20_000, 100_000, 1_000_000, 4_000_000])
    add("--efforts", type=float, nargs="+", default=[0.1, 1.0])
    add("--ten", type=int, default=100_000, metavar="DOORS")
    add("--states", type=Path, metavar="FOLDER", help="OUT/states if left out")
    add("--bordered", type=int, default=200_000, metavar="DOORS")
    asked = parser.parse_args()
    asked.states = asked.states or asked.out / "states"
    asked.keep = asked.keep or asked.out / "kept"
    return asked


def _peers(asked: argparse.Namespace) -> Iterator[Table]:
    """Compare on towns of each size, on each ground."""
    warm()
    seeds = range(asked.first, asked.first + asked.seeds)
    for doors in asked.doors:
        for ground in asked.grounds:
            wanted = Asked(
                doors, seeds, asked.pyvrp, asked.vast, asked.keep, asked.shares
            )
            yield compare(wanted, ground, asked.out)


def _queens(asked: argparse.Namespace) -> Iterator[Table]:
    """Cut Queens Village, if it is there."""
    if not asked.queens.is_dir():
        print(f"\nQueens Village: passed over, no folder {asked.queens}")
        return
    yield from queens(asked.queens, asked.out, asked.pyvrp)


def _scale(asked: argparse.Namespace) -> Iterator[Table]:
    """Cut files of all sizes."""
    yield scale(asked.sizes, asked.efforts, asked.states, asked.out, asked.ten)


def _matrices(asked: argparse.Namespace) -> Iterator[Table]:
    """Time matrices in the largest of the files."""
    warm()
    yield matrices(opened(made(asked.states, max(asked.sizes))))


def _borders(asked: argparse.Namespace) -> Iterator[Table]:
    """Cut a state with borders and without."""
    warm()
    seeds = range(asked.first, asked.first + 2)
    yield borders(asked.bordered, seeds, 1.0, state=False)
    yield borders(asked.bordered, seeds[:1], 1.0, state=True)


def _seams(asked: argparse.Namespace) -> Iterator[Table]:
    """Cut a town and a state in cells, at two efforts."""
    warm()
    seeds = range(asked.first, asked.first + 2)
    for effort in asked.efforts:
        yield seams(asked.bordered, seeds[:1], effort, state=False)
        yield seams(asked.bordered, seeds, effort, state=True)


def _pictures(asked: argparse.Namespace) -> Iterator[Table]:
    """Draw what docs/concepts/turf.md shows."""
    pictures(asked.out)
    yield from ()


QUESTIONS: dict[str, Callable[[argparse.Namespace], Iterator[Table]]] = {
    "peers": _peers,
    "queens": _queens,
    "scale": _scale,
    "matrices": _matrices,
    "borders": _borders,
    "seams": _seams,
    "pictures": _pictures,
}


if __name__ == "__main__":
    main()
