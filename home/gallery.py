"""Every component and form field, in each state, on one page: for whoever builds or checks a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.forms import NhsDateField, NhsTimeField
from core.permissions import open_to_all

CHOICES = (("yes", "Yes"), ("partly", "In part"), ("no", "No"))


class GalleryForm(forms.Form):
    """One field of every kind."""

    short = forms.CharField(label="Name of the group", help_text="As people call it", max_length=40)
    email = forms.EmailField(label="Email address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    number = forms.IntegerField(label="How many seats", min_value=1)
    long = forms.CharField(label="What you think", widget=forms.Textarea, max_length=200)
    longer = forms.CharField(label="Anything else", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    one = forms.ChoiceField(label="Did it help?", choices=CHOICES, widget=forms.RadioSelect)
    why = forms.CharField(label="What was missing", required=False)
    many = forms.MultipleChoiceField(label="Who should read it", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    picked = forms.ChoiceField(label="Group", choices=(("", "Choose a group"), *CHOICES))
    agreed = forms.BooleanField(label="I have read the summary", help_text="It is one page long.")
    day = NhsDateField(label="Day it closes")
    time = NhsTimeField(label="Time it starts")
    file = forms.FileField(label="Word file", help_text="Up to 10 MB")

    nhs = {"one": {"size": "m"}}  # noqa: RUF012 -- read by the template pack
    choice_hints = {"one": {"partly": "Some of it was missing."}}  # noqa: RUF012
    conditionals = {"one": {"partly": ["why"]}}  # noqa: RUF012


def _page(request: HttpRequest, form: GalleryForm) -> HttpResponse:
    if settings.IN_PRODUCTION:
        raise Http404
    return render(request, "home/gallery.html", {"form": form, **_examples()})


@open_to_all("Shows components and no data; not there in production.")
def gallery(request: HttpRequest) -> HttpResponse:
    return _page(request, GalleryForm())


@open_to_all("Shows components and no data; not there in production.")
def gallery_errors(request: HttpRequest) -> HttpResponse:
    return _page(request, GalleryForm({"email": "not an address", "day_day": "31", "time": "25pm", "long": "x" * 201}))


def _examples() -> dict[str, Any]:
    """Parameters too long for a template."""
    return {
        "rows": [
            {"key": {"text": "Draft"}, "value": {"text": "0.2"}},
            {"key": {"text": "Closes"}, "value": {"text": "6 August 2026"}},
        ],
        "tasks": [
            {"title": {"text": "Read the summary"}, "href": "#", "status": {"text": "Completed"}},
            {
                "title": {"text": "Say what you think"},
                "href": "#",
                "status": {"tag": {"text": "Incomplete", "classes": "nhsuk-tag--blue"}},
            },
        ],
        "table_head": [{"text": "Side"}, {"text": "Comments", "format": "numeric"}],
        "table_rows": [
            [{"text": "Peers"}, {"text": "7", "format": "numeric"}],
            [{"text": "Staff"}, {"text": "5", "format": "numeric"}],
        ],
        "colours": ("white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"),
        "do": [{"item": "say what is wrong"}, {"item": "say what to do next"}],
    }
