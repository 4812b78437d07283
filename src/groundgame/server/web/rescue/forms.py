"""The form that takes a rescue file in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groundgame.server.web.form import PlainForm


class RescueForm(PlainForm):
    """A file that a phone saved."""

    file = forms.FileField(
        label=_("Rescue file"),
        help_text=_(
            "On the phone: tap the line that says how much is not sent, then Save a "
            "rescue file. Its name begins with groundgame-rescue."
        ),
    )
