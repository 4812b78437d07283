"""Open a photograph, or a scan: its size is known before its pixels are read.

In:  a file: JPEG, PNG, WebP or TIFF, or a PDF whose pages are scans.
Out: pictures as arrays of blue, green and red, turned as the camera says.

A picture of more than MOST_PIXELS is read smaller, where its format allows that
without reading it whole first (JPEG); otherwise it is refused.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from groundgame.errors import UnreadablePhoto

Pixels = npt.NDArray[np.uint8]
MOST_PIXELS = 40_000_000
"""No sheet needs more: letter paper at 24 dots a millimetre."""
HUGE = 400_000_000
"""Beyond this nothing is tried."""
FINE = 25_000_000
"""Pixels to which a larger photograph is reduced while it is read."""
LEAST_SIDE = 600
MOST_PDF_PAGES = 200
DOTS = 220.0
"""Dots an inch at which a PDF is drawn."""
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
Image.MAX_IMAGE_PIXELS = None  # Pillow's limit would refuse a phone's 200 megapixels


class Photo(NamedTuple):
    """One picture, and what to call it."""

    name: str
    pixels: Pixels


def photos(name: str, content: bytes) -> Iterator[Photo]:
    """Yield the pictures of a file: one, or one for each page of a PDF.

    Raises:
        UnreadablePhoto: It is no picture, or is too large or too small to be read.
    """
    if content[:1024].lstrip().startswith(b"%PDF"):
        yield from _scans(name, content)
    else:
        yield Photo(name, _picture(name, content))


def _picture(name: str, content: bytes) -> Pixels:
    """Return the pixels of a picture."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            _refuse_size(name, *picture.size, draft=picture.format in {"JPEG", "MPO"})
            if picture.size[0] * picture.size[1] > MOST_PIXELS:
                share = (FINE / (picture.size[0] * picture.size[1])) ** 0.5
                wanted = [int(side * share) for side in picture.size]
                picture.draft("RGB", (wanted[0], wanted[1]))
            small = picture.convert("RGB")
            if small.size[0] * small.size[1] > MOST_PIXELS:
                small = small.reduce(2)
            small.info = picture.info
            turned = ImageOps.exif_transpose(small)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UnreadablePhoto(
            name,
            "is no picture, or breaks off",
            "a whole JPEG, PNG or PDF of a walk sheet",
            "Photograph the sheet again; a phone that saves HEIC can be set to JPEG",
        ) from None
    return np.ascontiguousarray(np.asarray(turned)[:, :, ::-1])


def _refuse_size(name: str, width: int, height: int, *, draft: bool) -> None:
    """Refuse a picture that is too large to be opened, or too small to be read."""
    if width * height > (HUGE if draft else MOST_PIXELS):
        raise _too_large(name)
    if min(width, height) < LEAST_SIDE:
        raise UnreadablePhoto(
            name,
            f"has {width} x {height} pixels",
            f"{LEAST_SIDE} or more on the shorter side",
            "Send the photograph itself, not its preview",
        )


def _too_large(name: str) -> UnreadablePhoto:
    """Return the refusal of a picture that is too large."""
    return UnreadablePhoto(
        name,
        f"has more than {MOST_PIXELS // 10**6} million pixels",
        "a photograph as a phone takes it",
        "Save it as JPEG, or smaller",
    )


def _scans(name: str, content: bytes) -> Iterator[Photo]:
    """Yield the pages of a PDF as pictures."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise UnreadablePhoto(
            name,
            "is a PDF that is broken, or locked",
            "a PDF of scanned walk sheets",
            "Scan the sheets again, without a password",
        ) from None
    try:
        if len(pdf) > MOST_PDF_PAGES:
            raise UnreadablePhoto(
                name,
                f"has {len(pdf):,} pages",
                f"a PDF of {MOST_PDF_PAGES} or fewer",
                "Split it, and give the parts",
            )
        for number in range(len(pdf)):
            page = pdf[number]
            scale = min(DOTS / 72, (MOST_PIXELS / max(_area(page), 1.0)) ** 0.5)
            drawn = page.render(scale=scale).to_numpy()[:, :, :3]
            yield Photo(f"{name}, page {number + 1}", np.ascontiguousarray(drawn))
    finally:
        pdf.close()


def _area(page: pypdfium2.PdfPage) -> float:
    """Return the area of a page, in square points."""
    width, height = page.get_size()
    return float(width * height)
