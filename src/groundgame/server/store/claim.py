"""Phones that hold a packet, and codes that were wrong."""

from django.db import models

from groundgame.server.store.packet import Packet


class Claim(models.Model):
    """A device that loaded a packet by its code; or its paper, which counts as one."""

    class Input(models.TextChoices):
        """How what was recorded came in."""

        PHONE = "phone", "Phone"
        PAPER = "paper", "Paper"

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="claims")
    device = models.UUIDField()
    name = models.CharField(max_length=100)
    at = models.DateTimeField()
    input = models.CharField(max_length=8, choices=Input, default=Input.PHONE)

    class Meta:
        """A device claims a packet once."""

        constraints = (
            models.UniqueConstraint(
                fields=["packet", "device"], name="a_device_claims_once"
            ),
        )

    def __str__(self) -> str:
        """Say which, and no name."""
        return f"claim {self.pk}"


class ClaimToken(models.Model):
    """What the device shows instead of the code. Only its hash is kept.

    A claim may have several: a reply can be lost, and an older token must still be able
    to hand in what was recorded.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="tokens")
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"token {self.pk} of claim {self.claim_id}"


class WrongCode(models.Model):
    """A code that was wrong, and a keyed hash of the network it was sent from."""

    network = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        """Counted by network and time."""

        indexes = (models.Index(fields=["network", "at"], name="wrong_by_network"),)

    def __str__(self) -> str:
        """Say which."""
        return f"wrong code {self.pk}"
