"""The page of promises says what was measured, by commands that are there."""

import importlib.util
import json
import shlex

import pytest

from tests.house.measure import HOUSE


def _promises():
    """Return bench/promises.py, which is a script."""
    spec = importlib.util.spec_from_file_location(
        "promises", HOUSE / "bench/promises.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


promises = _promises()
KNOWN = json.loads((HOUSE / "docs/promises.json").read_text())


def test_the_page_is_what_was_measured():
    """Nobody wrote a figure by hand: run bench/promises.py."""
    assert (HOUSE / "docs/promises.md").read_text() == promises.page(KNOWN)
    assert KNOWN.keys() <= {each.name for each in promises.PROMISES}


@pytest.mark.parametrize("promise", promises.PROMISES, ids=lambda each: each.name)
def test_every_command_of_a_promise_is_there(promise):
    """A file that was moved takes its promise with it, or the page says so."""
    words = [word for word in shlex.split(promise.command) if "=" not in word]
    files = [word for word in words if "/" in word]

    assert words[0] in {"node", "pytest", "python"}
    assert files
    for file in files:
        assert (HOUSE / file).exists(), file


def test_a_run_that_failed_is_no_figure():
    """What a failing command says is not taken for a measurement."""
    (killed,) = [each for each in promises.PROMISES if each.name == "killed"]
    good = "sqlite 5 kills, 10 events, seed 7 {}\n."

    assert killed.measured(good + "1 passed")["seed"] == "7"
    for said in (good + "1 failed, 1 passed", good.replace("\n.", "\nF"), ""):
        with pytest.raises(ValueError, match="failed"):
            killed.measured(said)
