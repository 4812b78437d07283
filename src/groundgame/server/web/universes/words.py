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
    Help("age on 2026-11-03 18 to 24", _("age on another day than today")),
    Help("born before 1960", _("also: since 1990-01-01, between ... and ...")),
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
    Help(
        "voted in the 2024-11-05 general but not in the 2022 general",
        _("in one election and not in another; also: did not vote in, voted in a"),
    ),
    Help(
        "voted by mail in the last general",
        _("also: early, in person; in the DEM primary of 2022"),
    ),
    Help("registered since 2023-01-01", _("also: before, between ... and ...")),
    Help("phone is known", _("also: age is missing, party is missing")),
    Help("column race = W", _("a column that only this file has")),
    Help(
        'column "turnout score" between 30 and 70',
        _("such a column as a number; also: at least 50"),
    ),
    Help(
        'district = "ocd-division/country:us/state:ny/cd:12"',
        _("a district by its Open Civic Data id"),
    ),
    Help(
        "a door where at least 2 are (age under 35)",
        _("who else lives there; also: a building where, nobody is, only person"),
    ),
    Help("a building with at least 20 doors", _("doors with somebody behind them")),
    Help('in area "North side"', _("inside an area that you drew or brought in")),
    Help(
        "score turnout between 30 and 70",
        _("a score you brought in; also: at least 50, is known"),
    ),
    Help(
        "within 800 m of 42.00, -78.00",
        _("a distance from a point: latitude, longitude"),
    ),
    Help(
        "not tried since 2026-09-01",
        _("in this chapter's log; also: last tried before"),
    ),
    Help("tried fewer than 2 times", _("how often; also: never tried")),
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
