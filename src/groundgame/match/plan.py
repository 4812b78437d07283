"""How sure is sure enough."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """When a row is linked, when a person must look, and how far we search.

    The defaults: at most one link in twenty at the very edge is wrong, and whoever
    reviews sees each row that has at least one chance in ten.

    Args:
        accept: From this probability on, a row is linked without anybody looking.
        review: From this probability on, and below `accept`, somebody must look.
        most_candidates: How many people a reviewer is shown for a row.
        most_alike: A key (a surname in a zip code, a birth date) that more people than
            this share says too little to be followed.
    """

    accept: float = 0.95
    review: float = 0.10
    most_candidates: int = 5
    most_alike: int = 60

    def __post_init__(self) -> None:
        """Refuse thresholds under which two people could both be the one."""
        if not 0.5 < self.accept <= 1.0:  # noqa: PLR2004  # above a half, only one can be
            raise ValueError(f"accept is above 0.5 and at most 1, not {self.accept}")
        if not 0.0 < self.review <= self.accept:
            raise ValueError(f"review is above 0 and at most accept, not {self.review}")
        if self.most_candidates < 1 or self.most_alike < 1:
            raise ValueError("most_candidates and most_alike are at least 1")

    def as_dict(self) -> dict[str, float | int]:
        """Return plain values that JSON can hold."""
        return asdict(self)
