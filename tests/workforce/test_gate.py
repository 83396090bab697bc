"""Who comes through the door of each admin site, and who never learns that it is there."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import override_settings
from django.urls import reverse

from accounts.admin import site as platform
from core import clock
from core.kept import FIELD
from core.permissions import Permission
from tests.conftest import MORNING
from tests.workforce.conftest import page, soup, text_of, typed
from workforce.admin import site as hr
from workforce.models import Occupancy, StruckOut

SITES = [hr, platform]
PAGES = [
    "/hr/",
    "/hr/workforce/position/",
    "/hr/workforce/worker/",
    "/hr/nothing/here/",
    "/platform/",
    "/platform/accounts/person/",
]


@pytest.mark.parametrize("path", PAGES)
def test_not_logged_in_goes_to_the_log_in_and_back(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, f"{reverse(settings.LOGIN_URL)}?next={path}")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["ishani", "grace", "owen", "yetunde"])
def test_without_the_role_there_is_nothing(as_person, cast, path, who):
    assert as_person(cast.people[who]).get(path).status_code == 404


def test_each_site_is_closed_to_the_other_sites_people(as_person, cast):
    assert as_person(cast.robin).get("/hr/").status_code == 404
    assert as_person(cast.robin).get("/platform/").status_code == 200
    assert as_person(cast.nadia).get("/platform/").status_code == 404
    assert as_person(cast.nadia).get("/hr/").status_code == 200


def test_an_address_that_leads_nowhere_is_404_inside_too(as_person, cast):
    assert as_person(cast.nadia).get("/hr/nothing/here/").status_code == 404
    assert as_person(cast.nadia).get("/hr/workforce/position/99999999999999999999/change/").status_code == 404


@override_settings(MFA_REQUIRED=True)
def test_without_a_second_factor_one_goes_to_set_it_up(as_person, cast):
    answer = as_person(cast.nadia).get("/hr/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/")
    assert as_person(cast.ishani).get("/hr/").status_code != 200


def test_quarter_of_an_hour_without_a_page_ends_it(as_person, cast):
    client = as_person(cast.nadia)
    client.get("/hr/")
    with clock.set_to(MORNING + dt.timedelta(minutes=15)):
        assert client.get("/hr/").status_code == 200
    with clock.set_to(MORNING + dt.timedelta(minutes=31)):
        assert client.get("/hr/").url == f"{reverse(settings.LOGIN_URL)}?next=/hr/"
        assert client.get("/hr/").status_code == 302


def test_eight_hours_end_it_however_busy(as_person, cast):
    client = as_person(cast.nadia)
    for minutes in range(0, 8 * 60 + 1, 10):
        with clock.set_to(MORNING + dt.timedelta(minutes=minutes)):
            assert client.get("/hr/").status_code == 200
    with clock.set_to(MORNING + dt.timedelta(minutes=8 * 60 + 5)):
        assert client.get("/hr/").status_code == 302


def test_what_was_typed_when_time_ran_out_comes_back_and_is_not_saved(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("occupancy", "change", occupancy)
    shown = client.get(url)
    sent = typed(shown.context["form"], review_on=dt.date(2026, 12, 1))
    sent[FIELD] = soup(shown).find("input", {"name": FIELD})["value"]
    with clock.set_to(MORNING + dt.timedelta(minutes=20)):
        assert client.post(url, sent).url == f"{reverse(settings.LOGIN_URL)}?next={url}"
        assert Occupancy.objects.get().review_on == occupancy.review_on
        client = as_person(cast.nadia)
        back = client.get(url)
    assert "This is what you typed before you were logged out. It is not saved yet." in text_of(back)
    assert typed(back.context["form"]) | {FIELD: sent[FIELD]} == sent
    with clock.set_to(MORNING + dt.timedelta(minutes=21)):
        client.post(url, typed(back.context["form"]))
    assert Occupancy.objects.get().review_on == dt.date(2026, 12, 1)


def test_the_default_site_is_nowhere(as_person, cast):
    assert as_person(cast.nadia).get("/admin/").status_code == 404
    assert as_person(cast.robin).get("/admin/").status_code == 404
    assert not admin.site._registry


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_there_is_no_second_door(as_person, cast, site):
    client = as_person(cast.nadia if site is hr else cast.robin)
    for path in ("login/", "logout/", "password_change/", "autocomplete/", "jsi18n/", "r/1/1/"):
        assert client.get(f"/{site.name}/{path}").status_code == 404


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_model_is_gated_lists_its_lookups_and_deletes_nothing(rf, cast, keeper, site):
    request = rf.get("/")
    for model, model_admin in site._registry.items():
        request.user = {hr: cast.owen if model is StruckOut else cast.nadia}.get(site, cast.robin)
        assert isinstance(model_admin.allowed_lookups, frozenset)
        assert isinstance(model_admin.may_read, Permission)
        assert model_admin.has_view_permission(request)
        assert not model_admin.has_delete_permission(request)
        assert model_admin.get_actions(request) == {}
        assert model_admin.autocomplete_fields == ()
        own = {each.parameter_name for each in model_admin.list_filter}
        fields = {field.name for field in model_admin.model._meta.get_fields()} | {
            "id__exact",
            "pk",
            "password__startswith",
        }
        assert {name for name in fields if model_admin.lookup_allowed(name, "x", request)} <= own
        assert not [each for each in model_admin.get_urls() if "delete" in str(each.pattern)]


def test_the_sites_hold_these_and_no_more():
    names = lambda site: {model._meta.label for model in site._registry}  # noqa: E731
    assert names(hr) == {
        *("workforce.Position", "workforce.Occupancy", "workforce.Worker", "workforce.PeerTraining"),
        *("workforce.Competence", "workforce.Vacancy", "workforce.Check"),
        *("workforce.WorkHealth", "workforce.Dbs", "workforce.Adjustments", "workforce.WellbeingPlan"),
        *("workforce.ReferenceValue", "workforce.EsrImport", "workforce.StruckOut"),
    }
    assert names(platform) == {"accounts.Person", "accounts.RoleHeld"}


@pytest.mark.parametrize("kind", ["position", "occupancy", "worker"])
def test_a_record_has_no_page_to_delete_it(as_person, cast, occupancy, kind):
    row = {"position": occupancy.position, "worker": occupancy.worker, "occupancy": occupancy}[kind]
    client = as_person(cast.nadia)
    assert client.post(page(kind, "change", row).replace("change", "delete"), {"post": "yes"}).status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()


def test_djangos_own_log_stays_empty(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("worker", "add")
    client.post(url, {"employee_number": "5", "first_name": "Sorrel", "last_name": "Greenhalghton", "seen": ""})
    assert LogEntry.objects.count() == 0
