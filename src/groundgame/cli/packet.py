"""groundgame packet: turfs on paper, and as the phone receives them."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import packet
from groundgame.canvass import Script
from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import (
    LATEST,
    AttemptFile,
    SnapshotName,
    SuppressFiles,
    given_table,
    heeded,
    open_snapshot,
    read_table,
    refuse_place,
    write_whole,
)
from groundgame.cli.paper import read_sheets
from groundgame.cli.watch import progress
from groundgame.errors import BadScript, EmptyTurf, WrongTable
from groundgame.tables import ATTEMPTS, TURFS, Snapshot
from groundgame.turf import CANVASSER, Pace

app = typer.Typer(no_args_is_help=True, help="Turfs on paper and on a phone.")

ALL = "all"
DAYS = 30
_ADDRESS = re.compile(r"https?://[!-~]{1,200}")


class Paper(StrEnum):
    """The sizes of paper."""

    letter = "letter"
    a4 = "a4"


class Language(StrEnum):
    """The languages of a walk sheet."""

    en = "en"
    es = "es"


TurfFile = Annotated[
    Path, typer.Argument(metavar="TURFS", help="What 'groundgame turf cut' wrote.")
]
Number = Annotated[str, typer.Option("--turf", help="A turf's number, or 'all'.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The file to write.")]
ScriptFile = Annotated[
    Path | None,
    typer.Option("--script", help="A script in TOML; without it, a short neutral one."),
]
Chapter = Annotated[str, typer.Option(help="Whose walk it is; stands on each page.")]
Day = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="The day for ages; today if left out."
    ),
]
Days = Annotated[
    int, typer.Option(min=1, max=3650, help="Days until the packet expires.")
]


@app.command("print")
def print_sheets(
    turfs: TurfFile,
    out: Out,
    snapshot: SnapshotName = LATEST,
    turf: Number = "all",
    script: ScriptFile = None,
    base_url: Annotated[
        str,
        typer.Option(help="The server's address. With it each turf has a QR code."),
    ] = "",
    paper: Annotated[Paper, typer.Option(help="Size of the paper.")] = Paper.letter,
    large: Annotated[bool, typer.Option("--large", help="Print larger.")] = False,
    language: Annotated[
        Language, typer.Option(help="Of the sheet, and of scripts that speak it.")
    ] = Language.en,
    chapter: Chapter = "",
    on: Day = None,
    attempts: AttemptFile = None,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Print walk sheets: a map, then the doors in walking order, with boxes to mark.

    Beside the PDF it writes the key by which 'packet read' reads photographs of the
    filled sheets: sheets.key.json for sheets.pdf. A turf of the same cut always gets
    the same code. With --attempts, as 'server conversations' writes them, it says how
    it went last time. The codes that open a turf on a phone are the server's own: print
    there what is to be loaded by code.
    """
    _refuse_address(base_url)
    refuse_place(out, turfs, script, attempts, *(suppress or ()))
    source = _source(data, snapshot, suppress)
    job = _Job(turfs, source, turf, script, chapter, on, DAYS)
    look = packet.Look(paper.value, large, language.value)
    last = job.last(given_table(attempts, ATTEMPTS))
    sheets = packet.sheet(job.bundles, look, base_url=base_url, last=last)
    key = out.with_suffix(".key.json")
    write_whole(out, lambda part: part.write_bytes(sheets.pdf))
    write_whole(key, lambda part: packet.key.write(part, sheets.keys))
    if sheets.missing:
        note(
            f"{len(sheets.missing)} letters are in no font here, and print as empty "
            "boxes; write those names in by hand."
        )
    note(f"{out} is ready to print; {key} reads photographs of it.")
    printed = {"pages": packet.count_pages(sheets.pdf), "file": str(out)}
    say(job.answer() | printed | {"key": str(key)}, as_json=as_json)


@app.command("bundle")
def write_bundle(
    turfs: TurfFile,
    out: Out,
    turf: Number,
    snapshot: SnapshotName = LATEST,
    script: ScriptFile = None,
    chapter: Chapter = "",
    on: Day = None,
    days: Days = DAYS,
    suppress: SuppressFiles = None,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Write one turf as the phone receives it; with --turf all, a list of them."""
    refuse_place(out, turfs, script, *(suppress or ()))
    source = _source(data, snapshot, suppress)
    job = _Job(turfs, source, turf, script, chapter, on, days)
    whole: Any = job.bundles if turf == ALL else job.bundles[0]
    text = json.dumps(whole, ensure_ascii=False)
    write_whole(out, lambda part: part.write_text(text, encoding="utf-8"))
    say(job.answer() | {"file": str(out)}, as_json=as_json)


app.command("read")(read_sheets)


class _Source(NamedTuple):
    """A snapshot, and its people; who is to be left out is marked as protected."""

    snapshot: Snapshot
    people: pa.Table


def _source(data: Path, name: str, suppress: list[Path] | None) -> _Source:
    """Open a snapshot, and mark in it who asked not to be contacted."""
    snapshot = open_snapshot(data, name)
    people = snapshot.read("people")
    ids = pa.array(heeded(suppress, snapshot), pa.string())
    away = pc.or_(
        pc.is_in(people["person_id"], value_set=ids),
        pc.is_in(people["door_id"], value_set=ids),
    )
    marked = pc.or_(people["protected"], away)
    at = people.column_names.index("protected")
    return _Source(snapshot, people.set_column(at, "protected", marked))


class _Job:
    """The bundles that a command asks for, and what is to be said about them."""

    def __init__(
        self,
        turfs: Path,
        source: _Source,
        turf: str,
        script: Path | None,
        chapter: str,
        on: datetime | None,
        days: int,
    ) -> None:
        """Make the bundles, showing how far they are."""
        self._started = perf_counter()
        snapshot, people = source
        words = _script(script)
        day = on.date() if on else date.today()
        expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
        whole = read_table(turfs, ", ".join(TURFS.names))
        doors = snapshot.read("doors")
        lists = {
            who: packet.walks(part, doors, people, on=day)
            for who, part in _by_canvasser(_chosen(whole, turf))
        }
        self._left_out = sum(each.left_out for each in lists.values())
        stops = [each.stops["door_id"].combine_chunks() for each in lists.values()]
        self._doors = pa.chunked_array(stops, pa.string())
        walks = sorted((n, who) for who, each in lists.items() for n in each.numbers)
        if not walks:
            raise EmptyTurf(f"turf {turf}")
        streets = packet.Streets.load(snapshot.streets)
        self.bundles = []
        with progress() as bar:
            for number, who in bar.track(walks, description="turfs"):
                walk = lists[who].turf(number)
                id_, code = _identity(snapshot.id, walk)
                name = f"Turf {number} {who}".strip()
                label = packet.Packet(id_, code, chapter, name, expires)
                said = words.as_dict()
                pace = Pace().told(walk.stops["unit"], len(said["questions"]))
                self.bundles.append(packet.bundle(label, walk, said, streets, pace))

    def last(self, attempts: pa.Table | None) -> packet.Last:
        """Return how it went last time at the doors of these turfs."""
        if attempts is None:
            return {}
        here = pc.is_in(attempts["door_id"], value_set=self._doors)
        names = ("door_id", "person_id", "last_result")
        near = attempts.filter(here).select(names)
        found = zip(*(near[name].to_pylist() for name in names), strict=True)
        return {(door, person or None): result for door, person, result in found}

    def answer(self) -> dict[str, Any]:
        """Return what the command says when it is done."""
        return {
            "turfs": len(self.bundles),
            "doors": sum(each["turf"]["doors"] for each in self.bundles),
            "left_out": self._left_out,
            "seconds": round(perf_counter() - self._started, 3),
        }


def _by_canvasser(turfs: pa.Table) -> list[tuple[str, pa.Table]]:
    """Return the doors of A and those of B, where turfs are shared; else all."""
    if CANVASSER not in turfs.column_names:
        return [("", turfs)]
    whose = turfs[CANVASSER].cast(pa.string())
    names = {str(name) for name in pc.unique(whose).to_pylist()}
    if not names <= {"A", "B"}:
        raise WrongTable("turfs", f"has a {CANVASSER} who is neither A nor B")
    return [
        (who, turfs.filter(pc.equal(whose, pa.scalar(who)))) for who in sorted(names)
    ]


def _chosen(turfs: pa.Table, wanted: str) -> pa.Table:
    """Return the turf that was asked for, or all of them, and whose each door is."""
    whose = turfs.column_names.count(CANVASSER)
    cut = TURFS.conform(turfs)
    turfs = cut.append_column(CANVASSER, turfs[CANVASSER]) if whose else cut
    if wanted == ALL:
        return turfs
    if not wanted.isascii() or not wanted.isdigit():
        raise typer.BadParameter(f"--turf takes a number or 'all', not {wanted!r}")
    number = wanted.lstrip("0")
    chosen = turfs.filter(pc.field("turf").cast(pa.string()) == number)
    if not chosen.num_rows:
        known = pc.count_distinct(turfs["turf"]).as_py()
        raise WrongTable("turfs", f"has {known} turfs, but no turf {wanted}")
    return chosen


def _script(path: Path | None) -> Script:
    """Return the script in a file; without one, a short neutral one."""
    if path is None:
        return Script.listening()
    if not path.is_file():
        raise BadScript(f"{path.name} is no file, or is not there")
    return Script.load(path)


def _refuse_address(base_url: str) -> None:
    """Refuse what is no address of a server, or too long for a square to scan."""
    if base_url and not _ADDRESS.fullmatch(base_url):
        raise typer.BadParameter("--base-url is an address such as https://example.org")


def _identity(snapshot: str, walk: packet.Walks) -> tuple[str, str]:
    """Return the packet's id and code: the same each time for the same doors."""
    doors = "\n".join([snapshot, *map(str, walk.stops["door_id"].to_pylist())])
    digest = blake2b(doors.encode(), digest_size=16 + packet.code.BYTES).digest()
    return str(UUID(bytes=digest[:16])), packet.code.make(digest[16:])
