"""Why turfs cannot be changed so, in the language of whoever asks."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from groundgame.errors import BeyondLimits, CannotEdit, GroundgameError, StaleTurfs
from groundgame.server.actions.loads import Measure
from groundgame.server.web.screen import said

WORDS: dict[str, Any] = {
    "turf {turfs} is handed out; take it back first": ngettext_lazy(
        "Turf %(turfs)s is handed out. Take it back first. Nothing was changed.",
        "Turfs %(turfs)s are handed out. Take them back first. Nothing was changed.",
        "n",
    ),
    "turf {turfs} is locked; unlock it first": ngettext_lazy(
        "Turf %(turfs)s is locked. Unlock it first. Nothing was changed.",
        "Turfs %(turfs)s are locked. Unlock them first. Nothing was changed.",
        "n",
    ),
    "that would change no turf": gettext_lazy(
        "That would change nothing: the turfs are so already."
    ),
    "a turf of one door cannot be split": gettext_lazy(
        "A turf of one door cannot be split. Nothing was changed."
    ),
    "turf {turfs} would lie across a border; take the border away first": ngettext_lazy(
        "Turf %(turfs)s would lie across a border. Take the border away first. Nothing "
        "was changed.",
        "Turfs %(turfs)s would lie across a border. Take the border away first. "
        "Nothing was changed.",
        "n",
    ),
    "every door is in a turf in hand or locked, or was walked": gettext_lazy(
        "Every door is in a turf that is handed out or locked, or was walked already. "
        "There is nothing to cut again."
    ),
    "there is nothing left to take back or to make again": gettext_lazy(
        "There is nothing left to take back or to make again."
    ),
}
"""What each reason of `CannotEdit` is called on a page."""

BEYOND: dict[str, Any] = {
    Measure.DOORS: gettext_lazy(
        "These turfs would no longer have %(least)s to %(most)s doors: %(turfs)s. "
        "Say that they may, or move other doors."
    ),
    Measure.PEOPLE: gettext_lazy(
        "These turfs would have more than %(most)s people: %(turfs)s. Say that they "
        "may, or move other doors."
    ),
    Measure.MINUTES: gettext_lazy(
        "These turfs would take more than %(most)s minutes: %(turfs)s. Say that they "
        "may, or move other doors."
    ),
}
"""What `BeyondLimits` is called, by what turfs are measured in."""


def words(refusal: GroundgameError) -> str:
    """Return what a refusal says, as a sentence of the page's language."""
    if isinstance(refusal, CannotEdit) and refusal.problem in WORDS:
        count = refusal.turfs.count(",") + 1
        return WORDS[refusal.problem] % {"turfs": refusal.turfs, "n": count}  # type: ignore[no-any-return]  # a lazy text's % is not typed
    if isinstance(refusal, BeyondLimits):
        return BEYOND[refusal.measure] % vars(refusal)  # type: ignore[no-any-return]  # a lazy text's % is not typed
    if isinstance(refusal, StaleTurfs):
        return _(
            "Somebody else has changed these turfs since you opened them. Nothing of "
            "yours was changed: look at them as they are now, then do it again."
        )
    text = said(refusal)
    return text[:1].upper() + text[1:]
