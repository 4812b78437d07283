"""Laws of packed lists: whatever happened to an archive, it is read or refused."""

import gzip
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundgame import match
from groundgame.errors import GroundgameError
from groundgame.match import unpacked

TEXT = b"first,last\n" + b"Ada,Adams\n" * 20
CHANGES = st.lists(st.tuples(st.integers(2, 400), st.integers(0, 255)), max_size=4)
SLOW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def zipped(how: int) -> bytes:
    """Return a zip with one list in it."""
    into = BytesIO()
    with ZipFile(into, "w", compression=how) as packed:
        packed.writestr("list.csv", TEXT)
    return into.getvalue()


ARCHIVES = [
    gzip.compress(TEXT, mtime=0),
    *map(zipped, (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)),
]


def lawful(path) -> bool:
    """Say whether a list is read, or refused by an error of ours that names nobody."""
    try:
        match.read(path)
    except GroundgameError as refusal:
        return "Ada" not in str(refusal)
    except Exception:  # noqa: BLE001  # that is what the law forbids
        return False
    return True


@SLOW
@given(raw=st.sampled_from(ARCHIVES), changes=CHANGES, cut=st.integers(0, 200))
def test_a_damaged_archive_is_read_or_refused(tmp_path, raw, changes, cut):
    """Bytes that were changed or cut off stop no program."""
    damaged = bytearray(raw)
    for place, byte in changes:
        damaged[place % len(raw)] = byte
    path = tmp_path / "list.zip"
    path.write_bytes(damaged[: max(len(damaged) - cut, 3)])

    assert lawful(path)


@pytest.mark.parametrize("cut", [1, 9, 60])
def test_planted_an_unpacker_that_lets_faults_out_breaks_the_law(
    tmp_path, monkeypatch, cut
):
    """If the unpacker passed on what zipfile says, the law above would say so."""
    path = tmp_path / "list.zip"
    path.write_bytes(zipped(ZIP_DEFLATED)[:-cut])
    assert lawful(path)

    monkeypatch.setattr(unpacked, "_BROKEN", ())
    assert not lawful(path)
