"""What imports of ESR files keep of a record goes when it is struck out, and the imports still work."""

import json

import pytest

from core.secrets import unseal
from tests.factories.esr import NEW, checked, line_of, saved, worked
from tests.factories.workforce import OccupancyFactory, PositionFactory, WorkerFactory
from tests.workforce.conftest import page, text_of
from tests.workforce.test_struck_out import struck
from workforce.esr import services
from workforce.esr.comparing import DryRun
from workforce.models import Absence, Occupancy, Position, Worker


@pytest.fixture
def held(cast):
    return OccupancyFactory(assignment_number="20088101-1")


def told_of(run) -> list[tuple[str, str, str]]:
    return list(run.differences.order_by("pk").values_list("kind", "field", "state"))


def test_open_and_accepted_differences_go_and_others_stay(as_person, cast, held):
    another = OccupancyFactory(assignment_number="20088102-1")
    run = saved(cast.nadia, line_of(held, last_name="Canarywas"), line_of(another, band="4"))
    waiting = checked(cast.nadia, line_of(held, hours="30", last_name="Canaryagain"), line_of(another, band="5"))
    trace = struck(cast.nadia, Worker.objects.get(pk=held.worker_id))
    assert told_of(run) == [("position", "band", "accepted")]
    assert told_of(waiting) == [("position", "band", "open")]
    client = as_person(cast.nadia)
    for each, tab in ((run, "accepted"), (waiting, "open")):
        assert "Canary" not in text_of(client.get(f"{page('esrimport', 'change', each)}?show={tab}"))
    kept = json.loads(unseal(trace.sealed))["esr"]
    assert {(each["run_id"], each["field"], each["after"]) for each in kept} == {
        (run.pk, "last_name", "Canarywas"),
        (waiting.pk, "last_name", "Canaryagain"),
        (waiting.pk, "hours", "30"),
    }
    services.accept_all(by=cast.nadia, run=waiting)
    assert worked(waiting).state == "done"


def test_nobody_who_was_struck_out_is_absent(cast, held):
    run = saved(cast.nadia, NEW)
    assert list(run.absences.values_list("occupancy", flat=True)) == [held.pk]
    struck(cast.nadia, held)
    assert not Absence.objects.exists()


def test_whoever_an_import_brought_in_is_named_nowhere_and_it_can_still_be_undone(as_person, cast, held):
    run = saved(cast.nadia, NEW)
    made = Occupancy.objects.get(assignment_number=NEW["assignment_number"])
    struck(cast.nadia, made)
    (left,) = run.differences.filter(kind="start")
    assert (left.state, left.before, left.after, left.number, left.assignment) == ("struck", None, None, "", "")
    assert set(left.made) == {"position", "worker"}
    client = as_person(cast.nadia)
    for tab in ("open", "accepted", "struck"):
        answer = client.get(f"{page('esrimport', 'change', run)}?show={tab}")
        assert answer.status_code == 200
        assert "Thornbury" not in text_of(answer)
        assert NEW["assignment_number"] not in text_of(answer)
    services.undo(by=cast.robin, run=run)
    assert worked(run).state == "undone"
    assert not Position.objects.filter(number=NEW["position_number"]).exists()
    assert not Worker.objects.filter(employee_number=NEW["employee_number"]).exists()
    assert "Thornbury" not in text_of(client.get(page("esrimport", "change", run)))
    assert told_of(run) == [("start", "", "struck")]


def test_of_somebody_with_their_post_nothing_at_all_is_left(cast, held):
    run = saved(cast.nadia, NEW)
    struck(cast.nadia, Worker.objects.get(employee_number=NEW["employee_number"]))
    struck(cast.nadia, Position.objects.get(number=NEW["position_number"]))
    assert told_of(run) == []


def test_a_file_that_would_bring_them_in_or_was_left_out_tells_nothing_either(as_person, cast, held):
    """Somebody entered by hand: a file that waits names them as new, and another's line of them was at fault."""
    waiting = checked(cast.nadia, NEW, line_of(held))
    faulty = checked(cast.nadia, {**NEW, "hours": "many"}, line_of(held, hours="lots"))
    made = OccupancyFactory(assignment_number=NEW["assignment_number"])
    trace = struck(cast.nadia, made)
    assert told_of(waiting) == []
    assert list(faulty.problems.values_list("assignment", flat=True)) == [held.assignment_number]
    client = as_person(cast.nadia)
    for run in (waiting, faulty):
        assert NEW["assignment_number"] not in text_of(client.get(page("esrimport", "change", run)))
    kept = json.loads(unseal(trace.sealed))["esr"]
    assert {each["run_id"] for each in kept} == {waiting.pk, faulty.pk}
    assert "Thornbury" in json.dumps(kept)


def test_the_same_line_proposes_the_person_again(cast, held):
    """The file says it still: so it is asked, and is for HR to leave, or for ESR to put right."""
    run = checked(cast.nadia, NEW, line_of(held))
    services.accept(by=cast.nadia, run=run, difference=run.differences.get(kind="start").pk)
    struck(cast.nadia, Occupancy.objects.get(assignment_number=NEW["assignment_number"]))
    services.check_again(by=cast.nadia, run=run)
    run = worked(run)
    assert ("start", "", "open") in told_of(run)
    services.accept(by=cast.nadia, run=run, difference=run.differences.get(kind="start", state="open").pk)
    assert Occupancy.objects.filter(assignment_number=NEW["assignment_number"]).count() == 1


def test_a_post_that_stays_is_not_told_of_with_the_number_of_who_held_it(as_person, cast, held):
    """Once as a person held here by that number, once as one who has it from the file alone."""
    nameless = OccupancyFactory(assignment_number="")
    number = f"{nameless.worker.employee_number}-1"
    run = checked(cast.nadia, line_of(held, band="4"), line_of(nameless, band="5"))
    text = text_of(as_person(cast.nadia).get(page("esrimport", "change", run)))
    assert (held.assignment_number in text, number in text) == (True, True)
    traces = [struck(cast.nadia, held), struck(cast.nadia, nameless)]
    assert list(run.differences.order_by("pk").values_list("kind", "field", "number", "assignment")) == [
        ("position", "band", held.position.number, ""),
        ("position", "band", nameless.position.number, ""),
    ]
    text = text_of(as_person(cast.nadia).get(page("esrimport", "change", run)))
    assert (held.assignment_number in text, number in text, text.count("not shown")) == (False, False, 2)
    said = [json.loads(unseal(trace.sealed))["esr"] for trace in traces]
    assert [{each["assignment"] for each in kept} for kept in said] == [{held.assignment_number}, {number}]
    services.accept_all(by=cast.nadia, run=run)
    assert (worked(run).state, told_of(run)) == ("done", [("position", "band", "accepted")] * 2)


def test_a_worker_who_stays_is_not_told_of_with_the_number_of_the_post(cast, held):
    """A new name came with the line of a post; the post was entered in error, and its holder was not."""
    run = checked(cast.nadia, line_of(held, last_name="Canarywas"))
    struck(cast.nadia, held.position)
    (left,) = run.differences.all()
    assert (left.kind, left.record, left.number, left.assignment) == ("worker", held.worker_id, "", "")


def test_somebody_without_a_post_is_found_by_the_employee_number(cast, held):
    """A worker entered by hand, whom a waiting file would start in a post; and a post that it would fill."""
    theirs = {name: NEW[name] for name in ("employee_number", "assignment_number", "last_name", "first_name")}
    by_post = {**NEW, "employee_number": "20099002", "assignment_number": "20099002-1"}
    waiting = checked(cast.nadia, line_of(held, **theirs), by_post)
    worker = WorkerFactory(employee_number=NEW["employee_number"])
    post = PositionFactory(number=NEW["position_number"])
    assert told_of(waiting) == [("start", "", "open")] * 2
    trace = struck(cast.nadia, worker)
    assert list(waiting.differences.values_list("number", flat=True)) == [NEW["position_number"]]
    assert [each["after"]["numbers"][1] for each in json.loads(unseal(trace.sealed))["esr"]] == ["20099001"]
    struck(cast.nadia, post)
    assert told_of(waiting) == []


def test_what_is_struck_out_while_a_file_is_compared_is_not_told_of(as_person, cast, held, monkeypatch):
    """The comparing reads first and writes at the end; in between somebody strikes out two records."""
    usual, asked = DryRun.go, []
    faulty = OccupancyFactory(assignment_number="20088103-1")

    def go(self, *args, **kwargs):
        usual(self, *args, **kwargs)
        if not asked:
            struck(cast.robin, held)
            struck(cast.robin, faulty)
        asked.append(self)

    monkeypatch.setattr(DryRun, "go", go)
    absent = OccupancyFactory(assignment_number="20088102-1")
    run = checked(cast.nadia, line_of(held, hours="30", band="4"), line_of(faulty, hours="many"))
    assert (run.state, len(asked)) == ("ready", 2)
    assert ("occupancy", held.pk) not in run.differences.values_list("kind", "record")
    assert list(run.absences.values_list("occupancy", flat=True)) == [absent.pk]
