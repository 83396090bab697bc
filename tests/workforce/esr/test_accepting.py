"""Accepting: one by one or together, whole or not at all, and never over what has changed since."""

import pytest
from django.db import IntegrityError

from audit.models import AuditEntry
from core.errors import Refused
from tests.factories.esr import NEW, checked, file_of, line_of, saved, worked
from tests.factories.workforce import OccupancyFactory, PositionFactory, WorkerFactory
from workforce.esr import applying, services, working
from workforce.models import Absence, EsrImport, FileRows, Occupancy, Position, Worker
from workforce.services import keep


@pytest.fixture
def held(cast):
    return OccupancyFactory(assignment_number="20088101-1")


def states(run) -> list[str]:
    return list(run.differences.order_by("pk").values_list("state", flat=True))


def test_one_is_saved_with_its_history_and_its_audit_row(cast, held):
    run = checked(cast.robin, line_of(held, band="4", hours="30"))
    band = run.differences.get(field="band")
    assert services.accept(by=cast.nadia, run=run, difference=band.pk) is True
    position = Position.objects.get()
    assert (position.band, Occupancy.objects.get().hours) == ("4", held.hours)
    kept = position.history.first()
    assert (kept.band, kept.history_user, kept.history_type) == ("4", cast.nadia, "~")
    assert kept.history_change_reason == f"ESR import {run.pk}"
    entry = AuditEntry.objects.get(verb="workforce.changed_record")
    assert (entry.actor, entry.about_type, entry.about_id, entry.facts) == (
        cast.nadia,
        "workforce.Position",
        str(position.pk),
        {},
    )
    run.refresh_from_db()
    assert (states(run), run.state, run.accepted_by) == (["accepted", "open"], "ready", cast.nadia)


def test_two_of_one_record_one_after_the_other(cast, held):
    run = checked(cast.nadia, line_of(held, band="4", team="Willow Ward"))
    for difference in run.differences.all():
        assert services.accept(by=cast.nadia, run=run, difference=difference.pk) is True
    position = Position.objects.get()
    assert (position.band, position.team, position.history.count()) == ("4", "Willow Ward", 3)


def test_what_changed_since_the_check_is_not_written_over(cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    held.position.team = "Willow Ward"
    keep(by=cast.robin, record=held.position)
    assert services.accept(by=cast.nadia, run=run, difference=run.differences.get().pk) is False
    position = Position.objects.get()
    assert (position.band, position.history.count(), states(run)) == ("3", 2, ["stale"])
    run.refresh_from_db()
    assert run.accepted_at is None


def test_one_that_is_decided_is_not_decided_again(cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    difference = run.differences.get().pk
    services.leave(by=cast.nadia, run=run, difference=difference)
    for act in (services.accept, services.leave):
        with pytest.raises(Refused) as refused:
            act(by=cast.nadia, run=run, difference=difference)
        assert refused.value.message == "This has been decided already. The page now shows how it stands."
    assert (Position.objects.get().band, states(run)) == ("3", ["left"])


def test_all_together_in_one_go(cast, held):
    absent = OccupancyFactory()
    run = saved(cast.nadia, line_of(held, band="4", hours="30"), NEW, {**NEW, "band": "9"})
    assert (run.state, states(run), run.problems.count()) == ("done", ["accepted"] * 3, 1)
    made = Occupancy.objects.get(assignment_number="20099001-2")
    assert (made.position.number, made.position.band, made.position.funded_hours) == ("30419001", "4", 30)
    assert (made.worker.employee_number, made.worker.last_name) == ("20099001", "Thornbury")
    assert (made.contract, made.hours, made.starts_on.isoformat(), made.ended_on) == ("fixed", 30, "2025-09-01", None)
    for record in (made, made.position, made.worker):
        kept = record.history.get()
        assert (kept.history_user, kept.history_type) == (cast.nadia, "+")
    assert run.differences.get(kind="start").made == {
        "position": made.position_id,
        "worker": made.worker_id,
        "occupancy": made.pk,
    }
    assert AuditEntry.objects.filter(verb="workforce.added_record", actor=cast.nadia).count() == 3
    assert services.latest() == run
    assert list(Absence.objects.values_list("occupancy", flat=True)) == [absent.pk]
    assert FileRows.objects.count() == 0


def test_two_who_start_in_one_new_post_share_it(cast):
    second = {**NEW, "employee_number": "20099002", "assignment_number": "20099002-1", "last_name": "Ashgrove"}
    run = checked(cast.nadia, NEW, second)
    for difference in run.differences.all():
        assert services.accept(by=cast.nadia, run=run, difference=difference.pk) is True
    assert (Position.objects.count(), Worker.objects.count(), Occupancy.objects.count()) == (1, 2, 2)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda: PositionFactory(number="30419001"),
        lambda: WorkerFactory(employee_number="20099001"),
    ],
)
def test_a_start_whose_post_or_worker_somebody_has_added_since_is_stale(cast, meanwhile):
    run = checked(cast.nadia, NEW)
    meanwhile()
    services.accept_all(by=cast.nadia, run=run)
    assert (worked(run).state, states(run), Occupancy.objects.count()) == ("done", ["stale"], 0)


def test_a_start_that_somebody_has_added_since_is_stale(cast):
    post, worker = PositionFactory(number="30419001"), WorkerFactory(employee_number="20099001")
    run = checked(cast.nadia, {**NEW, "title": post.title, "band": post.band})
    OccupancyFactory(position=post, worker=worker)
    assert services.accept(by=cast.nadia, run=run, difference=run.differences.get(kind="start").pk) is False
    assert Occupancy.objects.count() == 1


def test_a_clash_saves_nothing_of_the_file(cast, held):
    run = checked(cast.nadia, line_of(held, band="4"), NEW)
    OccupancyFactory(assignment_number=NEW["assignment_number"])
    services.accept_all(by=cast.nadia, run=run)
    run = worked(run)
    assert (run.state, run.says, states(run)) == ("ready", services.CLASH, ["open", "open"])
    assert not Position.objects.filter(number="30419001").exists()
    assert Position.objects.get(pk=held.position_id).band == "3"
    with pytest.raises(Refused):
        services.accept(by=cast.nadia, run=run, difference=run.differences.get(kind="start").pk)


def test_a_worker_that_breaks_down_in_the_middle_leaves_nothing_half_done(cast, held, monkeypatch, caplog):
    run = checked(cast.nadia, line_of(held, last_name="Ashgrove", hours="30"))
    monkeypatch.setattr(applying, "_see_again", lambda *_: 1 / 0)
    services.accept_all(by=cast.nadia, run=run)
    run = worked(run)
    assert (run.state, run.says, run.claimed_at) == ("ready", working.BROKEN, None)
    assert (Worker.objects.get().last_name, Occupancy.objects.get().hours) == (held.worker.last_name, held.hours)
    assert "Ashgrove" not in caplog.text


def test_an_import_that_a_worker_has_claimed_is_not_done_twice(cast, held):
    run = checked(cast.nadia, line_of(held, band="4"))
    services.accept_all(by=cast.nadia, run=run)
    EsrImport.objects.update(claimed_at=run.uploaded_at)
    assert worked(run).state == "accepting"
    EsrImport.objects.update(claimed_at=run.uploaded_at - working.TAKE_OVER * 2)
    assert worked(run).state == "done"


def test_what_another_worker_takes_in_between_is_left_to_it(cast, held, monkeypatch):
    for _ in range(2):
        run = services.upload(by=cast.nadia, file=file_of(NEW))
        services.choose_columns(by=cast.nadia, run=run, columns=run.columns)
    first = EsrImport.objects.order_by("pk")[0]
    first.save()  # a row saved last is what PostgreSQL reads last, and both files came at the same instant
    done = []

    def take_all(run):
        """This worker is slow at the first; another takes the second meanwhile."""
        done.append(run.pk)
        EsrImport.objects.update(claimed_at=run.uploaded_at)

    monkeypatch.setattr(working, "_do", take_all)
    working.work()
    assert done == [first.pk]


def test_columns_must_name_both_numbers_and_each_once(cast):
    run = services.upload(by=cast.nadia, file=file_of(NEW))
    for columns, words in (
        ({"position_number": 0}, "Choose the column of the assignment number."),
        ({"assignment_number": 1}, "Choose the column of the position number."),
        (
            {"assignment_number": 1, "position_number": 1},
            "You chose one column for two things. Choose each column once.",
        ),
    ):
        with pytest.raises(Refused) as refused:
            services.choose_columns(by=cast.nadia, run=run, columns=columns)
        assert refused.value.message == words


def test_a_file_is_thrown_away_only_before_anything_was_saved(cast, held):
    run = checked(cast.nadia, line_of(held, band="4", hours="30"))
    services.accept(by=cast.nadia, run=run, difference=run.differences.all()[0].pk)
    run.refresh_from_db()
    with pytest.raises(Refused) as refused:
        services.stop(by=cast.nadia, run=run)
    assert refused.value.message == "Part of this file has been saved. Undo the import instead."
    other = checked(cast.nadia, line_of(held, band="4"))
    services.stop(by=cast.nadia, run=other)
    assert (other.state, FileRows.objects.filter(run=other).exists()) == ("stopped", False)


def test_files_are_forgotten_after_a_day(cast, held):
    mapped, unmapped = checked(cast.nadia, NEW), services.upload(by=cast.nadia, file=file_of(NEW))
    working.forget()
    assert FileRows.objects.count() == 2
    EsrImport.objects.update(uploaded_at=mapped.uploaded_at - working.KEEP_ROWS * 2)
    working.forget()
    unmapped.refresh_from_db()
    assert (FileRows.objects.count(), unmapped.state) == (0, "stopped")
    with pytest.raises(Refused) as refused:
        services.check_again(by=cast.nadia, run=mapped)
    assert refused.value.message == "The file is no longer here: we keep it for a day. Choose the file again."


def test_two_people_never_have_one_assignment_number(cast, held):
    with pytest.raises(IntegrityError):
        OccupancyFactory(assignment_number=held.assignment_number)
