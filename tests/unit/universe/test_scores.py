"""Reading scores that come from outside."""

import math
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundgame.errors import GroundgameError, UnreadableTable
from groundgame.universe import read_scores


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a text as a file."""

    def read(text, name="scores.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_scores(path)

    return read


def values(scores):
    """Return what was kept, by person and score."""
    return {
        (row["person_id"], row["score"]): row["value"]
        for row in scores.table.to_pylist()
    }


def test_a_row_each_score_and_a_column_each_score_say_the_same(read):
    """Vendors write the one, models the other."""
    long = read("person_id,score,value\na,turnout,0.5\na,support,70\nb,turnout,1\n")
    wide = read("person_id,turnout,support\na,0.5,70\nb,1,\n")

    assert values(long) == values(wide)
    assert values(wide) == {
        ("a", "turnout"): 0.5,
        ("a", "support"): 70.0,
        ("b", "turnout"): 1.0,
    }
    assert wide.names == ("support", "turnout")


def test_what_is_no_score_is_counted_and_not_kept(read):
    """One without an id, one that is a word, one that is infinite: three refused."""
    scores = read("person_id,score,value\na,t,1\n,t,1\nb,t,high\nc,t,inf\n")

    assert (scores.given, scores.refused, scores.repeated) == (4, 3, 0)
    assert values(scores) == {("a", "t"): 1.0}


def test_of_two_values_the_last_counts(read):
    """A file that was added to at its end says what holds now at its end."""
    scores = read("person_id,score,value\na,t,1\nb,t,2\na,t,3\n")

    assert values(scores) == {("a", "t"): 3.0, ("b", "t"): 2.0}
    assert (scores.given, scores.repeated) == (3, 1)


def test_parquet_and_tabs_are_read_too(read):
    """A data person gives Parquet, a spreadsheet tabs."""
    packed = BytesIO()
    pq.write_table(pa.table({"person_id": ["a"], "t": [0.25]}), packed)

    assert values(read(packed.getvalue(), "s.parquet")) == {("a", "t"): 0.25}
    assert values(read("Person_ID\tt\na\t0.25\n")) == {("a", "t"): 0.25}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "is empty"),
        ("voter,t\na,1\n", "has no column person_id"),
        ("person_id\na\n", "has 0 columns of scores"),
        ("person_id,t\na,\n", "holds no score"),
        ("person_id,t,T\na,1,2\n", "two columns of one name"),
        (b"\xff\xfe\x00", "not a whole table"),
    ],
)
def test_what_is_no_table_of_scores_is_refused(read, text, found):
    """The refusal says what was found and what was wanted, and nobody's score."""
    with pytest.raises(UnreadableTable, match=found) as refused:
        read(text)

    assert "person_id, score and value" in str(refused.value)


@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "1", "nan", "", "x y"]), max_size=4))
)
def test_every_score_is_kept_refused_or_repeated(tmp_path_factory, rows):
    """Whatever stands in the cells, the three add up, and what is kept is a number."""
    path = tmp_path_factory.mktemp("scores") / "s.csv"
    lines = [",".join((*row, "", "", "")[:3]) for row in rows]
    path.write_text("\n".join(["person_id,score,value", *lines]))
    try:
        scores = read_scores(path)
    except GroundgameError:
        return

    assert scores.given <= len(rows)
    assert all(math.isfinite(value) for value in values(scores).values())
    assert scores.table.num_rows == len(values(scores))
