"""groundgame server: run it, and what its host does at the command line."""

import os
import socket
import sys
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from groundgame.cli.answer import DATA, AsJson, DataDir, note, say
from groundgame.cli.files import write_table
from groundgame.cli.watch import Reading, Share, progress
from groundgame.errors import PortTaken
from groundgame.server import start, worker

app = typer.Typer(no_args_is_help=True, help="The server and its book.")


class Role(StrEnum):
    """What somebody may do in a chapter."""

    organizer = "organizer"
    canvasser = "canvasser"


THREADS = 32
"""Of a process: whoever waits for the disk must not keep others from being answered."""

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Workers = Annotated[
    int,
    typer.Option(min=1, help="Processes: one a core, if hundreds of phones come."),
]
Username = Annotated[str, typer.Argument(help="Who signs in.")]
Chapter = Annotated[str, typer.Option(help="Which local group.")]
RoleOption = Annotated[Role, typer.Option(help="What they may do in it.")]
Email = Annotated[str, typer.Option(help="An address to sign in with, if they like.")]
Files = Annotated[
    Path,
    typer.Argument(
        exists=True,
        file_okay=False,
        help="A folder with voters.csv (layout elm), addresses.csv, streets.geojson.",
    ),
]


@app.command()
def run(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Bring the tables up to date and serve, until Ctrl-C.

    Beside it runs a worker for what takes longer than a page may: reading files,
    cutting turf, printing.

    With --json, one object with the server's address is printed before it starts.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise PortTaken(host, port) from problem
    _address(host, port)
    start.prepare(data)
    start.migrate()
    if as_json:
        say({"url": os.environ["GROUNDGAME_BASE_URL"]}, as_json=True)
        sys.stdout.flush()
    else:
        note(f"groundgame is on {os.environ['GROUNDGAME_BASE_URL']} (Ctrl-C stops it)")
    closing = Event()
    keeper = worker.beside(closing)
    granian("groundgame.server.wsgi:application", host, port, workers=workers).serve()
    closing.set()
    keeper.join(worker.PATIENCE)


def granian(
    target: str, host: str, port: int, *, workers: int = 1
) -> AbstractServer[Any]:
    """Return the process that serves a WSGI application, set up as we run it."""
    return Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
    )


@app.command()
def work(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Work on jobs until Ctrl-C: another worker, for a server that has much to do.

    'groundgame server run' starts one by itself. With --json, one object is printed
    before it starts.
    """
    start.prepare(data)
    start.migrate()
    if as_json:
        say({"working": True}, as_json=True)
        sys.stdout.flush()
    else:
        note("working on jobs (Ctrl-C stops it)")
    worker.work()


@app.command()
def migrate(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Bring the book's tables up to date."""
    start.prepare(data)
    start.migrate()
    say({"migrated": True}, as_json=as_json)


@app.command()
def link(username: Username, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Print an address that signs somebody in, once, within the hour."""
    start.prepare(data)
    from groundgame.server import desk  # noqa: PLC0415  # needs Django set up first

    say({"user": username, "link": desk.link(username)}, as_json=as_json)


@app.command()
def user(
    username: Username,
    chapter: Chapter,
    role: RoleOption = Role.canvasser,
    email: Email = "",
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Give somebody a role in a chapter; make account and chapter if need be."""
    start.prepare(data)
    from groundgame.server import desk  # noqa: PLC0415  # needs Django set up first

    start.migrate()
    say(desk.seat(username, chapter, role.value, email), as_json=as_json)


@app.command(name="seal-key")
def seal_key(chapter: Chapter, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Make a new key for phones to seal with, as once a year or after a theft.

    Phones use it from the next time they ask on. Old keys go on opening.
    """
    start.prepare(data)
    from groundgame.server import desk  # noqa: PLC0415  # needs Django set up first

    start.migrate()
    say(desk.seal_key(chapter), as_json=as_json)


@app.command()
def demo(
    files: Files,
    experiment: Annotated[
        bool, typer.Option(help="With a finished experiment: half a minute more.")
    ] = True,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Fill the book with a made-up chapter, and print links to sign in with."""
    start.prepare(data)
    from groundgame.server import desk  # noqa: PLC0415  # needs Django set up first

    start.migrate()
    with progress() as bar:
        reading = Reading(bar, [files / "voters.csv"])
        cutting = Share(bar, "cutting turf")
        answer = desk.demo(
            files, reading=reading, cutting=cutting, experiment=experiment
        )
        reading.end()
        cutting(1.0)
    say(answer, as_json=as_json, title="Elm County is ready. Sign in with:")


@app.command()
def conversations(
    chapter: Annotated[str, typer.Argument(help="Which local group.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="A folder for the files; made if new.")
    ],
    reason: Annotated[str, typer.Option(help="What for: it stands in the audit log.")],
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Write down whom a chapter tried, and the answers that stand, for rules.

    Four files: attempts.parquet and answers.parquet, for 'groundgame universe' with
    --attempts and --answers; and who asked not to be contacted, each for --suppress:
    suppressed-people.parquet and suppressed-doors.parquet.
    """
    start.prepare(data)
    from groundgame.server import desk  # noqa: PLC0415  # needs Django set up first

    start.migrate()
    tables = desk.conversations(chapter, reason)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_table(out / f"{name}.parquet", table)
    rows = {name: table.num_rows for name, table in tables.items()}
    say({"chapter": chapter, "folder": str(out)} | rows, as_json=as_json)


@app.command()
def audit(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """Read the whole audit log, and say whether anybody has rewritten it."""
    start.prepare(data)
    from groundgame.server.actions import (  # noqa: PLC0415  # needs Django set up first
        audit as log,
    )

    verdict = log.verify_chain()
    answer = {"links": verdict.links, "broken_at": verdict.broken_at}
    say(answer, as_json=as_json)
    if not verdict.whole:
        raise typer.Exit(1)


def _address(host: str, port: int) -> None:
    """Unless it was said how the server is reached, take where it listens."""
    reached = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  # compared, not bound
    os.environ.setdefault("GROUNDGAME_BASE_URL", f"http://{reached}:{port}")
