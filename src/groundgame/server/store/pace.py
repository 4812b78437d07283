"""How fast people were found to be at the doors of a voter file."""

from django.db import models

from groundgame.server.store.snapshot import SnapshotRow


class PaceRow(models.Model):
    """A pace as it was fitted at some time. The newest one of a voter file holds."""

    snapshot = models.ForeignKey(
        SnapshotRow, on_delete=models.CASCADE, related_name="paces"
    )
    speed = models.FloatField()
    """Metres walked in a second."""
    knock = models.FloatField()
    """Seconds at each door until it opens or is given up."""
    opens = models.FloatField()
    """Of all doors, the share at which there is a conversation."""
    opening = models.FloatField()
    """Seconds of a conversation besides its questions."""
    question = models.FloatField()
    """Seconds that a question takes."""
    floor = models.FloatField()
    """Seconds of stairs a door and floor."""
    events = models.PositiveIntegerField()
    """How many there were when it was fitted."""
    doors = models.PositiveIntegerField()
    conversations = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"pace {self.pk}"
