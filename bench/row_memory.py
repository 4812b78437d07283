"""What a row-by-row reader keeps in mind from one row to the next: all, or nothing."""

import os
from collections.abc import Callable
from functools import cache
from typing import TypeVar, cast

WITHOUT = "ROW_WITHOUT_MEMORY"
"""Set in a process in which each row is read as if it were the first."""
Told = TypeVar("Told", bound=Callable[..., object])


def remembered(told: Told) -> Told:
    """Let a function keep its answers, where readers have a memory."""
    return told if os.environ.get(WITHOUT) else cast("Told", cache(told))
