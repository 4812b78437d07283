"""How much each pair of rows agrees, by Splink's model with our numbers (model.toml).

In:  forms of rows on the left and on the right, pairs of them, how often values occur.
Out: for each pair the weight (log 2 of how much likelier what they share is if they are
     one person than if they are strangers), the same for two people of one household,
     and which level of each comparison held.

Splink asks the comparisons and weighs rare values (term frequencies). Nothing is fitted
to the list: a list of thirty members is too short to learn from, and the numbers are in
one file that people can read and argue with.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from math import log2
from typing import Any

import duckdb
import polars as pl

SMOOTH = 10_000  # so many invented people stand behind a value's frequency
_LEFT, _RIGHT = "a", "b"


@cache
def model() -> tuple[Mapping[str, Any], ...]:
    """Return the comparisons of model.toml, in order."""
    text = resources.files("groundgame.match").joinpath("model.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["comparison"])


def shared() -> Mapping[str, Mapping[str, float]]:
    """Return the columns whose values' rarity counts, with what model.toml says."""
    return {
        level["share"]: level
        for comparison in reversed(model())
        for level in reversed(comparison["level"])
        if "share" in level
    }


def rarities(
    counts: Mapping[str, pl.DataFrame], people: int
) -> dict[str, pl.DataFrame]:
    """Return, for each column, its values and how large a part of people has them.

    A small file is helped by SMOOTH invented people, so that a name is not taken for
    rare, nor for common, because of three neighbours.
    """
    return {
        column: counts[column].select(
            "value",
            share=(pl.col("len") * level.get("slip", 1.0) + SMOOTH * level["rare"])
            / (people + SMOOTH),
        )
        for column, level in shared().items()
    }


def scored(
    left: pl.DataFrame,
    right: pl.DataFrame,
    pairs: pl.DataFrame,
    rarity: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """Return l, r, weight, house and one level_... column a comparison.

    Args:
        left: Forms with a column `l` of row numbers.
        right: Forms with a column `r`.
        pairs: Columns l and r.
        rarity: For each column of `shared()`, its values and their share.
    """
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415  # 0.1 s

    sides = {_LEFT: left.rename({"l": "row"}), _RIGHT: right.rename({"r": "row"})}
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false; set threads = 2")
        api = DuckDBAPI(connection)
        tables = [
            api.register(side.to_arrow(), dataset_display_name=name)
            for name, side in sides.items()
        ]
        linker = Linker(
            tables,
            SettingsCreator(**_settings()),
            validate_settings=False,  # ours do not change; it takes a second
            log_level=None,
        )
        for column, share in rarity.items():
            looked_up = share.rename({"value": column, "share": f"tf_{column}"})
            linker.table_management.register_term_frequency_lookup(
                api.register(looked_up.to_arrow()), column
            )
        blocked = pairs.select(
            join_key_l=pl.lit(f"{_LEFT}-__-") + pl.col("l").cast(pl.String),
            join_key_r=pl.lit(f"{_RIGHT}-__-") + pl.col("r").cast(pl.String),
            match_key=pl.lit("0"),
        )
        linker.table_management.register_blocked_pairs_for_predict(
            api.register(blocked.to_arrow())
        )
        found = linker.inference.predict(warning_mode="never")
        return connection.table(found.physical_name).project(_sums()).pl()


def _settings() -> dict[str, Any]:
    return {
        "link_type": "link_only",
        "comparisons": [_comparison(one) for one in model()],
        "probability_two_random_records_match": 0.5,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "unique_id_column_name": "row",
    }


def _comparison(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return one comparison as Splink writes it."""
    levels: list[dict[str, Any]] = [
        {"sql_condition": f"NOT ({one['needs']})", "is_null_level": True,
         "label_for_charts": "not said"}
    ]  # fmt: skip
    for number, level in enumerate(one["level"]):
        weighed = {
            "sql_condition": level.get("when", "ELSE"),
            "label_for_charts": f"level {number}",
            "m_probability": level["same"],
            "u_probability": level["other"],
        }
        if "share" in level:
            weighed |= {
                "tf_adjustment_column": level["share"],
                "disable_tf_exact_match_detection": True,
            }
        levels.append(weighed)
    return {"output_column_name": one["name"], "comparison_levels": levels}


def _sums() -> str:
    """Return the columns that add up the weights, also for a household."""
    weights, house, levels = [], [], []
    for comparison in model():
        name, count = comparison["name"], len(comparison["level"])
        weights.append(f"mw_{name}")
        if any("share" in level for level in comparison["level"]):
            weights.append(f"mw_tf_adj_{name}")
        shifts = " ".join(
            f"when {count - 1 - place} then {log2(level['house'] / level['same'])}"
            for place, level in enumerate(comparison["level"])
            if "house" in level
        )
        if shifts:
            house.append(f"case gamma_{name} {shifts} else 0 end")
        levels.append(
            f"case when gamma_{name} < 0 then null else "
            f"({count - 1} - gamma_{name})::tinyint end as level_{name}"
        )
    weight = " + ".join(weights)
    summed = f"{weight} as weight, {weight} + {' + '.join(house)} as house"
    return f"row_l as l, row_r as r, {summed}, {', '.join(levels)}"
