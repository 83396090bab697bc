"""How a session came about: by what, and how long ago.

Changes to how one logs in ask for a fresh log-in, and so does taking records away as a file.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.mfa import did_second_factor, is_asked_for_second_factor, proofs_of
from core.kept import keep

#: A log-in counts as fresh for this long.
FRESH_SECONDS = 15 * 60


def has_logged_in_freshly(request: HttpRequest, within: int = FRESH_SECONDS) -> bool:
    """Whether the person proved who they are, by whatever means, in the last `within` seconds."""
    since = time.time() - within
    return any(proof["at"] >= since for proof in proofs_of(request))


def fresh_log_in_needed(view: Callable, within: int = FRESH_SECONDS) -> Callable:
    """A view that changes how one logs in, or lets much out: an older session logs in again first, and comes back.

    So does a session without the second factor that the log-in would now ask for: it began before there was one.
    What was typed is kept, if the form carries the field of `core.kept`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_logged_in_freshly(request, within) and _gave_all_that_is_asked(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep(request)
        return redirect_to_login(request.path, reverse("account_reauthenticate"))

    return guarded


def _gave_all_that_is_asked(request: HttpRequest) -> bool:
    return did_second_factor(request) or not is_asked_for_second_factor(request.user)  # type: ignore[arg-type]
