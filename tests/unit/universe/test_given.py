"""What a rule may name beside the file: what is refused, warned of, and counted."""

import numpy as np
import pyarrow as pa
import pytest

from groundgame import universe
from groundgame.errors import BadArea, CircularUniverse, GroundgameError, NoSuchScore
from tests.unit.universe import elm


def explained(snapshot, rule, **given):
    """Return what a rule means in the small Elm."""
    given = universe.Given(**given)
    return universe.explain(
        snapshot, universe.parse(rule), as_of=elm.AS_OF, given=given
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('in area "x"', "no area named 'x'; the areas given are: none"),
        ("column race = W", "no column 'race' of its own; it has: none"),
        ('district = "ocd-division/x"', "nobody in this file lives"),
        ("score turnout >= 1", "--scores FILE"),
        ("never tried", "--attempts FILE"),
        ("answered support", "--answers FILE"),
        ('moved since snapshot "x"', "no earlier snapshot named 'x'"),
        ('in universe "x"', "no readable universe saved as 'x'"),
    ],
)
def test_what_is_not_there_is_refused(snapshot, rule, said):
    """A misspelled name must not quietly find nobody, or everybody."""
    with pytest.raises(GroundgameError, match=said):
        explained(snapshot, rule)


def test_an_answer_of_several_responses_is_each_of_them(snapshot):
    """What somebody wrote in their own words, with a comma, is not taken apart."""
    people = ["elm:ana", "elm:ben", "elm:cyd"]
    given = ["cost,fair", "fair", "fair, says he"]
    answers = pa.table(
        {"person_id": people, "question": ["mattered"] * 3, "answer": given}
    )

    found = {
        said: explained(snapshot, f"answered mattered = {said}", answers=answers)
        for said in ("cost", "fair", "air")
    }

    assert {said: each.wanted for said, each in found.items()} == {
        "cost": 1,
        "fair": 2,
        "air": 0,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no", "no JSON"),
        ("[]", "no GeoJSON"),
        ('{"type": "Point", "coordinates": [0, 0]}', "no Polygon"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}', "three corners"),
        ('{"type": "Polygon", "coordinates": [["a", "b", "c"]]}', "pair of numbers"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [0, 91], [1, 1]]]}', "earth"),
        ('{"type": "FeatureCollection", "features": 3}', "whole GeoJSON"),
    ],
)
def test_what_is_no_area_is_refused(text, said):
    """Half a file, a point, or feet for degrees is no area."""
    with pytest.raises(BadArea, match=said):
        universe.read_area(text)


def test_a_circle_of_universes_is_refused(tmp_path, snapshot):
    """When it is saved, and when somebody wrote the files by hand."""
    universe.save_search(tmp_path, "a", universe.parse("party = DEM"))
    universe.save_search(tmp_path, "b", universe.parse('in universe "a"'))
    round_about = universe.parse('not in universe "b"')

    with pytest.raises(CircularUniverse, match="a → b → a"):
        universe.save_search(tmp_path, "a", round_about)
    kept = {"a": round_about, "b": universe.parse('in universe "a"')}
    with pytest.raises(CircularUniverse, match="a → b → a"):
        explained(snapshot, 'in universe "a"', universes=kept)
    saved = universe.SavedUniverses(tmp_path)
    assert explained(snapshot, 'in universe "b"', universes=saved).wanted == 3


def test_a_likely_slip_is_said(snapshot):
    """Nobody has party DEMO; the parties that are there are named, nearest first."""
    said = explained(snapshot, 'party = DEMO and on list "x"', lists={"x": []}).warnings

    assert said[0].startswith("Nobody has the party DEMO: there is dem, ")
    assert said[1:] == ("The list “x” is empty.",)
    assert explained(snapshot, "party = dem").warnings == ()


def test_steps_are_counted_in_their_order(snapshot):
    """Three Democrats; Eli and Gus come in; Gus goes out; two of four are drawn."""
    rule = 'start with party = DEM, add never voted, remove on list "x", narrow to '
    rule += "random 2 people seed 1"
    ladder = explained(snapshot, rule, lists={"x": pa.array(["elm:gus"])})

    counted = [(step.added, step.took_out, step.left) for step in ladder.steps]
    assert counted == [(0, 1, 7), (0, 4, 3), (2, 0, 5), (0, 1, 4), (0, 2, 2)]
    assert ladder.wanted == 2


def test_scores_laid_beside_the_rows_answer_as_their_table_does(snapshot):
    """Who asks all day lays them once; both name those there are when one is not."""
    ids = ["elm:gus", "elm:eli", "elsewhere"]
    table = pa.table({"person_id": ids, "score": ["Turnout"] * 3, "value": [1.0, 2, 3]})
    laid = universe.lay_scores(universe.prepare(snapshot), table)

    for scores in (table, laid):
        assert explained(snapshot, "score turnout >= 2", scores=scores).wanted == 1
        with pytest.raises(NoSuchScore, match="those given are: Turnout"):
            explained(snapshot, "score support >= 2", scores=scores)


def test_scores_of_another_snapshot_are_refused(snapshot):
    """Values beside other rows would be other people's scores."""
    laid = {"turnout": np.zeros(3)}

    with pytest.raises(ValueError, match="rows of another snapshot"):
        explained(snapshot, "score turnout >= 2", scores=laid)
