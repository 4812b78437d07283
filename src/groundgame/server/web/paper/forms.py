"""The form that takes photographs in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from groundgame.server.actions.paper import LARGEST, MOST_FILES
from groundgame.server.actions.people import ChapterRow
from groundgame.server.web.form import PlainForm, offer


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
        large = next((each for each in files if (each.size or 0) > LARGEST), None)
        if large is not None:
            words = _("%(name)s is larger than %(most)s MiB: send it as JPEG.")
            most = LARGEST // 1024**2
            raise forms.ValidationError(words % {"name": large.name, "most": most})
        return files


class PhotosForm(PlainForm):
    """Photographs of filled walk sheets, and whose they are."""

    chapter = forms.TypedChoiceField(label=_("Chapter"), coerce=int)
    photos = _Files(
        label=_("Photographs"),
        help_text=_(
            "JPEG or PNG, one page each, with all eight square marks in sight; or a "
            "PDF of scans. Several at once."
        ),
    )

    def __init__(
        self, *args: Any, chapters: Sequence[ChapterRow], **kwargs: Any
    ) -> None:
        """Offer these chapters; a single one goes without saying."""
        super().__init__(*args, **kwargs)
        offer(self.fields["chapter"], chapters)
        # A phone that keeps HEIC sends JPEG where that is what is asked for.
        accepted = "image/jpeg,image/png,image/webp,image/tiff,application/pdf"
        self.fields["photos"].widget.attrs["accept"] = accepted
