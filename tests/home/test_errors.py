"""Error pages, in plain words, which do not fail when something else has failed."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.test import RequestFactory, override_settings
from django.urls import path, reverse

from core.permissions import open_to_all
from home import errors
from oxleas_coprod import urls


@open_to_all("a test")
def breaks(request):
    raise RuntimeError("a fault of ours")


@open_to_all("a test")
def is_suspicious(request):
    raise SuspiciousOperation("odd")


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks), path("odd/", is_suspicious)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def no_database(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def words(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.h1.get_text(), [link["href"] for link in page.select(".app-help a")]


@pytest.mark.parametrize("logged_in", [False, True])
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nothing-here/", 404, "Page not found"),
        ("/breaks/", 500, "Sorry, something went wrong"),
        ("/odd/", 400, "We could not understand that"),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_each_error_has_a_plain_page_with_help_on_it(client, as_person, cast, address, status, heading, logged_in):
    browser = as_person(cast.ishani) if logged_in else client
    browser.raise_request_exception = False
    response = browser.get(address)
    assert response.status_code == status
    assert words(response) == (heading, ["/help/"])


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("address", "status"), [("/nothing-here/", 404), ("/breaks/", 500), ("/me/", 500)])
def test_without_a_database_there_is_still_a_page(as_person, cast, address, status):
    browser = as_person(cast.ishani)
    browser.raise_request_exception = False
    with connection.execute_wrapper(no_database):
        response = browser.get(address)
    assert response.status_code in (status, 500)  # who is logged in is looked up before the address is
    assert words(response)[1] == ["/help/"]


@override_settings(ROOT_URLCONF=__name__)
def test_without_a_database_an_unknown_address_is_not_found(client, db):
    with connection.execute_wrapper(no_database):
        response = client.get("/nothing-here/")
    assert (response.status_code, words(response)[0]) == (404, "Page not found")


def test_a_refusal_says_what_and_whom_to_ask(db):
    request = RequestFactory().get("/")
    response = errors.forbidden(request, PermissionDenied("You cannot publish this policy. If you should, ask Owen."))
    assert response.status_code == 403
    assert "You cannot publish this policy. If you should, ask Owen." in response.content.decode()


def test_a_form_that_is_too_old_says_so_and_leads_back(cast, client):
    client.handler.enforce_csrf_checks = True
    address = reverse("account_request_login_code")
    response = client.post(address, {"email": "ishani@anytown-riverside.example"})
    assert response.status_code == 403
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.get_text() == "This page was open for too long"
    assert page.select_one("main a")["href"] == address


def test_too_many_tries(db):
    response = errors.too_many(RequestFactory().get("/"))
    assert (response.status_code, words(response)[0]) == (429, "Please wait a few minutes")


def test_who_only_looked_is_not_told_of_a_change(as_person, cast):
    client = as_person(cast.cass)
    looked, pressed = client.get(reverse("look_after")), client.post(reverse("taskgroups:new_group"))
    assert (looked.status_code, pressed.status_code) == (403, 403)
    assert [words(answer)[0] for answer in (looked, pressed)] == ["You cannot see this page", "You cannot do that"]
    assert [b"Nothing was changed" in answer.content for answer in (looked, pressed)] == [False, True]
