"""The numbers of proportion: they bind most when nobody is looking.

When one binds, find the missing idea; do not split by line count or loosen the number.
"""

import ast
from statistics import median

import pytest

from tests.house import measure

SOURCES = measure.files("*.py", "src", "bench", "examples")
TESTS = measure.files("test_*.py", "tests")
SCRIPTS = measure.files("*.js", "phone", "src")
TEMPLATES = measure.files("*.html", "phone", "src")


@pytest.mark.parametrize(
    ("paths", "stop"),
    [
        pytest.param(SOURCES, 400, id="Python"),
        pytest.param(SCRIPTS, 250, id="JavaScript"),
        pytest.param(TEMPLATES, 150, id="templates"),
        pytest.param(TESTS, 400, id="tests"),
    ],
)
def test_no_file_is_too_long_to_read_at_one_sitting(paths, stop):
    """A file that has outgrown its idea is found on the day it does."""
    assert not measure.too_large(measure.sizes(paths), stop)


def test_no_function_is_longer_than_a_page():
    """Sixty lines, docstring included; and half of all are ten or fewer."""
    parts = [part for path in SOURCES for part, _ in measure.functions(path)]

    assert not measure.too_large(parts, 60)
    assert median(part.lines for part in parts) <= 12


def test_every_test_is_short_and_makes_a_claim():
    """A test is forty lines at most, and its docstring says what could be false."""
    tests = [
        (part, node)
        for path in TESTS
        for part, node in measure.functions(path)
        if node.name.startswith("test_")
    ]

    assert not measure.too_large([part for part, _ in tests], 40)
    assert not [part.where for part, node in tests if not ast.get_docstring(node)]


def test_every_module_says_what_it_is():
    """Each Python file begins with a sentence, and so does each script of the phone."""
    silent = [
        measure.name(path)
        for path in [*SOURCES, *TESTS]
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    silent += [
        measure.name(path)
        for path in SCRIPTS
        if not path.read_text().removeprefix("// @ts-check\n").startswith("/**")
    ]

    assert not silent


def test_the_house_has_few_rooms():
    """At most fifteen folders lie side by side in src/groundgame."""
    rooms = [
        path
        for path in (measure.HOUSE / "src/groundgame").iterdir()
        if path.is_dir() and path.name != "__pycache__"
    ]

    assert len(rooms) <= 15


def test_the_rule_itself_can_fail(tmp_path):
    """A planted file of 401 lines, with a function of 61, is caught."""
    planted = tmp_path / "planted.py"
    planted.write_text("def long():\n" + "    pass\n" * 60 + "\n" * 340)

    (function,) = [part for part, _ in measure.functions(planted)]

    assert measure.too_large([function], 60)
    assert measure.too_large(measure.sizes([planted]), 400)
