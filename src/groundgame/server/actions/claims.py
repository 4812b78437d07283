"""Load a packet on a phone by its turf code, and fetch it again."""

import hmac
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from groundgame.errors import (
    ExpiredCode,
    NotYours,
    TooManyWrongCodes,
    UnknownCode,
    UsedUpCode,
)
from groundgame.packet import code as turf_code
from groundgame.server.actions import audit, bundles, tokens
from groundgame.server.store.models import Claim, Packet, WrongCode

MOST_WRONG = 100
"""Fifty volunteers behind one address may mistype a code twice each; and whoever
guesses a hundred times in ten minutes needs centuries to find one of 2**40."""
MINUTES = 10
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a phone is given for a code."""

    token: str
    bundle: dict[str, Any]


def claim(
    *, code: str, device: UUID, name: str, network: str, now: datetime | None = None
) -> Claimed:
    """Load a packet on a phone. The same phone may ask again.

    Args:
        code: As it was typed or scanned.
        device: The phone's own id.
        name: What its canvasser wants to be called.
        network: The address it calls from; only a keyed hash of it is kept.
        now: By default the server's clock.

    Raises:
        BadTurfCode: It is no code at all.
        UnknownCode: No packet has this code.
        ExpiredCode: It expired, or was taken back.
        UsedUpCode: As many phones as may have loaded it already.
        TooManyWrongCodes: From this network, lately.
    """
    at = now or timezone.now()
    normal = turf_code.normal(code)
    known = Claim.objects.filter(packet__code=normal, device=device).exists()
    with _counting_wrong_codes(network, at, known), transaction.atomic(durable=True):
        audit.hold()
        packet = (
            Packet.objects.filter(code=normal)
            .select_related("returned", "turf__cut__universe__snapshot__chapter")
            .first()
        )
        if packet is None:
            raise UnknownCode
        if not packet.in_hand(at):
            raise ExpiredCode
        held = _claim(packet, device, name, at)
        return Claimed(tokens.new_token(held, at), bundles.bundle_of(packet, at))


def bundle(*, packet: UUID, token: str, now: datetime | None = None) -> dict[str, Any]:
    """Return the packet for a phone that holds this token.

    Raises:
        BadToken: Nobody was given this token.
        NotYours: It is a token of another packet.
        ExpiredCode: It expired, or was taken back.
    """
    held = tokens.claim_of(token)
    if held.packet_id != packet:
        raise NotYours
    at = now or timezone.now()
    if not held.packet.in_hand(at):
        raise ExpiredCode
    return bundles.bundle_of(held.packet, at)


def _claim(packet: Packet, device: UUID, name: str, at: datetime) -> Claim:
    """Return this device's claim of a packet that is in hand; make it if it may."""
    held = packet.claims.filter(device=device).first()
    if held is not None:
        return held
    phones = packet.claims.filter(input=Claim.Input.PHONE)
    if phones.count() >= packet.device_limit:
        raise UsedUpCode(packet.device_limit)
    held = packet.claims.create(device=device, name=name, at=at)
    audit.add(
        by=f"device:{device}",
        verb="claim packet",
        subject=f"packet:{packet.pk}",
        details={"claim": held.pk},
        at=at,
    )
    return held


@contextmanager
def _counting_wrong_codes(network: str, at: datetime, known: bool) -> Iterator[None]:  # noqa: FBT001  # private
    """Refuse a network that guesses; remember a guess, outside any transaction.

    A phone that has loaded this packet before is no guesser, whoever is beside it.
    """
    known_as = _network(network)
    lately = at - timedelta(minutes=MINUTES)
    wrong = WrongCode.objects.filter(network=known_as, at__gt=lately)
    if not known and wrong.count() >= MOST_WRONG:
        raise TooManyWrongCodes(MINUTES)
    try:
        yield
    except UnknownCode:
        WrongCode.objects.filter(at__lt=at - FORGET_AFTER).delete()
        WrongCode.objects.create(network=known_as, at=at)
        raise


def _network(address: str) -> str:
    """Return a keyed hash of where a request came from: of IPv6, the first half."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        place = address
    else:
        size = 32 if found.version == 4 else 64  # noqa: PLR2004  # IP's versions
        place = str(ipaddress.ip_network((found, size), strict=False))
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, place.encode(), "sha256").hexdigest()
