"""When the present step of a job began.

Why:    the time that is left was reckoned from the whole job, also of its last step.
Before: a job knows when it began, and in which step it is.
After:  it also knows when that step began; null: with the job.
Safe:   old code does not know the column and does not need it.
Size:   one empty column; well under a second.
Undo:   reversible; nothing is lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column."""

    dependencies = [
        ("store", "0004_matches"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="step_begun",
            field=models.DateTimeField(null=True),
        ),
    ]
