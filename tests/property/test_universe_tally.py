"""To count where numbers begin is to count different ones, but for the scattered."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.universe.electorate.doors import scattered
from groundgame.universe.tally import Tally, tally

MOST = 9
runs = st.lists(st.tuples(st.integers(0, MOST), st.integers(1, 4)), max_size=20)


@settings(deadline=None)
@given(runs, st.sets(st.integers(1, MOST)), st.data())
def test_a_tally_counts_different_numbers(file, unplaced, data):
    """Of any rows of any file, in any pieces, each number is counted once."""
    numbers = np.repeat([n for n, _ in file], [times for _, times in file])
    numbers = numbers.astype(np.int32)
    several = scattered(numbers, MOST)
    wanted = data.draw(
        st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers))
    )
    some = numbers[np.array(wanted, np.bool_)]
    some[np.isin(some, list(unplaced))] *= -1
    cut = data.draw(st.integers(0, len(some)))
    pieces = pa.chunked_array([some[:cut], some[cut:]], pa.int32())

    there = set(some.tolist()) - {0}
    expected = Tally(
        len(there), len([n for n in there if n < 0]), int((some == 0).sum())
    )
    assert tally(pieces, several) == expected
    if not several.any():
        assert tally(pieces) == expected


@settings(deadline=None)
@given(runs, st.lists(st.integers(1, 3), min_size=MOST, max_size=MOST), st.data())
def test_a_tally_counts_what_numbers_belong_to(file, of, data):
    """Each building is counted once, however its doors stand in the file."""
    numbers = np.repeat([n for n, _ in file], [times for _, times in file])
    numbers = numbers.astype(np.int32)
    building_of = np.array([0, *of], np.int32)
    several = scattered(building_of[numbers], 3)
    cut = data.draw(st.integers(0, len(numbers)))
    pieces = pa.chunked_array([-numbers[:cut], numbers[cut:]], pa.int32())

    there = set(building_of[numbers].tolist()) - {0}

    assert tally(pieces, several, of=building_of).different == len(there)
