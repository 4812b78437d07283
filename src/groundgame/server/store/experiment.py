"""Experiments: who was drawn into which arm, from when to when, and what was found."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundgame.server.store.snapshot import SnapshotRow
from groundgame.server.store.universe import Universe


class Experiment(models.Model):
    """A design that is fixed. Who is in which arm lies in Parquet beside it.

    It is never changed: another design is another row, and says which one it changes.
    """

    class Unit(models.TextChoices):
        """What is assigned."""

        PERSON = "person", _("a person")
        DOOR = "door", _("a door, with all who live behind it")
        BUILDING = "building", _("a building")
        BLOCKFACE = "blockface", _("one side of a street between two corners")
        TURF = "turf", _("a turf of a cut")
        PRECINCT = "precinct", _("a precinct")

    class Buffer(models.TextChoices):
        """Of what one unit alone takes part."""

        NONE = "", _("none")
        BUILDING = "building", _("one unit of each building takes part")
        BLOCKFACE = "blockface", _("one unit of each side of a street takes part")

    class Outcome(models.TextChoices):
        """What is measured in the end."""

        TURNOUT = "turnout", _("who voted, by the next voter file")
        ANSWER = "answer", _("an answer at the door")
        SURVEY = "survey", _("a survey afterwards, as a file")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    universe = models.ForeignKey(
        Universe, on_delete=models.PROTECT, related_name="experiments"
    )
    name = models.CharField(max_length=100)
    question = models.CharField(max_length=300)
    unit = models.CharField(max_length=16, choices=Unit)
    buffer = models.CharField(max_length=16, choices=Buffer, blank=True)
    within = models.CharField(max_length=32, blank=True)
    """What was drawn within: a column of people; empty: nothing."""
    outcome = models.CharField(max_length=16, choices=Outcome)
    about = models.CharField(max_length=100, blank=True)
    """Which election, or which question of the script."""
    arms = models.JSONField()
    """[[name, role, share], ...]; a role is treatment, control or placebo."""
    scripts = models.JSONField(default=dict)
    """What is said at the doors of an arm, by name; an arm that is not there has the
    script that its packet goes out with."""
    content = models.JSONField()
    """The registration as plain values; `sha256` is of its canonical form."""
    sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    units = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    aside = models.PositiveIntegerField()
    """People who are buffer."""
    changes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="changed_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Names are not repeated over a universe."""

        constraints = (
            models.UniqueConstraint(
                fields=["universe", "name"], name="one_experiment_a_name"
            ),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"experiment {self.pk}"

    @property
    def file(self) -> Path:
        """Where the table of people, units and arms lies."""
        folder: Path = settings.DATA / "experiments"
        return folder / f"{self.key}.parquet"


class ExperimentLaunch(models.Model):
    """An experiment runs: from now on nobody of its control is on any list."""

    experiment = models.OneToOneField(
        Experiment, on_delete=models.CASCADE, related_name="launch"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"launch of experiment {self.experiment_id}"


class ExperimentStop(models.Model):
    """An experiment is over: its control may be visited like anybody else."""

    experiment = models.OneToOneField(
        Experiment, on_delete=models.CASCADE, related_name="stop"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which."""
        return f"stop of experiment {self.experiment_id}"


class Finding(models.Model):
    """What an experiment came to, as it was read once: a report, and from what."""

    experiment = models.ForeignKey(
        Experiment, on_delete=models.PROTECT, related_name="findings"
    )
    snapshot = models.ForeignKey(
        SnapshotRow, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The newer file that says who voted; null: read from the log or from a survey."""
    report = models.JSONField()
    mark = models.CharField(max_length=64, default="", db_default="", blank=True)
    """Of all that it was read from: what is unchanged is not read again."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"finding {self.pk} of experiment {self.experiment_id}"
