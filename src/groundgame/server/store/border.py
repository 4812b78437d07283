"""Borders that no turf of a cut should lie across."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundgame.server.store.cut import Cut


class Border(models.Model):
    """One border: a line that somebody drew, a road by its name, or a column.

    It holds until there is a BorderRemoval.
    """

    class Column(models.TextChoices):
        """What the file says of where a door is."""

        PRECINCT = "precinct", _("precincts")
        WARD = "ward", _("wards")
        MUNICIPALITY = "municipality", _("municipalities")
        COUNTY = "county", _("counties")
        ZIP = "zip", _("ZIP codes")

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="borders")
    line = models.JSONField(default=list)
    """Longitude and latitude of each place in degrees; empty: it is no line."""
    road = models.CharField(max_length=200, blank=True)
    column = models.CharField(
        max_length=16, choices=Column, blank=True, default="", db_default=""
    )
    """Doors with different names in it are kept apart; empty: it is none."""
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
