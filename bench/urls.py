"""The product's addresses, and the floors it is held against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bench import draft_page
from core.permissions import open_to_logged_in
from oxleas_coprod.urls import handler400, handler403, handler404, handler500
from oxleas_coprod.urls import urlpatterns as product
from workforce.admin import site as hr


@open_to_logged_in("a bench's own page; the product does not have it")
def bare_page(request: HttpRequest) -> HttpResponse:
    """A bare logged-in page: the frame that every page has, round one sentence."""
    return render(request, "bench/bare.html")


def bare_admin_page(request: HttpRequest) -> HttpResponse:
    """A bare page of HR's site, behind its gate: the frame that every page there has, round one sentence."""
    return render(request, "bench/bare_admin.html", {**hr.each_context(request), "title": "Bare"})


urlpatterns = [
    *product,
    *draft_page.urlpatterns,
    path("bench/bare/", bare_page),
    path("bench/bare-admin/", hr.admin_view(bare_admin_page)),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
