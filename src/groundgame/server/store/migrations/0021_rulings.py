"""An organizer's ruling on what waits is kept, whichever way it falls.

Why:    what an organizer has looked at should not come up again every evening.
Before: an entry was let in, or waited for ever; somebody had to let it in.
After:  it may be set aside as well; and one that came again with its right hash was
        let in by nobody.
Safe:   old code sees what was set aside as waiting, and always writes who let in.
Size:   the second table is new, the first has as many rows as were let in.
Undo:   reversible, unless something was let in by nobody.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, and one column that may be empty."""

    dependencies = (("store", "0020_findings_are_jobs"),)
    operations = (
        migrations.AlterField(
            "release",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="SetAside",
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
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quarantine",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_aside",
                        to="store.quarantine",
                    ),
                ),
            ],
        ),
    )
