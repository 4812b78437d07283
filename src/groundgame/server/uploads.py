"""Who may send something large, settled before any of it is read."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
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
