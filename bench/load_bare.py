"""The bare control of bench/load.py: a view that commits the same rows, and no more.

    GROUNDGAME_DATA=... python bench/load_bare.py --port PORT --workers N

Django without middleware, no token, no hash, no check: the events of a batch become
rows of the same table, with the same columns and indexes, in one transaction over the
same connection options; each gets a receipt. Under the real server's own granian.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

from groundgame.server import start


def receive(
    request: HttpRequest, chapter: int, packet: str, claim: int
) -> JsonResponse:
    """Commit a batch."""
    from django.db import transaction  # noqa: PLC0415  # Django must be set up
    from django.utils import timezone  # noqa: PLC0415

    from groundgame.server.store.models import Event  # noqa: PLC0415

    now = timezone.now()
    sent = json.loads(request.body)["events"]
    rows = [
        Event(
            chapter_id=chapter,
            packet_id=packet,
            claim_id=claim,
            received=now,
            sha256=each["sha256"],
            body=json.dumps(each["event"]),
            **columns(each["event"]),
        )
        for each in sent
    ]
    with transaction.atomic(durable=True):
        Event.objects.bulk_create(rows)
    receipts = [
        {"id": row.event, "sha256": row.sha256, "status": "kept", "reason": None}
        for row in rows
    ]
    return JsonResponse({"receipts": receipts, "high_water": 0, "missing": []})


def columns(event: dict[str, Any]) -> dict[str, Any]:
    """Return what the database must be able to ask for."""
    return {
        "event": event["id"],
        "device": event["device"],
        "seq": event["seq"],
        "kind": event["kind"],
        "result": event["result"],
        "place": event["door"],
    }


def application(environ: dict[str, Any], answer: Callable[..., Any]) -> Any:
    """Be the WSGI application of the bare view."""
    return inner()(environ, answer)


@cache
def inner() -> WSGIHandler:
    """Return Django's handler, of these urls and without middleware."""
    settings.ROOT_URLCONF = "load_bare"
    settings.MIDDLEWARE = []
    return get_wsgi_application()


urlpatterns = [path("bare/<int:chapter>/<str:packet>/<int:claim>", receive)]


if __name__ == "__main__":
    from groundgame.cli.server import granian

    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    start.prepare(Path(os.environ["GROUNDGAME_DATA"]))
    port, workers = (
        int(sys.argv[sys.argv.index(name) + 1]) for name in ("--port", "--workers")
    )
    granian("load_bare:application", "127.0.0.1", port, workers=workers).serve()
