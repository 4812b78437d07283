"""What was assigned is seen in the data: streets taken for people are refused."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from groundgame import experiment
from groundgame.errors import CannotAnalyse
from groundgame.experiment import level
from groundgame.values import Seed
from tests.unit.experiment.worlds import table

ASKED = experiment.Question("voted", "arm", "no")
STREETS, EACH = 20, 10


def town(number=1, *, by="street"):
    """Return 200 people on twenty streets, of two behind a door; arms go by `by`."""
    chance = Seed(number).stream("tests.level")
    whole = np.arange(STREETS * EACH)
    ids = {"street": whole // EACH, "door": whole // 2, "person": whole}
    arm = chance.permutation(np.arange(len(np.unique(ids[by]))) % 2)[ids[by]]
    alike = chance.normal(size=STREETS)[ids["street"]]
    return table(
        voted=alike + chance.normal(size=len(whole)),
        arm=np.array(["no", "visit"])[arm].tolist(),
        street=[f"street {n}" for n in ids["street"]],
        door=ids["door"].tolist(),
        person=ids["person"].tolist(),
    )


def held(rows, **asked):
    """Say whether a table is what it is said to be; the refusal if not."""
    try:
        experiment.hold_level(rows, replace(ASKED, **asked))
    except CannotAnalyse as refusal:
        return str(refusal)
    return ""


def test_streets_that_were_assigned_are_found():
    """Nobody named them, and each street is in one arm: the reason says so."""
    said = held(town())

    assert "one arm in each of 20 values of street" in said
    assert "--cluster street" in said
    assert held(town(), cluster="street") == ""


def test_a_level_above_the_stated_one_is_found():
    """Doors are said to be drawn, and it was streets."""
    assert "and not each door" in held(town(), cluster="door")
    assert held(town(by="door"), cluster="door") == ""
    assert "100 values of door" in held(town(by="door"))


def test_people_who_were_drawn_are_never_taken_for_something_larger():
    """Of 300 draws of people not one looks like a draw of their doors or streets."""
    assert not any(held(town(number, by="person")) for number in range(300))


def beside(rows):
    """Return columns that say the arm, and that nobody assigned."""
    visited = np.array([one == "visit" for one in rows["arm"].to_pylist()])
    place = np.arange(len(visited))
    canvasser = [
        f"c{n % 7}" if v else None for n, v in zip(place, visited, strict=True)
    ]
    return {
        "treated": visited.astype(int).tolist(),
        "script": [f"{'ab'[n % 2]}{v}" for n, v in zip(place, visited, strict=True)],
        "canvasser": canvasser,
        "probability": (0.3 + 0.1 * visited + place % 9 / 100).round(3).tolist(),
        "everybody": ["Elm"] * len(visited),
        "nothing": [None] * len(visited),
        "list": [[1]] * len(visited),
    }


@pytest.mark.parametrize("name", beside(town()))
def test_what_only_follows_from_the_arm_is_not_what_was_assigned(name):
    """Another name of the arm, who visited, the chance of it: fair, and let through."""
    rows = town(by="person").select(["voted", "arm"])

    assert held(rows.append_column(name, pa.array(beside(rows)[name]))) == ""


def test_a_cell_of_block_and_arm_is_no_cluster():
    """'ward 3, visited' says nothing that block and arm do not."""
    rows = town(by="person").select(["voted", "arm"])
    arms = rows["arm"].to_pylist()
    ward = [f"w{n % 6}" for n in range(len(arms))]
    cell = [f"{one} {arm}" for one, arm in zip(ward, arms, strict=True)]
    rows = rows.append_column("ward", [ward]).append_column("cell", [cell])

    assert held(rows, block="ward") == ""


def test_believing_what_is_stated_is_caught(monkeypatch):
    """The planted bug: nobody looks, and streets of luck are three times too sure."""
    fired = []
    monkeypatch.setattr(level, "_groups", lambda *_: fired.append(True))
    assert held(town()) == ""
    assert fired
    monkeypatch.undo()
    errors = [
        experiment.estimate(experiment.gather(town(), replace(ASKED, cluster=one)))
        .arms[0]
        .told.std_error
        for one in ("", "street")
    ]

    assert errors[1] > 2 * errors[0]
    assert held(town()) != ""
