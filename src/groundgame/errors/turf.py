"""How the turf room says no to doors and plans."""

from dataclasses import dataclass

from groundgame.errors.base import GroundgameError


@dataclass(eq=False)
class DoorTooLarge(GroundgameError):
    """A door takes more than a whole turf has room for."""

    doors: int
    takes: float
    most: float

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        return (
            f"{self.doors} doors take up to {self.takes:g} each, and a turf has room "
            f"for {self.most:g}: no division keeps that. Give --most "
            f"{-int(-self.takes // 1)} or more, or leave these doors out."
        )


@dataclass(eq=False)
class NothingToCut(GroundgameError):
    """No door has a usable place, so there is nothing to walk to."""

    SAYS = (
        "none of {doors} doors has a usable place. At least one needs lon and lat in "
        "degrees, or x and y in metres, as numbers; 'groundgame voterfile import' with "
        "--addresses places doors."
    )

    doors: int


@dataclass(eq=False)
class SwappedPlaces(GroundgameError):
    """Longitudes stand where latitudes should, and the other way round."""

    SAYS = (
        "{doors} doors have a latitude where nobody lives, but would be fine with lon "
        "and lat exchanged. Exchange the names of these two columns, and try again."
    )

    doors: int


@dataclass(eq=False)
class NoDegrees(GroundgameError):
    """Places that are called lon and lat are in another measure."""

    SAYS = (
        "{doors} doors have a lon beyond 180 or a lat beyond 90, as metres and feet of "
        "a map projection do; degrees (WGS 84) were wanted. Export them as degrees, or "
        "call the columns x and y if they are metres."
    )

    doors: int


@dataclass(eq=False)
class UnknownPlace(GroundgameError):
    """A place was wished for that is neither in degrees nor at a door of the cut."""

    SAYS = (
        "that place is at no door of this cut, and is no latitude and longitude. Write "
        "number and street as the list has them, or degrees such as 42.1, -78.5."
    )


@dataclass(eq=False)
class FarPlace(GroundgameError):
    """Degrees from where nobody walks to these doors."""

    exchanged: bool
    """Whether they would be near with latitude and longitude exchanged."""

    def __str__(self) -> str:
        """Say what was found, what was wanted and what to do next."""
        exchanged = "; with latitude and longitude exchanged it would be near them"
        return (
            "that place is more than 300 km from every door"
            f"{exchanged if self.exchanged else ''}. Write degrees, latitude first, "
            "such as 42.1,-78.5."
        )


@dataclass(eq=False)
class UnknownDoors(GroundgameError):
    """Turfs name doors that the table of doors does not have."""

    SAYS = (
        "{doors} doors of these turfs are not in the table of doors. Give the table "
        "that the turfs were cut from, or cut again."
    )

    doors: int
