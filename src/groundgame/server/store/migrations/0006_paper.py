"""Sheets of paper: pages that were printed, rows in doubt, and what was decided.

Why:    paper has equal rights: photographs of filled sheets go into the same log.
Before: a claim was a phone's; nothing was known of printed pages.
After:  a claim says its input; a row a printed page, a row in doubt and a decision.
Safe:   old code makes claims of phones, which is the default.
Size:   one column with a default on a small table, and three new, empty tables.
Undo:   reversible; what was printed can then no longer be read.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column, and make the tables."""

    dependencies = [
        ("store", "0005_when_a_step_began"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="input",
            field=models.CharField(
                choices=[("phone", "Phone"), ("paper", "Paper")],
                default="phone",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="PaperDoubt",
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
                ("row", models.PositiveIntegerField()),
                ("sure", models.JSONField()),
                ("unsure", models.JSONField()),
                ("picture", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperDecision",
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
                    "doubt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision",
                        to="store.paperdoubt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperPage",
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
                ("code", models.CharField(max_length=9, unique=True)),
                ("says", models.JSONField()),
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
                    "packet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pages",
                        to="store.packet",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="paperdoubt",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="doubts",
                to="store.paperpage",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperdoubt",
            constraint=models.UniqueConstraint(
                fields=("page", "row"), name="a_row_waits_once"
            ),
        ),
    ]
