"""What every form of a screen has in common."""

from collections.abc import Sequence
from typing import Any

from django import forms

from groundgame.server.actions.people import ChapterRow


class PlainForm(forms.Form):
    """A form whose labels end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what any form takes."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def offer(field: forms.Field, chapters: Sequence[ChapterRow]) -> None:
    """Let a field choose among chapters; a single one goes without saying."""
    field.choices = [(row.id, row.name) for row in chapters]  # type: ignore[attr-defined]  # a choice field
    if len(chapters) == 1:
        field.initial = chapters[0].id
        field.widget = forms.HiddenInput()
