"""Write many rows at once, where phones wait for it.

Django's bulk_create asks a dozen things of each field of each row, and so takes far
longer than the database does: a third of all the time in which a book is locked.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

MOST = 30_000
"""Values in one statement, for PostgreSQL; SQLite says itself."""


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows of one kind in their order, and tell each its key."""
    if not rows:
        return
    kind = type(rows[0])
    fields = [each for each in kind._meta.concrete_fields if not each.primary_key]  # noqa: SLF001  # Django's way to ask
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(each.column)) for each in fields)
    into = f"INSERT INTO {quote(kind._meta.db_table)} ({names}) VALUES "  # noqa: S608, SLF001  # names of our own columns
    key = f" RETURNING {quote(str(kind._meta.pk.column))}"  # noqa: SLF001  # as above
    one = f"({', '.join(['%s'] * len(fields))})"
    many = (connection.features.max_query_params or MOST) // len(fields)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), many):
            some = rows[first : first + many]
            values = [_written(field, row) for row in some for field in fields]
            cursor.execute(into + ", ".join([one] * len(some)) + key, values)
            for row, (made,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = made
                row._state.adding = False  # noqa: SLF001  # as bulk_create does


def _written(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    """Return a value as the database takes it."""
    return field.get_db_prep_save(getattr(row, field.attname), connection)
