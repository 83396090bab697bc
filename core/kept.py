"""What somebody typed is not lost when their session ran out before they sent it. No JavaScript is needed.

In the form:    {% load kept %}{% kept_field request %}
On the view:    @keeps_what_was_typed           (the page shows the form at the same address it is sent to)
In the view:    form = CommentForm(request.POST or None, initial=kept_for(request) or {...})

A form sent by somebody no longer logged in is put, sealed, into a table, and they are sent to log in. When they come
back to the page, by code or by link, on this device or on another, `kept_for` gives the fields back. The form carries
a signed number of the person who was writing, so that on a shared computer nobody else is shown the words.
The session knows only which pages there are words for (`hand_over`, at each log-in), so that no page pays for asking.
The middleware must stand after authentication and before Django's `LoginRequiredMiddleware`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url

from core import clock
from core.forms import DateParts
from core.models import KeptForm
from core.secrets import Unreadable, seal, unseal

FIELD = "kept_for"
SESSION_KEY = "kept"
SALT = "core.kept"

#: More than this is not kept; no form of ours allows so much text.
MOST_CHARACTERS = 100_000
MOST_PAGES = 3
LONGEST_PATH = 500
KEPT_SECONDS = 12 * 60 * 60

#: Never kept, whatever the form: nor is a field with "password" in its name.
NEVER = ("csrfmiddlewaretoken", FIELD, "credential", "code")


def keeps_what_was_typed(view: Callable) -> Callable:
    """Mark a view whose form is kept through a log-in."""
    view.keeps_what_was_typed = True  # type: ignore[attr-defined]
    return view


def signed_person(request: HttpRequest) -> str:
    """The value of the hidden field: who is writing, and on which page. Empty for somebody not logged in."""
    if not request.user.is_authenticated:
        return ""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def kept_for(request: HttpRequest) -> dict[str, Any] | None:
    """The fields that this person sent from this page after their session had run out, or None.

    A field sent several times is a list. They are given as often as asked, until the form is sent.
    """
    entry = request.session.get(SESSION_KEY, {}).get(request.path)
    if not entry or not _is_for(entry, request):
        return None
    row = _rows(request.user.pk).filter(path=request.path).first()
    try:
        return _with_dates(json.loads(unseal(row.fields))) if row else None
    except Unreadable:
        return None


def _with_dates(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with the three boxes of a date also together under its own name, as a form takes them."""
    dates = [name.removesuffix("_day") for name in fields if name.endswith("_day")]
    return fields | {date: {part: fields.get(f"{date}_{part}", "") for part in DateParts.PARTS} for date in dates}


def kept_pages(request: HttpRequest) -> list[str]:
    """Addresses of pages where words of this person wait to be sent. No query beyond the session."""
    if not request.user.is_authenticated:
        return []
    return [path for path, entry in request.session.get(SESSION_KEY, {}).items() if _is_for(entry, request)]


def keep(request: HttpRequest) -> bool:
    """Keep what was posted, if its hidden field is ours and it is not too much. Says whether it was kept."""
    person_id = _writer(request)
    fields = json.dumps(_fields(request.POST), ensure_ascii=False)
    if person_id is None or len(fields) > MOST_CHARACTERS or len(request.path) > LONGEST_PATH:
        return False
    now = clock.now()
    KeptForm.objects.update_or_create(
        person_id=person_id, path=request.path, defaults={"fields": seal(fields), "kept_at": now}
    )
    _throw_away_the_rest(person_id)
    pages = request.session.get(SESSION_KEY, {})
    pages.pop(request.path, None)
    pages[request.path] = _entry(person_id, now)
    request.session[SESSION_KEY] = dict(list(pages.items())[-MOST_PAGES:])
    return True


def hand_over(request: HttpRequest) -> None:
    """Tell a session that has just begun for which pages there are words of this person. Called at each log-in."""
    rows = _rows(request.user.pk).order_by("kept_at").values_list("path", "kept_at")
    pages = {path: _entry(request.user.pk, kept_at) for path, kept_at in rows}
    if pages:
        request.session[SESSION_KEY] = pages
    else:
        request.session.pop(SESSION_KEY, None)


class KeepWhatWasTyped:
    """Middleware: keeps a marked form sent by nobody, and forgets it once the person has sent it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or not getattr(view, "keeps_what_was_typed", False):
            return None
        if not request.user.is_authenticated:
            keep(request)
            return redirect_to_login(request.path, resolve_url(settings.LOGIN_URL))
        if request.path in request.session.get(SESSION_KEY, {}):
            del request.session[SESSION_KEY][request.path]
            request.session.modified = True
            KeptForm.objects.filter(person_id=request.user.pk, path=request.path).delete()
        return None


def _entry(person_id: int | None, kept_at: dt.datetime) -> dict[str, Any]:
    """What a session knows of words that wait: whose, and since when. Not the words."""
    return {"for": person_id, "at": int(kept_at.timestamp())}


def _rows(person_id: Any) -> QuerySet[KeptForm]:
    """What is still kept for this person."""
    since = clock.now() - dt.timedelta(seconds=KEPT_SECONDS)
    return KeptForm.objects.filter(person_id=person_id, kept_at__gt=since)


def _throw_away_the_rest(person_id: int) -> None:
    """What is older than is kept, whoever's; and of this person's, all but the last few pages."""
    newest = KeptForm.objects.filter(person_id=person_id).order_by("-kept_at", "-pk").values_list("pk", flat=True)
    too_old = Q(kept_at__lte=clock.now() - dt.timedelta(seconds=KEPT_SECONDS))
    too_many = Q(person_id=person_id) & ~Q(pk__in=list(newest[:MOST_PAGES]))
    KeptForm.objects.filter(too_old | too_many).delete()


def _writer(request: HttpRequest) -> int | None:
    """Who was writing, as signed in the form for this very page."""
    try:
        person_id, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return person_id if path == request.path else None


def _fields(data: QueryDict) -> dict[str, Any]:
    names = [name for name in data if name not in NEVER and "password" not in name]
    return {name: values[0] if len(values := data.getlist(name)) == 1 else values for name in names}


def _is_for(entry: dict[str, Any], request: HttpRequest) -> bool:
    still_kept = clock.now().timestamp() - entry["at"] < KEPT_SECONDS
    return still_kept and entry["for"] == request.user.pk
