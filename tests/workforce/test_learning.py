"""Courses in peer work, and the nine domains of competence."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from audit.models import Look
from tests.factories.workforce import CompetenceFactory, PeerTrainingFactory, WorkerFactory
from tests.workforce.conftest import errors_of, opened, page, soup, table_of, text_of, typed
from workforce.models import Competence, PeerTraining


def test_nadia_adds_a_course_from_the_page_of_its_worker(as_person, cast):
    worker = WorkerFactory(employee_number="20089999")
    client = as_person(cast.nadia)
    link = soup(client.get(page("worker", "change", worker))).find("a", string="Add a course")["href"]
    form = client.get(link).context["form"]
    data = typed(form, provider="Anytown College", course="Peer work", result="doing", starts_on=dt.date(2026, 5, 4))
    assert data["worker"] == "20089999"
    client.post(link, data)
    made = PeerTraining.objects.get()
    assert (made.worker, made.course, made.ended_on, made.result) == (worker, "Peer work", None, "doing")
    assert made.history.get().history_user == cast.nadia
    assert "Peer work, Anytown College : Doing it now" in text_of(client.get(page("worker", "change", worker)))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"ended_on": dt.date(2020, 1, 1)}, {"ended_on": ["The last day must be the same as or after the first day"]}),
        ({"course": ""}, {"course": ["Enter the course"]}),
        ({"provider": ""}, {"provider": ["Enter the organisation that ran it"]}),
        ({"result": "excellent"}, {"result": ["Choose one from the list"]}),
    ],
)
def test_bad_input_is_said_on_its_field_and_kept(as_person, cast, changes, errors):
    training = PeerTrainingFactory()
    client = as_person(cast.nadia)
    data = typed(opened(client, "peertraining", training), **changes)
    answer = client.post(page("peertraining", "change", training), data)
    assert (answer.status_code, errors_of(answer)) == (200, errors)
    assert typed(answer.context["form"]) == data


def test_a_course_that_is_finished_has_a_last_day(as_person, cast):
    training = PeerTrainingFactory(result="doing", ended_on=None)
    client = as_person(cast.nadia)
    data = typed(opened(client, "peertraining", training), result="finished")
    answer = client.post(page("peertraining", "change", training), data)
    assert errors_of(answer) == {"ended_on": ["Enter the last day of a course that is finished"]}


@pytest.mark.parametrize("wrong", [{"ended_on": dt.date(2020, 1, 1)}, {"ended_on": None}])
def test_the_database_refuses_it_as_well(cast, wrong):
    training = PeerTrainingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerTraining.objects.filter(pk=training.pk).update(**wrong)


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("result=finished", 1), ("q=recovery college", 1), ("q=winterbrook", 2), ("q=nothing", 0)],
)
def test_the_list_of_courses_finds(as_person, cast, query, found):
    PeerTrainingFactory()
    PeerTrainingFactory(provider="Another", result="doing")
    assert len(table_of(as_person(cast.nadia).get(f"{page('peertraining', 'changelist')}?{query}"))) == found


def test_nine_domains_on_one_page_and_counted(as_person, cast):
    worker = WorkerFactory()
    client = as_person(cast.nadia)
    link = soup(client.get(page("worker", "change", worker))).find("a", string="Add the nine domains")["href"]
    form = client.get(link).context["form"]
    assert set(Competence.DOMAINS) < set(form.fields)
    assert len(Competence.DOMAINS) == 9
    client.post(link, typed(form, values="signed", judgement="signed", knowledge="working"))
    made = Competence.objects.get()
    assert (made.worker, made.values, made.knowledge, made.self_care) == (worker, "signed", "working", "not_started")
    assert "The nine domains : 2 of 9 signed off" in text_of(client.get(page("worker", "change", worker)))
    assert table_of(client.get(page("competence", "changelist")))[0][2] == "2"
    client.post(page("competence", "change", made), typed(opened(client, "competence", made), self_care="working"))
    assert table_of(client.get(page("competence", "history", made)))[0][2:] == [
        "Looking after oneself, and using supervision",
        "Not started",
        "Working on it",
    ]


def test_a_worker_has_the_nine_domains_once(as_person, cast):
    competence = CompetenceFactory()
    client = as_person(cast.nadia)
    form = client.get(page("competence", "add")).context["form"]
    answer = client.post(page("competence", "add"), typed(form, worker=competence.worker.employee_number))
    assert errors_of(answer) == {"worker": ["The domains of this worker are already here"]}
    assert Competence.objects.count() == 1


def test_opening_them_is_a_look(as_person, viewer):
    training, competence = PeerTrainingFactory(), CompetenceFactory()
    client = as_person(viewer)
    client.get(page("peertraining", "change", training))
    client.get(page("competence", "history", competence))
    assert list(Look.objects.values_list("what", "about_type", "about_id")) == [
        ("workforce.opened_record", "workforce.PeerTraining", str(training.pk)),
        ("workforce.read_history", "workforce.Competence", str(competence.pk)),
    ]
