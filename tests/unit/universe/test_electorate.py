"""The layout for questions: made once, made again when the snapshot is another."""

from concurrent.futures import ThreadPoolExecutor

from groundgame import universe
from groundgame.universe.electorate import BITS
from tests.unit.universe import elm

EVERYONE = universe.parse("everyone")


def test_it_is_made_at_the_first_question_and_kept(tmp_path):
    """The second question reads what the first one made."""
    snapshot = elm.write(tmp_path / "elm")
    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    made = (snapshot.folder / "electorate" / "people.parquet").stat()

    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)

    kept = (snapshot.folder / "electorate" / "people.parquet").stat()
    assert (kept.st_ino, kept.st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    assert not list(snapshot.folder.glob(".electorate*"))


def test_it_is_made_again_when_the_files_are_others(tmp_path):
    """A folder that was imported again is never asked by its old layout."""
    snapshot = elm.write(tmp_path / "elm")
    universe.count(snapshot, EVERYONE, as_of=elm.AS_OF)
    other = elm.write(tmp_path / "other", elm.PEOPLE_ROWS[:2])
    for path in other.folder.glob("*/*.parquet"):
        path.replace(snapshot.folder / path.relative_to(other.folder))

    assert universe.count(snapshot, EVERYONE, as_of=elm.AS_OF).people == 2


def test_a_broken_layout_is_made_again(tmp_path):
    """Half a file, left by a power cut, does not stop the next question."""
    snapshot = elm.write(tmp_path / "elm")
    (snapshot.folder / "electorate").mkdir()
    (snapshot.folder / "electorate" / "elections.json").write_text('{"stamp"')

    assert universe.count(snapshot, EVERYONE, as_of=elm.AS_OF).people == 7


def test_many_may_ask_first(tmp_path):
    """Eight questions at once to a new snapshot: eight answers, one layout."""
    snapshot = elm.write(tmp_path / "elm")

    def people(_):
        return universe.count(snapshot, EVERYONE, as_of=elm.AS_OF).people

    with ThreadPoolExecutor(8) as asking:
        assert list(asking.map(people, range(16))) == [7] * 16
    assert [path.name for path in snapshot.folder.glob("*electorate*")] == [
        "electorate"
    ]


def test_a_folder_with_odd_letters_is_no_pattern(tmp_path):
    """Brackets and stars in a folder's name are letters, not wild cards."""
    snapshot = elm.write(tmp_path / "it's [a] *file*")

    assert universe.find(snapshot, EVERYONE, as_of=elm.AS_OF).people.num_rows == 7


def test_more_elections_than_one_column_of_bits_holds(tmp_path):
    """A file with a long memory: each of 70 generals is told from every other."""
    years = [1900 + number for number in range(BITS + 8)]
    votes = [elm.vote("ana", str(year)) for year in years]
    votes += [elm.vote("ben", str(year)) for year in (years[0], years[-1])]
    snapshot = elm.write(tmp_path / "elm", votes=votes)

    for rule, names in [
        ("voted in the 1900 general", "ana ben"),
        ("voted in the 1908 general", "ana"),
        ("voted in exactly 2 generals", "ben"),
        ("voted in at least 70 of the last 70 generals", "ana"),
    ]:
        found = universe.find(snapshot, universe.parse(rule), as_of=elm.AS_OF)
        assert elm.names(found.people) == names
