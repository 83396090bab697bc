"""Pages of whoever invites: the list, a new invitation, one invitation, what to pass on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Way
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import Permission, policy, require
from core.views import attempt
from network.forms.invitations import InviteForm
from network.models import Offer
from network.permissions import CHANGE_INVITATION, GIVE_WAITING_SEAT, INVITE, SEE_INVITATION
from network.presenters.invitations import WHOLE, InvitationPage, invitation_page, invitations_page, preview
from network.services import invitations as services
from network.services.joining import give_waiting_seat


@policy(INVITE)
@require_GET
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations one may see, and where each stands."""
    require(request.user, INVITE)
    return render(request, "network/invitations/invitations.html", {"page": invitations_page(request.user)})


@policy(INVITE)
@keeps_what_was_typed
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person: questions, then a look at what will be sent, then sent."""
    require(request.user, INVITE)
    posted = request.POST if request.method == "POST" else None
    form = InviteForm(posted, initial=kept_for(request), by=request.user)
    if not form.is_valid() or form.is_to_change:
        return render(request, "network/invitations/invite.html", {"form": form})
    offer = attempt(form, lambda: _send(request, form)) if form.is_to_send else None
    if offer:
        return redirect("network:invitation", offer.pk)
    if form.is_valid() and attempt(form, lambda: _check(request, form)):
        return render(request, "network/invitations/check.html", {"form": form, "preview": preview(form)})
    return render(request, "network/invitations/invite.html", {"form": form})


@policy(SEE_INVITATION)
@require_GET
def invitation(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One invitation: where it stands, and what can be done."""
    offer = _offer(request, offer_id)
    require(request.user, SEE_INVITATION, offer)
    return render(request, "network/invitations/invitation.html", {"page": invitation_page(offer, request.user)})


@policy(SEE_INVITATION)
@require_GET
def letter(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The letter to print, with its code."""
    page = _passed_on(request, offer_id, Way.PAPER)
    return render(request, "network/invitations/letter.html", {"page": page}) if page else _no_longer(request, offer_id)


@policy(SEE_INVITATION)
@require_GET
def pass_on(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The link and its code picture, to give to somebody by hand."""
    page = _passed_on(request, offer_id, Way.SAID)
    return (
        render(request, "network/invitations/pass_on.html", {"page": page}) if page else _no_longer(request, offer_id)
    )


@policy(CHANGE_INVITATION)
@require_POST
def send_again(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """A new link; the old one is dead."""
    done = "There is a new link. The old one no longer works."
    return _press(request, offer_id, CHANGE_INVITATION, services.send_again, done)


@policy(CHANGE_INVITATION)
@require_POST
def take_back(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    done = "The invitation is taken back. Its link no longer works."
    return _press(request, offer_id, CHANGE_INVITATION, services.take_back, done)


@policy(GIVE_WAITING_SEAT)
@require_POST
def give_seat(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Seat somebody from Corporate Services who has joined and waits."""
    return _press(request, offer_id, GIVE_WAITING_SEAT, give_waiting_seat, "They have their seat.")


def _press(
    request: HttpRequest, offer_id: UUID, permission: Permission, verb: Callable[..., Offer], done: str
) -> HttpResponse:
    """One button about one invitation; when it is refused, the page as it stands now, with why."""
    offer = _offer(request, offer_id)
    require(request.user, permission, offer)
    form = forms.Form(request.POST)
    if attempt(form, lambda: verb(by=request.user, offer=offer)):
        messages.success(request, done)
        return redirect("network:invitation", offer.pk)
    page = invitation_page(_offer(request, offer_id), request.user)
    return render(request, "network/invitations/invitation.html", {"page": page, "form": form})


def _send(request: HttpRequest, form: InviteForm) -> Offer:
    said = form.cleaned_data
    return services.invite(
        by=request.user,
        name=said["name"],
        address=said["address"],
        way=Way(said["way"]),
        place=form.place,
        words=said["words"],
        form_key=said["form_key"],
    )


def _check(request: HttpRequest, form: InviteForm) -> bool:
    said = form.cleaned_data
    services.check_invitation(by=request.user, address=said["address"], way=Way(said["way"]), place=form.place)
    return True


def _offer(request: HttpRequest, offer_id: UUID) -> Offer:
    return get_object_or_404(Offer.objects.visible_to(request.user).select_related(*WHOLE), pk=offer_id)


def _passed_on(request: HttpRequest, offer_id: UUID, way: Way) -> InvitationPage | None:
    """What is given by hand in that way; None once there is nothing to give any more."""
    offer = _offer(request, offer_id)
    require(request.user, SEE_INVITATION, offer)
    page = invitation_page(offer, request.user)
    return page if page.link and offer.invitation.way == way else None


def _no_longer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    return redirect("network:invitation", offer_id)
