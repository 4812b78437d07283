"""The words of a rule that name a column of the file, and how a sentence says them."""

from collections.abc import Mapping
from dataclasses import dataclass

from groundgame.universe.words import quoted


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column that a rule may compare with words.

    Capital and small letters are the same in it. `number` is true where the file
    writes numbers without leading zeros, so that 03 and 3 are one district.
    """

    name: str
    called: str
    says: str
    says_not: str
    table: str = "people"
    number: bool = False
    source: str = ""
    """The column's name in its table, where a rule calls it otherwise."""

    @property
    def of(self) -> str:
        """The column's name in its table."""
        return self.source or self.name


def _whose(
    name: str, called: str = "", *, table: str = "people", source: str = ""
) -> TextColumn:
    """Return a column that says what somebody, or their door, is."""
    called = called or name
    return TextColumn(
        name,
        called,
        f"whose {called} is",
        f"whose {called} is not",
        table,
        source=source,
    )


def _place(
    name: str, called: str, *, table: str = "people", number: bool = False
) -> TextColumn:
    """Return a column that says where somebody lives."""
    return TextColumn(name, called, f"in {called}", f"not in {called}", table, number)


TEXT_COLUMNS: Mapping[str, TextColumn] = {
    column.name: column
    for column in (
        _whose("party"),
        _whose("status"),
        _whose("gender"),
        _whose("language"),
        _place("precinct", "precinct"),
        _place("ward", "ward"),
        _place("municipality", "municipality"),
        _place("county", "county"),
        _place("congressional", "congressional district", number=True),
        _place("state_senate", "state senate district", number=True),
        _place("state_house", "state house district", number=True),
        _place("street", "street", table="doors"),
        _place("city", "city", table="doors"),
        _place("zip", "ZIP", table="doors"),
        _place("state", "state", table="doors"),
        _whose("number", "house number", table="doors"),
        _whose("unit", table="doors"),
        _whose("door_kind", "kind of door", table="doors", source="kind"),
        _whose("placed_by", "way of placing", table="doors"),
    )
}
"""Every column a rule may compare with words, by its name in a rule."""

CALLED: Mapping[str, str] = {
    **{column.name: column.called for column in TEXT_COLUMNS.values()},
    "age": "age",
    "registered": "date of registration",
    "phone": "phone",
}
"""Every column that may be missing, and what a sentence calls it."""


def own_column(name: str) -> str:
    """Return how a rule names a column that only this file has."""
    return f"column {quoted(name)}"
