"""The form that hands a turf out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.people import MemberRow
from groundgame.server.web.form import PlainForm

EVENING = 12


class HandOutForm(PlainForm):
    """To whom, and for how long."""

    to = forms.TypedChoiceField(
        label=_("To whom"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_(
            "Somebody with an account sees the turf on their own start page. "
            "For anybody else, the code is enough."
        ),
    )
    hours = forms.IntegerField(
        label=_("For how many hours"),
        min_value=1,
        max_value=24 * 14,
        initial=EVENING,
        help_text=_(
            "After that the phone shows its doors no longer. "
            "What was recorded is still taken in."
        ),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, members: Sequence[MemberRow], **kwargs: Any) -> None:
        """Offer the chapter's members."""
        super().__init__(*args, **kwargs)
        people = [(member.user_id, member.username) for member in members]
        self.fields["to"].choices = [("", _("Whoever has the code")), *people]  # type: ignore[attr-defined]  # a choice field
