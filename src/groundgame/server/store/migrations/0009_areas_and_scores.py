"""A rule may name areas and scores.

Why:    an organizer draws where a program goes, and brings the scores of a model; until
        now only the command line could ask about either.
Before: the book knows no area and no score.
After:  an area is a row, with who drew it and who took it away; a table of scores is a
        row, and its scores lie in DATA/scores.
Safe:   old code never looks at the new tables.
Size:   two empty tables; well under a second.
Undo:   reversible; areas are lost, and universes that name them say so.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


def held_by(to: str, name: str = "+", *, null: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]  # whatever is there
    """Return a key to what must not be lost."""
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to=to,
    )


class Migration(migrations.Migration):
    """Add the two tables."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("store", "0008_edits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", ID),
                ("name", models.CharField(max_length=100)),
                ("geojson", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("gone", models.DateTimeField(null=True)),
                ("by", held_by(settings.AUTH_USER_MODEL)),
                ("chapter", held_by("store.chapter", "areas")),
                ("gone_by", held_by(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(
                        condition=models.Q(gone__isnull=True),
                        fields=["chapter", "name"],
                        name="one_area_a_name",
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="ScoreTable",
            fields=[
                ("id", ID),
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("label", models.CharField(max_length=200)),
                ("names", models.JSONField()),
                ("rows", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", held_by(settings.AUTH_USER_MODEL)),
                ("chapter", held_by("store.chapter", "scores")),
            ],
        ),
    ]
