"""How a door can be placed: the methods, from the finest to the coarsest."""

from typing import Final

POINT: Final = "address point"
SPELLING: Final = "spelling"
BETWEEN: Final = "interpolation"
STREET: Final = "street"
ZIP: Final = "zip"
BY_HAND: Final = "by hand"
NONE: Final = "none"

METHODS: Final = (POINT, SPELLING, BETWEEN, STREET, ZIP)
"""What a search tries, in this order; it stops after the coarsest that is wanted."""

COARSE: Final = (STREET, ZIP)
"""Methods that say little more than that a door is somewhere there."""

EVERY: Final = (BY_HAND, *METHODS, NONE)
"""Every way in which a door is counted: each door in exactly one of them."""

EXACT_METERS: Final = 10.0  # an address point stands on the building, or at its drive
CORRECTED_METERS: Final = 15.0  # now and then the wrong street was meant


def tried(coarsest: str) -> tuple[str, ...]:
    """Return the methods down to the coarsest that is wanted."""
    if coarsest not in METHODS:
        raise ValueError(f"a method is one of {', '.join(METHODS)}, not {coarsest!r}")
    return METHODS[: METHODS.index(coarsest) + 1]
