"""Text columns as small numbers: a code for each word, and what a code stands for.

Capital and small letters are one, and so are 03 and 3 where a column holds numbers.
A code is a word's place among the words of its column, from 1, in the order in which
they first occur; 0 is an empty cell. Rows stand by county, precinct and street, so the
codes of such columns rise with the rows, and a question about one of them reads little.
"""

from collections.abc import Collection, Mapping
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from groundgame.universe.electorate.files import Cells

Codes = npt.NDArray[np.uint32]

SHIFTED = 62
"""The largest code that is looked up in the bits of one number."""


class WordBook:
    """The words of one column, growing as parts of a file are read."""

    def __init__(self, *, number: bool = False) -> None:
        """Begin without words."""
        self._number = number
        self._words: Cells = pa.array([], pa.string())
        self._people = np.zeros(1, np.int64)
        self._runs = 0
        self._lock = Lock()  # parts are read side by side

    def codes(self, column: Cells) -> Codes:
        """Return the code of each cell; words that are new get the next codes."""
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        chunks = column.unify_dictionaries().chunks
        if not chunks:
            return np.zeros(0, np.uint32)
        code_of = np.append(self._codes_of(chunks[0].dictionary), np.uint32(0))
        return np.concatenate(
            [
                code_of[chunk.indices.fill_null(len(code_of) - 1).to_numpy()]
                for chunk in chunks
            ]
        )

    def _codes_of(self, written: Cells) -> Codes:
        """Return the codes of distinct cells as they are written."""
        words = folded(written, number=self._number)
        with self._lock:
            return self._added(words)

    def _added(self, words: Cells) -> Codes:
        """Return the codes of words, and keep those that are new."""
        new = pc.unique(words.filter(pc.invert(pc.is_in(words, self._words))))
        self._words = pa.concat_arrays([self._words, new])
        place: Cells = pc.index_in(words, self._words)
        codes: Codes = (place.to_numpy(zero_copy_only=False) + 1).astype(np.uint32)
        return codes

    def seen(self, codes: Codes) -> None:
        """Count people by code, and how often the code changes from row to row."""
        counted = np.bincount(codes)
        with self._lock:
            longer = np.zeros(max(len(counted), len(self._people)), np.int64)
            longer[: len(counted)] += counted
            longer[: len(self._people)] += self._people
            self._people = longer
            self._runs += 1 + int(np.count_nonzero(codes[1:] != codes[:-1]))

    @property
    def runs(self) -> int:
        """How many runs of one code there are: few where rows stand in its order."""
        return self._runs

    def table(self) -> pa.Table:
        """Return the words in the order of their codes, with how many people each."""
        people = np.zeros(len(self._words) + 1, np.int64)
        people[: len(self._people)] = self._people
        return pa.table({"word": self._words, "people": people[1:]})


def folded(words: Cells, *, number: bool) -> Cells:
    """Return words as they are compared: small letters, no zeros before a number."""
    text = pc.utf8_lower(pc.cast(words, pa.string()))
    return pc.utf8_ltrim(text, "0") if number else text


def codes_of(
    values: Collection[str], words: Mapping[str, int], *, number: bool
) -> set[int]:
    """Return the codes of the values that occur."""
    written = folded(pa.array(list(values), pa.string()), number=number)
    return {words[word] for word in map(str, written) if word in words}


def test_of(column: str, codes: Collection[int], *, in_order: bool) -> str:
    """Return the quickest test whether a column holds one of these codes.

    Where rows stand in the column's order, a list of codes lets whole blocks of rows be
    passed over. Elsewhere all rows are read, and a look at one bit is quickest.
    """
    wanted = sorted(set(codes))
    if not wanted:
        return "false"
    if wanted[-1] - wanted[0] == len(wanted) - 1:
        first, last = wanted[0], wanted[-1]
        if first == last:
            return f"({column} = {first})"
        return f"({column} between {first} and {last})"
    if wanted[-1] <= SHIFTED and not in_order:
        bits = sum(1 << code for code in wanted)
        return f"(({bits} >> {column}) & 1 = 1)"
    return f"({column} in ({', '.join(map(str, wanted))}))"
