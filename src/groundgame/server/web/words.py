"""Template filters: numbers the way people say them."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

METRES_A_MINUTE = 75  # walking, with somebody's papers in hand
MINUTES_A_DOOR = 3  # climb, ring, wait, talk or write "not home"
KILOMETRE = 1_000
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


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 as people say it: '23%'."""
    return f"{round(share * 100)}%"


@register.filter
def of_hundred(share: float) -> int:
    """Return a share from 0 to 1 as a length of 0 to 100, for a bar."""
    return round(max(0.0, min(1.0, share)) * 100)


@register.simple_tag
def hours(doors: int, metres: float) -> str:
    """Return about how long a turf takes, for a column: '2.2 h'."""
    taken = doors * MINUTES_A_DOOR + metres / METRES_A_MINUTE
    return _("%(hours)s h") % {"hours": number_format(taken / HOUR, 1)}


@register.simple_tag
def shift(doors: int, metres: float) -> str:
    """Return about how long a turf takes: three minutes a door, and the walk."""
    minutes = round(doors * MINUTES_A_DOOR + metres / METRES_A_MINUTE)
    hours = minutes / HOUR
    if minutes < HOUR:
        return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {
            "n": minutes
        }
    return _("about %(hours)s hours") % {"hours": number_format(hours, 1)}
