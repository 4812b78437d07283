"""What commands say somebody should do, and what they must not pass over in silence."""

import errno
import json
import shlex
import shutil
from pathlib import Path

import pytest

from groundgame import voterfile
from groundgame.cli import app, main
from groundgame.cli.files import suppressed
from groundgame.universe import count, parse
from tests.unit.voterfile import elm


def test_a_full_disk_asks_for_room(monkeypatch, capsys):
    """Also where a library puts the system's number into its words only."""
    words = f"Error writing bytes. Detail: [errno 28] {app.os.strerror(errno.ENOSPC)}"
    full = OSError(errno.ENOSPC, app.os.strerror(errno.ENOSPC))
    for problem, wanted in (
        (OSError(words), "Make room on that disk"),
        (full, "Make room on that disk"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), "who may read"),
    ):

        def fail(problem=problem, **_):
            raise problem

        monkeypatch.setattr(app, "app", fail)
        assert main([]) == 1
        said = capsys.readouterr().err
        assert wanted in said
        assert said.count("\n") == 1


def test_the_command_that_a_check_shows_can_be_pasted(tmp_path, capsys):
    """The whole path, as one word for a shell, whatever is in it."""
    file = tmp_path / "it's [a] file" / "of $HOME.csv"
    file.parent.mkdir()
    shutil.copy(elm.VOTERS, file)

    assert main(["voterfile", "check", str(file)]) == 0
    *_, last = capsys.readouterr().err.splitlines()
    assert shlex.split(last) == ["groundgame", "voterfile", "import", str(file)]


def test_an_import_says_what_looks_odd(tmp_path, capsys):
    """A file whose layout is named is taken in with what is odd, but not silently."""
    text = elm.VOTERS.read_text()
    strange = tmp_path / "strange.csv"
    strange.write_text(text + "x,y" + chr(10))
    where = ("--layout", "elm", "--data", str(tmp_path), "--json")

    main(["voterfile", "import", str(elm.VOTERS), *where])
    assert "Look:" not in capsys.readouterr().err
    main(["voterfile", "import", str(strange), *where])
    said = capsys.readouterr()
    assert "Look: strange.csv: 1 of 12 first rows have not" in said.err
    assert "rows were set aside" in said.err
    assert json.loads(said.out)["rows"] == 11


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_row_that_names_only_a_door_leaves_the_door_out(tmp_path, newline):
    """In a list with both columns, too; blanks around an id do not let anybody in."""
    rows = ("person_id,door_id", "p1,d1", ",d2", " p3 ,", "  ,d4", ",")
    file = tmp_path / "left alone.csv"
    file.write_text(newline.join(rows) + newline, newline="")

    assert suppressed([file]) == ["p1", "d2", "p3", "d4"]


def test_a_column_of_its_own_that_a_file_lacks_can_be_asked_about(tmp_path):
    """A layout's own columns are in every snapshot, empty where a file has none."""
    built_in = Path(voterfile.__file__).parent / "layouts" / "elm.toml"
    layout = tmp_path / "elm.toml"
    layout.write_text(built_in.read_text() + '\n[extra]\nlibrary = "library_name"\n')

    made = elm.imported(
        tmp_path,
        elm.VOTERS.read_bytes(),
        layout=voterfile.load_layout(str(layout)),
    )

    assert made.manifest.extra == ("library",)
    assert made.read("people")["library"].null_count == made.manifest.people
    assert count(made, parse("everyone"), as_of=made.manifest.dated).people > 0


def test_ids_that_leave_nobody_out_are_seen(tmp_path, capsys):
    """An id without its layout before it is none of this file's, and that is said."""
    voterfile.import_file(elm.VOTERS, "elm", tmp_path / "snapshots", dated=elm.DATED)
    where = ("--data", str(tmp_path), "--as-of", "2025-01-15", "--json")
    for ids, said in (
        ("person_id\nE1001\n", "0 of 1 ids to leave out are in this snapshot. Here a"),
        ("person_id\nelm:E1001\n", "1 of 1 ids to leave out are in this snapshot.\n"),
    ):
        (tmp_path / "out.csv").write_text(ids)
        out = ("--suppress", str(tmp_path / "out.csv"))

        assert main(["universe", "count", "everyone", *out, *where]) == 0
        assert said in capsys.readouterr().err
