"""The words of a rule that name a column of the file, and how a sentence says them."""

from collections.abc import Mapping
from dataclasses import dataclass


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


def _whose(name: str) -> TextColumn:
    """Return a column that says what somebody is."""
    return TextColumn(name, name, f"whose {name} is", f"whose {name} is not")


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
