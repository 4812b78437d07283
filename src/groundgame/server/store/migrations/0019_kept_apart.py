"""A cut can keep precincts, wards or towns apart from the start, and says what it costs.

Why:    a turf in two precincts is no use where results are counted by precinct.
Before: borders were drawn lines and roads, and what they cost was known of a cut that
        was cut again.
After:  a border may be a column of the file; a cut knows what its first borders cost.
Safe:   old code makes borders and cuts without the new columns, which have defaults; it
        takes a column for a line without places, and keeps to the other borders.
Size:   as many rows as borders and cuts; well under a second.
Undo:   reversible; borders that are columns become lines without places.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns."""

    dependencies = (("store", "0018_sealed"),)
    operations = (
        migrations.AddField(
            "border",
            "column",
            models.CharField(
                blank=True,
                choices=[
                    ("precinct", "precincts"),
                    ("ward", "wards"),
                    ("municipality", "municipalities"),
                    ("county", "counties"),
                    ("zip", "ZIP codes"),
                ],
                db_default="",
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField("cut", "free_metres", models.FloatField(null=True)),
        migrations.AddField(
            "cut", "more_turfs", models.IntegerField(db_default=0, default=0)
        ),
    )
