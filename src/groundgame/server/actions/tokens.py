"""What a phone shows instead of the turf code."""

import hashlib
import secrets
from datetime import datetime

from groundgame.errors import BadToken
from groundgame.server.store.models import Claim, ClaimToken


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


def _digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
