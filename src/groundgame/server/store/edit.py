"""What somebody changed by hand about the turfs of a cut."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from groundgame.server.store.cut import Cut


class Edit(models.Model):
    """One change: who, when, and what. Undoing one is a change of its own.

    Which door is in which turf after it is in Parquet beside the cut, a file an edit.
    """

    class Verb(models.TextChoices):
        """What was done."""

        MOVE = "move", _("moved doors")
        MERGE = "merge", _("merged two turfs")
        SPLIT = "split", _("split a turf")
        SHARE = "share", _("shared a turf between two")
        WALK = "walk", _("put a turf in another order")
        LOCK = "lock", _("locked a turf")
        UNLOCK = "unlock", _("unlocked a turf")
        RECUT = "recut", _("cut again what was left")
        UNDO = "undo", _("took back a change")
        REDO = "redo", _("made a change again")

    cut = models.ForeignKey(Cut, on_delete=models.PROTECT, related_name="edits")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=16, choices=Verb)
    said = models.JSONField(default=dict)
    locked = models.JSONField(default=list)
    """The numbers of the turfs that are locked after it."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """They follow one another."""

        constraints = (
            models.UniqueConstraint(fields=["cut", "number"], name="one_edit_a_number"),
        )

    def __str__(self) -> str:
        """Say which."""
        return f"edit {self.number} of cut {self.cut_id}"
