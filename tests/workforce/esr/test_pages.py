"""The pages of an import, as HR sees them."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry, Look
from tests.factories.esr import NEW, checked, file_of, line_of, listed, saved, worked
from tests.factories.workforce import OccupancyFactory
from tests.workforce.conftest import page, soup, table_of, text_of
from workforce import services as records
from workforce.esr import services
from workforce.esr.opening import REFUSALS
from workforce.models import EsrImport, Occupancy, Position, ReferenceValue

ADD, LIST = reverse("hr:workforce_esrimport_add"), reverse("hr:workforce_esrimport_changelist")


@pytest.fixture
def held(cast):
    return OccupancyFactory(assignment_number="20088101-1")


@pytest.fixture
def nadia(as_person, cast):
    return as_person(cast.nadia)


def tabs(answer) -> list[str]:
    return [" ".join(link.get_text().split()) for link in soup(answer).select(".app-parts a")]


def buttons(answer) -> list[str]:
    return [" ".join(each.get_text().split()) for each in soup(answer).select("main .nhsuk-button-group button")]


def test_from_a_file_to_the_records_and_back(nadia, cast, held):
    OccupancyFactory()
    sent = nadia.post(ADD, {"file": file_of(line_of(held, band="4"), {**NEW, "band": "9"})}, follow=True)
    run = EsrImport.objects.get()
    assert sent.redirect_chain == [(page("esrimport", "change", run), 302)]
    chosen = sent.context["form"].initial
    assert chosen["assignment_number"] == 3
    waiting = nadia.post(page("esrimport", "change", run), {**chosen, "act": "columns"}, follow=True)
    assert (waiting["Refresh"], "0 of 2 rows checked" in text_of(waiting)) == ("5", True)
    assert "Refresh" not in nadia.get(page("esrimport", "change", run) + "?still=1")
    worked(run)

    ready = nadia.get(page("esrimport", "change", run))
    assert tabs(ready) == ["To decide (1)", "Lines left out (1)", "Not in the file (1)"]
    assert buttons(ready) == ["Accept all 1", "Check again", "Throw the file away"]
    assert table_of(ready)[0][:6] == ["2", held.position.number, "20088101-1", "Band", "3", "4"]
    wrong = nadia.get(page("esrimport", "change", run), {"show": "problems"})
    assert table_of(wrong) == [["3", "20099001-2", "There is no band “9”."]]
    absent = nadia.get(page("esrimport", "change", run), {"show": "absent"})
    assert len(table_of(absent)) == 1

    nadia.post(page("esrimport", "change", run), {"act": "accept_all"})
    worked(run)
    assert Position.objects.get(pk=held.position_id).band == "4"
    done = nadia.get(page("esrimport", "change", run))
    assert (tabs(done)[1], buttons(done)) == ("Accepted (1)", ["Undo this import"])
    nadia.post(page("esrimport", "change", run), {"act": "undo"})
    worked(run)
    assert Position.objects.get(pk=held.position_id).band == "3"
    assert tabs(nadia.get(page("esrimport", "change", run)))[0] == "Undone (1)"


def test_one_by_one(nadia, cast, held):
    run = checked(cast.nadia, line_of(held, band="4", hours="30"))
    band, hours = run.differences.all()
    url = page("esrimport", "change", run)
    answer = nadia.post(url, {"act": "accept", "difference": band.pk, "show": "open", "p": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{url}?show=open&p=1", 302)]
    assert "Saved. The history of the record shows it." in text_of(answer)
    answer = nadia.post(url, {"act": "leave", "difference": hours.pk}, follow=True)
    assert "Left as it was." in text_of(answer)
    assert tabs(answer)[:3] == ["To decide (0)", "Accepted (1)", "Left as they were (1)"]
    assert (Position.objects.get().band, Occupancy.objects.get().hours) == ("4", held.hours)


def test_a_stale_one_is_said(nadia, cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    held.position.team = "Willow Ward"
    records.keep(by=cast.robin, record=held.position)
    difference = run.differences.get().pk
    answer = nadia.post(page("esrimport", "change", run), {"act": "accept", "difference": difference}, follow=True)
    assert "Not saved: this record has changed since the file was checked." in text_of(answer)
    assert tabs(answer)[:2] == ["To decide (0)", "Not saved, changed meanwhile (1)"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00", REFUSALS["not_rows"]),
        (b"", "The file is empty. Choose another file."),
        (b"a,b\n" + b"1,2\n" * 200_000, REFUSALS["too_many_rows"]),
        (None, "Choose a file"),
    ],
)
def test_a_bad_file_is_said_on_the_page(nadia, content, words):
    data = {} if content is None else {"file": SimpleUploadedFile("staff.csv", content)}
    answer = nadia.post(ADD, data)
    assert (answer.status_code, answer.context["form"].errors) == (200, {"file": [words]})
    assert soup(answer).title.get_text().startswith("Error: ")
    assert EsrImport.objects.count() == 0


def test_bad_columns_are_said_on_their_field_and_kept(nadia, cast):
    run = services.upload(by=cast.nadia, file=file_of(NEW))
    data = {"act": "columns", "assignment_number": "0", "position_number": "0", "band": "99", "title": "1"}
    answer = nadia.post(page("esrimport", "change", run), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {
        "position_number": ["You chose this column for “Assignment number” as well"],
        "band": ["Choose a column from the list"],
    }
    assert answer.context["form"]["title"].value() == "1"
    answer = nadia.post(page("esrimport", "change", run), {"act": "columns"})
    assert answer.context["form"].errors["assignment_number"] == ["Choose the column of the assignment number"]
    run.refresh_from_db()
    assert run.state == "columns"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"act": "wild"},
        {"act": "accept"},
        {"act": "accept", "difference": "x"},
        {"act": "accept", "difference": "9" * 40},
        {"act": "leave", "difference": "1\x00"},
        {"act": "columns"},
        {"act": "undo", "show": "\x00", "p": "x"},
    ],
)
def test_wild_input_changes_nothing_and_is_no_crash(nadia, cast, held, data):
    run = checked(cast.nadia, line_of(held, band="4"))
    assert nadia.post(page("esrimport", "change", run), data, follow=True).status_code == 200
    assert list(run.differences.values_list("state", flat=True)) == ["open"]


@pytest.mark.parametrize("query", ["show=wild", "show=accepted", "p=x", "p=99", "p=-1", "show=%00"])
def test_a_wild_address_is_not_a_crash(nadia, cast, held, query):
    run = checked(cast.nadia, line_of(held, band="4"))
    assert len(table_of(nadia.get(page("esrimport", "change", run) + f"?{query}"))) == 1


def test_an_import_that_is_not_there(nadia):
    for path in ("0", "9" * 40, "x"):
        assert nadia.get(f"{LIST}{path}/change/").status_code == 404


def test_a_viewer_has_no_import(as_person, viewer, cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    client = as_person(viewer)
    for url in (ADD, LIST, page("esrimport", "change", run), f"{LIST}987/change/"):
        assert (client.get(url).status_code, client.post(url, {"act": "accept_all"}).status_code) == (403, 403)
    assert "Files from ESR" not in text_of(client.get("/hr/"))
    run.refresh_from_db()
    assert (run.state, Look.objects.count()) == ("ready", 0)


def test_whoever_is_absent_is_marked_in_the_list_and_on_the_record(nadia, cast, held):
    absent = OccupancyFactory()
    saved(cast.nadia, line_of(held))
    rows = table_of(nadia.get(page("occupancy", "changelist"), {"esr": "absent"}))
    assert [row[0] for row in rows] == [absent.position.number]
    assert "Not in the latest ESR file" in text_of(nadia.get(page("occupancy", "change", absent)))
    assert (
        "Not in the latest ESR file" not in text_of(nadia.get(page("occupancy", "change", held))).split("Contract")[1]
    )


def test_a_look_is_logged_and_no_name_is_written_anywhere_else(nadia, cast, caplog):
    caplog.set_level(logging.DEBUG)
    run = saved(cast.nadia, NEW)
    nadia.get(page("esrimport", "change", run))
    look = Look.objects.get()
    assert (look.actor, look.what, look.about_id) == (cast.nadia, "workforce.opened_esr_import", str(run.pk))
    said = " ".join(str(row) for row in [run, *run.differences.all(), *Occupancy.objects.all()])
    facts = str(list(AuditEntry.objects.values_list("facts", flat=True)))
    for words in (said, facts, caplog.text):
        assert "Thornbury" not in words
        assert "Hazel" not in words


def test_pages_cost_the_same_for_one_and_many_and_no_more_than_twelve(nadia, cast):
    listed("job_role", "Peer Mentor")

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert nadia.get(url).status_code == 200
        return len(queries)

    def run_of(count: int) -> EsrImport:
        some = OccupancyFactory.create_batch(count)
        OccupancyFactory.create_batch(count)
        wrong = [{**NEW, "band": "9", "assignment_number": str(n)} for n in range(count)]
        return checked(cast.nadia, *(line_of(each, band="4", job_role="Peer Mentor") for each in some), *wrong)

    costs = []
    for count in (1, 4):
        run = run_of(count)
        pages = [page("esrimport", "change", run) + f"?show={show}" for show in ("open", "problems", "absent")]
        cost(pages[0])
        costs.append([cost(url) for url in (*pages, LIST, ADD)])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12, costs[0]


def test_the_lists_of_codes_say_what_nobody_has_checked(nadia, cast):
    ReferenceValue.objects.all().delete()
    listed("job_role", "Peer Mentor")
    ReferenceValue.objects.create(kind="job_role", words="Peer Guide")
    rows = table_of(nadia.get(page("referencevalue", "changelist"), {"kind": "job_role"}))
    assert rows == [
        ["Peer Guide", "Not set", "Job role", "Unverified", "Yes"],
        ["Peer Mentor", "Not set", "Job role", "1 August 2026", "Yes"],
    ]


def test_the_history_of_a_post_says_codes_in_words(nadia, cast, held):
    role = listed("job_role", "Peer Mentor")
    held.position.job_role = role
    records.keep(by=cast.nadia, record=held.position)
    rows = table_of(nadia.get(page("position", "history", held.position)))
    assert rows[0][2:] == ["Job role", "not set", "Peer Mentor"]
    choices = soup(nadia.get(page("position", "change", held.position))).select("#id_job_role option")
    assert "Peer Mentor" in [choice.get_text(strip=True) for choice in choices]
