"""Place some doors: every method in its turn, each door by the first that finds it.

In:  doors with their address, and what is known of their region.
Out: one row a door, in the doors' order: lon, lat, placed_by, placed_from, meters; and
     for doors that are not placed, or only by street or zip code, the reason.
"""

import polars as pl

from groundgame.normal import address
from groundgame.voterfile.places import between, blocks, coarse, exact, reasons
from groundgame.voterfile.places.known import Known
from groundgame.voterfile.places.methods import (
    BETWEEN,
    COARSE,
    POINT,
    SPELLING,
    STREET,
    ZIP,
    tried,
)
from groundgame.voterfile.places.numbers import positions
from groundgame.voterfile.places.region import Region, region
from groundgame.voterfile.places.resolve import SPELLED, resolve

DIGITS = 7  # decimals of a degree: a centimetre
_PLACE = ("lon", "lat", "placed_by", "placed_from", "meters")


def search(doors: pl.DataFrame, known: Known, coarsest: str = ZIP) -> pl.DataFrame:
    """Return lon, lat, placed_by, placed_from, meters and reason, a row a door.

    Args:
        doors: number, street, unit, city, zip.
        known: What is known.
        coarsest: The last method to try.
    """
    keyed = address.keys(doors.select(address.PARTS)).with_row_index("row")
    points = known.points(keyed)
    around = region(points, known.streets(keyed))
    hunt = _Hunt(_asked(keyed, around), around, points, known)
    for method in tried(coarsest):
        hunt.turn(method)
    names = {n: source.name for n, source in enumerate(known.sources)}
    placed = pl.concat(hunt.found).with_columns(
        pl.col("lon", "lat").round(DIGITS),
        pl.col("meters").cast(pl.Float32),
        placed_from=pl.col("source").replace_strict(
            names, default=None, return_dtype=pl.String
        ),
    )
    whole = keyed.select("row").join(
        placed, on="row", how="left", maintain_order="left"
    )
    why = hunt.reasons(neighbours=BETWEEN in tried(coarsest))
    whole = whole.join(why, on="row", how="left", maintain_order="left")
    well = pl.col("placed_by").is_not_null() & ~pl.col("placed_by").is_in(COARSE)
    return whole.select(
        *_PLACE, reason=pl.when(~well.fill_null(value=False)).then("reason")
    )


def _asked(keyed: pl.DataFrame, around: Region) -> pl.DataFrame:
    """Return the doors with the streets they may be on and their numbers' positions."""
    asked = keyed.select("row", "number", "unit_key", *SPELLED)
    asked = asked.join(
        resolve(keyed, around),
        on=list(SPELLED),
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    hyphens = around.streets.select("street", "hyphened")
    return asked.join(
        hyphens, on="street", how="left", maintain_order="left"
    ).with_columns(
        **positions(pl.col("number"), pl.col("hyphened").fill_null(value=False))
    )


class _Hunt:
    """The doors that are not placed yet, and those that are."""

    def __init__(
        self, asked: pl.DataFrame, around: Region, points: pl.DataFrame, known: Known
    ) -> None:
        self.asked = self.left = asked
        self.found: list[pl.DataFrame] = []
        self._known, self._points, self._lines = around, points, known.lines()
        self._given_up: list[pl.DataFrame] = []

    def turn(self, method: str) -> None:
        """Let one method place what it can."""
        if method == BETWEEN:
            self._give_up()
        turns = {
            POINT: self._exact,
            SPELLING: self._corrected,
            BETWEEN: self._between,
            STREET: self._on_street,
            ZIP: self._in_zip,
        }
        places = turns[method]()
        self.found.append(places.with_columns(placed_by=pl.lit(method)))
        self.left = self.left.join(places, on="row", how="anti")

    def _exact(self) -> pl.DataFrame:
        return exact.exact(self.left, self._known)

    def _corrected(self) -> pl.DataFrame:
        return exact.corrected(self.left, self._known)

    def _between(self) -> pl.DataFrame:
        return between.between(self.left, self._known)

    def _in_zip(self) -> pl.DataFrame:
        return coarse.in_zip(self.left, self._points)

    def _on_street(self) -> pl.DataFrame:
        """Place doors by their street: beside the next one's block, or roughly."""
        close = blocks.beside(self.left, self._known, self._lines)
        left = self.left.join(close, on="row", how="anti")
        return pl.concat([close, coarse.on_street(left, self._known)])

    def _give_up(self) -> None:
        """Set aside doors that would be put in a wrong place.

        Points far apart, or a number far beyond its street, place nothing. A street
        that is only the likely one counts where it has the very number, and no further.
        """
        doubtful = pl.col("corrected") & ~pl.col("sure")
        self.left = self.left.with_columns(
            street=pl.when(~doubtful).then("street"),
            value=pl.when(~doubtful).then("value"),
        )
        wide = exact.apart(self.left, self._known).with_columns(
            reason=pl.lit(reasons.APART)
        )
        self.left = self.left.join(wide, on="row", how="anti")
        beyond = coarse.far(self.left, self._known)
        self.left = self.left.join(beyond, on="row", how="anti")
        self._given_up += [wide, beyond]

    def reasons(self, *, neighbours: bool) -> pl.DataFrame:
        """Return row and reason of every door, most of which nobody asks for."""
        why = reasons.of_doors(neighbours=neighbours)
        given_up = pl.concat([*self._given_up, self.asked.select("row", reason=why)])
        return given_up.unique("row", keep="first", maintain_order=True)
