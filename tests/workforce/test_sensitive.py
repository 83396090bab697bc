"""Health and DBS statuses: a permission of their own, and nowhere to be found without it."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, RoleHeld
from audit.models import AuditEntry, Look
from core import clock
from core.permissions import can
from tests.factories.workforce import (
    AdjustmentsFactory,
    CheckFactory,
    DbsFactory,
    OccupancyFactory,
    WellbeingPlanFactory,
    WorkHealthFactory,
)
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce import services
from workforce.admin.base import site
from workforce.models import Adjustments, Check, Dbs, WellbeingPlan, WorkHealth
from workforce.permissions import CHANGE_SENSITIVE, READ_SENSITIVE

KINDS = ("workhealth", "dbs", "adjustments", "wellbeingplan")
#: Words that stand on no page for whoever may not see these.
CANARIES = (
    *("work health assessment", "dbs check", "adjustments", "wellbeing", "barred list", "criminal record"),
    *("the worker said no", "occupational", "canary examiner"),
)


@pytest.fixture
def statuses(cast):
    """All four of one worker, each changed once so that it has a history, and the six checks of a vacancy."""
    worker = OccupancyFactory().worker
    made = {
        "workhealth": WorkHealthFactory(worker=worker),
        "dbs": DbsFactory(worker=worker),
        "adjustments": AdjustmentsFactory(worker=worker),
        "wellbeingplan": WellbeingPlanFactory(worker=worker),
    }
    for row in made.values():
        services.keep(by=cast.robin, record=row)
    vacancy = CheckFactory(kind="identity").vacancy
    for kind in set(Check.Kind.values) - {"identity"}:
        CheckFactory(kind=kind, vacancy=vacancy, status="cleared", checked_by="Canary Examiner", on=row.on)
    Check.objects.exclude(kind__in=Check.SENSITIVE).update(checked_by="Vera Readinglamp")
    return made


def everywhere(worker, statuses) -> list[str]:
    """Every page of HR that can be asked for, with searches for the words and look-ups by the fields."""
    pages = ["/hr/", "/hr/nothing/here/", "/hr/autocomplete/?app_label=workforce&model_name=worker&field_name=dbs"]
    for model, kind in site._registry.items():
        name = model._meta.model_name
        listed = page(name, "changelist")
        pages += [listed, f"{listed}?q=barre", f"{listed}?q=examin", f"{listed}?view=x&o=1.2.3"]
        pages += [f"{listed}?{look}=x" for look in ("dbs__level", "worker__dbs__is_cleared", "work_health__status")]
        pages += [f"{listed}?status=adjusted", f"{listed}?kind=criminal", f"{listed}?worker__adjustments__in_place=1"]
        pages += [page(name, "add")]
        for row in model._base_manager.all():
            pages += [page(name, "change", row), page(name, "history", row)]
            pages += [page(name, "made_in_error", row)] if getattr(kind, "can_be_struck_out", False) else []
        pages += [page(name, "change", worker).replace(str(worker.pk), "98765")]
        assert kind.autocomplete_fields == ()
    return pages


def found_by(client, pages) -> set[str]:
    """The canaries that some page shows, in its words or in a box to fill in."""
    found = set()
    for path in pages:
        answer = client.get(path)
        boxes = " ".join(box.get("value", "") for box in soup(answer).select("input"))
        said = f"{text_of(answer)} {boxes}".lower()
        found |= {canary for canary in CANARIES if canary in said}
    return found


@pytest.mark.parametrize("who", ["viewer", "nadia"])
def test_without_the_permission_no_page_shows_a_status(as_person, cast, viewer, statuses, who):
    worker = statuses["dbs"].worker
    client = as_person(viewer if who == "viewer" else cast.nadia)
    assert found_by(client, everywhere(worker, statuses)) == set()
    assert not Look.objects.filter(about_type__in=["workforce.Dbs", "workforce.WorkHealth"]).exists()


def test_the_hunt_would_find_them(as_person, keeper, statuses):
    """The same walk by somebody who may see them: each word is on some page, so that none is looked for in vain."""
    found = found_by(as_person(keeper), everywhere(statuses["dbs"].worker, statuses))
    assert found == set(CANARIES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["viewer", "nadia"])
def test_without_the_permission_the_pages_are_not_there(as_person, cast, viewer, statuses, who, kind):
    client = as_person(viewer if who == "viewer" else cast.nadia)
    row = statuses[kind]
    data = {"worker": row.worker.employee_number, "status": "cleared", "level": "basic", "seen": ""}
    for path in (
        page(kind, "changelist"),
        page(kind, "add"),
        page(kind, "change", row),
        page(kind, "history", row),
        page(kind, "change", row).replace(str(row.pk), "98765"),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path, data).status_code == 404
    assert row.history.count() == 2


def test_a_viewer_with_the_permission_reads_and_does_not_change(as_person, cast, viewer, statuses):
    RoleHeld.objects.create(person=viewer, role=Role.HR_SENSITIVE, from_at=clock.now(), given_by=cast.grace)
    client = as_person(viewer)
    for kind in KINDS:
        url = page(kind, "change", statuses[kind])
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (200, 403)
        assert client.get(page(kind, "add")).status_code == 403
    assert "Enhanced, with the children's barred list" in text_of(client.get(page("dbs", "change", statuses["dbs"])))


def test_the_role_alone_opens_nothing(as_person, cast, statuses):
    RoleHeld.objects.create(person=cast.morgan, role=Role.HR_SENSITIVE, from_at=clock.now(), given_by=cast.grace)
    assert as_person(cast.morgan).get(page("dbs", "change", statuses["dbs"])).status_code == 404
    assert (can(cast.morgan, READ_SENSITIVE), can(cast.morgan, CHANGE_SENSITIVE)) == (False, False)


def test_each_opening_is_a_look_and_the_list_tells_no_status(as_person, keeper, statuses):
    client = as_person(keeper)
    for kind in KINDS:
        rows = table_of(client.get(page(kind, "changelist")))
        assert rows == [[statuses[kind].worker.employee_number, statuses[kind].worker.full_name]]
    client.get(page("worker", "change", statuses["dbs"].worker))
    assert list(Look.objects.values_list("about_type", flat=True)) == ["workforce.Worker"]
    for kind in KINDS:
        client.get(page(kind, "change", statuses[kind]))
        client.get(page(kind, "history", statuses[kind]))
    looks = Look.objects.exclude(about_type="workforce.Worker")
    assert list(looks.values_list("actor", "what", "about_type", "about_id")) == [
        (keeper.pk, what, type(statuses[kind])._meta.label, str(statuses[kind].pk))
        for kind in KINDS
        for what in ("workforce.opened_record", "workforce.read_history")
    ]


def test_a_worker_s_page_leads_to_each(as_person, keeper, statuses):
    client = as_person(keeper)
    worker = statuses["dbs"].worker
    hrefs = {link["href"] for link in soup(client.get(page("worker", "change", worker))).select("a")}
    assert {page(kind, "change", statuses[kind]) for kind in KINDS} <= hrefs
    another = OccupancyFactory().worker
    hrefs = {link["href"] for link in soup(client.get(page("worker", "change", another))).select("a")}
    assert {f"{page(kind, 'add')}?worker={another.employee_number}" for kind in KINDS} <= hrefs


def test_nadia_keeps_a_status_and_the_audit_row_has_no_value(as_person, keeper, occupancy):
    client = as_person(keeper)
    url = f"{page('dbs', 'add')}?worker={occupancy.worker.employee_number}"
    form = client.get(url).context["form"]
    client.post(url, typed(form, level="enhanced", is_cleared="True", on=dt.date(2026, 8, 3)))
    made = Dbs.objects.get()
    assert (made.worker, made.level, made.is_cleared, made.on) == (
        occupancy.worker,
        "enhanced",
        True,
        dt.date(2026, 8, 3),
    )
    assert made.history.get().history_user == keeper
    entry = AuditEntry.objects.get(about_type="workforce.Dbs")
    assert (entry.verb, entry.about_id, entry.facts) == ("workforce.added_record", str(made.pk), {})


@pytest.mark.parametrize(
    ("kind", "changes", "errors"),
    [
        ("dbs", {"on": None}, {"on": ["Enter the day it was cleared"]}),
        ("dbs", {"is_cleared": "False"}, {"on": ["It is not cleared yet, so take the date out"]}),
        ("dbs", {"is_cleared": ""}, {"is_cleared": ["Choose the cleared"]}),
        ("dbs", {"level": "001234567890"}, {"level": ["Choose one from the list"]}),
        ("workhealth", {"status": "unwell"}, {"status": ["Choose one from the list"]}),
        ("workhealth", {"on": None}, {"on": ["Enter the date of this status"]}),
        ("adjustments", {"in_place": "perhaps"}, {"in_place": ["Choose one from the list"]}),
        ("wellbeingplan", {"status": ""}, {"status": ["Choose the status"]}),
    ],
)
def test_bad_input_is_said_on_its_field_and_kept(as_person, keeper, statuses, kind, changes, errors):
    client = as_person(keeper)
    data = typed(opened(client, kind, statuses[kind]), **changes)
    answer = client.post(page(kind, "change", statuses[kind]), data)
    assert (answer.status_code, errors_of(answer)) == (200, errors)
    assert typed(answer.context["form"]) == data


def test_a_worker_has_each_once(as_person, keeper, statuses):
    client = as_person(keeper)
    for kind in KINDS:
        form = client.get(page(kind, "add")).context["form"]
        answer = client.post(page(kind, "add"), typed(form, worker=statuses[kind].worker.employee_number))
        words = "This is already here for this worker. Open it from the worker's page"
        assert errors_of(answer)["worker"] == [words]


@pytest.mark.parametrize("wrong", [{"on": None}, {"is_cleared": False}])
def test_the_database_refuses_it_as_well(cast, wrong):
    row = DbsFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dbs.objects.filter(pk=row.pk).update(**wrong)


def test_these_are_the_fields_and_none_is_for_words():
    fields = {
        model.__name__: {field.name for field in model._meta.concrete_fields if not field.is_relation} - {"id"}
        for model in (WorkHealth, Dbs, Adjustments, WellbeingPlan)
    }
    assert fields == {
        "WorkHealth": {"status", "on"},
        "Dbs": {"level", "is_cleared", "on"},
        "Adjustments": {"in_place", "review_on"},
        "WellbeingPlan": {"status", "on"},
    }


def test_the_page_of_a_worker_asks_once_for_all_four(as_person, keeper, statuses):
    """Somebody else's rows came first, so no two of these have the same number: each way leads to its own."""
    worker = OccupancyFactory().worker
    others = (WorkHealthFactory, DbsFactory, AdjustmentsFactory, WellbeingPlanFactory)
    for more, factory in enumerate(others):
        factory.create_batch(more)
    made = dict(zip(KINDS, (factory(worker=worker) for factory in others), strict=True))
    with CaptureQueriesContext(connection) as asked:
        response = as_person(keeper).get(page("worker", "change", worker))
    tables = [row._meta.db_table for row in made.values()]
    assert [[table in query["sql"] for table in tables] for query in asked if tables[0] in query["sql"]] == [[True] * 4]
    ways = [link["href"] for link in soup(response).select(".app-belongings a")]
    assert [way for way in ways if any(f"/{kind}/" in way for kind in KINDS)] == [
        page(kind, "change", made[kind]) for kind in KINDS
    ]
