"""Lists from outside, and what people decided about them.

Why:    members, signers and donors are people of the voter file, and somebody must look.
Before: no list was known to the book.
After:  a row for each list, and one for each decision about a row of it.
Safe:   old code does not know the table and does not need it.
Size:   a new, empty table; well under a second.
Undo:   reversible; what is in it is forgotten.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table."""

    dependencies = [
        ("store", "0003_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchList",
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
                ("label", models.CharField(max_length=200)),
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
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="store.snapshotrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchDecision",
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
                ("row", models.CharField(max_length=32)),
                ("person", models.CharField(max_length=128, null=True)),
                ("verdict", models.CharField(max_length=16)),
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
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="store.matchlist",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["match", "-at"], name="decision_by_match")
                ],
            },
        ),
    ]
