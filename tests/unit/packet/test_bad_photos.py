"""Photographs that cannot be read: each is told apart, and what to do next is said."""

import struct
import zlib
from contextlib import suppress

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundgame.errors import NoSheetKey, UnreadablePhoto
from groundgame.packet import key as keys
from groundgame.packet import sheet
from groundgame.packet.reading import look, photos, read_page, which
from tests.unit.packet.elm import elm_bundle
from tests.unit.packet.hand import jpeg, printed


@pytest.fixture(scope="module")
def elm():
    """Elm's one page as a picture, and its key."""
    (found,) = printed(elm_bundle())
    return found


def refused(photo: bytes, *known) -> str:
    """Return why a photograph is not read."""
    with pytest.raises(UnreadablePhoto) as refusal:
        read_all(photo, {key.code: key for key in known})
    return str(refusal.value)


def read_all(photo: bytes, known: dict) -> None:
    """Read every picture of a file."""
    for picture in photos("sheet.jpg", photo):
        seen = look(picture)
        read_page(seen, which(seen, known))


def header(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that says it has this size."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + body
    sealed = chunk + struct.pack(">I", zlib.crc32(b"IHDR" + body))
    return b"\x89PNG\r\n\x1a\n" + sealed + struct.pack(">I", 0) + b"IDAT"


def test_a_picture_of_something_else(elm):
    """A desk without a sheet."""
    desk = np.random.default_rng(1).integers(60, 200, (1200, 900, 3)).astype(np.uint8)

    said = refused(jpeg(desk), elm[1])

    assert "shows no walk sheet" in said
    assert "in better light" in said


HALVES = {
    "upper": lambda page: page[: len(page) // 2],
    "lower": lambda page: page[len(page) // 2 :],
    "left": lambda page: page[:, : page.shape[1] // 2],
    "right": lambda page: page[:, page.shape[1] // 2 :],
}


@pytest.mark.parametrize("half", HALVES)
def test_half_a_page(elm, half):
    """The other half is beyond the edge of the picture."""
    picture, key = elm

    said = refused(jpeg(np.ascontiguousarray(HALVES[half](picture))), key)

    assert "of the eight marks" in said
    assert "photograph all of it" in said


def test_two_pages_at_once(elm):
    """Two sheets side by side: which is meant?"""
    picture, key = elm

    assert "more than one page" in refused(jpeg(np.hstack([picture, picture])), key)


def test_a_page_of_another_packet(elm):
    """It names the sheet, so that its key can be found."""
    picture, key = elm
    other = sheet([elm_bundle() | {"packet": "0190c000-0000-7000-8000-000000000009"}])

    said = refused(jpeg(picture), *other.keys)

    assert f"shows sheet {key.code}, which is none of 1 pages" in said
    assert "Give the key" in said


def test_a_mirrored_page(elm):
    """Through the back of the paper, or a front camera's mirror."""
    assert "shows no walk sheet" in refused(jpeg(elm[0][:, ::-1]), elm[1])


def test_a_picture_out_of_focus(elm):
    """So blurred that the marks cannot be made out."""
    blurred = cv2.GaussianBlur(elm[0], (0, 0), 22)

    assert "shows no walk sheet" in refused(jpeg(blurred), elm[1])


def test_a_page_far_away(elm):
    """All of it in sight, and too small for a box to be seen."""
    far = np.full((4000, 3000, 3), 120, np.uint8)
    small = cv2.resize(elm[0], None, fx=0.28, fy=0.28, interpolation=cv2.INTER_AREA)
    far[: small.shape[0], : small.shape[1]] = small

    said = refused(jpeg(far), elm[1])

    assert "too small" in said or "no walk sheet" in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "is no picture", id="empty"),
        pytest.param(b"Dear all,", "is no picture", id="a letter"),
        pytest.param(b"GIF89a" + bytes(50), "is no picture", id="another format"),
        pytest.param(
            header(14_200, 14_200), "more than 40 million", id="200 megapixels"
        ),
        pytest.param(header(2**31 - 1, 2**31 - 1), "more than", id="a bomb"),
        pytest.param(header(1_000, 1_000), "breaks off", id="half a file"),
        pytest.param(header(320, 240), "320 x 240 pixels", id="a preview"),
        pytest.param(b"%PDF-1.7\n%%EOF", "broken, or locked", id="half a PDF"),
    ],
)
def test_a_file_that_is_no_photograph(content, why):
    """Said before anything large is opened; and never a trace of the system."""
    said = refused(content)

    assert why in said
    assert "wanted" in said


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 4_000), st.binary(min_size=1, max_size=40))
def test_no_broken_file_can_stop_a_reading(at, noise):
    """Whatever a card or a cable did to a file, it is read, or refused in words."""
    _, whole = cv2.imencode(".jpg", np.full((700, 700, 3), 128, np.uint8))
    for content in (bytes(whole), header(700, 700) + bytes(4_000), b"%PDF-1.7" * 500):
        broken = content[:at] + noise + content[at + len(noise) :]
        with suppress(UnreadablePhoto):
            list(photos("sheet", broken))


def test_a_photograph_of_fifty_megapixels_is_read_smaller(elm):
    """A phone's finest setting is no reason to take it again."""
    large = cv2.resize(elm[0], (6_240, 8_076), interpolation=cv2.INTER_LINEAR)
    _, encoded = cv2.imencode(".jpg", large, [cv2.IMWRITE_JPEG_QUALITY, 60])

    (picture,) = photos("large.jpg", bytes(encoded))

    assert picture.pixels.shape[0] * picture.pixels.shape[1] < 40_000_000
    seen = look(picture)
    assert which(seen, {elm[1].code: elm[1]}) == elm[1]


def test_a_hidden_mark_leaves_the_page_known(elm):
    """One corner under a clip: the other seven say which page it is."""
    picture, key = elm
    hidden = picture.copy()
    hidden[:180, :180] = 150

    (photo,) = photos("sheet.jpg", jpeg(hidden))
    seen = look(photo)

    assert seen.code == "?" + key.code[1:]
    assert which(seen, {key.code: key}) == key


def test_a_key_is_kept_and_read_again(elm, tmp_path):
    """What was written is what is read; a key that was changed is refused."""
    path = tmp_path / "sheets.key.json"
    keys.write(path, [elm[1]])
    assert keys.read(path) == {elm[1].code: elm[1]}

    path.write_text(path.read_text().replace("not_home", "vacant"))
    with pytest.raises(NoSheetKey, match="was changed"):
        keys.read(path)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":2,"pages":{}}', "null"])
def test_a_file_that_is_no_key(text, tmp_path):
    """Some other JSON, or none: the refusal says which file was wanted."""
    path = tmp_path / "other.json"
    path.write_text(text)

    with pytest.raises(NoSheetKey, match="packet print"):
        keys.read(path)
