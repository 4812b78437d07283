"""An amount with a lower end, an upper end, or both: `>= 30`, `between 30 and 70`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

_LARGEST, _SMALLEST = 1e12, 1e-12


def checked_number(number: float) -> float:
    """Return a number if it can be written without a power of ten.

    Raises:
        ValueError: It cannot.
    """
    if not abs(number) <= _LARGEST or 0 < abs(number) < _SMALLEST:
        raise ValueError("a number has at most 12 digits before or after its point")
    return float(number) + 0.0


def written(number: float) -> str:
    """Return a number in plain digits, so that it is read back as the same."""
    digits = f"{Decimal(repr(float(number))):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`, both in it; `open` leaves a single end out."""

    low: float | None = None
    high: float | None = None
    open: bool = False

    def __post_init__(self) -> None:
        """Refuse a span without an end, and one the wrong way round."""
        for end in ("low", "high"):
            number = getattr(self, end)
            if number is not None:
                object.__setattr__(self, end, checked_number(number))
        if self.low is None and self.high is None:
            raise ValueError("say from which number on, or up to which")
        if self.low is not None and self.high is not None:
            if self.open:
                raise ValueError("both ends of a range are in it")
            if self.low > self.high:
                raise ValueError("the lower number stands first")

    def text(self) -> str:
        """Return the span as a rule writes it."""
        if self.low is not None and self.high is not None:
            return f"between {written(self.low)} and {written(self.high)}"
        if self.low is not None:
            return f"{'>' if self.open else '>='} {written(self.low)}"
        return f"{'<' if self.open else '<='} {written(self.high or 0.0)}"

    def says(self) -> str:
        """Return the span as a sentence says it."""
        if self.low is not None and self.high is not None:
            return f"{written(self.low)} to {written(self.high)}"
        if self.low is not None:
            number = written(self.low)
            return f"over {number}" if self.open else f"{number} or more"
        number = written(self.high or 0.0)
        return f"under {number}" if self.open else f"{number} or less"

    def to_data(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return {"low": self.low, "high": self.high, "open": self.open}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the span that `to_data` wrote."""
        low, high = (
            None if plain[end] is None else float(plain[end]) for end in ("low", "high")
        )
        return cls(low, high, bool(plain["open"]))
