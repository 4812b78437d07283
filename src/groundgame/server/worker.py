"""Whoever works on jobs: one process beside the server's, two lines of work in it.

    python -m groundgame.server.worker          until it is told to stop
    python -m groundgame.server.worker --child  also until its parent is gone

Each worker holds a lock on a file as long as it lives, and the system gives it back
when the process ends, however it ends: so a job whose worker's file is not locked was
left in the middle, and is begun again. No clock and no heartbeat is needed for it.
The queue itself, and who takes what from it, are django-tasks'.
"""

import fcntl
import logging
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from groundgame.server import start

QUEUES = ("files", "turf")
PAUSE = 0.5
"""Seconds between two looks at an empty queue."""
PATIENCE = 10.0
"""Seconds that a job has to notice that its worker is being closed."""
AGAIN = 2.0
"""Seconds before a worker that fell over is started again."""


class Lock:
    """A file in DATA/workers that is locked as long as this worker lives."""

    def __init__(self, folder: Path) -> None:
        """Take a new name."""
        folder.mkdir(parents=True, exist_ok=True)
        self.name = uuid.uuid4().hex
        self._path = folder / self.name
        self._held = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def free(self) -> None:
        """End it."""
        self._path.unlink(missing_ok=True)
        os.close(self._held)


def alive(name: str) -> bool:
    """Return whether the worker of that name is running, here or on another server."""
    path = settings.DATA / "workers" / name
    try:
        opened = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(opened)


def work_off(name: str = "") -> int:
    """Do all jobs that wait, here and now, and return how many were left by others."""
    from django_tasks_db.management.commands.db_worker import (  # noqa: PLC0415  # needs Django set up first
        Worker,
    )

    from groundgame.server.actions import work  # noqa: PLC0415  # needs Django set up first

    left = work.recover(lambda other: other == name or alive(other))
    _batch(Worker, QUEUES, name)
    return left


def work(parent: int | None = None) -> None:
    """Work until this process is told to stop, or until its parent is gone."""
    from django_tasks_db.management.commands.db_worker import (  # noqa: PLC0415  # needs Django set up first
        Worker,
    )

    from groundgame.server.actions import work  # noqa: PLC0415  # needs Django set up first

    ending = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    lock = Lock(settings.DATA / "workers")
    lines = [
        Thread(target=_line, args=(Worker, queue, lock.name, ending), daemon=True)
        for queue in QUEUES
    ]
    work.recover(alive)
    for line in lines:
        line.start()
    rounds = 0
    while not ending.wait(1) and (parent is None or os.getppid() == parent):
        rounds += 1
        if not rounds % 30:
            _quietly(lambda: work.recover(alive))
        if not rounds % 3600:
            _quietly(lambda: work.tidy(timezone.now()))
    ending.set()
    work.close()
    for line in lines:
        line.join(PATIENCE)
    lock.free()
    os._exit(0)  # a job that did not notice is begun again by the next worker


def beside(stop: Event) -> Thread:
    """Keep a worker running beside this process, until `stop`; return the thread."""
    keeper = Thread(target=_keep, args=(stop,), daemon=True)
    keeper.start()
    return keeper


def _keep(stop: Event) -> None:
    """Start a worker, and another when it falls over."""
    command = [sys.executable, "-m", "groundgame.server.worker", "--child"]
    while not stop.is_set():
        child = subprocess.Popen(command)  # noqa: S603  # our own module
        while child.poll() is None and not stop.wait(0.2):
            pass
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(PATIENCE + AGAIN)
            except subprocess.TimeoutExpired:
                child.kill()
        stop.wait(AGAIN)


def _line(worker: type[Any], queue: str, name: str, ending: Event) -> None:
    """Do the jobs of one queue as they come."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415  # needs Django set up first

    def look() -> None:
        close_old_connections()
        if DBTaskResult.objects.ready().filter(queue_name=queue).exists():
            _batch(worker, (queue,), name)  # which takes the whole book for a moment

    while not ending.is_set():
        _quietly(look)
        ending.wait(PAUSE)


def _batch(worker: type[Any], queues: tuple[str, ...], name: str) -> None:
    """Do what waits in some queues, one after the other."""
    worker(
        queue_names=list(queues),
        interval=PAUSE,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    ).run()


def _quietly(act: Callable[[], object]) -> None:
    """Do something that is tried again soon; a book that is busy ends no worker."""
    try:
        act()
    except Exception:  # whatever it was, the next round begins afresh
        logging.getLogger("django").exception("the worker goes on")


if __name__ == "__main__":
    data = Path(os.environ.get("GROUNDGAME_DATA", "data"))
    above = os.getppid() if "--child" in sys.argv else None
    start.prepare(data)
    work(above)
