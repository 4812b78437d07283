"""A part of a whole."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, from 0.0 to 1.0: 0.25 is a quarter."""

    of_one: float

    def __post_init__(self) -> None:
        """Refuse what is no part of a whole (and a NaN)."""
        if not 0.0 <= self.of_one <= 1.0:
            raise ValueError(f"a share is from 0 to 1, not {self.of_one}")

    def __str__(self) -> str:
        """Write it the way people say it: '25%'."""
        return f"{self.of_one * 100:g}%"
