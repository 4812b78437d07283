"""Experiments in the book: a design that is fixed, its run, and what was found.

Why:    whether conversations change anything can only be told if somebody was left
        alone by lot, and stays so on every list while it lasts.
Before: draws and estimates worked on files only; no list knew of a control group.
After:  four tables. Who is in which arm lies in Parquet beside the book, as a cut's
        turfs do; its SHA-256 is here.
Safe:   old code knows nothing of the tables. While it runs beside the new, it would
        hand out doors of a control: launch experiments once every server is new.
Size:   a row an experiment; dozens at most. Well under a second.
Undo:   reversible; experiments are lost.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the four tables."""

    dependencies = [
        ("store", "0013_scripts_and_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Experiment",
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
                ("name", models.CharField(max_length=100)),
                ("question", models.CharField(max_length=300)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("person", "a person"),
                            ("door", "a door, with all who live behind it"),
                            ("building", "a building"),
                            ("blockface", "one side of a street between two corners"),
                            ("turf", "a turf of a cut"),
                            ("precinct", "a precinct"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "buffer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("building", "one unit of each building takes part"),
                            (
                                "blockface",
                                "one unit of each side of a street takes part",
                            ),
                        ],
                        max_length=16,
                    ),
                ),
                ("within", models.CharField(blank=True, max_length=32)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("turnout", "who voted, by the next voter file"),
                            ("answer", "an answer at the door"),
                            ("survey", "a survey afterwards, as a file"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=100)),
                ("arms", models.JSONField()),
                ("scripts", models.JSONField(default=dict)),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("file_sha256", models.CharField(max_length=64)),
                ("units", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField()),
                ("aside", models.PositiveIntegerField()),
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
                    "changes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changed_by",
                        to="store.experiment",
                    ),
                ),
                (
                    "universe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experiments",
                        to="store.universe",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExperimentLaunch",
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
                    "experiment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="launch",
                        to="store.experiment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExperimentStop",
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
                    "experiment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stop",
                        to="store.experiment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
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
                ("report", models.JSONField()),
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
                    "experiment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="store.experiment",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.snapshotrow",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="experiment",
            constraint=models.UniqueConstraint(
                fields=("universe", "name"), name="one_experiment_a_name"
            ),
        ),
    ]
