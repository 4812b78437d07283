"""Rules read out in plain English, and what they come to in a file."""

from datetime import date

import pytest

from groundgame import universe
from groundgame.universe import parse
from tests.unit.universe import elm


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("everyone", "People of every kind."),
        ("party in (DEM, WFP, GRN)", "People whose party is DEM, WFP or GRN."),
        ("not precinct = 3", "People not in precinct 3."),
        ("state house = 7", "People in state house district 7."),
        ("age between 18 and 34", "People aged 18 to 34."),
        ("age on 2026-11-03 >= 18", "People aged 18 or older on 3 November 2026."),
        ("registered before 2024", "People registered before 1 January 2024."),
        ("phone is missing", "People whose phone is not known."),
        ("never voted", "People who did not vote in any election."),
        ("never tried", "People never tried."),
        ("not never tried", "People ever tried."),
        ("tried fewer than 2 times", "People tried at most 1 time."),
        ("tried at least 2 times", "People tried at least 2 times."),
        (
            "only person at the door",
            "People living behind a door with exactly 1 person.",
        ),
        (
            "did not vote in the 2024-11-05 general",
            "People who did not vote in the general of 5 November 2024.",
        ),
        (
            'on list "mine" and random 5% of doors seed 2',
            "People who are on the list “mine” and in a random 5% of doors (seed 2).",
        ),
        (
            "party = DEM and (ward = 1 or ward = 2)",
            "People whose party is DEM and (in ward 1 or in ward 2).",
        ),
    ],
)
def test_rules_as_sentences(rule, sentence):
    """What an organizer reads before pressing the button."""
    assert parse(rule).sentence() == sentence


def test_the_sentence_says_when_the_file_has_fewer_elections(snapshot):
    """'The last 9 generals' of a file with five says so; 'the last 2' says which."""
    rule = "voted in at least 1 of the last {} generals"
    few, enough = (
        universe.explain(snapshot, parse(rule.format(last)), as_of=elm.AS_OF)
        for last in (9, 2)
    )

    none = universe.explain(
        snapshot, parse("voted in none of the last 4 specials"), as_of=elm.AS_OF
    )

    assert "the file knows only 5 generals: 2024-11-05, 2022-11-08" in few.sentence
    assert none.sentence.endswith("the file knows no specials.")
    assert enough.sentence == parse(rule.format(2)).sentence()
    assert enough.notes == (
        "Up to 1 June 2025 the file knows these generals: 2024-11-05, 2022-11-08.",
    )


def test_the_ladder_by_hand(snapshot):
    """Eight may be asked about; Fay was removed; four are no Democrats; and so on."""
    rule = parse("party = DEM and age < 50 and voted in the last general")
    explained = universe.explain(snapshot, rule, as_of=date(2025, 6, 1))

    assert explained.everybody == 8
    assert [(step.took_out, step.left, step.only_this) for step in explained.steps] == [
        (1, 7, 0),
        (4, 3, 2),
        (1, 2, 0),
        (1, 1, 1),
    ]
    assert explained.wanted == 1
    assert [step.text for step in explained.steps][1:] == [
        "party = DEM",
        "age <= 49",
        "voted in the last general",
    ]
