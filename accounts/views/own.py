"""One's own name, phone number and password."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.forms import DetailsForm, PasswordForm
from accounts.fresh import fresh_log_in_needed
from accounts.models import Person
from accounts.presenters import ways_to_log_in
from accounts.services.log_in import set_password
from accounts.services.people import change_details
from core.permissions import open_to_logged_in


@open_to_logged_in("Everybody may change their own name and phone number.")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Change one's name and phone number."""
    person = _myself(request)
    form = DetailsForm(request.POST or None, instance=person)
    if form.is_valid():
        change_details(by=person, name=form.cleaned_data["name"], phone=form.cleaned_data["phone"])
        messages.success(request, "We have saved your details.")
        return redirect("accounts:details")
    return render(request, "accounts/details.html", {"form": form, "ways": ways_to_log_in(person)})


@open_to_logged_in("Everybody may choose a password for themselves.")
@sensitive_post_parameters("password")
@fresh_log_in_needed
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose or change one's password. Nobody has to."""
    person = _myself(request)
    form = PasswordForm(request.POST or None, person=person)
    if form.is_valid():
        set_password(by=person, password=form.cleaned_data["password"])
        update_session_auth_hash(request, person)
        messages.success(request, "We have saved your password. You are logged out everywhere else.")
        return redirect("accounts:details")
    return render(request, "accounts/password.html", {"form": form, "person": person})


def _myself(request: HttpRequest) -> Person:
    """A copy of one's own row: a form that is wrong must not change the name that the page's header shows."""
    return Person.objects.get(pk=cast(int, request.user.pk))
