"""What can be written, and what is said when it cannot."""

import pytest

from groundgame.errors import RuleNotUnderstood
from groundgame.universe import parse
from groundgame.universe.columns import TEXT_COLUMNS
from groundgame.universe.parse import MOST_CONDITIONS
from groundgame.universe.rule import DEEPEST


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("PARTY IS Dem", "party = Dem"),
        ("party = 'St. Mary''s'", 'party = "St. Mary\'s"'),
        ("party = “two words”", 'party = "two words"'),
        ("party not in (DEM,WFP)", "not party in (DEM, WFP)"),
        ("State House District is 12", "state_house = 12"),
        ("congressional district != 3", "not congressional = 3"),
        ("((party = DEM))", "party = DEM"),
        ("zip = 00501 or zip = 00502 and ward = 1", None),
        ("age over 64", "age >= 65"),
        ("age is not 30", "not age = 30"),
        ("age on 2026-11-03 at least 18", "age on 2026-11-03 >= 18"),
        ("registered before 2024", "registered before 2024-01-01"),
        ("registered on or before 2024-02-28", "registered before 2024-02-29"),
        ("registered in 2024", "registered between 2024-01-01 and 2024-12-31"),
        ("registered on 2024-05-01", "registered between 2024-05-01 and 2024-05-01"),
        ("voted in 2024-11-05 general election", "voted in the 2024-11-05 general"),
        ("not voted in the 2022 general", "did not vote in the 2022 general"),
        ("voted in the last general", "voted in the last general"),
        ("voted in all of last 3 primaries", "voted in all of the last 3 primaries"),
        ("voted in any municipal since 2015", "voted in a municipal since 2015"),
        ("didn't vote in any election", "not voted in an election"),
        ("on the list members", 'on list "members"'),
        ("random 12.50 percent of People seed 7", "random 12.5% of people seed 7"),
    ],
)
def test_what_can_be_written_and_how_it_is_printed(written, canonical):
    """Many ways of writing, one way of printing."""
    rule = parse(written)

    assert rule.text() == canonical or canonical is None
    assert parse(rule.text()) == rule


def test_and_binds_closer_than_or():
    """'a or b and c' is 'a or (b and c)', and is printed so."""
    rule = parse("zip = 1 or zip = 2 and ward = 1")

    assert rule.text() == "zip = 1 or (zip = 2 and ward = 1)"


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_every_column_can_be_written(column):
    """The grammar and the book of columns name the same columns."""
    assert parse(f"{column} = x").text() == f"{column} = x"


@pytest.mark.parametrize(
    ("written", "position", "said"),
    [
        ("", 1, "the rule ends, but wanted a condition"),
        ("party = ", 9, "the rule ends"),
        ("party in DEM", 10, r"found 'DEM', but wanted '\('"),
        ("prty = DEM", 1, "no column named 'prty'.*did you mean party"),
        ("party = DEM age > 3", 13, "found 'age', but wanted and / or"),
        ("(party = DEM", 13, r"wanted '\)'"),
        ("age > old", 7, "found 'old', but wanted a whole number"),
        ("age between 40 and 20", 1, "the lower first"),
        ("age = 200", 1, "from 0 to 150"),
        ('party = "DEM', 9, "quotation mark is opened there and never closed"),
        ('party = ""', 1, "must not be empty"),
        ("voted in 2 of the last 4 generals", 10, "at least"),
        ("voted in at least 5 of the last 4 generals", 10, "not in 5 to 4"),
        ("registered since 11/05/2024", 18, "a date such as 2024-11-05"),
        ("registered since 2024-13-01", 18, "month"),
        ("registered between 2024-05-01 and 2024-01-01", 1, "not be later"),
        ("random 110% of doors seed 1", 1, "from 0% to 100%"),
        ("random 10% of doors", 20, "wanted of / seed"),
        ("party = DEM; drop", 12, "found ';'"),
    ],
)
def test_a_refusal_says_where_and_what(written, position, said):
    """An organizer sees the place, what stood there, and how to write it."""
    with pytest.raises(RuleNotUnderstood, match=said) as refused:
        parse(written)

    assert refused.value.position == position
    assert parse(refused.value.example)


@pytest.mark.parametrize(
    "text",
    [
        "not " * 3000 + "everyone",
        "(" * 3000 + "age > x" + ")" * 3000,
        "(party = a or " * 60 + "party = b" + ")" * 60,
        "party = DEM or " * 2000 + "everyone",
        "age > " + "9" * 10000,
    ],
)
def test_a_rule_that_nobody_could_read_is_refused(text):
    """Deep or endless text is an error, not a crash."""
    with pytest.raises(RuleNotUnderstood):
        parse(text)


def test_a_rule_may_be_as_deep_as_it_says():
    """The limit is where it says it is: that deep is read, one deeper is not."""
    assert parse("not " * (DEEPEST - 1) + "everyone").depth() == DEEPEST
    with pytest.raises(RuleNotUnderstood, match="levels deep"):
        parse("not " * DEEPEST + "everyone")


def test_a_rule_has_as_many_conditions_as_can_be_answered():
    """Two hundred conditions are read; one more is refused, however it is written."""
    assert parse(" and ".join(["age > 1"] * MOST_CONDITIONS))
    for word in (" and ", " or "):
        with pytest.raises(
            RuleNotUnderstood, match=f"{MOST_CONDITIONS + 1} conditions"
        ):
            parse(word.join(["age > 1"] * (MOST_CONDITIONS + 1)))
