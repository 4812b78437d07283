"""The form that brings a list in."""

from collections.abc import Sequence
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

    def __init__(
        self, *args: Any, snapshots: Sequence[SnapshotLine], **kwargs: Any
    ) -> None:
        """Offer these snapshots."""
        super().__init__(*args, **kwargs)
        self.fields["snapshot"].choices = [  # type: ignore[attr-defined]  # a choice field
            (line.id, f"{line.label} ({line.chapter})") for line in snapshots
        ]
