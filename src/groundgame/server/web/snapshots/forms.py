"""The two forms that bring a voter file in: which files, and how they are laid out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.kept import InboxFile, Upload
from groundgame.server.actions.layouts import GENERIC, LIKELY, Waiting, guess
from groundgame.server.actions.people import ChapterRow
from groundgame.server.web.form import PlainForm, offer
from groundgame.server.web.snapshots.fields import COMMON, FIELDS, RARE

ROLES = ("file", "history", "addresses", "streets")


class Several(forms.FileField):
    """A field that takes several files at once."""

    def __init__(self, **kwargs: Any) -> None:
        """Let the browser choose several."""
        widget = forms.FileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return a list of files."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(Several, self).clean(each, initial) for each in given if each]


class FilesForm(PlainForm):
    """A voter file, in one part or several, and what may come with it."""

    chapter = forms.TypedChoiceField(label=_("Chapter"), coerce=int)
    file = Several(
        required=False,
        label=_("Voter file"),
        help_text=_(
            "As you were given it: CSV, TSV or another text table; .gz and .zip are "
            "fine. Choose several if it comes in parts, a file a county."
        ),
    )
    history = Several(
        required=False,
        label=_("Vote history, if it is a file of its own"),
        help_text=_("North Carolina's ncvhis, for example."),
    )
    addresses = forms.FileField(
        required=False,
        label=_("Address points, if you have them"),
        help_text=_(
            "From OpenAddresses (CSV or GeoJSON), the National Address Database, or "
            "OpenStreetMap (.osm.pbf). They put doors on the map; without them doors "
            "can be counted but not walked."
        ),
    )
    streets = forms.FileField(
        required=False,
        label=_("Streets, if you have them"),
        help_text=_(
            "An extract of OpenStreetMap (.osm.pbf) or GeoJSON lines: drawn under the "
            "doors, and turfs are cut to be walked on them."
        ),
    )

    def __init__(
        self,
        *args: Any,
        chapters: Sequence[ChapterRow],
        inboxes: Mapping[int, Sequence[InboxFile]],
        **kwargs: Any,
    ) -> None:
        """Offer these chapters, and the files that lie on the server for them."""
        super().__init__(*args, **kwargs)
        offer(self.fields["chapter"], chapters)
        self.inboxes = inboxes
        for role, label in INBOX.items():
            if any(inboxes.values()):
                self.fields[f"inbox_{role}"] = forms.ChoiceField(
                    required=False, label=label, choices=self._offer()
                )
        self.order_fields(
            ["chapter", *(name for role in ROLES for name in (role, f"inbox_{role}"))]
        )

    def _offer(self) -> list[tuple[str, Any]]:
        """Return the files on the server as choices."""
        there = {
            each.name: f"{each.name} ({filesizeformat(each.size)})"
            for files in self.inboxes.values()
            for each in files
        }
        return [("", _("none")), *sorted(there.items())]

    def clean(self) -> dict[str, Any]:
        """Want a voter file from somewhere, and of one's own chapter's inbox."""
        wanted = super().clean() or {}
        ours = {each.name for each in self.inboxes.get(wanted.get("chapter", 0), ())}
        for role in INBOX:
            if (name := wanted.get(f"inbox_{role}")) and name not in ours:
                self.add_error(f"inbox_{role}", _("That file is another chapter's."))
        if not wanted.get("file") and not wanted.get("inbox_file"):
            self.add_error("file", _("Choose the file you were given."))
        return wanted

    @property
    def uploads(self) -> list[tuple[str, Upload]]:
        """What was sent: for what, and the file."""
        given = [(role, self.cleaned_data.get(role)) for role in ROLES]
        return [
            (role, each)
            for role, some in given
            for each in (some if isinstance(some, list) else [some])
            if each
        ]

    @property
    def inbox(self) -> dict[str, list[str]]:
        """What is to be read where it lies on the server."""
        found = {role: self.cleaned_data.get(f"inbox_{role}") for role in INBOX}
        return {role: [name] for role, name in found.items() if name}


class WalkedForm(PlainForm):
    """Streets to walk on."""

    streets = forms.FileField(
        label=_("Streets to walk on"),
        help_text=_(
            "An extract of OpenStreetMap (.osm.pbf) of the place, or GeoJSON lines. "
            "The next cut is made on them; cuts made before stay as they are."
        ),
    )


INBOX = {
    "file": _("Or a voter file that lies on the server"),
    "history": _("Or a vote history that lies on the server"),
    "addresses": _("Or address points that lie on the server"),
}


class LayoutForm(PlainForm):
    """How the files are laid out, and the day they speak of."""

    layout = forms.ChoiceField(
        label=_("Layout"),
        help_text=_("How this source writes its file."),
        widget=forms.RadioSelect,
    )
    dated = forms.DateField(
        label=_("Date of the file"),
        help_text=_("The day the source made it, not today."),
        widget=forms.DateInput(attrs={"type": "date", "class": "day"}),
    )

    def __init__(self, *args: Any, waiting: Waiting, **kwargs: Any) -> None:
        """Offer the layouts, those that fit first; and a field's columns, each one."""
        super().__init__(*args, **kwargs)
        some = [each for each in waiting.choices if each.fit] or waiting.choices
        offered: list[tuple[str, Any]] = [(each.id, each.name) for each in some]
        if waiting.columns:
            offered.append((GENERIC, ANY))
        self.fields["layout"].choices = offered  # type: ignore[attr-defined]  # a choice field
        if some[0].fit >= LIKELY:
            self.fields["layout"].initial = some[0].id
        elif waiting.columns:
            self.fields["layout"].initial = GENERIC
        likely = guess(waiting.columns)
        choices = [("", _("not in this file")), *((c, c) for c in waiting.columns)]
        for field in FIELDS if waiting.columns else ():
            self.fields[f"column_{field}"] = forms.ChoiceField(
                required=False,
                label=FIELDS[field],
                choices=choices,
                initial=likely.get(field, ""),
            )

    def clean(self) -> dict[str, Any]:
        """Want the column of ids where the columns are named one by one."""
        wanted = super().clean() or {}
        if wanted.get("layout") == GENERIC and not self.columns.get("person_id"):
            self.add_error("layout", _("Say which column holds the voter's id."))
        return wanted

    @property
    def columns(self) -> dict[str, str]:
        """Which column holds which field, for a layout that is made here."""
        if self.cleaned_data.get("layout") != GENERIC:
            return {}
        named = {field: self.cleaned_data.get(f"column_{field}") for field in FIELDS}
        return {field: column for field, column in named.items() if column}

    @property
    def common(self) -> list[forms.BoundField]:
        """The columns that most lists have."""
        return self._bound(COMMON)

    @property
    def rare(self) -> list[forms.BoundField]:
        """The columns that some lists have."""
        return self._bound(RARE)

    def _bound(self, fields: Sequence[str]) -> list[forms.BoundField]:
        """Return the fields of this form for some columns."""
        names = [f"column_{field}" for field in fields]
        return [self[name] for name in names if name in self.fields]


ANY = _("Another list with a header row: say below which column holds what")
