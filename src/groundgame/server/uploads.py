"""Who may send something large, settled before any of it is read; and where it goes."""

import os
import tempfile
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from groundgame.server.actions import people


class Uploads:
    """Refuses a large body of whoever organizes nothing.

    Django writes uploaded files to disk when it looks for a form's token, and that is
    before any screen has asked who is there. The API counts for itself.
    """

    def __init__(self, inner: Any) -> None:
        """Stand around `inner`."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as `inner` does."""
        answer: HttpResponseBase = self.inner(request)
        return answer

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Say no to a large body of somebody who has nothing to upload."""
        size = request.META.get("CONTENT_LENGTH") or "0"
        small = size.isdigit() and int(size) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if small or request.path.startswith("/api/"):
            return None
        if people.organizes(request.user):
            return None
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class Arriving(TemporaryUploadedFile):
    """A file that is written to DATA/uploads as it arrives.

    The system's own place for such files may be memory, and is another disk more often
    than not; from here a file is kept by renaming it.
    """

    def __init__(
        self, name: str, kind: str, size: int, charset: str | None, extra: Any
    ) -> None:
        """Begin with nothing."""
        folder = settings.DATA / "uploads"
        folder.mkdir(parents=True, exist_ok=True)
        ending = os.path.splitext(name)[1][:20]  # noqa: PTH122  # a name, not a path
        file = tempfile.NamedTemporaryFile(  # noqa: SIM115  # Django closes it
            suffix=ending, dir=folder
        )
        UploadedFile.__init__(self, file, name, kind, size, charset, extra)


class ToDisk(TemporaryFileUploadHandler):
    """Writes what is too large for memory to disk, block by block."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = Arriving(
            self.file_name or "file",
            self.content_type or "",
            0,
            self.charset,
            self.content_type_extra,
        )
