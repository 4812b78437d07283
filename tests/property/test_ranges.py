"""Laws of reading in pieces: however a file is cut, what comes of it is the same.

Rows are counted here by a reader of its own, character by character, which knows the
grammar from its description and shares no code with the one that is tested.
"""

import contextlib
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundgame.errors import NothingRead
from groundgame.values import Here
from groundgame.voterfile import finish, import_file, importing, source
from tests.unit.voterfile import elm

MESSY = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GOOD = [elm.text(elm.row(n, county=c)).splitlines()[1] for n in (1, 2) for c in "AB"]
LINES = st.lists(
    st.sampled_from(
        [
            *GOOD,
            GOOD[0].replace("Moss", '"Moss, ""Red"""'),
            GOOD[1].replace("Moss", '"Moss'),
            GOOD[1].replace("Elm Street", 'Elm Street"'),
            GOOD[2].replace("Ida", 'I"da'),
            GOOD[3].replace("Moss", "Mo\0ss"),
            GOOD[0].replace("E1,", ","),
            GOOD[0].replace("1970", "never"),
            GOOD[0][:20],
            GOOD[0] + ",",
            "",
            " \r",
            '"',
            'x"',
        ]
    ),
    max_size=25,
)
WIDTH = len(elm.COLUMNS)


def cells_of(text):
    """Return how many cells a line has, or 0 if it breaks the grammar; and strictly."""
    cells, at, strict = 0, 0, True
    while True:
        if text[at : at + 1] == '"':
            at += 1
            while text[at : at + 1] != '"' or text[at : at + 2] == '""':
                if at >= len(text):
                    return 0, False
                at += 2 if text[at] == '"' else 1
            at += 1
            if text[at : at + 1] not in {"", ","}:
                return 0, False
        else:
            while text[at : at + 1] not in {"", ","}:
                strict &= text[at] != '"'
                at += 1
        cells += 1
        if at == len(text):
            return cells, strict
        at += 1


def is_open(text):
    """Say whether a line ends inside a quoted cell, by the grammar."""
    at = 0
    while True:
        if text[at : at + 1] == '"':
            at += 1
            while text[at : at + 1] != '"' or text[at : at + 2] == '""':
                if at >= len(text):
                    return True
                at += 2 if text[at] == '"' else 1
            at += 1
            if text[at : at + 1] != ",":
                return False
        else:
            while text[at : at + 1] not in {"", ","}:
                at += 1
            if at >= len(text):
                return False
        at += 1


def count_rows(lines):
    """Count rows: lines that are not blank, save those that go on a quoted cell."""
    lines = [line.rstrip("\r") for line in lines]
    rows = at = 0
    while at < len(lines):
        text, step = lines[at], 1
        if is_open(text):
            for more in range(1, 5):
                if at + more >= len(lines) or cells_of(lines[at + more]) == (
                    WIDTH,
                    True,
                ):
                    break
                text += "\n" + lines[at + more]
                if cells_of(text)[0] == WIDTH:
                    step = more + 1
                    break
        rows += bool(text.strip(" \r\x1a"))
        at += step
    return rows


def account(folder, content, piece, workers):
    """Import with pieces of this size; return rows and what became of them, and all."""
    folder.mkdir()
    (folder / "v.csv").write_bytes(content.encode())
    with mock.patch.object(source, "PIECE", piece):
        try:
            found = import_file(
                folder / "v.csv", "elm", folder / "s", dated=elm.DATED, workers=workers
            )
        except NothingRead as nothing:
            return (nothing.rows, 0, nothing.refused, 0), None
    told = found.manifest
    tables = [found.read(name) for name in ("people", "doors", "ballots", "refused")]
    return (told.rows, told.accepted, told.refused, told.merged), tables


@MESSY
@given(LINES)
def test_every_row_is_counted_once_however_the_file_is_cut(tmp_path_factory, lines):
    """Rows in = accepted + refused + merged, and the same tables to the row."""
    folder = tmp_path_factory.mktemp("r")
    content = "\n".join([",".join(elm.COLUMNS), *lines, ""])

    whole, tables = account(folder / "1", content, 1 << 20, Here(1))
    assert whole[0] == count_rows(lines) == sum(whole[1:])
    for n, (piece, workers) in enumerate([(300, Here(2)), (77, Here(3))], start=2):
        assert account(folder / str(n), content, piece, workers) == (whole, tables)


def test_parts_of_few_people_hold_the_same(tmp_path):
    """County by county or all in one part: the same rows in the same order."""
    rows = [elm.row(n, county="BAC"[n % 3], house_number=str(n % 7)) for n in range(60)]
    content = elm.text(*rows)
    _, tables = account(tmp_path / "1", content, 1 << 20, Here(1))
    with mock.patch.object(finish, "PEOPLE_IN_PART", 20):
        _, others = account(tmp_path / "2", content, 2_000, Here(2))
        snapshot = import_file(
            tmp_path / "2" / "v.csv", "elm", tmp_path / "2" / "s", dated=elm.DATED
        )

    assert len(snapshot.paths("people")) == 3
    assert others[0] == tables[0]
    assert others[2:] == tables[2:]
    ids = others[1]["door_id"].to_pylist()
    assert sorted(ids) == sorted(tables[1]["door_id"].to_pylist())
    assert snapshot.manifest.doors == len(set(ids)) == 6  # nobody lives at 0


def cuts_anywhere(fired):
    """Plant a cut at any line, also within a row of two lines."""

    def begins(block, shape):
        fired.append(1)
        return 0

    return mock.patch.object(importing, "row_begins", begins)


def forgets_lines_before(fired):
    """Plant a range that counts its lines from the file's first."""
    honest = vars(finish)["_placed"]

    def placed(reads):
        found = honest(reads)
        fired.extend(one.before for _, one in found)
        return [(read, one.__class__(one.chunk, one.file, 0)) for read, one in found]

    return mock.patch.object(finish, "_placed", placed)


@pytest.mark.parametrize("plant", [cuts_anywhere, forgets_lines_before])
def test_a_planted_bug_does_not_pass(tmp_path, plant):
    """A quoted cell of two lines at each cut: the law notices either bug."""
    long = {"middle_name": "one\ntwo"}
    rows = [elm.row(n, **(long if n % 3 else {})) for n in range(1, 30)]
    content = elm.text(*rows)
    honest = account(tmp_path / "1", content, 150, Here(1))
    assert honest[0] == (29, 29, 0, 0)
    fired = []
    with plant(fired), contextlib.suppress(NothingRead):
        assert account(tmp_path / "2", content, 150, Here(1)) != honest

    assert sum(fired) > 0
