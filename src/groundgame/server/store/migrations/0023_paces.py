"""How fast people are is written down when it was fitted.

Why:    screens, paper and phones are to say the same minutes for the same turf.
Before: some said three minutes a door, others fitted a pace each time they were asked.
After:  a voter file has paces, of which the newest holds; a cut in minutes keeps its own.
Safe:   old code makes no paces, and cuts without one, which then are at the assumed pace.
Size:   a row for every tenth of the log that is new; no row of a cut is touched.
Undo:   reversible; what was fitted is lost, and is fitted again from the log.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table, and a column that points to it."""

    dependencies = (("store", "0022_walks"),)
    operations = (
        migrations.CreateModel(
            "PaceRow",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                *(
                    (name, models.FloatField())
                    for name in (
                        *("speed", "knock", "opens"),
                        *("opening", "question", "floor"),
                    )
                ),
                *(
                    (name, models.PositiveIntegerField())
                    for name in ("events", "doors", "conversations")
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paces",
                        to="store.snapshotrow",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            "cut",
            "paced",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.pacerow",
            ),
        ),
    )
