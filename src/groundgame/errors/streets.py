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
