"""Organizers write scripts, and what was said at a door is found by the door.

Why:    a chapter asks its own questions; and whoever knocks next year should know what
        was said this year, and how to get into the building.
Before: every packet has the script that is shipped; an event's door is in its body only.
After:  scripts have versions; an event has its place (a door, or a building) beside its
        body; a stop may have a script of its own.
Safe:   old code knows neither and keeps running: the new columns are empty by default.
Size:   the place of every conversation is filled in, a thousand rows at a time.
Undo:   reversible; scripts that were written are lost, conversations stay as they are.
"""

import json
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

A_TIME = 1_000


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


def fill(apps: Any, _: Any) -> None:
    """Write the door of each conversation beside its body."""
    events = apps.get_model("store", "Event").objects.filter(kind="conversation")
    last = 0
    while rows := list(events.filter(pk__gt=last).order_by("pk")[:A_TIME]):
        for row in rows:
            row.place = json.loads(row.body)["door"]
        events.bulk_update(rows, ["place"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    """Two tables, three columns."""

    dependencies = (("store", "0011_paper_jobs"),)
    operations = (
        migrations.CreateModel(
            name="ScriptRow",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", whose()),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scripts",
                        to="store.chapter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScriptVersion",
            fields=[
                ("id", key()),
                ("version", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=40)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", whose()),
                (
                    "script",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="store.scriptrow",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["version"], name="script_by_version")],
            },
        ),
        migrations.AddField(
            model_name="packet",
            name="scripts",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="packetstop",
            name="script",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="event",
            name="place",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["chapter", "place"], name="event_by_place"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
