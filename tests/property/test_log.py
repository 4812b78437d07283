"""Laws of the fold: the order of arrival and repeats change nothing."""

import hypothesis.strategies as st
import pytest
from hypothesis import find, given, settings
from hypothesis.errors import NoSuchExample

from groundgame.canvass import doors, holding, log, standing
from groundgame.canvass.log import Entry
from tests.unit.canvass.logs import device, entry, packet, talk, undo

FEW = st.integers(1, 3)


@st.composite
def events(draw):
    """Return one event; ids, doors and packets collide often, clocks say anything."""
    number = draw(st.integers(1, 8))
    common = {
        "device": device(draw(FEW)),
        "packet": packet(draw(st.integers(1, 2))),
        "seq": draw(st.integers(1, 9)),
        "at": draw(st.sampled_from([0, 1_793_998_800_000, 2**41])),
    }
    if draw(st.booleans()):
        return undo(number, of=draw(st.integers(1, 8)), **common)
    return talk(
        number,
        door=f"elm-street-{draw(FEW)}",
        person=draw(st.sampled_from(["elm:E1001", "elm:E1002", None])),
        result=draw(st.sampled_from(["canvassed", "not_home", "refused"])),
        answers=draw(st.dictionaries(st.sampled_from("ab"), st.sampled_from("123"))),
        **common,
    )


@st.composite
def logs(draw):
    """Return a log; each place in the order of receipt is given to one entry."""
    made = draw(st.lists(events(), max_size=12))
    places = draw(st.permutations(range(1, len(made) + 1)))
    sent = draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    return [
        entry(event, place if is_sent else None)
        for event, place, is_sent in zip(made, places, sent, strict=True)
    ]


def fold(entries):
    """Return all that is folded out of a log."""
    return holding(entries), standing(entries), doors(entries)


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(entries, shuffler):
    """Two phones that hold the same entries show the same doors."""
    shuffled = list(entries)
    shuffler.shuffle(shuffled)

    assert fold(shuffled) == fold(entries)


@given(logs(), st.data())
def test_a_repeat_changes_nothing(entries, data):
    """A batch that is sent again after a lost reply is as if sent once."""
    again = data.draw(st.lists(st.sampled_from(entries), max_size=6)) if entries else []

    assert fold([*entries, *again]) == fold(entries)


@given(logs(), st.integers(0, 12))
def test_a_log_in_two_parts_comes_to_the_same(entries, cut):
    """The fold of a union does not depend on how it was divided, or overlaps."""
    one, other = entries[:cut], entries[max(0, cut - 2) :]

    assert fold([*one, *other]) == fold([*other, *one]) == fold(entries)


@given(logs())
def test_a_copy_not_known_to_be_received_changes_nothing(entries):
    """A phone that lost a receipt shows what the others show."""
    lost = [Entry(each.event) for each in entries if each.position is not None]

    assert fold([*entries, *lost]) == fold(entries)


@given(logs(), st.integers(-(2**53) + 1, 2**53 - 1))
def test_a_clock_is_a_claim_that_changes_nothing(entries, clock):
    """Set every clock to any time: the same conversations hold, in the same order."""
    received = [each for each in entries if each.position is not None]
    moved = [
        entry(each.event.as_dict() | {"at": clock}, each.position) for each in received
    ]

    assert [e.id for e in holding(moved)] == [e.id for e in holding(received)]
    assert standing(moved) == standing(received)


@given(logs())
def test_what_stands_was_said_and_not_withdrawn(entries):
    """No standing answer comes from nowhere, and every one is in a conversation."""
    said = {
        (event.person, question, answer)
        for event in holding(entries)
        for question, answer in event.answers.items()
    }

    assert {(*key, answer) for key, answer in standing(entries).items()} <= said


def first_given(entries):
    """Keep whichever entry of an id was given first."""
    unique = {}
    for each in entries:
        unique.setdefault(each.event.id, each)
    return unique.values()


def as_given(_entry):
    """Keep the order in which entries were given."""
    return 0


@pytest.mark.parametrize(
    ("place", "mutant"), [("_once", first_given), ("_order", as_given), ("_once", list)]
)
def test_the_laws_catch_a_planted_bug(monkeypatch, place, mutant):
    """Each of these breaks a law within a few hundred logs."""
    fired = []

    def planted(given):
        fired.append(place)
        return mutant(given)

    def breaks(entries):
        again = [*reversed(entries), *entries]
        return fold(again) != fold(entries)

    with pytest.raises(NoSuchExample):
        find(logs(), breaks, settings=settings(max_examples=30, database=None))
    monkeypatch.setattr(log, place, planted)

    assert find(logs(), breaks, settings=settings(max_examples=500, database=None))
    assert fired
