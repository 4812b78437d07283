"""A turf can be put in another walking order by hand, or be shared between two.

Why:    whoever comes by bus starts at the bus stop, and two friends walk together.
Before: a turf was walked from whichever end was best, by one.
After:  both are changes by hand like others, and can be taken back.
Safe:   old code shows the new words as they are written here, and keeps running.
Size:   the choices of a column, which no database knows.
Undo:   reversible; turfs stay in the order they are in.
"""

from django.db import migrations, models

VERBS = [
    ("move", "moved doors"),
    ("merge", "merged two turfs"),
    ("split", "split a turf"),
    ("share", "shared a turf between two"),
    ("walk", "put a turf in another order"),
    ("lock", "locked a turf"),
    ("unlock", "unlocked a turf"),
    ("recut", "cut again what was left"),
    ("undo", "took back a change"),
    ("redo", "made a change again"),
]


class Migration(migrations.Migration):
    """Two more choices."""

    dependencies = (("store", "0021_rulings"),)
    operations = (
        migrations.AlterField(
            "edit", "verb", models.CharField(choices=VERBS, max_length=16)
        ),
    )
