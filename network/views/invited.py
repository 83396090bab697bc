"""Pages of somebody who was invited and has no account yet. A look changes nothing; a dead link tells nothing."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.invitations import Found, find
from accounts.models import Person
from accounts.services.invitations import LogInFirst, give_address, try_code
from core.errors import Refused
from core.permissions import open_to_all
from core.views import attempt
from network.forms.joining import CodeForm, OwnAddressForm
from network.presenters.joining import invited_page, steps_of
from network.services import joining as services

IN_A_LETTER = "The token in an invitation takes the place of logging in."
BEFORE_ACCOUNT = "Somebody who was invited has no account yet; it tells nothing of anybody."


@open_to_all(BEFORE_ACCOUNT)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from a letter leads to its invitation. Every code that does not work gets the same answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ratelimit.consume(request, action="invitation_code"):
            form.add_error("code", "You have tried too many times. Wait 5 minutes, then try again.")
        elif token := try_code(typed=form.cleaned_data["code"]):
            return redirect("network:invited", token)
        else:
            form.add_error("code", "This code does not work. Check each letter, or ask for a new invitation.")
    return render(request, "network/joining/code.html", {"form": form})


@open_to_all(IN_A_LETTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites them, to what, and what is kept; then one button for yes and one for no."""
    found = find(token)
    if found and request.user.is_authenticated and found.invitation.accepted_by_id == request.user.pk:
        return redirect(steps_of(cast("Person", request.user)).next_address)
    if found is None or not found.invitation.is_open:
        return render(request, "network/joining/dead.html", {"token": token})
    if request.user.is_authenticated and found.address != cast("Person", request.user).email:
        return render(request, "network/joining/for_another.html", {"token": token})
    if request.method == "POST":
        return _answer(request, token, found)
    return _page(request, found, OwnAddressForm())


@open_to_all(IN_A_LETTER)
@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new invitation by an old link. The answer is the same whether there was one or not."""
    if ratelimit.consume(request, action="new_invitation", key=token):
        services.ask_again(token=token)
    return redirect("network:asked")


@open_to_all(BEFORE_ACCOUNT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_by_address(request: HttpRequest) -> HttpResponse:
    """Ask for a new invitation by one's address. The answer is the same whether it is known or not."""
    form = OwnAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address = form.cleaned_data["address"]
        if ratelimit.consume(request, action="new_invitation", key=address):
            services.ask_again(address=address)
        return redirect("network:asked")
    return render(request, "network/joining/ask.html", {"form": form})


@open_to_all("Says that an invitation may be on its way; it knows of nobody.")
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next, after asking for a new invitation."""
    return render(request, "network/joining/asked.html")


@open_to_all("Says that a link is on its way; it knows of nobody.")
@require_GET
def address_given(request: HttpRequest) -> HttpResponse:
    """What happens next, after giving one's address."""
    return render(request, "network/joining/address_given.html")


@open_to_all("Thanks whoever said no; it knows of nobody.")
@require_GET
def declined(request: HttpRequest) -> HttpResponse:
    """After "no thank you"."""
    return render(request, "network/joining/declined.html")


def _answer(request: HttpRequest, token: str, found: Found) -> HttpResponse:
    """Yes or no. A yes by a link that proves no address first asks for one."""
    try:
        if request.POST.get("answer") == "no":
            services.say_no(token=token)
            return redirect("network:declined")
        if request.POST.get("answer") != "yes":
            return _page(request, found, OwnAddressForm())
        return _yes(request, token) if found.address else _give_address(request, token, found)
    except LogInFirst:
        return redirect_to_login(request.path, resolve_url("account_request_login_code"))
    except Refused:
        return render(request, "network/joining/dead.html", {"token": token})


def _yes(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever says yes is logged in from then on, as with every link that came to their address."""
    by = cast("Person", request.user) if request.user.is_authenticated else None
    person = services.say_yes(token=token, by=by)
    if by is not None:
        return redirect(steps_of(person).next_address)
    record_authentication(request, person, method="link")
    return perform_login(request, person, redirect_url=resolve_url("network:joining"))


def _give_address(request: HttpRequest, token: str, found: Found) -> HttpResponse:
    form = OwnAddressForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    if not ratelimit.consume(request, action="new_invitation", key=str(found.invitation.pk)):
        form.add_error("address", "You have asked too many times. Wait an hour, then try again.")
        return _page(request, found, form)
    attempt(form, lambda: give_address(token=token, address=form.cleaned_data["address"]))
    return redirect("network:address_given")


def _page(request: HttpRequest, found: Found, form: forms.Form) -> HttpResponse:
    return render(request, "network/joining/invited.html", {"page": invited_page(found), "form": form})
