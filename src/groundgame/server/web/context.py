"""What the frame of every page needs: where one may go, and who one is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from groundgame.server.actions import people


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One way to go. `here`: this page is already in that part of the house."""

    href: str
    words: str
    here: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the menu for whoever asks. An organizer has six ways to go. One query."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": [], "signed_in_as": ""}
    ways = [("home", _("Home"))]
    if people.organizes(user):
        ways += [
            ("snapshots", _("Voter files")),
            ("universes", _("Universes")),
            ("scripts", _("Scripts")),
            ("cuts", _("Turf")),
            ("experiments", _("Experiments")),
            ("results", _("Results")),
        ]
    if len(ways) == 1:  # the name of the house leads there already
        ways = []
    menu = [_item(reverse(name), words, request.path) for name, words in ways]
    return {"menu": menu, "signed_in_as": user.get_username()}


def _item(href: str, words: str, path: str) -> MenuItem:
    """Return a way to go, and whether it was taken."""
    return MenuItem(
        href, words, path == href or (href != "/" and path.startswith(href))
    )
