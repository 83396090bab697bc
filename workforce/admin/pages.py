"""Pages of HR's site that are not about one kind of record: behind the same gate, with a permission of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from core.permissions import Permission, require
from workforce.admin.base import HrSite, MorePage


def hr_page(
    site: HrSite,
    route: str,
    name: str,
    *,
    permission: Permission,
    title: str = "",
    says: str = "",
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Put a view on HR's site, behind its gate. With a `title` the first page leads to it.

    Whoever is of HR and has not the permission is told whom to ask.
    """

    def put(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        asked.policy = (permission,)  # type: ignore[attr-defined]
        site.more_pages.append(MorePage(route, name, asked, permission, title, says))
        return asked

    return put


def show(
    request: HttpRequest, site: HrSite, template: str, heading: str, more: dict[str, Any], *crumbs: dict[str, str]
) -> TemplateResponse:
    """A page of the site. `crumbs` are the way back, after the first page."""
    request.current_app = site.name  # type: ignore[attr-defined] # Django reads it when it makes addresses
    context = {**site.each_context(request), "title": heading, "heading": heading, "crumbs": [site.crumb, *crumbs]}
    return TemplateResponse(request, template, {**context, **more})
