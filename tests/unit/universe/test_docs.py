"""What the page about universes shows is what the program reads."""

import re
from pathlib import Path

from groundgame.universe import parse
from groundgame.universe.columns import TEXT_COLUMNS

PAGE = Path(__file__).parents[3] / "docs" / "concepts" / "universe.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_every_rule_on_the_page_is_read():
    """No example on the page is refused, and each prints as a rule again."""
    blocks = re.findall(r"```rule\n(.*?)```", TEXT, re.DOTALL)
    rules = [line for block in blocks for line in block.splitlines() if line]

    assert len(rules) > 25
    for rule in rules:
        assert parse(parse(rule).text()) == parse(rule)


def test_every_column_is_on_the_page():
    """A column that can be asked for is written down."""
    assert [name for name in TEXT_COLUMNS if name not in TEXT] == []
