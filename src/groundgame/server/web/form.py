"""What every form of a screen has in common."""

from typing import Any

from django import forms


class PlainForm(forms.Form):
    """A form whose labels end without a colon."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what any form takes."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
