"""An evening's end: two thousand phones hand in their shifts within a minute.

    .venv/bin/python bench/load.py [--phones 2000] [--events 60] [--seconds 60]
        [--stretch 60] [--rush 60] [--seed 1] [--postgres] [--workers 2]
        [--keep FOLDER] [--json FILE]

In:  large Elm County's book with a packet and a claim for each phone (load_world.py).
Out: two figures, each beside a bare view (load_bare.py) that commits the same rows in
     one transaction, under the same granian, over the same database, in the same run.

*Evening*: each phone hands in its events; of so many saved (`--stretch`), one had
signal, and with it all that waited go out in one batch, as the app sends them. The
moments of signal are spread evenly over `--seconds`. Latency counts from when a batch
was due, so a server that stops answering does not look fast. *Rush*: `--rush` more
events a phone, in batches cut alike, as fast as 64 connections can. The phones are a
process of their own (load_phones.py) on the same cores, and send the real server what
is sealed. What must hold, at the end: no error, every event kept, at least half of the
bare view's throughput, at most three times its p99.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # for the tests' own PostgreSQL
cluster = import_module("tests.server.cluster")

LEAST_THROUGHPUT, MOST_P99 = 0.5, 3.0
SAFE = {"fsync": "on", "full_page_writes": "on"}
ARMS = ("groundgame", "bare")


def main() -> int:
    """Make the world, let the phones loose on both, print the table."""
    told = options()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        books = {
            arm: book(stack, scratch / arm, postgres=told.postgres) for arm in ARMS
        }
        for environment in books.values():
            world(environment, told, scratch)
        phones = stack.enter_context(talking(told, scratch))
        found: dict[str, dict[str, Any]] = {"rush": {}, "evening": {}}
        for arm, environment in books.items():
            with serving(arm, environment, told.workers) as url:
                for part, runs in found.items():
                    runs[arm] = ask(phones, {"part": part, "url": url, "arm": arm})
                    print(part, arm, json.dumps(runs[arm]), file=sys.stderr)
    verdict = judged(found, told)
    if told.json:
        told.json.write_text(json.dumps(verdict, indent=1) + "\n")
    print(table(verdict))
    return 0 if verdict["holds"] else 1


def options() -> argparse.Namespace:
    """Return what was asked for."""
    wanted = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    wanted.add_argument("--phones", type=int, default=2_000)
    wanted.add_argument("--events", type=int, default=60, help="of each phone")
    wanted.add_argument("--seconds", type=float, default=60)
    wanted.add_argument("--stretch", type=float, default=60, help="saved to one signal")
    wanted.add_argument("--rush", type=int, default=60, help="more, as fast as may be")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--postgres", action="store_true", help="the book is there")
    wanted.add_argument("--workers", type=int, default=2, help="of each server")
    wanted.add_argument("--keep", type=Path, help="a folder to keep the first book in")
    wanted.add_argument("--json", type=Path, help="write the figures here")
    return wanted.parse_args()


def book(stack: ExitStack, data: Path, *, postgres: bool) -> dict[str, str]:
    """Return the environment of an empty book."""
    environment = os.environ | {"GROUNDGAME_DATA": str(data)}
    environment.pop("GROUNDGAME_DATABASE_URL", None)
    if postgres:
        url = stack.enter_context(cluster.cluster(SAFE))
        environment["GROUNDGAME_DATABASE_URL"] = url
    return environment


def world(environment: dict[str, str], told: argparse.Namespace, scratch: Path) -> None:
    """Fill a book; what its phones hold is in claims.json of its data folder.

    SQLite's is made once, or not at all where `--keep` names a folder that has it.
    """
    data = Path(environment["GROUNDGAME_DATA"])
    made = data if told.postgres else (told.keep or scratch) / f"world-{told.phones}"
    if not (made / "claims.json").exists():
        command = [sys.executable, HERE / "load_world.py", str(told.phones)]
        there = environment | {"GROUNDGAME_DATA": str(made)}
        subprocess.run(command, env=there, check=True)
    if made != data:
        shutil.copytree(made, data)


@contextmanager
def talking(told: argparse.Namespace, scratch: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the phones' process; it says "ready" once all is written."""
    claims = [str(scratch / arm / "claims.json") for arm in ARMS]
    numbers = [told.events, told.rush, told.seconds, told.stretch, told.seed]
    command = [sys.executable, HERE / "load_phones.py", *claims, *map(str, numbers)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as phones:
        cast("IO[str]", phones.stdout).readline()
        yield phones
        cast("IO[str]", phones.stdin).close()


def ask(phones: subprocess.Popen[str], what: dict[str, str]) -> dict[str, Any]:
    """Let the phones do one part, and return what they measured."""
    ear, mouth = cast("IO[str]", phones.stdin), cast("IO[str]", phones.stdout)
    ear.write(json.dumps(what) + "\n")
    ear.flush()
    return dict(json.loads(mouth.readline()))


@contextmanager
def serving(arm: str, environment: dict[str, str], workers: int) -> Iterator[str]:
    """Run one of the two servers on a free port; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    ours = [str(Path(sys.executable).with_name("groundgame")), "server", "run"]
    bare = [sys.executable, str(HERE / "load_bare.py")]
    command = ours if arm == "groundgame" else bare
    command = [*command, "--port", port, "--workers", str(workers)]
    process = subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        reached(int(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def reached(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start within a minute")


def judged(found: dict[str, Any], told: argparse.Namespace) -> dict[str, Any]:
    """Return the figures, the ratios, and whether they are what was promised."""
    ours, bare = (found["rush"][arm]["events_a_second"] for arm in ARMS)
    slow, fast = (found["evening"][arm]["p99_ms"] for arm in ARMS)
    ratios = {"throughput": ours / bare, "p99": slow / fast}
    whole = all(part["groundgame"]["errors"] == 0 for part in found.values())
    inside = found["evening"]["groundgame"]["seconds"] < told.seconds * 1.1
    near = ratios["throughput"] >= LEAST_THROUGHPUT and ratios["p99"] <= MOST_P99
    return {
        "phones": told.phones,
        "events": told.events,
        "seed": told.seed,
        "book": "PostgreSQL" if told.postgres else "SQLite",
        "cores": len(os.sched_getaffinity(0)),
        "load": os.getloadavg()[0],
        "parts": found,
        "ratios": ratios,
        "holds": whole and inside and near,
    }


def table(verdict: dict[str, Any]) -> str:
    """Return the figures as a table."""
    head = "{phones:,} phones, {events} events each, {book}, {cores} cores, seed {seed}"
    lines = [head.format(**verdict)]
    columns = ("errors", "requests", "events_a_second", "p50_ms", "p99_ms", "seconds")
    lines.append(f"{'':20}" + "".join(f"{name:>17}" for name in columns))
    for part, runs in verdict["parts"].items():
        for arm, run in runs.items():
            cells = "".join(f"{run[name]:>17,.0f}" for name in columns)
            lines.append(f"{part:8} {arm:11}{cells}")
    ratios = verdict["ratios"]
    lines.append(
        f"throughput {ratios['throughput']:.2f} of the bare view's (at least "
        f"{LEAST_THROUGHPUT}), p99 {ratios['p99']:.2f} times (at most {MOST_P99}): "
        f"{'holds' if verdict['holds'] else 'DOES NOT HOLD'}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
