"""How long work at the doors takes, done by hand."""

import pytest

from groundgame.turf import Pace


def test_an_hour_is_less_than_five_kilometres():
    """At 1.3 metres a second one walks 4.68 km in an hour."""
    assert Pace().hours(4680) == pytest.approx(1)


def test_a_door_takes_knocking_and_a_share_of_a_talk():
    """60 s at each door, and at every second one 40 s and three questions of 20."""
    pace = Pace(knock=60, opens=0.5, opening=40, question=20)

    assert pace.door(questions=3) == pytest.approx(60 + 0.5 * (40 + 60))


@pytest.mark.parametrize(
    "nonsense",
    [{"speed": 0}, {"speed": float("nan")}, {"opens": 1.5}, {"knock": -1}],
    ids=str,
)
def test_a_pace_that_nobody_has_is_refused(nonsense):
    """Else a turf of a thousand doors would fit into an evening."""
    with pytest.raises(ValueError, match="not"):
        Pace(**nonsense)
