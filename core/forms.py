"""What forms of every room share."""

from __future__ import annotations

import uuid

from django import forms


class OnceForm(forms.Form):
    """A form that creates something. Its key makes a double press one thing, not two.

    The service passes `form_key` to a unique column and gives the first result to the repeat.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
