"""Scripts, as organizers write them: a line of versions, none of which ever changes."""

from django.conf import settings
from django.db import models

from groundgame.server.store.chapter import Chapter


class ScriptRow(models.Model):
    """A script of a chapter; what it says is in its versions."""

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="scripts"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Say which."""
        return f"script {self.pk}"


class ScriptVersion(models.Model):
    """What a script says, from `at` until the next version. Conversations name it."""

    script = models.ForeignKey(
        ScriptRow, on_delete=models.PROTECT, related_name="versions"
    )
    version = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    body = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest is the one in use; saying the same again makes none."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=["version"], name="script_by_version"),)

    def __str__(self) -> str:
        """Name it."""
        return self.version
