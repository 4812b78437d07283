"""The audit log: who did what, each line sealed by the hash of the one before."""

from django.db import models


class AuditHead(models.Model):
    """The end of the chain. Whoever adds a link holds this row: one at a time."""

    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        """Say how long the chain is."""
        return f"chain of {self.n}"


class AuditLink(models.Model):
    """One line of the audit log. It holds ids and counts, never a person's data."""

    n = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)
    details = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Say which."""
        return f"link {self.n}: {self.verb}"
