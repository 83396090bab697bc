"""An entry made in error is struck out: nowhere for HR, sealed for the governance lead."""

import datetime as dt
import json
import re

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEntry, Look
from core.errors import Refused
from core.secrets import unseal
from tests.conftest import MORNING
from tests.factories.workforce import (
    CheckFactory,
    CompetenceFactory,
    DbsFactory,
    OccupancyFactory,
    PeerTrainingFactory,
    PositionFactory,
    VacancyFactory,
    WorkHealthFactory,
)
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce import services
from workforce.admin import site
from workforce.belonging import mark_of, told_with
from workforce.models import (
    Check,
    Dbs,
    Occupancy,
    PeerTraining,
    Recorded,
    ReferenceValue,
    StruckOut,
    WorkHealth,
)

WHY = "Entered Hazel Thornbury, and it was another person."
RECORDED = [model for model in apps.get_app_config("workforce").get_models() if issubclass(model, Recorded)]


def struck(by, record, reason=WHY) -> StruckOut:
    return services.strike_out(by=by, record=record, reason=reason, seen=mark(record))


def mark(record) -> str:
    """What the page would carry that tells what goes."""
    return mark_of(told_with(type(record)._base_manager.get(pk=record.pk)))


def sent(client, kind, row, reason=WHY, **more):
    """Press the button of the page as it is shown."""
    url = page(kind, "made_in_error", row)
    seen = soup(client.get(url)).find("input", {"name": "seen"})["value"]
    return client.post(url, {"reason": reason, "seen": seen, **more}, follow=True)


def rows_and_states(*records) -> list[tuple[bool, bool]]:
    """Of each record: is it in its table, and is there a history of it?"""
    return [
        (
            type(each)._base_manager.filter(pk=each.pk).exists(),
            type(each).history.filter(id=each.pk).exists(),
        )
        for each in records
    ]


GONE, STAYS = (False, False), (True, True)

# -- the story ----------------------------------------------------------------------------------------------------


def test_nadia_strikes_out_a_worker_with_all_that_belongs_to_them(as_person, keeper, cast):
    worker = OccupancyFactory(assignment_number="20081111-1").worker
    occupancy = worker.occupancies.get()
    others = [factory(worker=worker) for factory in (PeerTrainingFactory, CompetenceFactory, DbsFactory)]
    another = OccupancyFactory(position=occupancy.position)
    occupancy.peer_supervisor = "Juniper Hathersedge"
    services.keep(by=cast.robin, record=occupancy)
    client = as_person(keeper)
    assert page("worker", "made_in_error", worker) in {
        link["href"] for link in soup(client.get(page("worker", "change", worker))).select("a")
    }
    url = page("worker", "made_in_error", worker)
    goes = [item.get_text() for item in soup(client.get(url)).select("main ul.nhsuk-list--bullet li")]
    assert goes == [
        "this worker and its whole history",
        f"Occupancy: {worker.full_name} (employee number {worker.employee_number}) in {occupancy.position}, "
        "from 28 July 2025, with its history",
        "Peer training course: Peer support in practice, Anytown Recovery College, with its history",
        "Competence: 1, with its history",
        "anything of this worker that only some people in HR may see",
        "what files from ESR said about any of these",
    ]
    answer = sent(client, "worker", worker)
    assert answer.redirect_chain == [(page("worker", "changelist"), 302)]
    assert "Struck out. Nobody in HR sees it any more." in text_of(answer)
    assert rows_and_states(worker, occupancy, *others) == [GONE] * 5
    assert rows_and_states(occupancy.position, another, another.worker) == [STAYS] * 3
    assert client.get(page("worker", "change", worker)).status_code == 404
    assert client.get(page("occupancy", "history", occupancy)).status_code == 404


def test_no_page_of_hr_tells_of_it_any_more(as_person, keeper, cast):
    """Each list, the first page, the page of the post and its history: before, the name is there; after, nowhere."""
    worker = OccupancyFactory(worker__last_name="Canarystruck", assignment_number="20081111-1").worker
    occupancy = worker.occupancies.get()
    DbsFactory(worker=worker)
    client = as_person(keeper)
    pages = ["/hr/", page("position", "change", occupancy.position), page("position", "history", occupancy.position)]
    for model in site._registry:
        pages += [(listed := page(model._meta.model_name, "changelist")), f"{listed}?q=Canarystruck"]

    def telling():
        """Not counting the words that were looked for, which a list repeats."""
        said = {path: " ".join(map(" ".join, table_of(answer))) for path in pages if (answer := client.get(path))}
        return [path for path, words in said.items() if "Canarystruck" in words]

    assert page("worker", "changelist") in telling()
    assert page("position", "change", occupancy.position) in telling()
    sent(client, "worker", worker)
    assert telling() == []


def test_the_numbers_are_free_again(cast, occupancy):
    number, employee = occupancy.position.number, occupancy.worker.employee_number
    Occupancy.objects.filter(pk=occupancy.pk).update(assignment_number="20081111-1")
    struck(cast.nadia, occupancy.position)
    struck(cast.nadia, occupancy.worker)
    again = OccupancyFactory(position__number=number, worker__employee_number=employee, assignment_number="20081111-1")
    assert (again.position.history.count(), again.worker.history.count(), again.history.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("make", "going", "staying"),
    [
        (lambda: OccupancyFactory(), lambda row: [row], lambda row: [row.position, row.worker]),
        (
            lambda: CheckFactory().vacancy,
            lambda row: [row, *row.checks.all()],
            lambda row: [row.position],
        ),
        (
            lambda: OccupancyFactory(position=VacancyFactory().position).position,
            lambda row: [row, *row.vacancies.all(), *row.occupancies.all()],
            lambda row: [each.worker for each in row.occupancies.all()],
        ),
        (lambda: PeerTrainingFactory(), lambda row: [row], lambda row: [row.worker]),
        (lambda: WorkHealthFactory(), lambda row: [row], lambda row: [row.worker]),
    ],
    ids=["occupancy", "vacancy", "position", "training", "health"],
)
def test_what_belongs_to_it_goes_and_what_it_belongs_to_stays(cast, make, going, staying):
    row = make()
    gone, left = going(row), staying(row)
    struck(cast.nadia, row)
    assert rows_and_states(*gone) == [GONE] * len(gone)
    assert rows_and_states(*left) == [STAYS] * len(left)


def test_a_check_is_one_of_six_so_a_new_one_stands_in_its_place(as_person, keeper, cast):
    check = CheckFactory(kind="criminal", status="referred", on=dt.date(2026, 8, 1), checked_by="Wren Aldersey")
    answer = sent(as_person(keeper), "check", check)
    assert answer.redirect_chain == [(page("check", "changelist"), 302)]
    now = Check.objects.get(vacancy=check.vacancy, kind="criminal")
    assert (now.status, now.on, now.checked_by, now.history.count()) == ("not_started", None, "", 1)
    assert rows_and_states(check) == [GONE]


def test_a_check_of_a_vacancy_that_is_over_stays(cast):
    check = CheckFactory(kind="identity")
    services.move(by=cast.nadia, vacancy=check.vacancy, name="withdraw")
    with pytest.raises(Refused, match="The vacancy is withdrawn, so its checks stay as they are"):
        struck(cast.nadia, check)
    assert rows_and_states(check) == [STAYS]


# -- what is left -------------------------------------------------------------------------------------------------


def test_the_trace_is_sealed_and_holds_everything(cast, occupancy):
    occupancy.hours = "30"
    services.keep(by=cast.robin, record=occupancy)
    trace = struck(cast.nadia, occupancy)
    assert (trace.kind, trace.record, trace.at, trace.by) == ("occupancy", occupancy.pk, MORNING, cast.nadia)
    columns = " ".join(str(value) for value in StruckOut.objects.values().get().values())
    assert not [word for word in ("Hazel", "Thornbury", "permanent", "Permanent") if word in columns]
    assert trace.reason == WHY
    contents = json.loads(unseal(trace.sealed))
    (row,) = contents["rows"]
    assert row["row"]["position_id"] == occupancy.position_id
    assert ["Contract", "Permanent"] in row["fields"]
    assert [each["who"] for each in row["saved"]] == ["Robin Alderfield", "Loaded when the records began"]
    assert row["saved"][0]["changes"] == [["Hours a week", "22.5", "30"]]
    assert len(row["states"]) == 2
    entry = AuditEntry.objects.get(verb="workforce.struck_out")
    assert (entry.actor, entry.about_type, entry.about_id) == (cast.nadia, "workforce.StruckOut", str(trace.pk))
    assert entry.facts == {"kind": "occupancy", "rows": 1}


@pytest.mark.parametrize(
    "act", [lambda rows: rows.update(kind="another"), lambda rows: rows.delete()], ids=["update", "delete"]
)
def test_the_trace_is_never_changed_or_deleted(cast, occupancy, act):
    struck(cast.nadia, occupancy)
    before = list(StruckOut.objects.values())
    with pytest.raises(Error, match="struck_out_is_append_only"), transaction.atomic():
        act(StruckOut.objects.all())
    assert list(StruckOut.objects.values()) == before
    assert len(before) == 1


def test_owen_sees_who_and_why_and_opens_it_with_a_reason_that_is_written_down(as_person, cast, occupancy):
    occupancy.peer_supervisor = "Juniper Hathersedge"
    services.keep(by=cast.robin, record=occupancy)
    trace = struck(cast.nadia, occupancy)
    client = as_person(cast.owen)
    assert page("struckout", "changelist") in {link["href"] for link in soup(client.get("/me/")).select("a")}
    listed = client.get(page("struckout", "changelist"))
    assert table_of(listed) == [["Tuesday 1 September 2026 at 10am", "Occupancy", "Nadia Ferrowick", WHY]]
    url = page("struckout", "change", trace)
    shown = client.get(url)
    assert "Juniper Hathersedge" not in text_of(shown)
    for reason in ("", "   ", "x" * 301):
        answer = client.post(url, {"reason": reason})
        assert list(errors_of(answer)) == ["reason"]
        assert "Juniper Hathersedge" not in text_of(answer)
    assert not Look.objects.exists()
    answer = client.post(url, {"reason": "The worker asked what we held."})
    assert "Peer supervisor Juniper Hathersedge" in text_of(answer)
    assert "Robin Alderfield: Peer supervisor from not set to Juniper Hathersedge" in text_of(answer)
    look = Look.objects.get()
    assert (look.actor, look.what, look.about_type, look.about_id, look.reason) == (
        *(cast.owen, "workforce.read_struck_out", "workforce.StruckOut", str(trace.pk)),
        "The worker asked what we held.",
    )


def test_a_key_that_is_missing_is_said(as_person, cast, occupancy, settings):
    trace = struck(cast.nadia, occupancy)
    settings.SECRETS_KEYS = ["MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="]
    client = as_person(cast.owen)
    assert table_of(client.get(page("struckout", "changelist")))[0][-1] == "None of our keys opens it"
    answer = client.post(page("struckout", "change", trace), {"reason": "To see."})
    assert errors_of(answer) == {
        "__all__": ["None of the keys that we have opens this. Tell the IT service desk that a key is missing."]
    }
    assert not Look.objects.exists()


@pytest.mark.parametrize("who", ["nadia", "samuel", "robin", "grace", "ishani"])
def test_nobody_but_the_governance_lead_learns_that_there_is_a_trace(as_person, cast, viewer, keeper, occupancy, who):
    trace = struck(cast.nadia, occupancy)
    client = as_person(cast.people[who])
    for path in (page("struckout", "changelist"), page("struckout", "change", trace), page("struckout", "add")):
        assert (client.get(path).status_code, client.post(path, {"reason": WHY}).status_code) == (404, 404)
    assert "truck out" not in text_of(client.get("/hr/"))


def test_the_governance_lead_sees_nothing_else_of_hr(as_person, cast, occupancy):
    client = as_person(cast.owen)
    for path in ("/hr/", page("position", "changelist"), page("occupancy", "made_in_error", occupancy)):
        assert client.get(path).status_code == 404


# -- who may, and bad input -------------------------------------------------------------------------------------------


def test_a_viewer_is_told_whom_to_ask(as_person, viewer, occupancy):
    client = as_person(viewer)
    url = page("occupancy", "made_in_error", occupancy)
    assert url not in client.get(page("occupancy", "change", occupancy)).content.decode()
    for answer in (client.get(url), client.post(url, {"reason": WHY, "seen": mark(occupancy)})):
        assert answer.status_code == 403
        assert "ask the HR team" in text_of(answer)
    assert rows_and_states(occupancy) == [STAYS]


def test_a_status_is_struck_out_only_by_those_who_may_see_it(as_person, cast, keeper):
    status = DbsFactory()
    client = as_person(keeper)
    assert client.get(page("dbs", "made_in_error", status)).status_code == 200
    keeper.roles.filter(role="hr_sensitive").delete()
    client = as_person(type(keeper).objects.get(pk=keeper.pk))
    url = page("dbs", "made_in_error", status)
    data = {"reason": WHY, "seen": mark(status)}
    assert (client.get(url).status_code, client.post(url, data).status_code) == (404, 404)
    assert rows_and_states(status) == [STAYS]


def test_whether_there_is_a_status_cannot_be_learnt_from_the_page(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("worker", "made_in_error", occupancy.worker)
    before = soup(client.get(url)).select_one("main").get_text()
    DbsFactory(worker=occupancy.worker)
    WorkHealthFactory(worker=occupancy.worker)
    assert soup(client.get(url)).select_one("main").get_text() == before
    assert Look.objects.filter(what="workforce.opened_record", about_type="workforce.Worker").count() == 2
    sent(client, "worker", occupancy.worker)
    assert (Dbs.objects.count(), WorkHealth.objects.count(), Dbs.history.count()) == (0, 0, 0)


@pytest.mark.parametrize("kind", sorted(Check.SENSITIVE))
def test_nor_how_a_check_of_health_or_of_a_criminal_record_stands(as_person, cast, kind):
    """Nor from the mark that the page carries: it stays the same, and guessing does not make it."""
    vacancy = VacancyFactory()
    checks = {name: CheckFactory(vacancy=vacancy, kind=name) for name in (kind, "identity")}
    client = as_person(cast.nadia)
    url = page("vacancy", "made_in_error", vacancy)
    seen = lambda: soup(client.get(url)).find("input", {"name": "seen"})["value"]  # noqa: E731
    before, done = seen(), {"status": "cleared", "on": dt.date(2026, 8, 1), "checked_by": "Wren Aldersey"}
    Check.objects.filter(pk=checks[kind].pk).update(**done)
    assert seen() == before
    Check.objects.filter(pk=checks["identity"].pk).update(**done)
    assert seen() != before


def test_the_mark_is_keyed(occupancy, settings):
    before = mark(occupancy)
    settings.SECRET_KEY = "another"
    assert mark(occupancy) != before


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Say what was wrong with it"),
        ("   ", "Say what was wrong with it"),
        ("x" * 501, "What was wrong must be 500 characters or fewer"),
    ],
)
def test_without_a_reason_nothing_goes_and_what_was_typed_stays(as_person, cast, occupancy, reason, words):
    answer = sent(as_person(cast.nadia), "occupancy", occupancy, reason)
    assert errors_of(answer) == {"reason": [words]}
    assert soup(answer).find("textarea", {"name": "reason"}).get_text().strip() == reason.strip()
    assert rows_and_states(occupancy) == [STAYS]
    with pytest.raises(Refused):
        struck(cast.nadia, occupancy, " ")


def test_what_goes_is_looked_at_again_when_it_has_changed(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("position", "made_in_error", occupancy.position)
    seen = soup(client.get(url)).find("input", {"name": "seen"})["value"]
    another = OccupancyFactory(position=occupancy.position)
    answer = client.post(url, {"reason": WHY, "seen": seen})
    assert errors_of(answer) == {
        "__all__": [
            "Something here has changed since you opened this page. Look at what goes now, before you strike it out."
        ]
    }
    assert another.worker.full_name in text_of(answer)
    assert rows_and_states(occupancy.position, occupancy) == [STAYS, STAYS]
    seen = soup(answer).find("input", {"name": "seen"})["value"]
    client.post(url, {"reason": WHY, "seen": seen})
    assert rows_and_states(occupancy.position, occupancy, another) == [GONE] * 3


@pytest.mark.parametrize("seen", ["", "nonsense", "0" * 64])
def test_a_press_that_does_not_say_what_it_saw_strikes_nothing(as_person, cast, occupancy, seen):
    answer = as_person(cast.nadia).post(page("occupancy", "made_in_error", occupancy), {"reason": WHY, "seen": seen})
    assert list(errors_of(answer)) == ["__all__"]
    assert rows_and_states(occupancy) == [STAYS]


def test_pressed_twice_is_struck_once(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    url = page("occupancy", "made_in_error", occupancy)
    data = {"reason": WHY, "seen": mark(occupancy)}
    answers = [client.post(url, data) for _ in range(2)]
    assert [(each.status_code, each.url) for each in answers] == [(302, page("occupancy", "changelist"))] * 2
    assert StruckOut.objects.count() == 1
    assert client.get(url).status_code == 404
    other = page("occupancy", "made_in_error", occupancy).replace(f"/{occupancy.pk}/", "/987654/")
    assert client.post(other, data).status_code == 404


def test_what_is_still_used_stays_and_it_is_said_by_what(cast):
    entry = ReferenceValue.objects.create(kind="job_role", words="Peer Mentor")
    position = PositionFactory(job_role=entry)
    with pytest.raises(Refused, match="This is still used by 1 position. Change that first."):
        struck(cast.nadia, entry)
    assert rows_and_states(entry, position) == [STAYS, STAYS]


def test_a_code_of_a_list_has_no_such_page(as_person, cast):
    entry = ReferenceValue.objects.create(kind="job_role", words="Peer Mentor")
    url = page("referencevalue", "change", entry)
    answer = as_person(cast.nadia).get(url.replace("/change/", "/made-in-error/"))
    assert answer.status_code == 404
    assert "made in error" not in text_of(as_person(cast.nadia).get(url))


def test_an_edit_that_comes_too_late_brings_nothing_back(as_person, cast, occupancy):
    client = as_person(cast.nadia)
    data = typed(opened(client, "occupancy", occupancy), hours="15")
    struck(cast.robin, occupancy)
    assert client.post(page("occupancy", "change", occupancy), data).status_code == 404
    occupancy.hours = 15
    with pytest.raises(Refused, match="no longer here"):
        services.keep(by=cast.nadia, record=occupancy)
    assert rows_and_states(occupancy) == [GONE]


def test_nothing_is_added_to_what_is_gone(cast, occupancy):
    late = Occupancy(position=occupancy.position, worker=occupancy.worker, contract="bank", hours=7)
    late.starts_on = dt.date(2020, 1, 1)
    struck(cast.nadia, occupancy.worker)
    with pytest.raises(Refused, match="This worker is no longer here") as refused:
        services.keep(by=cast.nadia, record=late)
    assert refused.value.field == "worker"
    assert Occupancy.objects.count() == 0


# -- rules over the whole room -------------------------------------------------------------------------------------


def test_every_key_to_a_record_says_whether_its_row_goes_along():
    """Goes along, stands in the way or lets go: for the tables, and for `belonging`, there is nothing else."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Recorded)
        and field.db_constraint
        and field.remote_field.on_delete not in (models.CASCADE, models.PROTECT, models.SET_NULL)
    ]
    assert wrong == []


def test_every_kind_of_record_can_be_struck_out_but_these():
    kinds = {model._meta.model_name: site.get_model_admin(model) for model in RECORDED}
    assert {name for name, kind in kinds.items() if not kind.can_be_struck_out} == {"referencevalue"}


def test_a_record_is_deleted_by_striking_it_out_and_by_undoing_an_import_alone(settings):
    """Else it would pass by the trace. Rows of imports and of files are no records."""
    no_records = ("FileRows", "Absence", "Difference", "Problem", "run.")
    found = [
        f"{path.name}: {line.strip().split('  #')[0]}"
        for path in sorted((settings.BASE_DIR / "workforce").rglob("*.py"))
        if "migrations" not in path.parts
        for line in path.read_text().splitlines()
        if re.search(r"\.(_raw_)?delete\(", line) and not any(word in line for word in no_records)
    ]
    assert found == [
        "writing.py: rows._raw_delete(rows.db)",
        "striking.py: states._raw_delete(states.db)",
        "striking.py: rows._raw_delete(rows.db)",
    ]


@pytest.mark.parametrize("kind", ["worker", "position", "vacancy", "occupancy", "check", "peertraining", "struckout"])
def test_a_page_asks_few_questions_however_much_goes(as_person, cast, kind):
    check = CheckFactory()
    position, worker = check.vacancy.position, OccupancyFactory(position=check.vacancy.position).worker
    for _ in range(5):
        OccupancyFactory(position=position)
        OccupancyFactory(worker=worker)
        PeerTrainingFactory(worker=worker)
        CheckFactory(vacancy__position=position)
    CompetenceFactory(worker=worker)
    rows = {"worker": worker, "position": position, "vacancy": check.vacancy, "check": check}
    rows |= {"occupancy": worker.occupancies.first(), "peertraining": PeerTraining.objects.first()}
    rows["struckout"] = struck(cast.nadia, OccupancyFactory())
    client = as_person(cast.owen if kind == "struckout" else cast.nadia)
    url = page(kind, "change" if kind == "struckout" else "made_in_error", rows[kind])
    client.get(url)  # the first page of a visit notes when it began
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len(asked) <= 12
