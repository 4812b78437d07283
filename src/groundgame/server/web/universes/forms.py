"""The forms of a universe: a rule with a name, what it may name, how to cut it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.apart import Column
from groundgame.server.actions.loads import Measure
from groundgame.server.web.form import PlainForm

LONGEST_RULE = 10_000
USUAL_CONTROL = 20
"""Of a hundred doors, where nobody says how many."""
HALF_WAY_ROUND = 20_000_000
"""Metres; further from a point nobody lives."""


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


class PointForm(PlainForm):
    """A point on the map, and how far from it."""

    meters = forms.FloatField(
        label=_("Metres from it"),
        min_value=1,
        max_value=HALF_WAY_ROUND,
        initial=800,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    lat = forms.FloatField(
        label=_("Degrees north"),
        min_value=-90,
        max_value=90,
        help_text=_("42.05"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    lon = forms.FloatField(
        label=_("Degrees east"),
        min_value=-180,
        max_value=180,
        help_text=_("West is minus: -77.95"),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    use_required_attribute = False


class AreaForm(PlainForm):
    """An area: drawn, or as GeoJSON; and what rules call it."""

    area_name = forms.CharField(
        label=_("What to call the area"),
        max_length=100,
        help_text=_('Rules name it: in area "North side".'),
    )
    corners = forms.CharField(
        label=_("Its corners, one a line"),
        required=False,
        max_length=100_000,
        help_text=_("Degrees north, degrees east: 42.05, -77.95"),
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}
        ),
    )
    geojson = forms.FileField(
        label=_("Or a file of it"),
        required=False,
        max_length=255,
        help_text=_("GeoJSON with a Polygon or MultiPolygon; holes are understood."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )
    use_required_attribute = False

    def clean_geojson(self) -> str:
        """Return what the file says."""
        upload = self.cleaned_data["geojson"]
        if not upload:
            return ""
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("That is no text; GeoJSON is.")) from None

    def clean(self) -> dict[str, Any]:
        """Want corners or a file."""
        wanted = super().clean() or {}
        drawn = bool(wanted.get("corners", "").strip())
        if not self.errors and drawn == bool(wanted.get("geojson")):
            raise forms.ValidationError(
                _("Choose either: draw its corners on the map, or give a file.")
                if drawn
                else _("Draw its corners on the map, write them, or give a file.")
            )
        return wanted


class ScoresForm(PlainForm):
    """A table of scores."""

    scores = forms.FileField(
        label=_("A table of scores"),
        help_text=_(
            "CSV or Parquet with the voter's id as person_id, and a column for each "
            "score; or person_id, score and value. A newer table replaces scores of "
            "the same name."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.parquet"}),
    )
    use_required_attribute = False


class CutForm(PlainForm):
    """How large a turf may be, and the seed of the draw."""

    measure = forms.ChoiceField(
        label=_("A turf is measured in"),
        choices=Measure.choices,
        initial=Measure.DOORS,
        help_text=_(
            "Minutes are those of walking, stairs, knocking and talking: at the pace "
            "of your own conversations, once there are enough of them."
        ),
    )
    least = forms.IntegerField(
        label=_("At least, in a turf"),
        min_value=1,
        max_value=1_000,
        required=False,
        help_text=_("Empty: 40 doors, 70 people or 150 minutes."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    most = forms.IntegerField(
        label=_("At most, in a turf"),
        min_value=1,
        max_value=1_000,
        required=False,
        help_text=_("Empty: 50 doors, 90 people or 180 minutes."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    keep_apart = forms.ChoiceField(
        label=_("Keep apart"),
        choices=[
            ("", _("nothing: turfs lie where walks are shortest")),
            *Column.choices,
        ],
        required=False,
        help_text=_(
            "No turf has doors in two of them. It costs walking; the cut says how much."
        ),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        initial=1,
        help_text=_("The same seed gives the same turfs again. Leave it at 1."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    hold_out = forms.BooleanField(
        label=_("Hold out a control group"),
        required=False,
        help_text=_(
            "Some doors are left alone by lot, on every list, until you stop it. With "
            "the next voter file you can say whether the visits brought out voters."
        ),
    )
    left = forms.IntegerField(
        label=_("Of 100 doors, how many are left alone?"),
        required=False,
        min_value=1,
        max_value=90,
        initial=20,
        help_text=_("Only if a control group is held out. More of them show more."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def control(self) -> float:
        """Return the share that is left alone; 0: none."""
        said = self.cleaned_data
        return (said["left"] or USUAL_CONTROL) / 100 if said["hold_out"] else 0.0

    def plan(self) -> dict[str, Any]:
        """Return how to cut."""
        names = ("measure", "least", "most", "keep_apart", "seed")
        return {name: self.cleaned_data[name] for name in names}
