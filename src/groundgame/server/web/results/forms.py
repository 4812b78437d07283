"""The form that takes conversations out of the house."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.web.form import PlainForm


class ExportForm(PlainForm):
    """Why a file is taken out."""

    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=500,
        help_text=_(
            "The file names people and what they said. Your reason is kept "
            "with your name, for whoever must answer for it later."
        ),
    )
