"""Borders that no turf of a cut should lie across."""

from django.conf import settings
from django.db import models

from groundgame.server.store.cut import Cut


class Border(models.Model):
    """One border: a line that somebody drew, or a road by its name.

    It holds until there is a BorderRemoval.
    """

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="borders")
    line = models.JSONField(default=list)
    """Longitude and latitude of each place in degrees; empty: it is a road."""
    road = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"border {self.pk} of cut {self.cut_id}"


class BorderRemoval(models.Model):
    """Who took a border away; deleted when it is put back."""

    border = models.OneToOneField(
        Border, on_delete=models.PROTECT, related_name="removal"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"removal of border {self.border_id}"
