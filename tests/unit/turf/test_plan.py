"""Plans: what sizes of turf arithmetic allows."""

import pytest

from groundgame.turf import CutPlan, Limits


@pytest.mark.parametrize(
    ("doors", "limits"),
    [
        pytest.param(40, Limits(40, 40, as_asked=True), id="one turf, just"),
        pytest.param(80, Limits(40, 50, as_asked=True), id="two turfs, just"),
        pytest.param(1000, Limits(40, 50, as_asked=True), id="20 to 25 turfs"),
        pytest.param(3, Limits(3, 3, as_asked=False), id="too few for one"),
        pytest.param(51, Limits(25, 26, as_asked=False), id="51 is 25 + 26"),
        pytest.param(79, Limits(39, 40, as_asked=False), id="79 is 39 + 40"),
        pytest.param(101, Limits(33, 34, as_asked=False), id="101 is 33 + 34 + 34"),
    ],
)
def test_sizes_done_by_hand(doors, limits):
    """Turfs of 40 to 50 where they add up, else few and as equal as can be."""
    assert CutPlan(least=40, most=50).limits(doors) == limits


@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param({"least": 0}, id="turfs of nothing"),
        pytest.param({"least": 51, "most": 50}, id="least above most"),
        pytest.param({"most": 1001}, id="days of walking"),
        pytest.param({"effort": -1.0}, id="less than no effort"),
        pytest.param({"effort": float("nan")}, id="no number"),
    ],
)
def test_a_plan_refuses_nonsense_at_birth(nonsense):
    """No cut is ever begun with a plan that no turf could meet."""
    with pytest.raises(ValueError, match=r"turf|effort"):
        CutPlan(**nonsense)
