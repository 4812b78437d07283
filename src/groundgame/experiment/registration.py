"""A design that was fixed before the first knock, and a number by which it is known.

What was asked, of whom, with which arms and which seed goes into one JSON object in its
canonical form (RFC 8785). Its SHA-256 is published; whoever holds units and object can
draw again, and see that neither was changed afterwards. A changed design has another
number, so it is another design.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pyarrow as pa
import rfc8785

from groundgame.experiment.draw import Draw


@dataclass(frozen=True, slots=True)
class Registration:
    """A design, as it was fixed."""

    question: str
    outcome: str
    draw: Draw
    units: int
    units_sha256: str
    plan: Mapping[str, Any] = field(default_factory=dict)
    """What else was fixed: power, buffers, whose design this one changes."""

    @property
    def content(self) -> dict[str, Any]:
        """All of it as plain values."""
        said: dict[str, Any] = {
            "question": self.question,
            "outcome": self.outcome,
            "unit": self.draw.unit,
            "cluster": self.draw.cluster,
            "block": self.draw.block,
            "arms": [[name, share] for name, share in self.draw.arms.items()],
            "seed": self.draw.seed.number,
            "units": self.units,
            "units_sha256": self.units_sha256,
        }
        return said | ({"plan": dict(self.plan)} if self.plan else {})

    @property
    def sha256(self) -> str:
        """The number by which this design is known."""
        return hashlib.sha256(rfc8785.dumps(self.content)).hexdigest()


def register(
    units: pa.Table,
    draw: Draw,
    question: str,
    outcome: str,
    plan: Mapping[str, Any] | None = None,
) -> Registration:
    """Fix a design for the units that will be drawn from."""
    names = sorted({draw.unit, draw.cluster, draw.block} - {""})
    rows = pl.DataFrame(units.select(names)).cast(pl.String).sort(names)
    number = hashlib.sha256(rows.write_csv().encode()).hexdigest()
    return Registration(question, outcome, draw, units.num_rows, number, plan or {})
