"""The conversation log: append-only; nothing here is ever changed."""

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter
from groundgame.server.store.claim import Claim
from groundgame.server.store.packet import Packet


class Event(models.Model):
    """One event as a device wrote it. Its place in the order of receipt is its key.

    The columns after `body` repeat what the database must be able to ask for; they are
    empty where the event does not say it, or does not say it in a readable way. There
    is no claim where a rescue file holds it of a phone that never loaded the packet.
    """

    position = models.BigAutoField(primary_key=True)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="events"
    )
    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="events")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="events"
    )
    event = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    received = models.DateTimeField()
    body = models.TextField()
    device = models.UUIDField(null=True)
    seq = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=16, blank=True)
    result = models.CharField(max_length=32, blank=True)
    withdraws = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=64, blank=True, default="")
    """The door of a conversation; the building of what was found out about one."""

    class Meta:
        """The same content is kept once."""

        constraints = (
            models.UniqueConstraint(
                fields=["packet", "event", "sha256"], name="the_same_content_once"
            ),
        )
        indexes = (
            models.Index(fields=["chapter", "event"], name="event_by_id"),
            models.Index(fields=["device", "seq"], name="event_by_seq"),
            models.Index(fields=["chapter", "result"], name="event_by_result"),
            models.Index(fields=["chapter", "place"], name="event_by_place"),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"event {self.position}"


class Quarantine(models.Model):
    """An event set aside for an organizer to look at, and why."""

    class Reason(models.TextChoices):
        """Why an event does not count, or not yet."""

        MALFORMED = "malformed", "it is not shaped as an event, or its hash is wrong"
        PACKET = "packet", "it names another packet"
        DEVICE = "device", "its device never loaded the packet"
        DOOR = "door", "its door, or who is said to live there, is not in the packet"
        CONFLICT = "conflict", "its id was used before, with other content"

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="quarantine"
    )
    reason = models.CharField(max_length=16, choices=Reason)
    says = models.CharField(max_length=200)
    entry = models.TextField()

    def __str__(self) -> str:
        """Say which."""
        return f"quarantine of event {self.event_id}: {self.reason}"


class Release(models.Model):
    """A quarantined event was let into the log: who did, and when.

    Nobody did (`by` is empty) where it had come with a wrong hash, and then came again
    with the right one.
    """

    quarantine = models.OneToOneField(
        Quarantine, on_delete=models.CASCADE, related_name="release"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"release of quarantine {self.quarantine_id}"


class SetAside(models.Model):
    """An organizer looked at a quarantined event, and it shall not count.

    It stays in the book, and may be let in later all the same.
    """

    quarantine = models.OneToOneField(
        Quarantine, on_delete=models.CASCADE, related_name="set_aside"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"setting aside of quarantine {self.quarantine_id}"
