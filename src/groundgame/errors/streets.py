"""How the turf room says no to a file of streets."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class NoStreets(GroundgameError):
    """A file of streets holds nothing that may be walked."""

    SAYS = (
        "{file} {found}; streets that may be walked were wanted, in degrees (WGS 84)."
        " Give an extract of OpenStreetMap (.osm.pbf) or GeoJSON lines of the place."
    )

    file: str
    found: str


@dataclass(eq=False)
class UnreadableStreets(GroundgameError):
    """A file is none that streets can be read from, or a damaged one."""

    SAYS = (
        "{file} {found}; an extract of OpenStreetMap (.osm.pbf) was wanted, or GeoJSON"
        " of lines in degrees (WGS 84). Look at the file, or fetch it again."
    )

    file: str
    found: str


@dataclass(eq=False)
class OtherTown(GroundgameError):
    """A file of streets is of another place than the doors."""

    SAYS = (
        "{outside} of {doors} doors have no street within {reach:.0f} metres: {found}."
        " Streets of the doors' own town were wanted. Give an extract that covers"
        " them, or leave the streets out and walk in straight lines."
    )

    doors: int
    outside: int
    reach: float
    found: str


@dataclass(eq=False)
class UnreadableBorder(GroundgameError):
    """A file is none that borders can be read from."""

    SAYS = (
        "{file} {found}; GeoJSON with LineString, MultiLineString or Polygon in degrees"
        " (WGS 84, longitude first) was wanted. Draw the border again and export it so."
    )

    file: str
    found: str


@dataclass(eq=False)
class OtherBorder(GroundgameError):
    """A border is of another place than the doors."""

    SAYS = (
        "no line of the border is near the doors: {found}. A border among them was"
        " wanted, longitude first. Draw it on their own map, or leave it out."
    )

    found: str


@dataclass(eq=False)
class UnknownRoad(GroundgameError):
    """A road that no turf should lie across is not among the streets."""

    SAYS = (
        "no street is called '{road}'; a name in the file of streets was wanted, such"
        " as {near}, or a class of road that it has: {classes}. Name it so, or draw it."
    )

    road: str
    near: str
    classes: str


@dataclass(eq=False)
class RoadsWithoutStreets(GroundgameError):
    """A road is named as a border, and there are no streets."""

    SAYS = (
        "a road is named that no turf may lie across, and there are no streets to find"
        " it in; streets to walk on were wanted. Give them, or draw the border."
    )
