"""Work in the background: a table of jobs.

Why:    an import of a state takes minutes; nobody waits so long for a page (issue 3).
Before: an import, a cut and a print ran inside the request that asked for them.
After:  each is a row that says who asked for what, how far it is and how it ended.
Safe:   old code does not know the table and does not need it.
Size:   a new, empty table; well under a second.
Undo:   reversible; what is waiting or running is forgotten.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [
        ("store", "0001_the_book"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("import", "reading a voter file"),
                            ("cut", "cutting turf"),
                            ("print", "printing walk sheets"),
                            ("locate", "placing doors"),
                            ("match", "matching a list"),
                            ("compare", "comparing snapshots"),
                        ],
                        max_length=16,
                    ),
                ),
                ("label", models.CharField(max_length=200)),
                ("wanted", models.JSONField(default=dict)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("asked", models.DateTimeField(null=True)),
                ("begun", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("says", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                ("stop_at", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("step", models.CharField(blank=True, max_length=32)),
                ("done", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(null=True)),
                ("rows", models.PositiveBigIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="store.chapter",
                    ),
                ),
                (
                    "stop_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["worker", "ended"], name="job_by_worker"),
                    models.Index(fields=["chapter", "-at"], name="job_by_chapter"),
                ],
            },
        ),
    ]
