"""Photographs of sheets are read in the background, and a decision can be taken back.

Why:    forty photographs take longer than somebody waits for a page; and whoever
        decides many rows takes the wrong answer now and then.
Before: photographs were read within the request; a decision was for good.
After:  one more kind of job; a decision knows the conversation that it put into the
        log, and a row that takes it back. Of older decisions that is not known: they
        cannot be taken back.
Safe:   old code makes decisions without the new column, which has a default. While it
        runs, it does not see that a decision was taken back, and shows that row later.
Size:   as many rows as decisions, thousands at most; well under a second.
Undo:   reversible, as long as no row was decided twice.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("import", "reading a voter file"),
    ("cut", "cutting turf"),
    ("print", "printing walk sheets"),
    ("locate", "placing doors"),
    ("match", "matching a list"),
    ("streets", "preparing streets"),
    ("compare", "comparing snapshots"),
    ("paper", "reading walk sheets"),
]


class Migration(migrations.Migration):
    """Let a row be decided again, and add one kind of job."""

    dependencies = [
        ("store", "0010_borders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=16),
        ),
        migrations.AlterField(
            model_name="paperdecision",
            name="doubt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="store.paperdoubt",
            ),
        ),
        migrations.AddField(
            model_name="paperdecision",
            name="event",
            field=models.CharField(db_default="", default="", max_length=64),
        ),
        migrations.CreateModel(
            name="PaperUndo",
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
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undo",
                        to="store.paperdecision",
                    ),
                ),
            ],
        ),
    ]
