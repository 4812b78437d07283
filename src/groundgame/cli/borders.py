"""groundgame turf cut: the borders that no turf lies across, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import typer

from groundgame import turf
from groundgame.cli.answer import note
from groundgame.cli.places import Field, listed
from groundgame.errors import UnreadableTable

BorderFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--border",
        metavar="FILE",
        help="No turf lies across these lines or outlines: GeoJSON in degrees. A line "
        "that ends among the doors goes straight on from there.",
    ),
]
NotAcross = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ROAD",
        help="No turf lies across this road of --streets: its name ('Route 9'), or a "
        "class of road (primary).",
    ),
]
Within = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="No turf has doors of two precincts, chapters or other names in a column "
        "of DOORS, however few there are of one.",
    ),
]
WithCost = Annotated[
    bool,
    typer.Option(
        "--cost",
        help="Say what the borders cost: cut once more, without them. Twice the time.",
    ),
]


@dataclass(frozen=True, slots=True)
class Fence:
    """What was asked for."""

    borders: turf.Borders
    within: str | None
    cost: bool

    def __bool__(self) -> bool:
        """Say whether there is any border."""
        return bool(self.borders) or self.within is not None

    @classmethod
    def of(
        cls,
        files: list[Path] | None,
        roads: list[str] | None,
        within: str | None,
        *,
        cost: bool,
    ) -> "Fence":
        """Read the borders, before any work is done.

        Raises:
            UnreadableBorder: A file holds none.
        """
        lines = [line for file in files or [] for line in turf.drawn(file).lines]
        fence = cls(turf.Borders(tuple(lines), tuple(roads or ())), within, cost)
        if cost and not fence:
            raise typer.BadParameter("--cost wants --border, --not-across or --within")
        return fence

    def around(self, placed: pa.Table, field: Field, whose: str) -> list[pa.Table]:
        """Return doors with their regions; and as they are, to say what that costs.

        Raises:
            UnreadableTable: There are borders, and the doors have no degrees.
            OtherBorder, UnknownRoad, RoadsWithoutStreets: As `turf.fenced` does.
        """
        fenced = placed
        if self.within is not None:
            fenced = turf.parted(fenced, self._names(field))
        if self.borders:
            if "lon" not in field.doors.column_names:
                found = "has places in metres, and borders are in degrees"
                raise UnreadableTable(Path(whose).name, found, "door_id, lon and lat")
            plane = field.plane or turf.plane_of(field.doors)
            fenced = turf.fenced(fenced, self.borders, plane, field.laid)
        return [fenced, placed] if self.cost and self else [fenced]

    def _names(self, field: Field) -> Any:
        """Return the name of each door in the column; none such is a misuse."""
        has = field.given.column_names
        if self.within not in has:
            raise typer.BadParameter(
                f"--within one of {listed(has)}; not {self.within}"
            )
        return field.given[self.within]

    def told(
        self,
        made: turf.Cut,
        free: Sequence[turf.Cut],
        fenced: pa.Table,
        plan: turf.CutPlan,
        pace: turf.Pace,
    ) -> dict[str, Any]:
        """Return what an answer says of it; tell people what they may not expect."""
        if turf.REGION not in fenced.column_names:
            return {}
        known = pc.is_in(fenced["door_id"].cast(pa.string()), made.turfs["door_id"])
        doors = np.unique(fenced[turf.REGION].filter(known), return_counts=True)[1]
        if len(doors) == 1:
            note("All doors are on one side of the border: it keeps nothing apart.")
        odd = sum(not plan.limits(int(many)).as_asked for many in doors)
        if odd and not plan.metre and "load" not in made.summary.column_names:
            note(
                f"{odd} of {len(doors)} regions cannot be divided into turfs of "
                f"{plan.least} to {plan.most} doors; no turf is above {plan.most}, and "
                f"the smallest has {pc.min(made.summary['doors']).as_py()}."
            )
        return {"regions": len(doors), **_cost(made, free, pace)}


def _cost(
    made: turf.Cut, free: Sequence[turf.Cut], pace: turf.Pace
) -> dict[str, float]:
    """Say what keeping to borders costs: the same doors cut with them and without."""
    if not free:
        return {}
    metres = free[0].metres
    more = made.metres - metres
    percent = 100.0 * more / metres if metres else 0.0
    hours = pace.hours(more)
    turfs = made.summary.num_rows - free[0].summary.num_rows
    note(
        f"Keeping to the borders costs {percent:.1f} % more walking ({hours:.2f} h) "
        f"and {turfs} more turfs."
    )
    return {
        "free_km": round(metres / 1000, 2),
        "border_percent": round(percent, 2),
        "border_hours": round(hours, 2),
        "border_turfs": turfs,
    }
