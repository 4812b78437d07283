"""The files that browsers ask for: screens' scripts and styles, the phone app.

`/static/` is whatever lies beside a screen's template in web/ and is meant for a
browser. `/vendor/` is the browser libraries. `/phone/` is the phone app, without its
tests. `/phone/precache.json` is read off the disk, so no file of the app can be
forgotten in a list.
"""

import hashlib
import mimetypes
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

FOR_BROWSERS = {
    ".css", ".geojson", ".html", ".ico", ".js", ".json", ".map", ".mjs", ".pbf",
    ".png", ".svg", ".webmanifest", ".woff2",
}  # fmt: skip
NOT_IN_STATIC = {".html", ".json", ".map"}
NOT_THE_APP = {"test", "tests", "node_modules"}
NOT_SERVED = ("tsconfig", "package", "biome")

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/geo+json", ".geojson")


class ScreenFiles(BaseFinder):
    """Finds the scripts and styles that lie beside the screens' templates."""

    def __init__(self) -> None:
        """Look in web/, which also holds code: only some endings are for browsers."""
        root = Path(__file__).parent / "web"
        self.storage = FileSystemStorage(location=root)

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """Return where a file lies, or [] when there is no such file for browsers."""
        full = Path(self.storage.path(path))
        if full.suffix not in FOR_BROWSERS - NOT_IN_STATIC or not full.is_file():
            return []
        return [str(full)] if find_all else str(full)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:  # noqa: ARG002  # Django's signature
        """Yield every file for browsers."""
        root = Path(self.storage.location)
        for name in sorted(_below(root, FOR_BROWSERS - NOT_IN_STATIC)):
            yield name, self.storage


def _below(root: Path, endings: set[str]) -> Iterator[str]:
    """Yield the names of the files for browsers under a folder."""
    for path in root.rglob("*"):
        name = PurePosixPath(path.relative_to(root).as_posix())
        if path.suffix in endings and _for_browsers(name) and path.is_file():
            yield str(name)


def _for_browsers(name: PurePosixPath) -> bool:
    """Return whether a file of this name is meant for a browser."""
    return (
        name.suffix in FOR_BROWSERS
        and not NOT_THE_APP.intersection(name.parts)
        and not name.name.startswith(NOT_SERVED)
    )


def phone_names() -> list[str]:
    """Return the names of the phone app's files, as under /phone/."""
    return sorted(_below(settings.PHONE_FILES, FOR_BROWSERS))


def vendor_names() -> list[str]:
    """Return the names of the libraries' files that the phone app asks for."""
    root: Path = settings.PHONE_FILES
    app = "\n".join(
        (root / name).read_text(encoding="utf-8")
        for name in phone_names()
        if name.endswith((".js", ".html"))
    )
    names = _below(settings.VENDOR_FILES, FOR_BROWSERS)
    return sorted(name for name in names if f"vendor/{name.split('/')[0]}" in app)


@gzip_page
@require_safe
def phone_file(_: HttpRequest, name: str = "index.html") -> HttpResponse:
    """Return one file of the phone app; its browser asks again whether it changed."""
    return _file(settings.PHONE_FILES, name)


@gzip_page
@require_safe
def vendor_file(_: HttpRequest, name: str) -> HttpResponse:
    """Return one file of a browser library."""
    return _file(settings.VENDOR_FILES, name)


@require_safe
def precache(_: HttpRequest) -> JsonResponse:
    """Return the addresses of all the phone app needs, and a version over them."""
    digest = hashlib.sha256()
    files = ["/phone/"]
    for prefix, root, names in (
        ("/phone/", settings.PHONE_FILES, phone_names()),
        ("/vendor/", settings.VENDOR_FILES, vendor_names()),
    ):
        for name in names:
            digest.update(name.encode() + b"\0" + (root / name).read_bytes())
            files.append(prefix + name)
    skipped = {"/phone/index.html", "/phone/sw.js"}
    kept = [name for name in files if name not in skipped]
    response = JsonResponse({"version": digest.hexdigest()[:16], "files": kept})
    response["Cache-Control"] = "no-cache"
    return response


def _file(root: Path, name: str) -> HttpResponse:
    """Return a file below `root`, if it is one for browsers."""
    pure = PurePosixPath(name)
    path = root / pure
    inside = ".." not in pure.parts and not pure.is_absolute()
    if not inside or not _for_browsers(pure):
        raise Http404
    try:
        content = path.read_bytes()
    except (OSError, ValueError):  # not there; or no name that a file can have
        raise Http404 from None
    kind = mimetypes.guess_type(pure.name)[0] or "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = "no-cache"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return response
