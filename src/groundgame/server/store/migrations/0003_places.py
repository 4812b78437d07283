"""Doors that somebody put on the map by hand.

Why:    a door without a place is in no walk; an organizer often knows where it is.
Before: a door had the place that its sources gave it, or none.
After:  a row says where a door is, who says so and since when; it can be undone.
Safe:   old code does not know the table and does not need it.
Size:   a new, empty table; well under a second.
Undo:   reversible; what is in it is forgotten.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [
        ("store", "0002_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandPlace",
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
                ("door", models.CharField(max_length=64)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("at", models.DateTimeField()),
                ("undone", models.DateTimeField(null=True)),
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
                        related_name="hand_places",
                        to="store.chapter",
                    ),
                ),
                (
                    "undone_by",
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
                    models.Index(fields=["chapter", "door"], name="place_by_door")
                ],
            },
        ),
    ]
