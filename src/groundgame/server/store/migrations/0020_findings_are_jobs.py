"""An experiment is read in the background, and not again while nothing has changed.

Why:    a state's turnout, and thousands of draws again, take longer than a page may.
Before: a report was written within the request, each time anew.
After:  one more kind of job; a finding knows the mark of what it was read from.
Safe:   old code makes findings without the new column, which has a default: they are
        read once more.
Size:   as many rows as findings, hundreds at most; well under a second.
Undo:   reversible; the marks are lost, and a finding is then read again.
"""

from django.db import migrations, models

KINDS = [
    ("import", "reading a voter file"),
    ("cut", "cutting turf"),
    ("print", "printing walk sheets"),
    ("locate", "placing doors"),
    ("match", "matching a list"),
    ("streets", "preparing streets"),
    ("compare", "comparing snapshots"),
    ("paper", "reading walk sheets"),
    ("finding", "reading an experiment"),
]


class Migration(migrations.Migration):
    """One kind of job, one column."""

    dependencies = (("store", "0019_kept_apart"),)
    operations = (
        migrations.AlterField(
            "job", "kind", models.CharField(choices=KINDS, max_length=16)
        ),
        migrations.AddField(
            "finding",
            "mark",
            models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    )
