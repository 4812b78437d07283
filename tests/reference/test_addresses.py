"""Our reading of addresses beside labels that others made.

The labels come with the source package of usaddress; `bench/addresses.py` fetches it.
"""

import sys

import pytest

from tests.house.measure import HOUSE

sys.path.insert(0, str(HOUSE / "bench"))
labelled = pytest.importorskip("labelled")
PACKAGE = labelled.package()
pytestmark = pytest.mark.skipif(
    PACKAGE is None,
    reason="no source package of usaddress; run bench/addresses.py once",
)


@pytest.mark.parametrize(
    ("name", "home", "least"),
    [
        pytest.param("labeled", True, 0.975, id="homes"),
        pytest.param("labeled", False, 0.95, id="offices too"),
        pytest.param("openaddress_us_ia_linn", False, 0.995, id="a county"),
    ],
)
def test_as_often_right_as_was_measured(name, home, least):
    """Number, street and unit all agree with the labels on so many lines."""
    bench = pytest.importorskip("addresses", reason="usaddress is not installed")
    lines = [one for one in labelled.read(PACKAGE, name) if one.at_home or not home]
    lines = lines[:: max(1, len(lines) // 2000)]

    assert bench.agreement(lines, bench.ours(lines))["all"] >= least


def test_better_than_a_model_that_has_not_seen_the_answers():
    """Usaddress's own kind of model, trained on the others, is right less often."""
    bench = pytest.importorskip("addresses", reason="usaddress is not installed")
    lines = labelled.read(PACKAGE, labelled.TRAINED)
    asked, theirs = bench.unseen(lines, set(lines))

    ours = bench.agreement(lines, bench.ours(lines))["all"]
    assert ours > bench.agreement(asked, theirs)["all"]
