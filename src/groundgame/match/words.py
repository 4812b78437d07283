"""Why a link was made, in words, from the levels that held."""

import polars as pl

from groundgame.match.score import model

_SAME = "same "


def reasons() -> pl.Expr:
    """Return one sentence a pair: what is the same, then what is not.

    Needs the level_... columns of `scored`, and first_l and first_r.
    """
    same, other = [], []
    for comparison in model():
        level = pl.col(f"level_{comparison['name']}")
        for place, one in enumerate(comparison["level"]):
            says = one.get("says", "")
            if says.startswith(_SAME):
                same.append(pl.when(level == place).then(pl.lit(says[len(_SAME) :])))
            elif says:
                other.append(pl.when(level == place).then(_filled(says)))
    shared = pl.concat_list(same).list.drop_nulls()
    count = shared.list.len()
    ending = pl.when(count > 1).then(pl.lit(" and ")).otherwise(pl.lit(""))
    spoken = pl.lit(_SAME) + pl.concat_str(
        shared.list.head((count.cast(pl.Int64) - 1).clip(0)).list.join(", "),
        ending,
        shared.list.last(),
    )
    rest = pl.concat_list(other).list.drop_nulls().list.join("; ")
    return pl.concat_str(
        pl.when(count > 0).then(spoken),
        pl.when(rest != "").then(rest),
        separator="; ",
        ignore_nulls=True,
    )


def by() -> pl.Expr:
    """Return how strong the evidence is in kind: an id, an exact key, or likeness."""
    names = (pl.col("level_first") == 0) & (pl.col("level_last") == 0)
    reach = (pl.col("level_phone") == 0) | (pl.col("level_email") == 0)
    near = pl.col("level_place").is_between(0, 1) | pl.col("level_place").is_null()
    exact = names & (reach | ((pl.col("level_birth") == 0) & near))
    return (
        pl.when(pl.col("level_voter_id") == 0)
        .then(pl.lit("voter id"))
        .when(exact.fill_null(value=False))
        .then(pl.lit("exact key"))
        .otherwise(pl.lit("likeness"))
    )


def _filled(says: str) -> pl.Expr:
    """Return a reason with the names that it holds."""
    if "{" not in says:
        return pl.lit(says)
    before, _, rest = says.partition("{first_l}")
    between, _, after = rest.partition("{first_r}")
    return pl.concat_str(
        pl.lit(before),
        pl.col("first_l").str.to_titlecase(),
        pl.lit(between),
        pl.col("first_r").str.to_titlecase(),
        pl.lit(after),
    )
