"""Turfs as handed out: the only people and doors of the file that the book holds."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from groundgame.server.store.cut import Turf


class Packet(models.Model):
    """A turf in somebody's hands, from `at` until it expires or is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    turf = models.ForeignKey(Turf, on_delete=models.PROTECT, related_name="packets")
    code = models.CharField(max_length=9, unique=True)
    script_version = models.CharField(max_length=64)
    script = models.JSONField()
    scripts = models.JSONField(default=list)
    """Other scripts that some of its doors have."""
    streets = models.JSONField()
    format = models.PositiveSmallIntegerField()
    metres = models.FloatField()
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    expires = models.DateTimeField()
    device_limit = models.PositiveSmallIntegerField(default=4)

    def __str__(self) -> str:
        """Say which."""
        return f"packet {self.pk}"

    def in_hand(self, now: datetime) -> bool:
        """Return whether its doors may still be shown to whoever has it."""
        return now < self.expires and not hasattr(self, "returned")


class PacketReturn(models.Model):
    """A packet that was taken back: by whom, and when."""

    packet = models.OneToOneField(
        Packet, on_delete=models.CASCADE, related_name="returned"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"return of packet {self.packet_id}"


class PacketStop(models.Model):
    """One door of a packet, as it was handed out."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveIntegerField()
    door = models.CharField(max_length=64)
    building = models.CharField(max_length=64)
    number = models.CharField(max_length=32, null=True)  # noqa: DJ001  # null: none
    street = models.CharField(max_length=200)
    unit = models.CharField(max_length=64, null=True)  # noqa: DJ001  # null: a house
    city = models.CharField(max_length=100, null=True)  # noqa: DJ001  # null: unknown
    address = models.CharField(max_length=400)
    lon = models.FloatField()
    lat = models.FloatField()
    script = models.CharField(max_length=64, blank=True, default="")
    """The version of this door's script; '': the packet's."""

    class Meta:
        """Each door once."""

        constraints = (
            models.UniqueConstraint(fields=["packet", "door"], name="a_door_once"),
        )
        ordering = ("packet", "position")

    def __str__(self) -> str:
        """Say which, and no address."""
        return f"stop {self.position} of packet {self.packet_id}"


class PacketPerson(models.Model):
    """Somebody behind a door of a packet, as it was handed out."""

    stop = models.ForeignKey(
        PacketStop, on_delete=models.CASCADE, related_name="people"
    )
    person = models.CharField(max_length=128)
    name = models.CharField(max_length=300)
    age = models.PositiveSmallIntegerField(null=True)
    party = models.CharField(max_length=32, null=True)  # noqa: DJ001  # null: not known

    class Meta:
        """In the order they were handed out."""

        ordering = ("stop", "pk")

    def __str__(self) -> str:
        """Say which, and no name."""
        return f"person {self.pk} of a packet"
