"""What was already taken apart: spellings of streets and units repeat in a file.

A column is encoded by a dictionary that grows from batch to batch; only spellings that
were never seen are read, and the rows look theirs up by number. One such memory serves
one worker; it is not shared by threads.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl


@dataclass(slots=True)
class _Seen:
    """The spellings of one part, and what each came to, by its number."""

    codes: pl.Categorical = field(
        default_factory=lambda: pl.Categorical(pl.Categories.random())
    )
    forms: pl.DataFrame | None = None
    kept: pl.Series = field(init=False)

    def __post_init__(self) -> None:
        """Keep a column of these codes: Polars forgets codes that nobody holds."""
        self.kept = pl.Series([], dtype=self.codes)

    @property
    def count(self) -> int:
        """How many spellings were read."""
        return 0 if self.forms is None else self.forms.height


class Spellings:
    """Everything that one worker has read so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: dict[str, _Seen] = {}

    def read(
        self, spelled: pl.Series, form: Callable[[pl.Series], pl.DataFrame]
    ) -> pl.DataFrame:
        """Return what `form` makes of each row's spelling, in the rows' order.

        Args:
            spelled: A column of text. A part is known by its name.
            form: From distinct spellings to as many rows, in the same order.
        """
        seen = self._parts.setdefault(spelled.name, _Seen())
        codes = spelled.cast(seen.codes).to_physical().rename("code")
        new = (
            pl.DataFrame([codes, spelled])
            .filter(pl.col("code") >= seen.count)
            .unique("code")
            .sort("code")
        )
        if new.height or seen.forms is None:
            forms = form(new[spelled.name])
            seen.forms = forms if seen.forms is None else seen.forms.vstack(forms)
        return seen.forms.select(pl.all().gather(codes))
