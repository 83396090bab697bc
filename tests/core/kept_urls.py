"""The product's addresses and one more: a page with a form that is kept."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from core.kept import keeps_what_was_typed, kept_for
from oxleas_coprod import urls

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404

PAGE = Template(
    "{% load kept %}{% kept_notice request %}"
    "<form method='post'>{% csrf_token %}{% kept_field request %}{{ form }}</form>"
)


class WordsForm(forms.Form):
    words = forms.CharField(max_length=200_000, strip=False)
    tags = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    password = forms.CharField(required=False)


@keeps_what_was_typed
def write(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None, initial=kept_for(request) or {})
    if form.is_valid():
        return HttpResponse(f"sent {form.cleaned_data['words']}")
    return HttpResponse(PAGE.render(Context({"form": form, "request": request, "csrf_token": "x"})))


def forgets(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


urlpatterns = [
    path("write/", write),
    path("write/elsewhere/", write),
    path("write/forgets/", forgets),
    *urls.urlpatterns,
]
