"""Write the audit log, and check that nobody has rewritten it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from groundgame.server.store.models import AuditHead, AuditLink, User


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found: `broken_at` is the first wrong link."""

    links: int
    broken_at: int | None

    @property
    def whole(self) -> bool:
        """Whether every link follows from the one before."""
        return self.broken_at is None


def hold() -> AuditHead:
    """Take the end of the chain, until this transaction is over.

    Transactions that write take their turns here. That is why positions in the log grow
    in the order in which they become visible: nobody who reads "after 12" misses a 11.
    """
    held = AuditHead.objects.select_for_update().filter(pk=1)
    head = held.first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1)
        head = held.get()
    return head


def add(
    *,
    by: User | str,
    verb: str,
    subject: str,
    details: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditLink:
    """Add a link. Call it inside the transaction that does what it tells of.

    Args:
        by: A user, or 'device:...' for a phone, or 'host' for the command line.
        verb: What was done.
        subject: To what: 'packet:...'.
        details: Ids and counts; never a person's data.
        at: When; by default now.
    """
    made = link(by=by, verb=verb, subject=subject, details=details or {}, at=at)
    append([made])
    return made


def link(
    *,
    by: User | str,
    verb: str,
    subject: str,
    details: dict[str, Any],
    at: datetime | None = None,
) -> AuditLink:
    """Return a link that is on no chain yet."""
    return AuditLink(
        at=at or timezone.now(),
        actor=f"user:{by.pk}" if isinstance(by, User) else by,
        verb=verb,
        subject=subject,
        details=details,
    )


@transaction.atomic
def append(links: Sequence[AuditLink]) -> None:
    """Hang links on the chain, in their order."""
    if not links:
        return
    head = hold()
    for each in links:
        each.n, each.previous = head.n + 1, head.hash
        each.hash = seal(each)
        head.n, head.hash = each.n, each.hash
    AuditLink.objects.bulk_create(links)
    head.save()


def seal(link: AuditLink) -> str:
    """Return the SHA-256 of everything that a link says, the last link's included."""
    said = {
        "n": link.n,
        "at": link.at.astimezone(tz=None).timestamp(),
        "actor": link.actor,
        "verb": link.verb,
        "subject": link.subject,
        "details": json.loads(json.dumps(link.details)),
        "previous": link.previous,
    }
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def verify_chain() -> Verdict:
    """Read the whole chain, and say whether and where it was changed.

    A link that was altered, taken out or put in breaks it. Links cut off at the end
    show against the head; whoever can rewrite head and chain together must be caught
    by a copy of an older hash kept elsewhere.
    """
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    previous, n = "", 0
    for link in AuditLink.objects.order_by("n").iterator():
        n += 1
        if (link.n, link.previous, link.hash) != (n, previous, seal(link)):
            return Verdict(n, n)
        previous = link.hash
    if (head.n, head.hash) != (n, previous):
        return Verdict(n, n + 1)
    return Verdict(n, None)
