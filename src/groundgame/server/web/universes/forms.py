"""The forms of a universe: a rule with a name, and how to cut it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.web.form import PlainForm

LONGEST_RULE = 10_000


class RuleForm(PlainForm):
    """A rule and the name to save it under."""

    rule = forms.CharField(
        label=_("Rule"),
        max_length=LONGEST_RULE,
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("What you will look for later: 'Ward 3, spring listening'."),
    )


class CutForm(PlainForm):
    """How large a turf may be, and the seed of the draw."""

    least = forms.IntegerField(
        label=_("Fewest doors in a turf"),
        min_value=1,
        max_value=1_000,
        initial=40,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    most = forms.IntegerField(
        label=_("Most doors in a turf"),
        min_value=1,
        max_value=1_000,
        initial=50,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        initial=1,
        help_text=_("The same seed gives the same turfs again. Leave it at 1."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
