"""The forms that hand a turf out, and that print it."""

from collections.abc import Mapping, Sequence
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

    script = forms.ChoiceField(
        label=_("With which script"),
        required=False,
        help_text=_(
            "What its canvassers say and ask. Scripts are written under Scripts."
        ),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[MemberRow],
        scripts: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer the chapter's members, and the scripts that it has."""
        super().__init__(*args, **kwargs)
        people = [(member.user_id, member.username) for member in members]
        self.fields["to"].choices = [("", _("Whoever has the code")), *people]  # type: ignore[attr-defined]  # a choice field
        self.fields["script"].choices = scripts  # type: ignore[attr-defined]  # a choice field


class LookForm(PlainForm):
    """How walk sheets are printed."""

    language = forms.ChoiceField(
        label=_("Language of the sheet"),
        choices=[("en", "English"), ("es", "Español")],
    )
    paper = forms.ChoiceField(
        label=_("Paper"), choices=[("letter", _("Letter")), ("a4", "A4")]
    )
    large = forms.BooleanField(label=_("Large print"), required=False)


def look_asked(sent: Mapping[str, str]) -> dict[str, Any]:
    """Return what a form says of how to print; a page without it prints as usual."""
    form = LookForm(sent)
    return dict(form.cleaned_data) if form.is_valid() else {}
