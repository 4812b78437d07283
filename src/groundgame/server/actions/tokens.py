"""What a phone shows instead of the turf code."""

import hashlib
import secrets
from datetime import datetime
from functools import lru_cache

from groundgame.errors import BadToken
from groundgame.server.store.models import Claim, ClaimToken

MET = 4_096
"""Senders that a process remembers."""


def new_token(claim: Claim, now: datetime) -> str:
    """Return a new secret for a claim. Only its hash is kept; older ones still work."""
    token = secrets.token_urlsafe(32)
    ClaimToken.objects.create(claim=claim, sha256=_digest(token), at=now)
    return token


def claim_of(token: str) -> Claim:
    """Return whose token this is, with its packet, turf and snapshot. One query.

    Raises:
        BadToken: Nobody was given it.
    """
    found = (
        ClaimToken.objects.filter(sha256=_digest(token))
        .select_related(
            "claim__packet__returned", "claim__packet__turf__cut__universe__snapshot"
        )
        .first()
    )
    if found is None:
        raise BadToken
    return found.claim


def sender_of(token: str) -> Claim:
    """Return whose token this is, with what an event needs of it: ids.

    A packet's script and streets are large, and no event asks for them.

    Raises:
        BadToken: Nobody was given it.
    """
    return _sender(_digest(token))


@lru_cache(maxsize=MET)
def _sender(sha256: str) -> Claim:
    """Return whose a token is: that never changes, and each phone asks often."""
    chapter = "claim__packet__turf__cut__universe__snapshot__chapter"
    found = (
        ClaimToken.objects.filter(sha256=sha256)
        .select_related(chapter.removesuffix("__chapter"))
        .only("claim__device", chapter)
    )
    for row in found:
        return row.claim
    raise BadToken


def _digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
