"""Laws of matching: no row is lost, and the order of the list changes nothing."""

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundgame import match
from groundgame.match import linking
from tests.unit.match.test_who_is_meant import PEOPLE
from tests.unit.match.town import town

FIRST = st.sampled_from(
    ["Robert", "Bob", "Ada", "John", "Cleo", "", "Zoë", '"', "x\ny"]
)
LAST = st.sampled_from(["Adams", "Cole", "Brooks", "Núñez", "", "Ostrow", "Strand"])
BORN = st.sampled_from(["1958-03-14", "3/14/1958", "1990-07-04", "soon", ""])
PLACE = st.sampled_from(["12 Elm St,69999", "90 Fir Rd,69111", ",", "7 Oak Ave", ",,,"])
ROWS = st.lists(st.tuples(FIRST, LAST, BORN, PLACE), min_size=1, max_size=6)
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def elm(tmp_path_factory):
    """Return a town of ten, one of them protected."""
    return town(tmp_path_factory.mktemp("elm"), PEOPLE)


def read(folder, rows):
    """Read a list of these rows, and count them as whoever wrote it would."""
    path = folder / "list.csv"
    quoted = [[cell.replace('"', '""') for cell in row[:3]] for row in rows]
    lines = [
        ",".join([*(f'"{cell}"' for cell in cells), row[3]])
        for cells, row in zip(quoted, rows, strict=True)
    ]
    path.write_text("first,last,dob,address,zip\n" + "\n".join(lines) + "\n", "utf-8")
    return match.read(path), sum(any(one.strip(' ,"\n') for one in row) for row in rows)


def lawful(links, rows):
    """Whether every row came to exactly one end, and ends agree with candidates."""
    told = links.counts()
    ends = [told[state] for state in ("linked", "review", "unmatched", "refused")]
    frame = pl.DataFrame(links.links)
    named = frame.filter(pl.col("person_id").is_not_null())["state"]
    sums = (
        pl.DataFrame(links.candidates)
        .group_by("row_id")
        .agg(pl.col("probability").sum())
    )
    return (
        told["rows"] == sum(ends) == rows
        and named.is_in(["linked", "review"]).all()
        and (sums["probability"] <= 1 + 1e-4).all()
        and "elm:9" not in links.candidates["person_id"].to_pylist()
    )


@SLOW
@given(rows=ROWS)
def test_rows_in_are_linked_for_review_unmatched_or_refused(elm, tmp_path, rows):
    """No row of a list disappears, none is counted twice, nobody protected is named."""
    listed, written = read(tmp_path, rows)

    assert lawful(match.link(listed, elm), written)


@SLOW
@given(rows=ROWS, data=st.data())
def test_the_order_of_the_rows_changes_nothing(elm, tmp_path, rows, data):
    """Sorting a spreadsheet must not give anybody another person."""
    again = data.draw(st.permutations(rows))
    answers = []
    for order in (rows, again):
        listed, _ = read(tmp_path, order)
        links = pl.DataFrame(match.link(listed, elm).links).filter(
            pl.col("state") != "refused"
        )
        answers.append(links.drop("line").sort("row_id"))

    assert answers[0].equals(answers[1])


def losing_unmatched(links, *_):
    """Forget the rows that mean nobody."""
    return links.filter(pl.col("state") != "unmatched")


def forgetting_refused(links, *_):
    """Forget the rows that could not be read."""
    return links.filter(pl.col("state") != "refused")


def naming_strangers(links, *_):
    """Give a person to rows that mean nobody."""
    return links.with_columns(person_id=pl.coalesce("person_id", pl.lit("elm:1")))


@pytest.mark.parametrize(
    "bug", [losing_unmatched, forgetting_refused, naming_strangers]
)
def test_planted_bugs_break_the_law(elm, tmp_path, monkeypatch, bug):
    """The law above catches rows that are lost and people who are made up."""
    real, fired = linking._links, []

    def planted(*given):
        links = real(*given)
        fired.append(not bug(links).equals(links))
        return bug(links)

    rows = [("Nils", "Strand", "", "44 Yew Ct,69999"), ("Ada", "Adams", "", ",,,")]
    listed, written = read(tmp_path, rows)
    assert lawful(match.link(listed, elm), written)
    monkeypatch.setattr(linking, "_links", planted)

    assert not lawful(match.link(listed, elm), written)
    assert fired == [True]


def test_a_protected_person_who_is_searched_breaks_the_law(elm, tmp_path, monkeypatch):
    """If the search forgot whom to leave out, the law would say so."""
    from groundgame.match import search  # noqa: PLC0415  # where the bug is planted

    real, fired = search._read, []

    def open_to_all(piece):
        people = (
            pl.DataFrame(pa.Table.from_batches([])) if piece is None else real(piece)
        )
        fired.append(True)
        hidden = people.head(1).with_columns(
            person_id=pl.lit("elm:9"), voter_id=pl.lit("elm:9"),
            first_name=pl.lit("Ida"), last_name=pl.lit("Ostrow"),
            r=pl.lit(99, pl.Int64),
        )  # fmt: skip
        return pl.concat([people, hidden.select(people.columns)])

    monkeypatch.setattr(search, "_read", open_to_all)
    listed, written = read(
        tmp_path, [("Ida", "Ostrow", "1988-08-08", "12 Elm St,69999")]
    )

    assert not lawful(match.link(listed, elm), written)
    assert fired
