"""Cuts know what their walks were measured on, and what a printed list would take.

Why:    a field director asks how much walking tonight's cut saves against street order.
Before: every cut was measured in straight lines, and compared with nothing.
After:  a cut says its ground; older cuts are of straight lines, as they were. It holds
        the metres of the same doors in street order; null: nobody has measured them.
Safe:   old code does not know the columns; the database has a default for each.
Size:   one row per cut; well under a second.
Undo:   reversible; the two columns are lost.
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
]
GROUNDS = [
    ("streets", "on streets"),
    ("lines", "in straight lines: there are no streets"),
    ("elsewhere", "in straight lines: the streets are elsewhere"),
]


class Migration(migrations.Migration):
    """Add the columns, and one kind of job."""

    dependencies = [
        ("store", "0006_paper"),
    ]

    operations = [
        migrations.AddField(
            model_name="cut",
            name="ground",
            field=models.CharField(
                choices=GROUNDS, db_default="lines", default="lines", max_length=16
            ),
        ),
        migrations.AddField(
            model_name="cut",
            name="listed_metres",
            field=models.FloatField(null=True),
        ),
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=16),
        ),
    ]
