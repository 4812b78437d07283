"""Help with the rule language: examples to start from, and what may be said."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Help:
    """A piece of a rule, and what it finds."""

    rule: str
    says: str | Promise


EXAMPLES = (
    Help("everyone", _("Everyone in the file")),
    Help("age between 18 and 34", _("Young voters")),
    Help("voted in at least 2 of last 4 generals", _("Regular voters")),
    Help(
        "voted in at most 1 of last 4 generals and registered since 2018",
        _("People who rarely vote"),
    ),
    Help("never voted", _("Never voted yet")),
    Help("never tried", _("Nobody has knocked yet")),
    Help("random 10% of doors seed 7", _("A tenth of all doors, drawn by lot")),
)

REFERENCE = (
    Help("party = DEM", _("one party; 'party in (DEM, WFP)' for several")),
    Help("age at least 65", _("also: under 30, between 18 and 34")),
    Help("ward = 3", _("also: precinct, municipality, county, city, zip, street")),
    Help(
        "congressional district = 7",
        _("also: state house district, state senate district"),
    ),
    Help(
        "voted in at least 2 of last 4 generals",
        _("also: all of, none of, any of; primaries, municipals, elections"),
    ),
    Help("did not vote in the last primary", _("also: never voted")),
    Help("registered since 2023-01-01", _("also: before, between ... and ...")),
    Help("phone is known", _("also: age is missing, party is missing")),
    Help(
        "a door where at least 2 are (age under 35)",
        _("who else lives there; also: a building where, nobody is, only person"),
    ),
    Help(
        "within 800 m of 42.00, -78.00",
        _("a distance from a point: latitude, longitude"),
    ),
    Help(
        "not tried since 2026-09-01",
        _("in this chapter's log; also: never tried, tried fewer than 2 times"),
    ),
    Help('last result = "not home"', _("how the last attempt ended")),
    Help(
        "answered support = 1",
        _("the answer that stands to a question of your script; also: did not answer"),
    ),
    Help('on list "members.csv"', _("whom the rows of a matched list mean")),
    Help('in universe "First visit"', _("a universe saved over this file before")),
    Help(
        'moved since snapshot "Elm, June"',
        _("against another file of yours; also: new since, changed party since"),
    ),
    Help(
        "random 25% of people seed 7", _("drawn by lot; the same seed draws the same")
    ),
    Help(
        "at most 500 of each county seed 7 among (never voted)",
        _("a number drawn by lot; also: random 1000 people, 20% of each precinct"),
    ),
    Help(
        "start with party = DEM, add never voted, remove age under 21",
        _("in steps, done in their order"),
    ),
    Help("a and b, a or b, not a", _("combine; round brackets keep parts together")),
)
