"""The forms that put doors on the map: one by hand, or many with new sources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.web.form import PlainForm

DEGREES = {"step": "any", "inputmode": "decimal"}


class PlaceForm(PlainForm):
    """Where a door is, in degrees; or beside which known one."""

    lon = forms.FloatField(
        label=_("Degrees east"),
        required=False,
        min_value=-180,
        max_value=180,
        help_text=_("West is minus: -77.95"),
        widget=forms.NumberInput(attrs=DEGREES),
    )
    lat = forms.FloatField(
        label=_("Degrees north"),
        required=False,
        min_value=-85,
        max_value=85,
        help_text=_("42.05"),
        widget=forms.NumberInput(attrs=DEGREES),
    )
    beside = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, near: dict[str, tuple[float, float]], **kwargs: Any
    ) -> None:
        """Know the doors that it may be put beside."""
        super().__init__(*args, **kwargs)
        self.near = near
        self.fields["beside"].choices = [(each, each) for each in near]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Want both degrees, or a known door."""
        wanted = super().clean() or {}
        if beside := wanted.get("beside"):
            wanted["lon"], wanted["lat"] = self.near[beside]
        elif not self.errors and (wanted["lon"] is None or wanted["lat"] is None):
            raise forms.ValidationError(
                _("Click on the map, choose a house below, or write both degrees.")
            )
        return wanted


class LocateForm(PlainForm):
    """New sources to look for places in."""

    addresses = forms.FileField(
        required=False,
        label=_("Address points, if you have others"),
        help_text=_(
            "From OpenAddresses (CSV or GeoJSON), the National Address Database, or "
            "OpenStreetMap (.osm.pbf). What is well placed already stays as it is."
        ),
    )
    streets = forms.FileField(
        required=False,
        label=_("Streets, if you have others"),
        help_text=_("GeoJSON lines with names, or OpenStreetMap (.osm.pbf)."),
    )
