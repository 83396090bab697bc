"""The front page, my page, and the pages that stand behind every footer."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import open_to_all, open_to_logged_in, policy, require
from home.looking_after import looking_after, ways
from home.my_page import my_page
from home.permissions import LOOK_AFTER
from home.presenters import hub
from home.waiting import kept_in


@open_to_all("The front page says what this is, to people who have not logged in too.")
def front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        others = partial(kept_in, request.session, request.user)
        return render(request, "home/hub.html", {"hub": hub(request.user, others)})
    return render(request, "home/welcome.html")


@open_to_logged_in("Shows only the reader's own particulars.")
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "home/me.html", {"mine": my_page(request.user)})


@policy(LOOK_AFTER)
@require_safe
def look_after_groups(request: HttpRequest) -> HttpResponse:
    require(request.user, LOOK_AFTER)
    page = {"page": looking_after(request.user), "ways": ways(request.user)}
    return render(request, "home/look_after.html", page)


@open_to_all("Everyone may know how usable the service is.")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@open_to_all("Everyone may know what is kept about them.")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@open_to_all("People may know how comments work before they log in.")
def how_comments_work(request: HttpRequest) -> HttpResponse:
    return render(request, "home/how_comments_work.html")
