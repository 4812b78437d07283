"""Which known street each door is on.

In:  doors in normal form, and a region.
Out: for each spelling of a street (with its zip code and town) the known streets: in
     its zip code, in its town, anywhere; or, where there is none of that name, the one
     that the spelling must mean.
"""

import polars as pl

from groundgame.voterfile.places.region import ANYWHERE, Region, town_scope, zip_scope
from groundgame.voterfile.places.spelling import corrected

SPELLED = ("zip", "city_key", "street_key")
SCOPES = ("in_zip", "in_town", "anywhere")


def resolve(doors: pl.DataFrame, known: Region) -> pl.DataFrame:
    """Return the spellings with their streets.

    Returns:
        zip, city_key, street_key; in_zip, in_town, anywhere (streets of that name);
        street (the one to go on with), corrected, sure (false: only with the very
        number), instead (what else it may mean).
    """
    spelled = doors.select(SPELLED).unique().sort(SPELLED)
    ids = known.streets.select("scope", "street_key", "street")
    scopes = dict(
        zip(SCOPES, (zip_scope(), town_scope(), pl.lit(ANYWHERE)), strict=True)
    )
    for name, scope in scopes.items():
        spelled = (
            spelled.with_columns(scope=scope)
            .join(
                ids.rename({"street": name}),
                on=["scope", "street_key"],
                how="left",
                maintain_order="left",
            )
            .drop("scope")
        )
    spelled = spelled.with_columns(
        street=pl.coalesce(SCOPES),
        sure=pl.lit(value=True),
        instead=pl.lit(None, dtype=pl.String),
        corrected=pl.lit(value=False),
    )
    for scope in scopes.values():
        spelled = _corrected(spelled, scope, known.streets)
    return spelled


def _corrected(
    spelled: pl.DataFrame, scope: pl.Expr, streets: pl.DataFrame
) -> pl.DataFrame:
    """Look for the streets that are left, within one scope."""
    scoped = spelled.with_columns(scope=scope)
    wanted = scoped.filter(
        pl.col("street").is_null()
        & pl.col("street_key").is_not_null()
        & pl.col("scope").is_not_null()
    )
    found = corrected(wanted.select("scope", "street_key").unique(), streets)
    joined = scoped.join(
        found,
        on=["scope", "street_key"],
        how="left",
        maintain_order="left",
        suffix="_found",
    )
    new = pl.col("street").is_null() & pl.col("street_found").is_not_null()
    return joined.select(
        *SPELLED,
        *SCOPES,
        street=pl.coalesce("street", "street_found"),
        sure=pl.when(new).then("sure_found").otherwise("sure"),
        instead=pl.coalesce("instead", "instead_found"),
        corrected=pl.col("corrected") | new,
    )
