"""A cut says what its turfs are measured in: doors, people, or minutes of a shift.

Why:    a field director hands out shifts, and a door up six stairs is not like others.
Before: a turf had so many doors.
After:  a cut has a measure, and what a metre walked takes of it.
Safe:   old code makes cuts without the new columns, which have defaults.
Size:   as many rows as cuts; well under a second.
Undo:   reversible; cuts in people or minutes then count as cuts in doors.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = (("store", "0015_experiments"),)
    operations = (
        migrations.AddField(
            "cut",
            "measure",
            models.CharField(
                choices=[
                    ("doors", "doors"),
                    ("people", "people"),
                    ("minutes", "minutes of a shift"),
                ],
                db_default="doors",
                default="doors",
                max_length=16,
            ),
        ),
        migrations.AddField(
            "cut", "metre", models.FloatField(db_default=0.0, default=0.0)
        ),
    )
