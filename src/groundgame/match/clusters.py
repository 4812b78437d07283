"""Join pairs into groups: rows that a chain of pairs connects are one."""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def joined(rows: int, left: pl.Series, right: pl.Series) -> pl.Series:
    """Return, for each row, the smallest row of its group; its own number if alone.

    Args:
        rows: How many rows there are, numbered from 0.
        left: One row of each pair.
        right: The other.
    """
    ones = np.ones(len(left), dtype=np.int8)
    graph = coo_array((ones, (left.to_numpy(), right.to_numpy())), shape=(rows, rows))
    _, group = connected_components(graph, directed=False)
    numbered = pl.DataFrame({"group": group}).with_row_index("row")
    return numbered.select(pl.col("row").min().over("group"))["row"]
