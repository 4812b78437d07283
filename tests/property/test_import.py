"""Laws of importing: every row in is accepted, refused or merged, whatever it holds.

The files are made line by line from good rows and bad ones. How many rows there are is
counted here, independently: a line that is not blank is a row, unless it goes on a
quoted cell of the row before it, and which lines do is known from making them.
"""

import csv
import io
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundgame.errors import NothingRead
from groundgame.voterfile import finish, importing, records, source
from groundgame.voterfile.records import Shape, batches
from tests.unit.voterfile import elm

ROWS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LINES = settings(ROWS, max_examples=150)
SHAPE = Shape(",", '"', 3, (0, 1, 2))

good = st.integers(1, 9).map(lambda n: elm.text(elm.row(n)).splitlines()[1])
long_cell = st.integers(1, 9).map(
    lambda n: elm.text(elm.row(n, last_name="Moss,\nIda")).split("\n", 1)[1][:-1]
)
bad = good.flatmap(
    lambda line: st.sampled_from(
        [
            line[: len(line) // 2],
            line + ",",
            line.replace("Ida", '"Ida'),
            line.replace("Ida", 'I"da'),
            line.replace("Moss", "\0"),
            "," + line.split(",", 1)[1],
            line.replace("1970", "never"),
            line.replace("Moss", "Hill"),
        ]
    )
)
blank = st.sampled_from(["", "  ", "\r"])


def rows_of(files):
    """Count rows, without the code that is tested."""
    return sum(1 for line in files if line.strip(" \r"))


def account(folder, content):
    """Import a file; return rows, accepted, refused and merged."""
    try:
        manifest = elm.imported(folder, content).manifest
    except NothingRead as nothing:
        return nothing.rows, 0, nothing.refused, 0
    return manifest.rows, manifest.accepted, manifest.refused, manifest.merged


@ROWS
@given(st.lists(good | bad | long_cell | blank, max_size=30))
def test_rows_in_are_accepted_refused_or_merged(tmp_path_factory, lines):
    """As many as were put in, whatever is among them: none lost, none twice."""
    content = "\n".join([",".join(elm.COLUMNS), *lines, ""])

    rows, accepted, refused, merged = account(tmp_path_factory.mktemp("i"), content)

    assert rows == rows_of(lines) == accepted + refused + merged


cells = st.text(alphabet='ab,"\n \r\té|\0', max_size=6)


@LINES
@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=12), st.data())
def test_no_text_can_stop_a_reading(tmp_path_factory, table, data):
    """Whatever is in a cell, quoted or not: rows are read or set aside, in order."""
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, None]))
    text = "\n".join(",".join(row) for row in table)
    if quoting is not None:
        out = io.StringIO(newline="")
        csv.writer(out, quoting=quoting, lineterminator="\n").writerows(table)
        text = out.getvalue()
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(b"a,b,c\n" + b"1,b,c\n" * 4_000 + text.encode())

    found = list(batches(path, SHAPE, skip=1))
    starts = [
        n
        for one in found
        for frame in (one.cells, one.refused)
        for n in frame["line"].to_list()
    ]

    assert len(starts) == len(set(starts)) == sum(one.rows for one in found)


@LINES
@given(st.lists(st.sampled_from(["1,b,c", '2,"b,c', '"3",b', '4,"b"x,c', "5"])))
def test_a_whole_row_is_never_swallowed(tmp_path_factory, lines):
    """However many quotes are left open before it, '1,b,c' is read, on its own line."""
    path = tmp_path_factory.mktemp("w") / "w.csv"
    path.write_text("\n".join(["a,b,c", *lines, ""]))
    whole = [n for n, line in enumerate(lines, start=2) if line == "1,b,c"]

    read = [n for one in batches(path, SHAPE, skip=1) for n in one.cells["line"]]

    assert read == whole


@LINES
@given(
    st.lists(
        st.lists(st.text('a,"\n', max_size=4), min_size=3, max_size=3), min_size=1
    ),
    st.integers(1, 40),
)
def test_the_size_of_blocks_changes_nothing(tmp_path_factory, table, size):
    """A row that lies across two blocks is read as if there were one."""
    path = tmp_path_factory.mktemp("b") / "b.csv"
    with path.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([["a", "b", "c"], *table])
    in_one = [row for one in batches(path, SHAPE, skip=1) for row in one.cells.rows()]
    with mock.patch.object(source, "BLOCK", size):
        found = [
            row for one in batches(path, SHAPE, skip=1) for row in one.cells.rows()
        ]

    assert found == in_one


@LINES
@given(
    st.lists(
        st.lists(
            st.text('ab"\n é', max_size=5)
            | st.from_regex(r"b[,;\"b]*b", fullmatch=True),
            min_size=3,
            max_size=3,
        ),
        max_size=9,
    )
)
def test_what_is_well_quoted_is_read_as_it_was_written(tmp_path_factory, table):
    """Every cell comes back, of up to four lines and not made of commas alone."""
    path = tmp_path_factory.mktemp("q") / "q.csv"
    table = [row for row in table if sum(cell.count("\n") for cell in row) <= 4]
    with path.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([["a", "b", "c"], *table])

    read = [
        [cell or "" for cell in row[:3]]
        for one in batches(path, SHAPE, skip=1)
        for row in one.cells.rows()
    ]

    assert read == table


# Planted bugs: three ways to lose a row or to count one twice, each of which the
# account above must notice.

SPOILED = [elm.text(elm.row(n)).splitlines()[1] for n in (1, 2, 2)] + [
    "E4,short",
    elm.text(elm.row(5)).splitlines()[1].replace("Ida", '"Ida'),
]


def drops_short_rows(fired):
    """Plant a reader that passes over rows it cannot take apart."""
    honest = records._Careful.refused

    def refused(self, first):
        rows = honest(self, first)
        fired.append(rows.height)
        return rows.clear()

    return mock.patch.object(records._Careful, "refused", refused)


def lets_a_quote_swallow(fired):
    """Plant a reader that lets an open quote go on to the end."""
    honest = vars(records)["_rows"]

    def rows(carry, block, *given):
        if b'"' in block:
            fired.append(1)
            block = block[: block.index(b'"')].rpartition(b"\n")[0] + b"\n"
        return honest(carry, block, *given)

    return mock.patch.object(records, "_rows", rows)


def counts_merged_twice(fired):
    """Plant an account in which a merged row is also an accepted one."""
    honest = finish.finish

    def finished(*given):
        counts, refused = honest(*given)
        fired.append(counts.merged)
        return counts.__class__(
            **{name: getattr(counts, name) for name in counts.__slots__}
            | {"people": counts.people + counts.merged}
        ), refused

    return mock.patch.object(importing, "finish", finished)


@pytest.mark.parametrize(
    "plant", [drops_short_rows, lets_a_quote_swallow, counts_merged_twice]
)
def test_a_planted_bug_does_not_pass(tmp_path, plant):
    """Five rows, one repeated, one short, one with an open quote: the law notices."""
    content = "\n".join([",".join(elm.COLUMNS), SPOILED[4], *SPOILED[:4], ""])
    assert account(tmp_path, content) == (5, 2, 2, 1)
    fired = []
    (tmp_path / "planted").mkdir()

    with plant(fired):
        try:
            rows, *became = account(tmp_path / "planted", content)
            noticed = rows != rows_of(SPOILED) or rows != sum(became)
        except ValueError:  # the manifest itself refuses to be born
            noticed = True

    assert sum(fired) > 0
    assert noticed
