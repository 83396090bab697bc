"""The gate in front of an admin site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import update_wrapper
from typing import Any

from django.contrib import admin, auth
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.mfa import has_second_factor
from accounts.sessions import RAN_OUT, STARTED, WRITE_EVERY_SECONDS
from core import clock
from core.kept import keep
from core.permissions import Permission, can

#: Pages with a form whose words are kept when a session has run out, by how their names end.
KEPT = ("_add", "_change", "_made_in_error", "_change_many")


class GatedAdminSite(admin.AdminSite):
    """An admin site with one permission at its door.

    Whoever is not logged in goes to the log-in; whoever may not enter gets 404, so that they do not learn what is here;
    whoever may, and has no second factor in this session, goes to set one up. It has no log-in page, no password page,
    no look-up as you type and no page for deleting. After `idle` without a page here, or `longest` since logging in,
    people log in again.
    """

    idle = dt.timedelta(minutes=15)
    longest = dt.timedelta(hours=8)
    index_template = "admin_site/index.html"

    def __init__(self, name: str, *, permission: Permission, title: str) -> None:
        super().__init__(name)
        self.permission = permission
        self.site_title = self.site_header = self.index_title = title
        self.disable_action("delete_selected")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter at all."""
        return can(request.user, self.permission)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Put the gate in front of `view`. Never cached, whatever is asked."""

        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return self.turn_away(request) or view(request, *args, **kwargs)

        return update_wrapper(never_cache(gated), view)

    def turn_away(self, request: HttpRequest) -> HttpResponse | None:
        """Where to send someone who does not come in, or None. Raises Http404 for those who may not know of it."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.has_permission(request):
            raise Http404
        if not has_second_factor(request):
            return redirect("mfa_activate_totp")
        if self._has_been_too_long(request):
            return self._end(request)
        return None

    def _has_been_too_long(self, request: HttpRequest) -> bool:
        """Whether the visit is over; if not, note that it goes on (a write at every page would be too many)."""
        now = clock.now().timestamp()
        key = f"{self.name}_seen"
        seen, started = request.session.get(key, now), request.session.get(STARTED, now)
        if now - seen > self.idle.total_seconds() or now - started > self.longest.total_seconds():
            return True
        if key not in request.session or now - seen >= WRITE_EVERY_SECONDS:
            request.session[key] = now
        return False

    def _end(self, request: HttpRequest) -> HttpResponse:
        """Log out, keep what was typed for when the same person is back, and go to the log-in."""
        auth.logout(request)
        request.session[RAN_OUT] = True
        if request.method == "POST":
            keep(request)
        return redirect_to_login(request.get_full_path())

    @method_decorator(never_cache)
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What is kept here."""
        request.current_app = self.name  # type: ignore[attr-defined] # Django reads it when it makes addresses
        more = {"title": self.index_title, "sections": self.sections(request), "views": self.views(request)}
        context = {**self.each_context(request), **more}
        return TemplateResponse(request, self.index_template, context)

    def sections(self, request: HttpRequest) -> list[dict[str, str]]:
        """Name, purpose and address of each kind of record this person may read."""
        kinds: Iterable[Any] = self._registry.values()
        return [
            {"name": kind.plural, "says": kind.says, "url": kind.address("changelist")}
            for kind in kinds
            if kind.has_module_permission(request)
        ]

    def views(self, request: HttpRequest) -> list[dict[str, str]]:
        """Name, purpose and address of lists that are looked at often, narrowed already. None unless told otherwise."""
        return []

    @property
    def crumb(self) -> dict[str, str]:
        """The way back to the first page."""
        return {"text": str(self.site_title), "href": reverse("admin:index", current_app=self.name)}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Nothing: Django's sidebar is not used, and `sections` says what is here."""
        return []

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The index, the pages of each model, and 404 behind the gate for everything else.

        Django's own list also has a log-in, password pages, a look-up as you type and redirects by content type.
        """
        patterns: list[URLPattern | URLResolver] = [path("", self.admin_view(self.index), name="index")]
        patterns.append(re_path(r"(?P<url>.*)$", self.admin_view(self.catch_all_view)))
        for pattern in patterns:
            pattern.callback.policy = (self.permission,)
        kinds: Iterable[Any] = self._registry.values()
        for kind in kinds:
            pages = kind.get_urls()
            for pattern in pages:
                pattern.callback.policy = (kind.may_read, *getattr(pattern.callback, "policy", ()))
            patterns.insert(-1, path(f"{kind.opts.app_label}/{kind.opts.model_name}/", include(pages)))
        for pattern in _walk(patterns):
            pattern.callback.keeps_what_was_typed = str(pattern.name).endswith(KEPT)
        return patterns


def _walk(patterns: Iterable[Any]) -> Iterator[Any]:
    """Every page among the patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        else:
            yield pattern
