"""The two logs are written once. The database says so, whoever asks."""

import pytest
from django.db import Error, transaction

from audit.models import AuditEntry, Look
from audit.services import entries_about, record, record_look


@pytest.fixture
def logs(cast):
    record(actor=cast.grace, verb="check.happened", about=cast.steering, count=3)
    record_look(actor=cast.owen, what="names of those who were asked", about=cast.steering, reason="A complaint")


@pytest.mark.parametrize("log", [AuditEntry, Look])
@pytest.mark.parametrize(
    "act", [lambda rows: rows.update(about_id="another"), lambda rows: rows.delete()], ids=["update", "delete"]
)
def test_no_row_is_changed_or_deleted(logs, log, act):
    before = list(log.objects.values())
    with pytest.raises(Error, match="audit_is_append_only"), transaction.atomic():
        act(log.objects.all())
    assert list(log.objects.values()) == before
    assert len(before) == 1


def test_an_entry_names_an_actor_or_else_a_system_act(cast):
    with pytest.raises(ValueError, match="names an actor"):
        record(actor=None, verb="check.happened", about=cast.steering)
    with pytest.raises(ValueError, match="names an actor"):
        record(actor=cast.grace, system="tick", verb="check.happened", about=cast.steering)
    assert record(actor=None, system="tick", verb="check.happened", about=cast.steering).actor is None


def test_entries_about_a_row_are_its_own_in_order(cast):
    first = record(actor=cast.grace, verb="check.first", about=cast.steering)
    record(actor=cast.grace, verb="check.elsewhere", about=cast.network)
    second = record(actor=cast.owen, verb="check.second", about=cast.steering)
    assert list(entries_about(cast.steering)) == [first, second]
