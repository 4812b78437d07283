"""groundgame packet read: photographs of filled sheets become conversations."""

import csv
import json

import pytest

from groundgame.canvass import Conversation
from groundgame.canvass import read as read_event
from groundgame.cli import main
from groundgame.packet import key as keys
from groundgame.packet import sheet
from tests.unit.packet.elm import elm_bundle
from tests.unit.packet.hand import FAINT, crossed, drawn, jpeg

RESULT = "=result"


@pytest.fixture
def elm(tmp_path):
    """Elm's sheet on paper, and its key in a file."""
    done = sheet([elm_bundle()])
    keys.write(tmp_path / "walk.key.json", done.keys)
    return drawn(done.pdf)[0], done.keys[0]


def photo(tmp_path, elm, *marks, name="one.jpg", dark=0.9):
    """Write a photograph of the sheet with some boxes crossed."""
    path = tmp_path / name
    path.write_bytes(jpeg(crossed(*elm, marks, dark)))
    return str(path)


def read(capsys, tmp_path, *photos, more=()):
    """Read photographs; return the exit code, the answer, and the messages."""
    code = main(
        [
            *("packet", "read", *photos, "--key", str(tmp_path / "walk.key.json")),
            *("-o", str(tmp_path / "said.json"), "--json", *more),
        ]
    )
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_what_is_marked_is_written_as_a_phone_would_save_it(capsys, tmp_path, elm):
    """A rescue file: each event with its hash, for a server to take in."""
    marks = [(1, RESULT, "not_home"), (8, "support", "5")]

    code, answer, _err = read(capsys, tmp_path, photo(tmp_path, elm, *marks))

    assert code == 0
    assert (answer["pages"], answer["conversations"], answer["rows_in_doubt"]) == (
        1,
        2,
        0,
    )
    file = json.loads((tmp_path / "said.json").read_text())
    found = [read_event(each["event"], each["sha256"]) for each in file["events"]]
    assert all(isinstance(each, Conversation) for each in found)
    assert [each.result for each in found] == ["not_home", "canvassed"]
    assert file["device"] == found[0].device


def test_the_same_sheet_twice_is_the_same_file(capsys, tmp_path, elm):
    """Read again, or photographed twice: not a byte differs."""
    one = photo(tmp_path, elm, (1, RESULT, "vacant"))
    two = photo(tmp_path, elm, (1, RESULT, "vacant"), name="two.jpg")

    read(capsys, tmp_path, one)
    first = (tmp_path / "said.json").read_bytes()
    read(capsys, tmp_path, one, two)

    assert (tmp_path / "said.json").read_bytes() == first


def doubts_of(tmp_path) -> list[dict[str, str]]:
    """Return the lines of the list of doubts."""
    with (tmp_path / "doubts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("answer", "results"), [("not_home", ["not_home"]), ("-", []), ("", None)]
)
def test_a_doubt_is_listed_decided_and_read(capsys, tmp_path, elm, answer, results):
    """A faint mark: a line with a picture; once it is filled in, it counts, or not."""
    faint = photo(tmp_path, elm, (1, RESULT, "not_home"), dark=FAINT)
    list_ = ["--doubts", str(tmp_path / "doubts.csv")]
    _code, said, _err = read(capsys, tmp_path, faint, more=list_)
    assert (said["conversations"], said["rows_in_doubt"]) == (0, 1)

    (line,) = doubts_of(tmp_path)
    assert (tmp_path / line["picture"]).read_bytes().startswith(b"\x89PNG")
    assert "not_home" in line["choices"].split()
    decided = tmp_path / "decided.csv"
    with decided.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, line)
        table.writeheader()
        table.writerow(line | {"answer": answer})

    _code, said, _err = read(capsys, tmp_path, faint, more=["--decided", str(decided)])

    events = json.loads((tmp_path / "said.json").read_text())["events"]
    assert [each["event"]["result"] for each in events] == (results or [])
    assert said["rows_in_doubt"] == (1 if results is None else 0)


def test_an_answer_that_is_no_choice_is_refused(capsys, tmp_path, elm):
    """A slip of the keyboard does not become somebody's answer."""
    faint = photo(tmp_path, elm, (1, RESULT, "not_home"), dark=FAINT)
    read(capsys, tmp_path, faint, more=["--doubts", str(tmp_path / "doubts.csv")])
    text = (tmp_path / "doubts.csv").read_text().rstrip() + "dragon\n"
    (tmp_path / "doubts.csv").write_text(text)

    more = ["--decided", str(tmp_path / "doubts.csv")]
    code, _said, err = read(capsys, tmp_path, faint, more=more)

    assert code == 1
    assert "with none of not_home" in err
    assert "dragon" not in err


@pytest.mark.parametrize("option", ["--doubts", "-o"])
def test_nothing_is_written_over_what_was_decided(capsys, tmp_path, elm, option):
    """Somebody looked at each of these doubts by eye."""
    sheet, doubts = photo(tmp_path, elm), tmp_path / "doubts.csv"
    doubts.write_text("line by line")
    more = ["--decided", str(doubts), option, str(doubts)]

    code, said, err = read(capsys, tmp_path, sheet, more=more)

    assert (code, said) == (1, None)
    assert "it is what is read, and would be lost" in err
    assert doubts.read_text() == "line by line"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\xff"])
def test_a_list_that_is_none_is_refused(capsys, tmp_path, elm, text):
    """Some other table, or no table at all."""
    other = tmp_path / "other.csv"
    other.write_text(text, encoding="latin-1")

    more = ["--decided", str(other)]
    code, _said, err = read(capsys, tmp_path, photo(tmp_path, elm), more=more)

    assert code == 1
    assert "the list of doubts" in err


def test_one_bad_photograph_stops_no_other(capsys, tmp_path, elm):
    """It is told, and counted; when it is the only one, the command refuses."""
    bad = tmp_path / "cat.jpg"
    bad.write_bytes(jpeg(elm[0] * 0 + 90))
    good = photo(tmp_path, elm, (1, RESULT, "vacant"))

    code, said, err = read(capsys, tmp_path, str(bad), good)
    assert (code, said["conversations"], said["not_read"]) == (0, 1, 1)
    assert "cat.jpg shows no walk sheet" in err

    code, said, err = read(capsys, tmp_path, str(bad))
    assert (code, said) == (1, None)
    assert "cat.jpg shows no walk sheet" in err


def test_no_message_names_anybody(capsys, tmp_path, elm):
    """What is listed and what is said has ids of doors, and no name or address."""
    faint = photo(tmp_path, elm, (8, RESULT, "moved"), dark=FAINT)
    more = ["--doubts", str(tmp_path / "doubts.csv")]

    _code, said, err = read(capsys, tmp_path, faint, more=more)

    key = (tmp_path / "walk.key.json").read_text()
    listed = (tmp_path / "doubts.csv").read_text()
    for text in (str(said), err, key, listed):
        assert not {"Adams", "Ada", "Elm Street"} & set(text.replace('"', " ").split())
