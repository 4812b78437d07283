"""Ways: lines as a source draws them, place by place, before they are a network."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from groundgame.turf.stops import Counts, Floats


@dataclass(frozen=True, slots=True)
class Ways:
    """Lines that may be walked, in any order; a place that two share has one number."""

    way: Counts
    """The source's own number of each, shape (ways,)."""
    kind: npt.NDArray[np.int8]
    """Number of its class."""
    name: list[str | None]
    """What it is called."""
    oneway: npt.NDArray[np.bool_]
    """Whether cars go in one direction only."""
    first: Counts
    """Where the places of each begin, shape (ways + 1,)."""
    place: Counts
    """The number of each place, shape (places,)."""
    lon: Floats
    """Degrees, shape (places,)."""
    lat: Floats
    """Degrees, shape (places,)."""
