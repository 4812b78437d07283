"""Template filters: numbers the way people say them."""

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groundgame.server.actions.edits import Cost
from groundgame.server.actions.jobs import JobPage
from groundgame.server.actions.match_twice import PairRow
from groundgame.server.actions.matches import Side
from groundgame.server.actions.pace import Known

register = template.Library()

KILOMETRE = 1_000
MOST_SURE = 999  # of a thousand: no link is certain
HOUR = 60


@register.filter
def many(count: int) -> str:
    """Return a count with its thousands apart: 12,345."""
    return number_format(count, use_l10n=True, force_grouping=True)


@register.filter
def distance(metres: float) -> str:
    """Return a distance: '850 m' below a kilometre, else '2.4 km'."""
    if metres < KILOMETRE:
        return _("%(metres)s m") % {"metres": round(metres)}
    return _("%(km)s km") % {"km": number_format(metres / KILOMETRE, 1)}


@register.simple_tag
def walking(metres: float, pace: Known) -> str:
    """Return about how long one walks so far: '45 minutes', '12.5 hours'."""
    return _long(round(metres * pace.metre))


def _long(minutes: int) -> str:
    """Return minutes, or hours where they are many."""
    if minutes < 2 * HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("%(n)s hours") % {"n": number_format(minutes / HOUR, 1)}


@register.simple_tag
def saving(before: float, after: float, pace: Known) -> str:
    """Return how much less one walks, so that it is the difference of what is shown."""
    shown = [round(metres * pace.metre) for metres in (before, after)]
    if min(shown) >= 2 * HOUR:
        shown = [round(6 * round(minutes / HOUR * 10)) for minutes in shown]
    return _long(shown[0] - shown[1])


@register.simple_tag
def more(cost: Cost) -> str:
    """Return how much longer a turf is walked, and takes: '+180 m, +2 minutes'."""
    metres = cost.metres - cost.metres_before
    minutes = round(cost.minutes) - round(cost.minutes_before)
    told = [
        (round(metres), distance(abs(metres))),
        (minutes, _long(abs(minutes))),
    ]
    signs = ["\N{MINUS SIGN}" if n < 0 else "+" if n else "" for n, _said in told]
    return ", ".join(sign + said for sign, (_n, said) in zip(signs, told, strict=True))


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 as people say it: '23%'."""
    return f"{round(share * 100)}%"


@register.filter
def points(share: float) -> str:
    """Return a change of a share in points of a hundred, with its sign: '+2.4'."""
    said = f"{share * 100:+.1f}"
    return said.replace("-", "\N{MINUS SIGN}")


@register.filter
def of_hundred(share: float) -> int:
    """Return a share from 0 to 1 as a length of 0 to 100, for a bar."""
    return round(max(0.0, min(1.0, share)) * 100)


@register.filter
def hours(minutes: float) -> str:
    """Return about how long a turf takes, for a column: '2.2 h'."""
    return _("%(hours)s h") % {"hours": number_format(minutes / HOUR, 1)}


@register.filter
def in_minutes(minutes: float) -> str:
    """Return how long a turf takes to the minute: '132 min'."""
    return _("%(n)s min") % {"n": round(minutes)}


@register.filter
def shift(minutes: float) -> str:
    """Return about how long a turf takes: 'about 40 minutes', 'about 2.2 hours'."""
    n = round(minutes)
    if n < HOUR:
        return ngettext("about %(n)s minute", "about %(n)s minutes", n) % {"n": n}
    return _("about %(hours)s hours") % {"hours": number_format(n / HOUR, 1)}


@register.filter
def whole(number: float) -> int:
    """Return a number without its fraction."""
    return round(number)


@register.filter
def tens(share: float) -> str:
    """Return a share in tens of per cent, so that it is said aloud ten times only."""
    return f"{int(share * 10) * 10}%"


@register.filter
def time_left(seconds: float) -> str:
    """Return how long something may still take: '40 s', '3 min', '1.5 h'."""
    if seconds < HOUR:
        return _("%(n)s s") % {"n": round(seconds)}
    if seconds < HOUR * HOUR:
        return _("%(n)s min") % {"n": round(seconds / HOUR)}
    return _("%(n)s h") % {"n": number_format(seconds / HOUR / HOUR, 1)}


@register.filter
def on_a_page(refusal: str) -> str:
    """Return what a refusal says, without a next step for the command line."""
    found, _, then = refusal.partition(" Next: ")
    return found if "groundgame " in then or "--" in then else refusal


STATES: dict[str, Any] = {
    "waiting": gettext_lazy("Waiting for its turn"),
    "running": gettext_lazy("At work"),
    "stopping": gettext_lazy("Stopping…"),
    "done": gettext_lazy("Done"),
    "failed": gettext_lazy("Failed"),
    "stopped": gettext_lazy("Stopped"),
}
STEPS: dict[str, Any] = {
    "reading": gettext_lazy("Reading"),
    "laying out": gettext_lazy("Getting ready for questions"),
    "sorting": gettext_lazy("All is read: sorting people behind their doors"),
    "drawing": gettext_lazy("Drawing its map"),
    "reading points": gettext_lazy("Reading address points"),
    "streets": gettext_lazy("Getting streets ready to walk on"),
    "placing": gettext_lazy("Looking for places"),
    "comparing": gettext_lazy("Looking for who is new, gone or moved"),
    "matching": gettext_lazy("Comparing"),
    "photographs": gettext_lazy("Reading photographs"),
    "outcomes": gettext_lazy("Looking for what became of whom"),
    "drawing again": gettext_lazy("Drawing again, to see what luck would show"),
}


@register.simple_tag
def progress_words(job: JobPage) -> str:
    """Return where a job stands, in words."""
    running = STEPS.get(job.step) if job.state == "running" else None
    return str(running or STATES[job.state])


PLACED: dict[str | None, Any] = {
    None: gettext_lazy("no place yet"),
    "address point": gettext_lazy("by an address point"),
    "spelling": gettext_lazy("by an address point of slightly other spelling"),
    "interpolation": gettext_lazy("between two known numbers of the street"),
    "street": gettext_lazy("somewhere on its street"),
    "zip": gettext_lazy("somewhere in its ZIP"),
    "by hand": gettext_lazy("by hand"),
}


@register.filter
def placed_words(how: str | None) -> str:
    """Return in words how a door got its place."""
    return str(PLACED.get(how, how))


CHANGES: dict[str, Any] = {
    "new": gettext_lazy("New in the file"),
    "gone": gettext_lazy("Gone from the file"),
    "moved": gettext_lazy("Moved to another door"),
    "name": gettext_lazy("Changed their name"),
    "party": gettext_lazy("Changed party"),
    "status": gettext_lazy("Changed status"),
    "district": gettext_lazy("In another district"),
    "voted": gettext_lazy("Voted since"),
}


@register.filter
def change_words(kind: str) -> str:
    """Return in words what changed about people."""
    return str(CHANGES.get(kind, kind))


SIDES: dict[str, Any] = {
    "name": gettext_lazy("Name"),
    "address": gettext_lazy("Address"),
    "city": gettext_lazy("Town"),
    "zip": gettext_lazy("ZIP"),
    "birth": gettext_lazy("Born"),
    "phone": gettext_lazy("Phone"),
}


@register.filter
def likely(probability: float | None) -> str:
    """Return a probability, never more than it is: 94.6%, and at most 99.9%."""
    if probability is None:
        return ""
    return f"{number_format(min(int(probability * 1000), MOST_SURE) / 10, 1)}%"


@register.filter
def beside(side: Side | PairRow, listed: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return what list and file say, side by side; not what neither says."""
    return [
        (str(words), listed.get(name, ""), side.said.get(name, ""))
        for name, words in SIDES.items()
        if listed.get(name) or side.said.get(name)
    ]
