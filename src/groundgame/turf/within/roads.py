"""Roads by name or by class, among the streets that there are to walk on.

In:  what somebody calls a road: 'Route 9', 'main st', 'primary'.
Out: the edges of it. A name is compared in its normal form, as those of addresses are;
     where none is that, without its directions: 'Main Street' is East and West Main.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process

from groundgame.errors import UnknownRoad
from groundgame.normal.streets import streets as normal
from groundgame.turf.streets.classes import classes
from groundgame.turf.streets.kept import Streets

NEAR, ALIKE = 3, 60.0  # names that are offered, and how alike they are of 100


def called(streets: Streets, road: str) -> npt.NDArray[np.bool_]:
    """Say of each edge whether it is of a road.

    Args:
        streets: The streets.
        road: A name, or a class of road as OpenStreetMap has them.

    Raises:
        UnknownRoad: Nothing here is called so.
    """
    said = normal(pl.Series([*streets.names, road], dtype=pl.String)).select(
        whole="street_key",
        bare=pl.concat_str("name", pl.col("type").fill_null(""), separator=" "),
    )
    for way in ("whole", "bare"):
        keys = said[way]
        meant = keys[-1]
        if meant is None:
            continue
        alike = np.append((keys[:-1] == meant).fill_null(value=False).to_numpy(), False)
        edges: npt.NDArray[np.bool_] = alike.astype(np.bool_)[streets.name]
        if edges.any():
            return edges
    kind = classes().number(road.strip().lower())
    of_class: npt.NDArray[np.bool_] = streets.kind == kind
    if kind < 0 or not of_class.any():
        raise UnknownRoad(road[:80], near(streets, road), _classes(streets))
    return of_class


def near(streets: Streets, road: str) -> str:
    """Return the names that are most like it, in quotation marks."""
    named = np.unique(streets.name[streets.name >= 0])
    known = sorted({streets.names[n] for n in named})
    found = process.extract(
        *(road, known),
        scorer=fuzz.WRatio,
        limit=NEAR,
        score_cutoff=ALIKE,
        processor=str.casefold,
    )
    return ", ".join(f"'{name}'" for name, _score, _at in found) or "none"


def _classes(streets: Streets) -> str:
    """Return the classes of road that there are."""
    return ", ".join(classes().names[n] for n in np.unique(streets.kind))
