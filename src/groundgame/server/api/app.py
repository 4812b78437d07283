"""The API object: who may call, how a body is read, how it says no."""

import json
import math
from http import HTTPStatus
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from groundgame import errors
from groundgame.server.api.phone import router
from groundgame.server.problems import problem

REFUSALS: dict[type[errors.GroundgameError], tuple[int, str, str]] = {
    errors.UnknownCode: (404, "unknown-code", "No packet has this code"),
    errors.BadTurfCode: (404, "unknown-code", "No packet has this code"),
    errors.ExpiredCode: (410, "expired-code", "This packet is no longer in hand"),
    errors.UsedUpCode: (409, "used-up-code", "Too many phones have this packet"),
    errors.TooManyWrongCodes: (429, "too-many-wrong-codes", "Too many wrong codes"),
    errors.BadToken: (401, "unknown-token", "This phone is not known here"),
    errors.NotYours: (403, "not-yours", "Not for this phone"),
    errors.BadBatch: (422, "bad-batch", "Not a batch of events"),
}
DEEPEST = 32
"""What is nested deeper can be read and not be answered; an event is three deep."""


class NotJson(Exception):
    """The body is not what its label says."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep what to answer."""
        super().__init__(detail)
        self.status, self.detail = status, detail


class StrictJson(Parser):
    """Reads a body that says it is JSON, and is."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body holds."""
        if request.content_type != "application/json":
            raise NotJson(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                "The body is not labelled as JSON. Send application/json.",
            )
        try:
            return _bounded(
                json.loads(request.body, parse_float=_finite, parse_constant=_no_number)
            )
        except (ValueError, RecursionError):
            raise NotJson(
                HTTPStatus.BAD_REQUEST,
                "The body cannot be read as JSON. Send one object, in UTF-8.",
            ) from None


def _no_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON has not."""
    raise ValueError(name)


def _finite(digits: str) -> float:
    """Return a number; refuse 1e400, which Python reads as Infinity."""
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _bounded(body: Any) -> Any:
    """Return a body that is not nested too deeply to be answered."""
    level = [body] if isinstance(body, dict | list) else []
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return body
    raise ValueError("nested too deeply")


api = NinjaAPI(
    title="groundgame",
    version="1",
    docs_url=None,
    parser=StrictJson(),
    urls_namespace="api",
)
api.add_router("", router)


@api.exception_handler(errors.GroundgameError)
def _refused(_: HttpRequest, refusal: errors.GroundgameError) -> HttpResponse:
    """Say no in the words of the refusal."""
    status, name, title = REFUSALS.get(type(refusal), (400, "", ""))
    response = problem(status, name=name, title=title, detail=str(refusal))
    if isinstance(refusal, errors.TooManyWrongCodes):
        response["Retry-After"] = str(refusal.minutes * 60)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    return _refused(request, errors.BadToken())


@api.exception_handler(ValidationError)
def _wrong_shape(_: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """Name the fields that are wrong, and repeat nothing of what was in them."""
    fields = {".".join(map(str, error["loc"][2:])) for error in refusal.errors}
    named = ", ".join(sorted(field for field in fields if field)) or "the body"
    detail = f"Missing, or of another kind than the API's schema says: {named}."
    return problem(422, name="wrong-shape", title="Not the right shape", detail=detail)


@api.exception_handler(HttpError)
def _not_json(_: HttpRequest, refusal: HttpError) -> HttpResponse:
    """Say what to send instead; ninja hides what our parser said behind its own 400."""
    said = refusal.__cause__
    if isinstance(said, NotJson):
        return problem(said.status, detail=said.detail)
    return problem(refusal.status_code)


@api.exception_handler(RequestDataTooBig)
def _too_big(_: HttpRequest, __: RequestDataTooBig) -> HttpResponse:
    """Say how much may be sent at once."""
    return problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        detail="The body is larger than 2 MiB. Send fewer events at a time.",
    )
