"""The form that brings a voter file in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.people import ChapterRow
from groundgame.server.web.form import PlainForm

LAYOUTS = {
    "elm": _("Elm County, a made-up county for trying things out."),
    "nc": _(
        "North Carolina: the voter file of the state or of a county. Its second "
        "file, of vote history, is read at the command line only."
    ),
    "ny": _("New York: the state board's file, with vote history in the same rows."),
    "wa": _("Washington: the state's extract, parted by bars."),
}


class ImportForm(PlainForm):
    """A voter file, how it is laid out, and what may come with it."""

    chapter = forms.TypedChoiceField(label=_("Chapter"), coerce=int)
    file = forms.FileField(
        label=_("Voter file"),
        help_text=_("CSV or TSV as you were given it; it may be in a .gz or .zip."),
    )
    layout = forms.ChoiceField(
        label=_("Layout"),
        help_text=_(
            "How this source writes its file. For any other source, whoever runs this "
            "server can name its columns: groundgame voterfile import --layout generic."
        ),
        widget=forms.RadioSelect,
    )
    dated = forms.DateField(
        label=_("Date of the file"),
        help_text=_("The day the source made it, not today."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
    )
    addresses = forms.FileField(
        required=False,
        label=_("Address points, if you have them"),
        help_text=_(
            "A CSV with columns LON, LAT, NUMBER, STREET, UNIT, CITY and POSTCODE. "
            "It puts doors on the map; without it they can be counted but not walked."
        ),
    )
    streets = forms.FileField(
        required=False,
        label=_("Streets, if you have them"),
        help_text=_("GeoJSON lines, to draw under the doors."),
    )

    def __init__(
        self,
        *args: Any,
        chapters: Sequence[ChapterRow],
        layouts: Sequence[str],
        **kwargs: Any,
    ) -> None:
        """Offer these chapters and layouts; a single chapter needs no question."""
        super().__init__(*args, **kwargs)
        chapter = self.fields["chapter"]
        chapter.choices = [(row.id, row.name) for row in chapters]  # type: ignore[attr-defined]  # a choice field
        if len(chapters) == 1:
            chapter.initial = chapters[0].id
            chapter.widget = forms.HiddenInput()
        self.fields["layout"].choices = [  # type: ignore[attr-defined]  # a choice field
            (name, LAYOUTS.get(name, name)) for name in layouts if name != "generic"
        ]
