"""Place all doors of a snapshot, and keep account of it.

In:  a snapshot, files of address points and street lines, places given by hand.
Out: the snapshot's layer of places, made anew: a part beside each part of doors, the
     reasons, the streets to draw, and account.json. It replaces the old one in one
     step; until then, and when the run is killed, the old one stands.

Places that somebody gave by hand stay, also when nobody gives them again.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import reduce
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from groundgame.errors import SwappedPlaces, WrongTable
from groundgame.tables import Snapshot
from groundgame.values import Here, Workers, clear_drafts
from groundgame.voterfile.places import mapped
from groundgame.voterfile.places.known import (
    KnownSource,
    Progress,
    exchanged,
    gather,
    is_extract,
)
from groundgame.voterfile.places.layer import layer
from groundgame.voterfile.places.methods import EVERY, NONE, POINT, ZIP
from groundgame.voterfile.places.part import (
    Counts,
    MethodCount,
    Piece,
    add,
    place_part,
)

ACCOUNT, WORK, BY_HAND_FILE = "account.json", "work", "by_hand.parquet"
STREETS = "streets.geojson"


@dataclass(frozen=True, slots=True)
class Located:
    """What became of every door: doors = those by each method + those not placed."""

    snapshot: str
    doors: int
    methods: Counts
    sources: tuple[KnownSource, ...]
    unknown_by_hand: int = 0

    def __post_init__(self) -> None:
        """Refuse to be born when the doors do not add up."""
        counted = sum(count.doors for count in self.methods.values())
        if self.doors != counted:
            raise ValueError(f"{self.doors} doors, but {counted} accounted for")

    @property
    def unplaced(self) -> int:
        """How many doors have no place."""
        return self.methods[NONE].doors


def locate(  # noqa: PLR0913  # one for each thing somebody may have
    snapshot: Snapshot,
    points: Sequence[Path],
    *,
    streets: Sequence[Path] = (),
    by_hand: pa.Table | None = None,
    coarsest: str = ZIP,
    keep: bool = False,
    workers: Workers | None = None,
    progress: Progress | None = None,
) -> Located:
    """Place the doors of a snapshot, and return what became of every one.

    Args:
        snapshot: Its layer of places is made anew; nothing else of it changes.
        points: Files, the most trusted first; without any, lines place no door.
        streets: GeoJSON lines with names; extracts of OpenStreetMap bring their own.
            Where there are neither, those that the import was given.
        by_hand: door_id, lon, lat: places that always win. Rows without a place are
            passed over.
        coarsest: The last method to try.
        keep: Whether places that stand from other sources stay where nothing finer is
            found; else only those by hand do.
        workers: Who does the parts; threads of this process if left out.
        progress: Told what is done, how much of it, and of how much.

    Raises:
        WrongLayout: A list of points lacks a column, or no row of it has a place.
        SwappedPlaces: Most latitudes are where nobody lives.
        UnreadableFile: A file is not what its name says.
        WrongTable: The table by hand lacks a column, or has a place off the globe.
    """
    hand = None if by_hand is None else _hand(by_hand)
    with layer(snapshot.folder, "places") as making:
        work = making / WORK
        known = gather(
            points,
            work / "known",
            streets=streets or _own_streets(snapshot, points, keep=keep),
            progress=progress,
        )
        if hand is not None:
            hand.write_parquet(work / BY_HAND_FILE)
        plain = _pieces(snapshot, making, by_hand=hand is not None)
        last = coarsest if points else POINT
        pieces = [replace(each, coarsest=last, keep=keep) for each in plain]
        counts = _all(pieces, workers or Here(), progress)
        if own := _to_draw(snapshot, points, streets, keep=keep):
            mapped.draw(known.lines().collect(), making / own)
        located = Located(
            snapshot=snapshot.id,
            doors=sum(pq.read_metadata(piece.doors).num_rows for piece in pieces),
            methods=counts,
            sources=known.sources,
            unknown_by_hand=_unknown(hand, pieces),
        )
        _write(located, making / ACCOUNT)
        shutil.rmtree(work)
        clear_drafts(making)
    return located


def _pieces(snapshot: Snapshot, making: Path, *, by_hand: bool) -> list[Piece]:
    """Return the work, a part of doors each."""
    work = making / WORK
    return [
        Piece(
            doors=part,
            to=making / part.name,
            known=work / "known",
            by_hand=work / BY_HAND_FILE if by_hand else None,
            before=snapshot.folder / "places" / part.name,
        )
        for part in snapshot.paths("doors")
    ]


def _to_draw(
    snapshot: Snapshot, points: Sequence[Path], streets: Sequence[Path], *, keep: bool
) -> str:
    """Return under which name the lines are drawn; '': the import's own will do."""
    kept = keep and (snapshot.folder / "places" / STREETS).exists()
    brought = kept or streets or any(is_extract(path) for path in points)
    return STREETS if brought else ""


def _own_streets(
    snapshot: Snapshot, points: Sequence[Path], *, keep: bool
) -> tuple[Path, ...]:
    """Return the street lines that the import took along, unless others come."""
    own = snapshot.folder / STREETS
    drawn = snapshot.folder / "places" / STREETS
    if keep and drawn.exists():
        own = drawn
    others = any(is_extract(path) for path in points)
    return () if others or not own.exists() else (own,)


def account(snapshot: Snapshot) -> Located | None:
    """Return what the last search came to; None where there has been none."""
    path = snapshot.folder / "places" / ACCOUNT
    if not path.exists():
        return None
    plain = json.loads(path.read_text(encoding="utf-8"))
    methods = plain["methods"]
    return Located(
        **plain
        | {
            "methods": {by: MethodCount(**methods[by]) for by in EVERY},
            "sources": tuple(KnownSource(**one) for one in plain["sources"]),
        }
    )


def _write(located: Located, to: Path) -> None:
    """Write the account, which holds numbers and names of files."""
    text = json.dumps(asdict(located), indent=2, ensure_ascii=False)
    to.write_text(text + "\n", encoding="utf-8")


def _all(
    pieces: Sequence[Piece], workers: Workers, progress: Progress | None
) -> Counts:
    """Let the workers do all parts, and return the counts of all."""
    done: list[Counts] = []
    for counts in workers.map(place_part, pieces):
        done.append(counts)
        if progress:
            progress("placing doors (parts)", len(done), len(pieces))
    return reduce(add, done, dict.fromkeys(EVERY, MethodCount()))


def _hand(given: pa.Table) -> pl.DataFrame:
    """Return door_id, lon, lat of the places given by hand, each door once."""
    missing = {"door_id", "lon", "lat"} - set(given.column_names)
    if missing:
        raise WrongTable("by hand", f"has no column {', '.join(sorted(missing))}")
    try:
        hand = pl.DataFrame(given.select(["door_id", "lon", "lat"])).select(
            pl.col("door_id").cast(pl.String), pl.col("lon", "lat").cast(pl.Float64)
        )
    except pl.exceptions.PolarsError as problem:
        raise WrongTable("by hand", "has something else than degrees") from problem
    hand = hand.drop_nulls()
    odd = exchanged(hand)
    if 2 * odd > hand.height:
        raise SwappedPlaces(doors=odd)
    lon, lat = pl.col("lon"), pl.col("lat")
    beyond = hand.filter(~(lon.is_between(-180, 180) & lat.is_between(-90, 90))).height
    if beyond:
        raise WrongTable("by hand", f"has {beyond} places that are not in degrees")
    twice = hand.height - hand["door_id"].n_unique()
    if twice:
        raise WrongTable("by hand", f"names {twice} doors twice")
    return hand


def _unknown(hand: pl.DataFrame | None, pieces: Sequence[Piece]) -> int:
    """Count the doors given by hand that the snapshot does not have."""
    if hand is None:
        return 0
    parts = [pl.scan_parquet(piece.doors, glob=False) for piece in pieces]
    ids = pl.concat([part.select("door_id") for part in parts])
    return hand.lazy().join(ids, on="door_id", how="anti").collect().height
