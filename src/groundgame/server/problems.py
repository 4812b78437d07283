"""Problem details (RFC 9457): how everything under /api/ says no."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase

KIND = "application/problem+json"


def problem(
    status: int, *, name: str = "", title: str = "", detail: str = ""
) -> HttpResponse:
    """Return a refusal that a program can read.

    Args:
        status: The HTTP status.
        name: What kind of problem; the last part of its type.
        title: The same for every problem of this kind.
        detail: What was found, what was wanted, what to do next.
    """
    body = {
        "type": f"/problems/{name}" if name else "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    response = HttpResponse(json.dumps(body), content_type=KIND, status=status)
    response["Cache-Control"] = "no-store"
    return response


class ApiProblems:
    """Turns whatever else refuses a request under /api/ into a problem."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around `inner`."""
        self.inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as `inner` does, except that a page that says no becomes a problem."""
        response = self.inner(request)
        if not request.path.startswith("/api/"):
            return response
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or response.get("Content-Type") == KIND
        ):
            return response
        plain = problem(response.status_code)
        if "Allow" in response:
            plain["Allow"] = response["Allow"]
        return plain
