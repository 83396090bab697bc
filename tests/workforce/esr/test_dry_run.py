"""The dry run: what differs, what is wrong, who is absent, and that nothing is changed by it."""

import pytest

from tests.factories.esr import NEW, checked, file_of, found, line_of, listed, problems, worked
from tests.factories.workforce import OccupancyFactory, PositionFactory, WorkerFactory, days
from workforce.esr import comparing, services
from workforce.models import ColumnChoice, EsrImport, FileRows, Occupancy, Position, Worker


@pytest.fixture
def held(cast):
    """Somebody in a post, whose assignment number is known."""
    return OccupancyFactory(assignment_number="20088101-1")


def test_a_file_that_says_what_is_held_finds_nothing(cast, held):
    run = checked(cast.nadia, line_of(held))
    assert (run.state, run.rows_done, found(run), problems(run), run.absences.count()) == ("ready", 1, [], [], 0)


def test_differences_are_matched_on_the_assignment_number(cast, held):
    listed("job_role", "Peer Mentor", "X1")
    number = held.position.number
    line = line_of(
        held, band="Band 4", hours="30", starts_on="2025-01-06", last_name="Ashgrove", job_role="peer mentor"
    )
    run = checked(cast.nadia, line)
    entry = run.differences.get(field="job_role").after
    assert found(run) == [
        (2, "position", "band", "3", "4"),
        (2, "position", "job_role", None, entry),
        (2, "worker", "last_name", held.worker.last_name, "Ashgrove"),
        (2, "occupancy", "hours", "22.5", "30"),
        (2, "occupancy", "starts_on", held.starts_on.isoformat(), "2025-01-06"),
    ]
    assert set(run.differences.values_list("record", "number")) == {
        (held.position_id, number),
        (held.worker_id, number),
        (held.pk, number),
    }
    held.refresh_from_db()
    assert (held.hours, held.position.band, held.history.count()) == (22.5, "3", 1)


def test_without_an_assignment_number_here_it_is_matched_on_the_position_number(cast):
    one = OccupancyFactory()
    run = checked(cast.nadia, line_of(one, assignment_number="777-1"))
    assert found(run) == [(2, "occupancy", "assignment_number", None, "777-1")]


def test_of_two_in_one_post_it_is_the_one_with_the_employee_number(cast):
    one = OccupancyFactory()
    two = OccupancyFactory(position=one.position)
    run = checked(cast.nadia, line_of(two, assignment_number="777-1"))
    assert run.differences.get().record == two.pk
    line = line_of(two, assignment_number="777-1")
    del line["employee_number"]
    assert problems(checked(cast.nadia, line)) == [
        (2, "We do not hold this assignment number, and there is no employee number to start somebody new.")
    ]


def test_capital_letters_and_empty_cells_are_no_difference(cast, held):
    line = line_of(held, title=held.position.title.upper(), team="", expected_end_on="")
    held.expected_end_on = days(9)
    held.save()
    assert found(checked(cast.nadia, line)) == []


@pytest.mark.parametrize(("wte", "hours"), [("0.6", None), ("0.604", None), ("0.67", "25.12"), ("1", "37.5")])
def test_hours_from_wte(cast, held, wte, hours):
    line = line_of(held, wte=wte)
    del line["hours"]
    after = [row[4] for row in found(checked(cast.nadia, line))]
    assert after == ([hours] if hours else [])


def test_somebody_new_starts_in_a_new_post(cast):
    run = checked(cast.nadia, NEW)
    difference = run.differences.get()
    assert (difference.kind, difference.number, difference.assignment) == ("start", "30419001", "20099001-2")
    assert difference.after == {
        "position": {
            "number": "30419001",
            "title": "Senior Peer Support Worker",
            "family": "senior",
            "band": "4",
            "directorate": "Community mental health",
            "team": "Southfold Recovery Team",
            "funded_hours": "30",
        },
        "worker": {"employee_number": "20099001", "first_name": "Hazel", "last_name": "Thornbury"},
        "occupancy": {
            "assignment_number": "20099001-2",
            "contract": "fixed",
            "hours": "30",
            "starts_on": "2025-09-01",
        },
        "numbers": ["30419001", "20099001"],
    }
    assert (Position.objects.count(), Worker.objects.count(), Occupancy.objects.count()) == (0, 0, 0)


def test_what_a_start_lacks_is_named(cast):
    PositionFactory(number="30419001")
    line = {**NEW, "first_name": "", "starts_on": "", "title": ""}
    assert problems(checked(cast.nadia, line)) == [
        (2, "This person is not in a post here yet. To add them we need: first name, first day in the post.")
    ]


def other(**changes: str) -> dict[str, str]:
    """A second person who starts in another new post."""
    return {
        **NEW,
        "position_number": "30419002",
        "employee_number": "20099002",
        "assignment_number": "20099002-1",
        **changes,
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (other(assignment_number=NEW["assignment_number"]), "The same assignment number is on line 2."),
        (other(assignment_number=""), "There is no assignment number."),
        (other(position_number=""), "There is no position number."),
        (other(band="9"), "There is no band “9”."),
        (other(wte="1.2"), "WTE is 1.2. It cannot be above 1."),
        (other(starts_on="31/02/2026"), "First day in the post: “31/02/2026” is not a date we can read."),
        (other(ended_on="01/08/2025"), "The last day is before the first day."),
        (other(band="9", wte="2"), "There is no band “9”. WTE is 2. It cannot be above 1."),
        (other(job_role="Wizard"), "Job role: “Wizard” is not on our list. Add it there, or correct it."),
        (
            other(position_number="30419001", employee_number="20099001"),
            "This worker is in this post on line 2 as well, on some of the same days.",
        ),
        (other(position_number="30419001", band="5"), "Band: line 2 says another one for the same post."),
        (
            other(employee_number="20099001", last_name="Ashgrove"),
            "Last name: line 2 says another one for the same worker.",
        ),
    ],
)
def test_a_line_that_is_wrong_is_named_and_the_others_stand(cast, line, words):
    run = checked(cast.nadia, NEW, line, other(assignment_number="20099003-1", employee_number="20099003"))
    assert problems(run) == [(3, words)]
    assert list(run.differences.values_list("line", "kind")) == [(2, "start"), (4, "start")]


def test_lines_that_contradict_what_is_held_are_named(cast, held):
    elsewhere, someone = PositionFactory(), WorkerFactory()
    number = held.position.number
    moved = f"This assignment is in post {number} here, and in another in the file. Give it a last day here first."
    lines = {
        moved: line_of(held, position_number=elsewhere.number),
        "This assignment belongs to another employee number here.": line_of(
            held, employee_number=someone.employee_number
        ),
        "Last day in the post would be before the first day.": line_of(held, starts_on="", ended_on="2001-01-01"),
        "This worker is in this post already on some of these days, under another entry.": line_of(
            held, assignment_number="9-9"
        ),
    }
    for words, line in lines.items():
        assert problems(checked(cast.nadia, line)) == [(2, words)]


def test_one_entry_cannot_be_meant_by_two_lines(cast):
    one = OccupancyFactory()
    line = line_of(one, assignment_number="7-1", starts_on="2020-01-01", ended_on="2020-02-01")
    run = checked(cast.nadia, line, line_of(one, assignment_number="7-2"))
    assert problems(run) == [(3, "Line 2 is about the same person in the same post.")]


def test_two_lines_that_say_the_same_of_a_post_make_one_difference(cast):
    one = OccupancyFactory(assignment_number="1")
    two = OccupancyFactory(assignment_number="2", position=one.position)
    run = checked(cast.nadia, line_of(one, band="4"), line_of(two, band="4"))
    assert found(run) == [(2, "position", "band", "3", "4")]


def test_whoever_is_in_post_and_not_in_the_file_is_absent(cast, held):
    gone, absent = OccupancyFactory(ended=True), OccupancyFactory()
    OccupancyFactory(starts_on=days(3))
    with_a_fault = OccupancyFactory(assignment_number="5")
    run = checked(cast.nadia, line_of(held), line_of(with_a_fault, band="9"))
    assert list(run.absences.values_list("occupancy", flat=True)) == [absent.pk]
    assert Occupancy.objects.filter(pk__in=[gone.pk, absent.pk]).count() == 2
    assert services.latest() is None


def test_progress_is_told_while_it_goes(cast, monkeypatch):
    monkeypatch.setattr(comparing, "TELL_EVERY", 2)
    told = []
    lines = [["x"]] * 5
    comparing.DryRun({}).go([[n, *row] for n, row in enumerate(lines)], told.append)
    assert told == [2, 4]


def test_the_choice_of_columns_is_remembered_for_the_same_headings_and_the_rest_forgotten(cast):
    run = services.upload(by=cast.nadia, file=file_of(NEW))
    columns = {name: place for name, place in run.columns.items() if name != "title"}
    services.choose_columns(by=cast.nadia, run=run, columns=columns)
    assert services.upload(by=cast.robin, file=file_of(NEW)).columns == columns
    assert services.upload(by=cast.robin, file=file_of(NEW | {"wte": "1"})).columns.keys() == run.columns.keys() | {
        "title",
        "wte",
    }
    assert [choice.saved_by for choice in ColumnChoice.objects.all()] == [cast.nadia]
    run.refresh_from_db()
    assert "Position Title" not in run.headings
    assert [len(row) for row in services.rows_of(run)] == [len(columns) + 1]
    assert "Hazel" not in FileRows.objects.get(run=run).sealed


def test_a_file_can_be_checked_again_and_is_read_anew(cast, held):
    line = line_of(held, band="9")
    run = checked(cast.nadia, line, line_of(held, assignment_number="1"))
    assert run.problems.count() == 2
    services.check_again(by=cast.nadia, run=run)
    run.refresh_from_db()
    assert (run.state, worked(run).state, run.problems.count()) == ("checking", "ready", 2)
    assert EsrImport.objects.count() == 1
