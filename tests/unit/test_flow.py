"""The whole way in one call: on streets, and balanced in what matters."""

from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from groundgame import flow, turf

ELM = Path(__file__).parents[2] / "examples" / "elm"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Elm County, taken in."""
    register = flow.Register(
        file=ELM / "voters.csv",
        layout="elm",
        dated=date(2025, 1, 15),
        addresses=ELM / "addresses.csv",
        streets=ELM / "streets.geojson",
    )
    return flow.take_in(register, tmp_path_factory.mktemp("flow"))


def outing(snapshot, **more):
    """Go to everybody's door."""
    sizes = {"least": 1, "most": 12} | more.pop("sizes", {})
    program = flow.Program(
        rule="everyone", as_of=date(2025, 6, 1), plan=turf.CutPlan(**sizes), **more
    )
    return flow.to_the_doors(snapshot, program)


def test_on_streets_walks_are_longer_than_in_straight_lines(snapshot):
    """The same doors; nobody walks through a house."""
    sizes = {"least": 4}
    lines = outing(snapshot, sizes=sizes).cut
    streets = outing(snapshot, sizes=sizes, streets=ELM / "streets.geojson").cut

    assert lines.turfs.num_rows == streets.turfs.num_rows
    assert streets.metres > lines.metres


def test_people_are_counted_behind_each_door(snapshot):
    """No turf has more people than asked, and all who have a place are in one."""
    out = outing(snapshot, balance=flow.Balance.PEOPLE)

    load = out.cut.summary["load"].to_pylist()
    here = pc.is_in(out.wanted.people["door_id"], out.cut.turfs["door_id"])
    assert max(load) <= 12
    assert sum(load) == pc.sum(here).as_py()


def test_minutes_count_the_walk_and_the_talk(snapshot):
    """No turf takes longer than the shift at the pace that was given."""
    slow = turf.Pace(knock=300.0)
    out = outing(snapshot, balance=flow.Balance.MINUTES, pace=slow, sizes={"most": 60})

    summary = out.cut.summary
    least = summary["doors"].to_numpy() * slow.door(3) / 60
    assert (summary["load"].to_numpy() <= 60).all()
    assert (summary["load"].to_numpy() >= least).all()
