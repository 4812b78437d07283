"""Turfs can be changed by hand, and changed back.

Why:    whoever knows the place moves a door, merges or splits turfs before a shift.
Before: a cut stays as it was made.
After:  each change is a row that says who and when; a cut knows the last one's number,
        0 for none, by which its table of turfs is found.
Safe:   old code reads the table as it was cut; the database has a default.
Size:   an empty table, and a column of one row per cut; well under a second.
Undo:   reversible; changes made by hand are lost, and turfs are as they were cut.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VERBS = [
    ("move", "moved doors"),
    ("merge", "merged two turfs"),
    ("split", "split a turf"),
    ("lock", "locked a turf"),
    ("unlock", "unlocked a turf"),
    ("undo", "took back a change"),
    ("redo", "made a change again"),
]


class Migration(migrations.Migration):
    """Add the column and the table."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("store", "0007_cut_on_streets"),
    ]

    operations = [
        migrations.AddField(
            model_name="cut",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Edit",
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
                ("number", models.PositiveIntegerField()),
                ("verb", models.CharField(choices=VERBS, max_length=16)),
                ("said", models.JSONField(default=dict)),
                ("locked", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cut",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edits",
                        to="store.cut",
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(
                        fields=["cut", "number"], name="one_edit_a_number"
                    ),
                ),
            },
        ),
    ]
