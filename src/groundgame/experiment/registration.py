"""A design that was fixed before the first knock, and a number by which it is known.

What was asked, of whom, with which arms and which seed goes into one JSON object in its
canonical form (RFC 8785). Its SHA-256 is published; whoever holds units and object can
draw again, and see that neither was changed afterwards. A changed design has another
number, so it is another design.
"""

import hashlib
from dataclasses import dataclass
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

    @property
    def content(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "unit": self.draw.unit,
            "cluster": self.draw.cluster,
            "block": self.draw.block,
            "arms": dict(self.draw.arms),
            "seed": self.draw.seed.number,
            "units": self.units,
            "units_sha256": self.units_sha256,
        }

    @property
    def sha256(self) -> str:
        """The number by which this design is known."""
        return hashlib.sha256(rfc8785.dumps(self.content)).hexdigest()


def register(units: pa.Table, draw: Draw, question: str, outcome: str) -> Registration:
    """Fix a design for the units that will be drawn from."""
    names = sorted({draw.unit, draw.cluster, draw.block} - {""})
    rows = pl.DataFrame(units.select(names)).cast(pl.String).sort(names)
    number = hashlib.sha256(rows.write_csv().encode()).hexdigest()
    return Registration(question, outcome, draw, units.num_rows, number)
