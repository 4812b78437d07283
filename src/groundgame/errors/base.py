"""What all refusals have in common."""

from typing import ClassVar


class GroundgameError(Exception):
    """The one class to catch when any refusal of the library will do."""

    SAYS: ClassVar[str] = ""
    """What was found, what was wanted, what to do next; {name} stands for a field."""

    def __str__(self) -> str:
        """Say it."""
        return self.SAYS.format(**vars(self)) if self.SAYS else super().__str__()
