"""Rows of one list that are one person, and those that only look so."""

import pytest

from groundgame import match
from tests.unit.match.town import listed

HEADER = "key,first,last,suffix,dob,address,city,zip,phone,email\n"
BOOK = {
    "robert": "Robert,Adams,,1958-03-14,12 Elm St,Elmton,69999,315-555-0142,",
    "bob": "Bob,Adams,,1958-03-14,12 Elm Street,Elmton,69999,(315) 555-0142,",
    "moved": "Robert,Adams,,1958-03-14,90 Fir Rd,Farwick,69111,315-555-0142,",
    "wife": "Ada,Adams,,1960-07-01,12 Elm St,Elmton,69999,315-555-0142,",
    "cleo": "Cleo,Brooks,,1990-07-04,7 Oak Ave,Elmton,69999,,",
    "twin": "Marius,Brooks,,1990-07-04,7 Oak Ave,Elmton,69999,,",
    "senior": "John,Cole,Sr,1950-02-03,90 Fir Rd,Farwick,69111,,",
    "junior": "John,Cole,Jr,1979-09-09,90 Fir Rd,Farwick,69111,,",
    "dora": "Dora,Duarte,,,,,,,dora@elm.example",
    "dora again": "Dora,Duarte,,1971-05-05,,,,,Dora@elm.example",
}


def together(folder, *names):
    """Return the groups that rows of the book fall into, larger than one."""
    text = HEADER + "".join(f"{name},{BOOK[name]}\n" for name in names)
    read = listed(folder, text)
    keys = dict(
        zip(*(read.table[c].to_pylist() for c in ("row_id", "key")), strict=True)
    )
    groups: dict[str, set[str]] = {}
    for row in match.duplicates(read).clusters.to_pylist():
        groups.setdefault(row["cluster"], set()).add(keys[row["row_id"]])
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def test_one_person_is_found_through_a_nickname_and_a_move(tmp_path):
    """Robert, Bob, and Robert after he moved are one; his wife is not."""
    found = together(tmp_path, "robert", "bob", "moved", "wife")

    assert found == {frozenset({"robert", "bob", "moved"})}


@pytest.mark.parametrize(
    "pair", [("cleo", "twin"), ("senior", "junior"), ("robert", "wife")]
)
def test_a_household_is_not_one_person(tmp_path, pair):
    """Twins, a father and his son, and a couple with one phone stay two."""
    assert together(tmp_path, *pair) == set()


def test_an_e_mail_address_and_a_name_are_enough(tmp_path):
    """The book's members often have no address; the mail's case does not matter."""
    assert together(tmp_path, "dora", "dora again") == {
        frozenset({"dora", "dora again"})
    }


def test_every_row_is_in_one_cluster_and_the_book_may_be_sorted_anew(tmp_path):
    """The clusters are the same to the row, whatever the order."""
    text = [f"{name},{said}\n" for name, said in BOOK.items()]
    answers = []
    for rows in (text, text[::-1]):
        found = match.duplicates(listed(tmp_path, HEADER + "".join(rows)))
        clusters = found.clusters.select(["row_id", "cluster", "size"])
        answers.append(sorted(map(tuple, (c.values() for c in clusters.to_pylist()))))
        assert found.counts()["rows"] == len(BOOK)

    assert answers[0] == answers[1]
