"""Pages of the access passport: one's own, and those that others shared."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import presenters, services
from access.forms import PeopleForm, QuestionForm, ShareForm
from access.models import Passport
from access.permissions import READ_PASSPORT, SHARE_WITH_BODY
from access.ports import companions_of
from access.questions import BY_KEY
from core.errors import Refused
from core.kept import keeps_what_was_typed, kept_for
from core.permissions import open_to_logged_in, policy, require
from core.views import attempt
from governance.models import Body

OWN = "Everybody may keep a passport of their own; it shows theirs and no other."
ASK = require_http_methods(["GET", "POST"])
A_PAGE = 25


@open_to_logged_in(OWN)
@require_GET
def passport(request: HttpRequest) -> HttpResponse:
    page = presenters.own_page(request.user, _own(request))
    return render(request, "access/passport.html", {"page": page})


@open_to_logged_in(OWN)
@keeps_what_was_typed
@ASK
def question(request: HttpRequest, key: str) -> HttpResponse:
    """One question. Saving leads on to the list."""
    asked = BY_KEY.get(key)
    if asked is None:
        raise Http404
    stands = presenters.initial_of(_own(request), asked)
    form = QuestionForm(_sent(request), question=asked, initial=kept_for(request) or stands)
    if form.is_valid() and attempt(
        form, lambda: services.answer_question(by=request.user, question=asked, **form.said())
    ):
        messages.success(request, "We have saved your answer.")
        return redirect("access:passport")
    return render(request, "access/question.html", {"form": form, "asked": asked})


@open_to_logged_in(OWN)
@require_POST
def still_right(request: HttpRequest) -> HttpResponse:
    services.confirm_still_right(by=request.user)
    messages.success(request, "Thank you. We will ask you again in a year.")
    return redirect("access:passport")


@policy(SHARE_WITH_BODY)
@ASK
def share(request: HttpRequest, body_id: UUID) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=body_id)
    require(request.user, SHARE_WITH_BODY, body)
    stands = presenters.sharing_with(request.user, body)
    form = ShareForm(_sent(request), initial={"share": "yes" if stands.since else "no"})
    if form.is_valid() and attempt(form, lambda: _share_or_stop(request, form, body)):
        return redirect("access:passport")
    return render(request, "access/share.html", {"form": form, "stands": stands, "agreed": _words()})


def _share_or_stop(request: HttpRequest, form: ShareForm, body: Body) -> bool:
    if form.is_yes:
        services.share_with_body(by=request.user, body=body)
        messages.success(request, "They may see it now. You can take this back at any time.")
    else:
        services.stop_sharing_with_body(by=request.user, body=body)
        messages.success(request, "They may not see it.")
    return True


@open_to_logged_in("Offers those who stand by the reader, and nobody else.")
@ASK
def share_with_people(request: HttpRequest) -> HttpResponse:
    people = companions_of(request.user)
    form = PeopleForm(_sent(request), people=people, initial={"people": presenters.chosen_people(request.user)})
    if form.is_valid() and attempt(form, lambda: _choose(request, form)):
        messages.success(request, "We have saved who may see it.")
        return redirect("access:passport")
    return render(request, "access/share_with_people.html", {"form": form, "people": people, "agreed": _words()})


def _choose(request: HttpRequest, form: PeopleForm) -> bool:
    services.choose_people(by=request.user, people=form.who())
    return True


@open_to_logged_in(OWN)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    page = Paginator(presenters.looks_at(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/looks.html", {"page": page, "looks": presenters.looked(request.user, page)})


@open_to_logged_in(OWN)
@ASK
def delete(request: HttpRequest) -> HttpResponse:
    form = forms.Form(_sent(request))
    if form.is_valid():
        services.delete_passport(by=request.user)
        messages.success(request, "Your passport is deleted. Nobody can see it any more.")
        return redirect("access:passport")
    return render(request, "access/delete.html", {"form": form})


@open_to_logged_in("Lists what others shared with the reader, and nothing else.")
@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    return render(request, "access/shared.html", {"groups": presenters.shared_page(request.user)})


@policy(READ_PASSPORT)
@require_GET
def read(request: HttpRequest, passport_id: UUID) -> HttpResponse:
    """The answers of somebody who shared them. Each look is logged; one's own is not."""
    seen = Passport.objects.visible_to(request.user).select_related("person")
    found = get_object_or_404(seen, pk=passport_id)
    require(request.user, READ_PASSPORT, found)
    said = _own(request) if found.person_id == request.user.pk else _shared(request, found)
    shown = {"read": said, "answers": presenters.answers_of(said), "is_own": found.person_id == request.user.pk}
    return render(request, "access/read.html", shown)


def _shared(request: HttpRequest, found: Passport) -> services.Read:
    try:
        return services.read_passport(by=request.user, passport=found)
    except Refused as taken_back:
        raise Http404 from taken_back


def _own(request: HttpRequest) -> services.Read | None:
    return services.read_own(request.user)


def _words() -> str:
    return presenters.words_agreed_to()


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even if nothing was ticked; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
