"""No turf lies across a border that somebody drew, and a cut is cut again within them.

Why:    canvassers should not be sent across a main road, nor into another precinct.
Before: turfs lie wherever walks are shortest.
After:  a cut has borders, each a drawn line or a road; one that was taken away has a
        row that says by whom. "Cut again" is a change among the changes by hand.
Safe:   old code knows no borders and keeps running; turfs that were cut again are
        turfs like any others.
Size:   two empty tables; the choices of a column, which no database knows.
Undo:   reversible; borders are lost, turfs stay as they are.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VERBS = [
    ("move", "moved doors"),
    ("merge", "merged two turfs"),
    ("split", "split a turf"),
    ("lock", "locked a turf"),
    ("unlock", "unlocked a turf"),
    ("recut", "cut again what was left"),
    ("undo", "took back a change"),
    ("redo", "made a change again"),
]


def key() -> models.Field[Any, Any]:
    """Return the column that every table has."""
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def whose() -> models.Field[Any, Any]:
    """Return the column that says who."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    """Add two tables."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("store", "0009_areas_and_scores"),
    ]

    operations = [
        migrations.AlterField(
            model_name="edit",
            name="verb",
            field=models.CharField(choices=VERBS, max_length=16),
        ),
        migrations.CreateModel(
            name="Border",
            fields=[
                ("id", key()),
                ("line", models.JSONField(default=list)),
                ("road", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", whose()),
                (
                    "cut",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="borders",
                        to="store.cut",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BorderRemoval",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", whose()),
                (
                    "border",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removal",
                        to="store.border",
                    ),
                ),
            ],
        ),
    ]
