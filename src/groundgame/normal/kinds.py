"""What kind of door an address speaks of: words are evidence, not certainty.

A shelter, a dormitory, a care home, a shop that lets mailboxes and a box on a rural
route are knocked on differently, or not at all. The words of an address often say so;
where they do not, many people at one door without a unit are a hint: `crowded` lists
those, and an organizer decides.
"""

from collections.abc import Mapping

import polars as pl

KINDS: Mapping[str, str] = {
    "shelter": (
        r"\b(?:SHELTER|HOMELESS|RESCUE MISSION|SALVATION ARMY|TRANSITIONAL|"
        r"WOMEN'?S REFUGE|DAY CENTER|GENERAL DELIVERY|NO FIXED ADDRESS)\b"
    ),
    "dormitory": (
        r"\b(?:DORM|DORMS|DORMITORY|RESIDENCE HALL|RES HALL|STUDENT (?:HOUSING|APTS|"
        r"APARTMENTS|VILLAGE)|FRATERNITY|SORORITY|BARRACKS|CAMPUS BOX|CAMPUS MAIL)\b"
    ),
    "care home": (
        r"\b(?:NURSING|ASSISTED LIVING|CARE (?:CENTER|CENTRE|HOME)|REST HOME|"
        r"RETIREMENT|REHAB|REHABILITATION|CONVALESCENT|MEMORY CARE|HOSPICE|"
        r"SENIOR LIVING|ALMS ?HOUSES?)\b"
    ),
    "mailbox": (
        r"\b(?:PMB|P ?O BOX|POB|POST OFFICE BOX|UPS STORE|MAIL ?BOX(?:ES)?|POSTNET|"
        r"PRIVATE MAIL)\b"
    ),
    "rural box": (
        r"^(?:R ?R|RFD|RURAL (?:ROUTE|RTE|RT)|H ?C ?R?|HIGHWAY CONTRACT|STAR ROUTE|RT|"
        r"RTE|ROUTE) ?\d* ?(?:BOX|BX)\b"
    ),
}
"""The words of each kind, in capitals without dots; the first that fits counts."""


def kind(text: pl.Expr) -> pl.Expr:
    """Return the kind of door that words of a street or a unit speak of, or null."""
    found = pl.lit(None, dtype=pl.String)
    for name, words in reversed(tuple(KINDS.items())):
        found = pl.when(text.str.contains(words)).then(pl.lit(name)).otherwise(found)
    return found


def crowded(
    doors: pl.DataFrame, people: pl.DataFrame, more_than: int = 12
) -> pl.DataFrame:
    """Return doors without a unit where more people are registered than a house has.

    Such a door may be a dormitory, a care home or a building whose units were left out.

    Args:
        doors: door_id, unit, address, kind.
        people: door_id, one row a person; the protected are not counted.
        more_than: The most people that one household has.

    Returns:
        door_id, address, kind, people; the fullest first.
    """
    if "protected" in people.columns:
        people = people.filter(~pl.col("protected"))
    full = (
        people.lazy()
        .group_by("door_id")
        .agg(people=pl.len())
        .filter(pl.col("people") > more_than)
    )
    return (
        doors.lazy()
        .filter(pl.col("unit").is_null())
        .join(full, on="door_id")
        .select("door_id", "address", "kind", "people")
        .sort(["people", "door_id"], descending=[True, False])
        .collect()
    )
