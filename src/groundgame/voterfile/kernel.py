"""One pass over the bytes of a block: what each line is, and where its cells are.

The loops here are compiled; they hold no lock, so that two blocks are read at a time.
A line is good when it is whole by itself: every cell is quoted from end to end, or has
no quotation mark, and there are as many cells as there should be. The cells of good
lines are numbered as they pass: a text that was seen before has the same number again.
Lines with quotation marks of any other kind are left to `records`, which is slow and
careful.

`tests/property/test_ranges.py` says the same in plain words, and is held against it.
"""

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from groundgame.values import loops

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

GOOD, BLANK, SHORT, LONG, NUL_ROW, NUL_ODD, CARE = range(7)
MANY = 1 << 16  # texts a column may have and still be numbered
TRIAL = 1 << 14  # rows after which a column of unlike texts is given up
SHORT_VIEW = 12  # bytes that fit into a view itself
_LF, _CR, _SUB, _SPACE, _QUOTE = 10, 13, 26, 32, 34
_ONE, _TWO = np.uint64(1), np.uint64(2)
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)
_UPPER = ~_LOWER


compiled = partial(loops.compiled, _nrt=False)
"""No loop here makes an array: none need count who refers to which."""


@compiled
def _number(  # noqa: PLR0913, PLR0917  # a loop has no records
    block: Bytes, at: Any, size: Any, n: int, seen_before: Any, known: int
) -> int:
    """Return the number of a text among those of its column; `known` if it is new.

    A slot has all that a look at it needs, side by side: half of a hash and the number,
    and where the text is first and its size.
    """
    slots, firsts = seen_before
    i = np.uint64(at)
    length = np.uint64(size)
    end = i + length
    mixed = length * np.uint64(0x9E3779B97F4A7C15)
    while i < end:
        mixed = (mixed ^ np.uint64(block[i])) * np.uint64(0x100000001B3)
        i += _ONE
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    upper = mixed & _UPPER
    mask = np.uint64(slots.shape[1] - 1)
    slot = mixed & mask
    place = np.uint64(at)
    while True:
        one = slots[n, slot, 0]
        if one == 0:
            if known < firsts.shape[1]:
                slots[n, slot, 0] = upper | np.uint64(known + 1)
                slots[n, slot, 1] = place | (length << _HALF)
                firsts[n, known, 0] = at
                firsts[n, known, 1] = size
            return known
        where = slots[n, slot, 1]
        if one & _UPPER == upper and where >> _HALF == length:
            there = where & _LOWER
            i = np.uint64(0)
            while i < length and block[there + i] == block[np.uint64(at) + i]:
                i += _ONE
            if i == length:
                return int((one & _LOWER) - _ONE)
        slot = (slot + _ONE) & mask


@compiled
def number_cells(
    block: Bytes, cells: Any, rows: tuple[int, int], numbering: Any
) -> None:
    """Number the cells of some rows, in the columns that are numbered.

    Args:
        block: The bytes.
        cells: Where each cell begins and ends: row, cell, 2.
        rows: The first row, and the one after the last.
        numbering: Codes (row, cell), slots, firsts, known; see `cells`.
    """
    codes, slots, firsts, known = numbering
    many = firsts.shape[1]
    for row in range(rows[0], rows[1]):
        trial = row == TRIAL
        for n in range(cells.shape[1]):
            if known[n] > many:
                continue
            if trial and known[n] * 4 > TRIAL * 3:
                known[n] = many + 1  # nearly all differ: it is not worth it
                continue
            at = cells[row, n, 0]
            size = cells[row, n, 1] - at
            code = _number(block, at, size, n, (slots, firsts), known[n])
            codes[row, n] = code
            if code == known[n]:
                known[n] += 1


@compiled
def _unescaped(block: Bytes, at: int, end: int) -> int:
    """Make doubled quotation marks single, in place; return the new end."""
    to = at
    i = at
    while i < end:
        block[to] = block[i]
        if block[i] == _QUOTE:  # and its double after it
            i += 1
        i += 1
        to += 1
    return to


@compiled
def _is_blank(block: Bytes, at: Any, end: Any) -> bool:
    """Say whether a line holds nothing."""
    while at < end:
        one = block[at]
        if one not in (_SPACE, _CR, _SUB):
            return False
        at += _ONE
    return True


@compiled
def _line(  # noqa: C901, PLR0912, PLR0913, PLR0917  # one machine, in one place
    block: Bytes, i: Any, shape: Any, wanted: Places, cells: Any, row: int
) -> tuple[Any, int, bool]:
    """Take one line apart; return its end, what it is, and if a mark is doubled."""
    mark, quote, width = shape
    count = 0
    doubled = False
    while True:
        to = wanted[count] if count < width else -1
        if quote != 0 and block[i] == quote:
            i += _ONE
            first = i
            while True:
                while block[i] != quote and block[i] != _LF:
                    i += _ONE
                if block[i] == _LF:
                    return i, CARE, doubled
                if block[i + _ONE] != quote:
                    break
                doubled = True
                i += _TWO
            last = i
            i += _ONE
            if block[i] == _CR:
                while block[i] == _CR:
                    i += _ONE
                if block[i] != _LF:
                    return i, CARE, doubled
        else:
            first = i
            if quote != 0:
                while block[i] != mark and block[i] != _LF and block[i] != quote:
                    i += _ONE
            else:
                while block[i] != mark and block[i] != _LF:
                    i += _ONE
            last = i
            if block[i] == _LF:
                while last > first and block[last - _ONE] == _CR:
                    last -= _ONE
        if to >= 0:
            cells[row, to, 0] = first
            cells[row, to, 1] = last
        count += 1
        if block[i] == mark:
            i += _ONE
        elif block[i] == _LF:
            break
        else:
            return i, CARE, doubled
    if count == width:
        return i, GOOD, doubled
    return i, SHORT if count < width else LONG, doubled


@compiled
def take_apart(  # noqa: C901, PLR0913, PLR0917  # what it fills are arguments
    block: Bytes,
    shape: tuple[int, int, int],
    wanted: Places,
    lines: Any,
    cells: Any,
    numbering: Any,
) -> tuple[int, int]:
    """Take all lines of a block apart.

    Args:
        block: Whole lines, each ending in a line feed.
        shape: The mark between cells, the quotation mark or 0, the number of cells.
        wanted: For each position of a row, the place of its cell in `cells`, or -1.
        lines: To fill: where each begins (and the last ends), what it is, and the line
            of each good row.
        cells: To fill: where each cell of good rows begins and ends.
        numbering: What `number_cells` fills.

    Returns:
        How many lines there are, and how many good rows.
    """
    begins, kinds, places = lines
    end = np.uint64(len(block))
    i = np.uint64(0)
    line = row = 0
    while i < end:
        begins[line] = i
        begin = i
        i, kind, doubled = _line(block, begin, shape, wanted, cells, row)
        while block[i] != _LF:
            i += _ONE
        if kind != GOOD or shape[2] == 1:
            if _is_blank(block, begin, i):
                kind = BLANK
            elif doubled and kind == GOOD:
                kind = CARE
        if kind == GOOD:
            if doubled:
                for n in range(cells.shape[1]):
                    at = cells[row, n, 0]
                    if at and block[at - 1] == _QUOTE:
                        cells[row, n, 1] = _unescaped(block, at, cells[row, n, 1])
            places[row] = line
            number_cells(block, cells, (row, row + 1), numbering)
            row += 1
        kinds[line] = kind
        line += 1
        i += _ONE
    begins[line] = end
    return line, row


@compiled
def count_lines(block: Bytes) -> int:
    """Return how many line feeds there are."""
    lines = 0
    for one in block:
        lines += one == _LF
    return lines


@compiled
def views(block: Bytes, cells: Any, out: Numbers) -> None:
    """Write Arrow's string views: the length, and the text itself or where it is."""
    raw = out.view(np.uint8)
    for row in range(len(cells)):
        at = cells[row, 0]
        size = cells[row, 1] - at
        out[row, 0] = size
        if size <= SHORT_VIEW:
            for i in range(size):
                raw[row, 4 + i] = block[at + i]
        else:
            for i in range(4):
                raw[row, 4 + i] = block[at + i]
            out[row, 2] = 0
            out[row, 3] = at


@compiled
def number_texts(block: Bytes, ends: Any, codes: Any, numbering: Any) -> int:
    """Number texts that lie one after another; return how many different there are.

    Args:
        block: The bytes of all texts.
        ends: Where each begins, and where the last ends.
        codes: To fill: the number of each text.
        numbering: Slots, firsts: one row each, with room for all.
    """
    slots, firsts = numbering
    known = 0
    for row in range(len(codes)):
        at = ends[row]
        size = ends[row + 1] - at
        code = _number(block, at, size, 0, (slots, firsts), known)
        codes[row] = code
        if code == known:
            known += 1
    return known


@compiled
def number_keys(keys: Any, codes: Any, slots: Any, firsts: Any) -> int:
    """Number whole numbers as they come; return how many different there are."""
    mask = np.uint64(len(slots) - 1)
    known = 0
    for row in range(len(keys)):
        mixed = np.uint64(keys[row]) * np.uint64(0x9E3779B97F4A7C15)
        slot = (mixed ^ (mixed >> np.uint64(32))) & mask
        while True:
            one = slots[slot]
            if one == 0:
                slots[slot] = known + 1
                firsts[known] = row
                codes[row] = known
                known += 1
                break
            if keys[firsts[np.uint64(one - 1)]] == keys[row]:
                codes[row] = one - 1
                break
            slot = (slot + _ONE) & mask
    return known


@compiled
def hash_texts(block: Bytes, ends: Any, out: Any) -> None:
    """Write a hash of 64 bits of each text: the same on every machine."""
    for row in range(len(out)):
        i = np.uint64(ends[row])
        end = np.uint64(ends[row + 1])
        mixed = (end - i) * np.uint64(0x9E3779B97F4A7C15)
        while i < end:
            mixed = (mixed ^ np.uint64(block[i])) * np.uint64(0x9FB21C651E98DF25)
            mixed ^= mixed >> np.uint64(31)
            i += _ONE
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        out[row] = mixed ^ (mixed >> np.uint64(31))


@compiled
def find(keys: Any, slots: Any, wanted: Any, out: Any) -> None:
    """Write at which place among `keys` each wanted number is; -1 where it is not.

    `slots` is all zeros, a power of two, and at least twice as long as `keys`. Of keys
    that are the same, the first is found.
    """
    mask = np.uint64(len(slots) - 1)
    for row in range(len(keys)):
        slot = keys[row] & mask
        while slots[slot] != 0 and keys[np.uint64(slots[slot] - 1)] != keys[row]:
            slot = (slot + _ONE) & mask
        if slots[slot] == 0:
            slots[slot] = row + 1
    for row in range(len(wanted)):
        slot = wanted[row] & mask
        while slots[slot] != 0 and keys[np.uint64(slots[slot] - 1)] != wanted[row]:
            slot = (slot + _ONE) & mask
        out[row] = np.int64(slots[slot]) - 1
