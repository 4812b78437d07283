"""The corpus of the fuzzer, replayed: no bytes stop a reader."""

import subprocess
import sys
from pathlib import Path

import pytest

from groundgame.voterfile import records
from tests.fuzz import targets
from tests.unit.voterfile import elm

TEXTS = (
    b"",
    b"\n",
    b"a,b,c\n1,2,3\n",
    b'a,b,c\n"1\n",2,3\n"",,\n',
    b'"\n"\n",\n',
    b"\xff\xfea\x00,\x00b\x00\n\x00",
    b"\xef\xbb\xbfa\tb\r\n1\t\0\r\n",
    b"a|b\r1|2\r",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"\x81\x8d\xe9,\x1a\n",
    b'name = "x"\n[columns]\nperson_id = "id"\n',
    b"[columns]\nperson_id = 3\n",
    b"[columns]\n[columns]\n",
    b"first name,last name,phone\nIda,Moss,(315) 555-0142\n",
    elm.text(elm.row(1), elm.row(2, birth_date="never")).encode(),
)
CORPUS = tuple(bytes([n]) + text for n in range(len(targets.TARGETS)) for text in TEXTS)


@pytest.mark.parametrize("data", CORPUS)
def test_no_bytes_stop_a_reader(data):
    """Each reader answers, or refuses with our own error."""
    targets.one(data)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="atheris has no wheel for it")
@pytest.mark.parametrize(
    ("planted", "finds"),
    [
        pytest.param("", False, id="as it is"),
        pytest.param(
            "readers.one = lambda data: 1 / (b'Ida' not in data)", True, id="1/0"
        ),
    ],
)
def test_the_readmes_fuzzer_runs(tmp_path, planted, finds):
    """It ends by itself with nothing found; of a planted bug it keeps the bytes."""
    script = Path(__file__).with_name("readers.py")
    asked = [str(script), "--seconds", "3", "--found", str(tmp_path / "found")]
    code = (
        f"import sys\nsys.argv = {asked!r}\n"
        f"sys.path.insert(0, {str(script.parent)!r})\n"
        f"import readers\n{planted}\nreaders.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False
    )
    found = [path.read_bytes() for path in (tmp_path / "found").iterdir()]

    assert (done.returncode != 0) == finds, done.stderr.decode()[-2000:]
    assert [b"Ida" in one for one in found] == ([True] if finds else [])


def test_the_replay_sees_a_row_that_is_lost(monkeypatch):
    """Planted bug: what is refused is forgotten."""
    honest, fired = records._Careful.refused, []

    def none(self, first):
        found = honest(self, first)
        fired.append(found.height)
        return found.clear()

    def counted(cells, refused, rows, *more):
        return block(cells, refused, rows + 1, *more)

    block = records.Block
    monkeypatch.setattr(records._Careful, "refused", none)
    monkeypatch.setattr(records, "Block", counted)
    with pytest.raises(AssertionError, match="rows in are not"):
        targets.one(b"\0a,b,c\n1,2\n")
    assert sum(fired) > 0
