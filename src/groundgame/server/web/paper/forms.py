"""The form that takes photographs in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.paper import MOST_FILES
from groundgame.server.web.form import PlainForm


class _Many(forms.ClearableFileInput):
    """A field for files, several at once."""

    allow_multiple_selected = True


class _Files(forms.FileField):
    """One file or several."""

    widget = _Many

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files, each looked at by itself."""
        sent = data if isinstance(data, list) else [data]
        files = [super(_Files, self).clean(each, initial) for each in sent or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)s files at a time.") % {"most": MOST_FILES}
            )
        return files


class PhotosForm(PlainForm):
    """Photographs of filled walk sheets."""

    photos = _Files(
        label=_("Photographs"),
        help_text=_(
            "JPEG or PNG, one page each, with all eight square marks in sight; or a "
            "PDF of scans."
        ),
    )
