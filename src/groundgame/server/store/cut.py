"""A universe cut into turfs."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundgame.server.store.pace import PaceRow
from groundgame.server.store.universe import Universe


class Cut(models.Model):
    """One cut of a universe. Which door is in which turf is in Parquet beside it."""

    class Ground(models.TextChoices):
        """What its walks were measured on."""

        STREETS = "streets", _("on streets")
        LINES = "lines", _("in straight lines: there are no streets")
        ELSEWHERE = "elsewhere", _("in straight lines: the streets are elsewhere")

    class Measure(models.TextChoices):
        """What its turfs are measured in."""

        DOORS = "doors", _("doors")
        PEOPLE = "people", _("people")
        MINUTES = "minutes", _("minutes of a shift")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    universe = models.ForeignKey(
        Universe, on_delete=models.PROTECT, related_name="cuts"
    )
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    measure = models.CharField(
        max_length=16, choices=Measure, default=Measure.DOORS, db_default=Measure.DOORS
    )
    """What `least` and `most` count."""
    metre = models.FloatField(default=0.0, db_default=0.0)
    """What a metre walked takes of a turf, where minutes are counted."""
    paced = models.ForeignKey(
        PaceRow, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The pace that minutes were counted at; null: the assumed one, or none at all."""
    doors = models.PositiveIntegerField()
    metres = models.FloatField()
    left_out = models.PositiveIntegerField()
    ground = models.CharField(
        max_length=16, choices=Ground, default=Ground.LINES, db_default=Ground.LINES
    )
    listed_metres = models.FloatField(null=True)
    """The same doors as a printed list has them, in street order, on the same ground;
    null: nobody has measured that."""
    free_metres = models.FloatField(null=True)
    """The same doors cut without borders, where it was cut within some at first."""
    more_turfs = models.IntegerField(default=0, db_default=0)
    """How many turfs more than without them."""
    version = models.PositiveIntegerField(default=0, db_default=0)
    """The number of the last change by hand; 0: as it was cut."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"cut {self.pk}"

    @property
    def turfs_file(self) -> Path:
        """Where the table of doors, turfs and positions lies."""
        return self.file_of(self.version)

    @property
    def weights_file(self) -> Path:
        """Where it is written what each door takes of a turf, unless that is one."""
        return self.turfs_file.parent / "weights.parquet"

    def file_of(self, version: int) -> Path:
        """Return where that table lies as it was after one of the changes; 0: none."""
        folder: Path = settings.DATA / "cuts" / str(self.key)
        return folder / (f"turfs-{version}.parquet" if version else "turfs.parquet")


class Turf(models.Model):
    """A walkable set of doors for one shift."""

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="turfs")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    doors = models.PositiveIntegerField()
    metres = models.FloatField()

    class Meta:
        """Numbers are not repeated within a cut."""

        constraints = (
            models.UniqueConstraint(fields=["cut", "number"], name="one_turf_a_number"),
        )

    def __str__(self) -> str:
        """Name it."""
        return self.name
