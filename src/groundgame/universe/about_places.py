"""Conditions on where somebody lives: near a point, inside an area, in a district."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from groundgame.universe.rule import Rule
from groundgame.universe.span import checked_number, written
from groundgame.universe.words import always_quoted, either

FARTHEST = 20_100_000
"""Metres; half way round the earth."""


@dataclass(frozen=True, slots=True)
class Near(Rule):
    """Yes where a door lies within so many metres of a point, as the crow flies."""

    meters: float
    lat: float
    lon: float
    KIND: ClassVar[str] = "near"

    def __post_init__(self) -> None:
        """Refuse a point that is not on the earth, and a distance that is none."""
        for name in ("meters", "lat", "lon"):
            object.__setattr__(self, name, checked_number(getattr(self, name)))
        if not 0 < self.meters <= FARTHEST:
            raise ValueError(
                f"a distance is more than 0 and at most {FARTHEST // 1000} km"
            )
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):  # noqa: PLR2004  # degrees
            raise ValueError(
                "a point is a latitude from -90 to 90 and a longitude from -180 to "
                "180, in this order: 40.72, -73.74"
            )

    def _where(self) -> str:
        """Return the distance and the point."""
        point = f"{written(self.lat)}, {written(self.lon)}"
        return f"within {written(self.meters)} m of {point}"

    def text(self) -> str:
        """Return the canonical text."""
        return self._where()

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{'not ' if negated else ''}living {self._where()}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(*(float(plain[name]) for name in ("meters", "lat", "lon")))


@dataclass(frozen=True, slots=True)
class InArea(Rule):
    """Yes where a door lies inside an area that was given by name."""

    name: str
    KIND: ClassVar[str] = "in_area"

    def __post_init__(self) -> None:
        """Refuse an area without a name."""
        if not self.name.strip():
            raise ValueError("an area has a name")

    def text(self) -> str:
        """Return the canonical text."""
        return f"in area {always_quoted(self.name)}"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{'not ' if negated else ''}living inside the area “{self.name}”"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(str(plain["name"]))


@dataclass(frozen=True, slots=True)
class InDistrict(Rule):
    """Yes where somebody lives in one of the districts with these OCD ids."""

    ids: tuple[str, ...]
    KIND: ClassVar[str] = "in_district"

    def __post_init__(self) -> None:
        """Refuse what is no id of a division; the ids are in small letters."""
        object.__setattr__(self, "ids", tuple(one.lower() for one in self.ids))
        if not self.ids or not all(one.startswith("ocd-division/") for one in self.ids):
            raise ValueError(
                "a district is named by its Open Civic Data id: "
                '"ocd-division/country:us/state:ny/cd:12"'
            )

    def text(self) -> str:
        """Return the canonical text."""
        ids = [always_quoted(one) for one in self.ids]
        if len(ids) == 1:
            return f"district = {ids[0]}"
        return f"district in ({', '.join(ids)})"

    def clause(self, *, negated: bool = False) -> str:
        """Return the words that follow 'People'."""
        return f"{'not ' if negated else ''}in the district {either(self.ids)}"

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the node."""
        return cls(tuple(map(str, plain["ids"])))
