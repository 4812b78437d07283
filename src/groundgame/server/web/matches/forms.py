"""The forms that bring a list in: the file, and which of its columns holds what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.snapshots import SnapshotLine
from groundgame.server.web.form import PlainForm


class ListForm(PlainForm):
    """A list of people, and the snapshot it is held against."""

    snapshot = forms.TypedChoiceField(label=_("Voter file"), coerce=int)
    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "Members, signers or donors: CSV with a header row. Names, addresses, "
            "birth dates, phones and voter ids help; none of them is needed."
        ),
    )

    look = forms.BooleanField(
        label=_("Let me see the columns first"),
        required=False,
        help_text=_("You are asked anyway where the names do not say what they hold."),
    )

    def __init__(
        self, *args: Any, snapshots: Sequence[SnapshotLine], **kwargs: Any
    ) -> None:
        """Offer these snapshots."""
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].choices = [  # type: ignore[attr-defined]  # a choice field
            (line.id, f"{line.label} ({line.chapter})") for line in snapshots
        ]


FIELDS = {
    "voter_id": _("Voter id"),
    "key": _("The list's own id"),
    "name": _("Whole name"),
    "first_name": _("First name"),
    "middle_name": _("Middle name"),
    "last_name": _("Last name"),
    "suffix": _("Suffix (Jr, Sr)"),
    "birth_date": _("Date of birth"),
    "birth_year": _("Year of birth"),
    "address": _("Address in one column"),
    "number": _("House number"),
    "street": _("Street"),
    "unit": _("Unit or apartment"),
    "city": _("City"),
    "zip": _("ZIP"),
    "phone": _("Phone"),
    "email": _("E-mail address"),
}


class ColumnsForm(PlainForm):
    """Which column of a list holds what."""

    def __init__(
        self,
        *args: Any,
        header: Sequence[str],
        columns: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """Offer each column for each field; those that are recognized are chosen."""
        super().__init__(*args, **kwargs)
        offered = [("", _("not in this list")), *((each, each) for each in header)]
        for field, words in FIELDS.items():
            self.fields[field] = forms.ChoiceField(
                label=words,
                required=False,
                choices=offered,
                initial=columns.get(field, ""),
            )

    @property
    def columns(self) -> dict[str, str]:
        """Which column holds which field; '' where the list has none."""
        return {field: self.cleaned_data[field] for field in FIELDS}
