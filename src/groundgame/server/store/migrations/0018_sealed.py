"""Each chapter has keys that its phones seal what they hear to.

Why:    whoever finds a phone should find no answers on it.
Before: an outbox lay on a phone as it was written.
After:  it is sealed to the chapter's key, and only the server opens it.
Safe:   old code does not look at the table; old phones send as before.
Size:   a row or a few a chapter; well under a second.
Undo:   reversible, but then what is sealed on phones can never be opened: don't.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = (("store", "0017_measured_cuts"),)
    operations = (
        migrations.CreateModel(
            name="SealKey",
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
                ("name", models.CharField(max_length=16, unique=True)),
                ("private", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal_keys",
                        to="store.chapter",
                    ),
                ),
            ],
        ),
    )
