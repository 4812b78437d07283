"""The cases of the contract catch the bugs that such logs are known for."""

import pytest

from groundgame.canvass import Entry, doors, holding, log, standing
from tests.unit.canvass.logs import (
    cases,
    entries,
    entry,
    event_id,
    packet,
    talk,
    undo,
)


def by_clock(entry):
    """Order by what the device's clock says."""
    return entry.event.at


def by_id(entry):
    """Order by id, which has the device's clock in it."""
    return entry.event.id


def by_seq(entry):
    """Order by the device's own number, whenever it was received."""
    return entry.event.seq


def unsent_first(entry):
    """Put what was not received before what was."""
    return (entry.position or 0, entry.event.seq, entry.event.id)


def unsent_by_id(entry):
    """Order what was not received by id only."""
    return (entry.position is None, entry.position or 0, entry.event.id)


def every_time(entries):
    """Count a repeat again."""
    return list(entries)


def last_content(entries):
    """Keep the last content under an id."""
    return {each.event.id: each for each in entries}.values()


def first_given(entries):
    """Keep the content that was given first, not the one received first."""
    unique = {}
    for each in entries:
        unique.setdefault(each.event.id, each)
    return unique.values()


def nothing_undone(_log):
    """Ignore withdrawals."""
    return set()


def only_after(log):
    """Let a withdrawal reach only what stands before it in the log."""
    seen, undone = set(), set()
    for each in log:
        seen.add(each.event.id)
        if hasattr(each.event, "of") and each.event.of in seen:
            undone.add((each.event.packet, each.event.of))
    return undone


def toggled(log):
    """Let a second withdrawal bring a conversation back."""
    undone = set()
    for each in log:
        if hasattr(each.event, "of"):
            undone ^= {(each.event.packet, each.event.of)}
    return undone


def redone(log):
    """Let the withdrawal of a withdrawal bring a conversation back."""
    of = {each.event.id: each.event.of for each in log if hasattr(each.event, "of")}
    gone = set(of.values())
    return {
        (each.event.packet, each.event.of)
        for each in log
        if hasattr(each.event, "of") and each.event.id not in gone
    }


class AnyPacket(set):
    """Withdrawals that reach into every packet."""

    def __contains__(self, key):
        """Look at the id alone."""
        return key[1] in {of for _packet, of in self}


def across_packets(log):
    """Let a withdrawal reach into another packet."""
    pairs = [(e.event.packet, e.event.of) for e in log if hasattr(e.event, "of")]
    return AnyPacket(pairs)


MUTANTS = {
    "_order": [by_clock, by_id, by_seq, unsent_first, unsent_by_id],
    "_once": [every_time, last_content, first_given],
    "_undone": [nothing_undone, only_after, toggled, redone, across_packets],
}


def broken() -> list[str]:
    """Return the names of the cases that the code as it is now does not keep."""
    return [
        case["name"]
        for case in cases("standing")
        for given in [entries(case)]
        if [event.id for event in holding(given)] != case["holding"]
        or sorted([*k, a] for k, a in standing(given).items()) != case["standing"]
        or doors(given) != case["doors"]
    ]


@pytest.mark.parametrize(
    ("place", "mutant"),
    [(place, mutant) for place, mutants in MUTANTS.items() for mutant in mutants],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_a_planted_bug_breaks_a_case_of_the_contract(monkeypatch, place, mutant):
    """Each known bug fires, and at least one case of the contract sees it."""
    fired = []

    def planted(*arguments):
        fired.append(mutant.__name__)
        return mutant(*arguments)

    assert not broken()
    monkeypatch.setattr(log, place, planted)

    assert broken()
    assert fired


def test_a_generator_is_as_good_as_a_list():
    """A log may be streamed from a store."""
    one = entry(talk(1), 1)

    assert [each.id for each in holding(each for each in [one])] == [event_id(1)]


def test_two_contents_under_one_id_that_nobody_received_come_to_one():
    """Whichever of them is named first, the same one holds."""
    first, second = entry(talk(1, note="a")), entry(talk(1, note="b"))

    assert holding([first, second]) == holding([second, first])
    assert len(holding([first, second])) == 1


def test_a_withdrawal_that_shares_an_id_with_a_conversation_counts_once():
    """An id names one event; whatever the second one is, it is not folded."""
    thief = Entry(entry(undo(1, of=2)).event, 5)
    log_of_three = [entry(talk(1), 1), entry(talk(2), 2), thief]

    assert [each.id for each in holding(log_of_three)] == [event_id(1), event_id(2)]


def test_a_reassigned_turf_keeps_what_its_first_packet_recorded():
    """Two packets with one door: the later receipt stands, the earlier one holds."""
    first = entry(talk(1, result="canvassed"), 2)
    second = entry(talk(2, result="not_home", answers={}, packet=packet(2)), 1)

    assert doors([first, second]) == {"elm-street-12": "canvassed"}
    assert len(holding([first, second])) == 2
