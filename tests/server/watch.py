"""Watches every answer of the suite: who visited what, and what they were shown.

Alice and Bob organize Elm, Cass walks for Elm, Charlie organizes Oak and is a stranger
here; everybody else is anonymous. A phone says whose it is in `visitor`.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.handlers.base import BaseHandler
from django.urls import URLPattern, URLResolver, get_resolver

INSIDERS = {"alice", "bob", "cass", "phone"}
STRANGERS = {"charlie", "anonymous"}


class Leak(AssertionError):
    """Somebody was shown what they may not see."""


@dataclass
class Watch:
    """What was seen so far."""

    visits: set[tuple[str, str]] = field(default_factory=set)
    forbidden: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def forbid(self, visitor: str, *canaries: str) -> None:
        """From now on `visitor` must never be shown these."""
        self.forbidden[visitor].update(canaries)

    def look(self, request, response) -> None:
        """Note a visit, and search the answer for what the visitor may not see."""
        who = visitor(request)
        if request.resolver_match is not None:
            self.visits.add((request.resolver_match.route, who))
        if response.streaming:
            return
        text = response.content.decode(errors="replace")
        text += str(response.headers)
        for canary in self.forbidden[who]:
            if canary in text:
                raise Leak(f"{who} was shown {canary!r} at {request.path}")

    def unvisited(self, routes, visitors: set[str]) -> list[str]:
        """Return the routes that none of these visitors has been to."""
        seen = {route for route, who in self.visits if who in visitors}
        return sorted(set(routes) - seen)


def visitor(request) -> str:
    """Return who asks."""
    if name := request.META.get("visitor"):
        return name
    user = getattr(request, "user", None)
    return user.get_username() if user and user.is_authenticated else "anonymous"


def watching(watch: Watch, monkeypatch) -> None:
    """Look at every answer that a test's client gets."""
    answered = BaseHandler.get_response

    def get_response(self, request):
        response = answered(self, request)
        watch.look(request, response)
        return response

    monkeypatch.setattr(BaseHandler, "get_response", get_response)


def routes(patterns=None, before="") -> list[tuple[str, object]]:
    """Return every registered route with its view."""
    found = []
    for each in patterns or get_resolver().url_patterns:
        route = before + str(each.pattern).lstrip("^")
        if isinstance(each, URLResolver):
            found += routes(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            found.append((before + str(each.pattern), each.callback))
        else:
            raise TypeError(route)
    return found
