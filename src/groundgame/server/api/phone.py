"""The three endpoints of a phone. Bearer tokens, no cookies."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Body, Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from groundgame.server.actions import claims, events

NAME = r"^\P{Cc}*[^\p{Cc}\s]\P{Cc}*$"
"""Somebody's name is not blank, and holds no control character."""
UUID7 = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

router = Router(tags=["phone"])


class Bearer(HttpBearer):
    """Takes the token out of the header; the actions say whose it is."""

    def authenticate(self, request: HttpRequest, token: str) -> str:  # noqa: ARG002  # ninja's signature
        """Return the token."""
        return token


class ClaimIn(Schema):
    """What a phone sends to load a packet."""

    code: str = Field(min_length=1, max_length=64)
    device: str = Field(pattern=UUID7)
    name: str = Field(max_length=100, pattern=NAME)


class ClaimOut(Schema):
    """A token, and the packet (contract/bundle.schema.json)."""

    token: str
    bundle: dict[str, Any]


class ReceiptOut(Schema):
    """What became of one event; id and hash as they were sent."""

    id: Any
    sha256: Any
    status: str
    reason: str | None


class ReceiptsOut(Schema):
    """A receipt an event, in order; and what of this device is missing."""

    receipts: list[ReceiptOut]
    high_water: int
    missing: list[int]
    time: int


@router.post("/claim", response=ClaimOut)
def claim(request: HttpRequest, wanted: ClaimIn) -> dict[str, Any]:
    """Load a packet by its turf code."""
    claimed = claims.claim(
        code=wanted.code,
        device=UUID(wanted.device),
        name=wanted.name,
        network=_network(request),
    )
    return asdict(claimed)


@router.get("/packets/{uuid:packet}", auth=Bearer(), response=dict[str, Any])
def bundle(request: HttpRequest, packet: UUID) -> dict[str, Any]:
    """Fetch the packet again."""
    return claims.bundle(packet=packet, token=_token(request))


@router.post("/events", auth=Bearer(), response=ReceiptsOut)
def receive(request: HttpRequest, batch: Body[dict[str, Any]]) -> dict[str, Any]:
    """Hand in what was recorded."""
    return asdict(events.receive(token=_token(request), batch=batch))


def _token(request: HttpRequest) -> str:
    """Return the token that ninja found."""
    return str(getattr(request, "auth", ""))


def _network(request: HttpRequest) -> str:
    """Return where a request came from: its address, as far as it can be believed."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded.rsplit(",", 1)[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))
