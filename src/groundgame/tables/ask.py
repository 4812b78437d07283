"""Ask Arrow tables a question in SQL: counting and joining, without loops over rows."""

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa


def ask(question: str, inputs: Mapping[str, pa.Table], **given: Any) -> pa.Table:
    """Return the answer to one SQL question.

    Args:
        question: The text; no word of it comes from a user.
        inputs: The tables it names.
        given: What stands for its `$names`.
    """
    with duckdb.connect() as connection:
        for name, table in inputs.items():
            connection.register(name, table)
        answer: Any = connection.sql(question, params=given or None)
        found: pa.Table = answer.to_arrow_table()
        return found
