"""What one may not know of answers exactly as what does not exist; and the askings themselves can be trusted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import AuditEntry
from tests.permissions.matrix import ROWS
from tests.permissions.notation import LOG_IN, Row
from tests.permissions.world import PEOPLE

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
#: Addresses of ids that all have one length. Slugs and numbers that are not secret are left out.
WITH_ABSENT = sorted({row.address for row in ROWS if row.about == "absent"})


def twins(address: str, method: str, person: str) -> list[Row]:
    """Rows of an address whose thing this person may not know of; the absent one last."""
    hidden = [row for row in ROWS if row.address == address and row.expected(method, person) == 404]
    return sorted(hidden, key=lambda row: row.about == "absent")


@pytest.mark.parametrize("address", WITH_ABSENT)
def test_what_one_may_not_know_of_answers_like_nothing(address, askers):
    different = []
    for method in ("GET", "POST"):
        for person in PEOPLE:
            rows = twins(address, method, person)
            answers = {_shape(askers, person, method, row): row.about for row in rows}
            if len(answers) > 1:
                different.append(f"{method} {address} as {person}: {answers}")
    assert not different, "\n".join(different)


def _shape(askers, person: str, method: str, row: Row) -> tuple:
    answer = askers.ask(person, method, askers.world.path(row.address, row.about))
    return answer.status, len(answer.content), answer.headers


def test_a_write_by_a_look_would_be_found(askers, world, monkeypatch):
    """Planted: a page that is looked at and writes to the log of acts."""
    path = reverse("me")
    assert askers.ask("ishani", "GET", path).wrote_something == frozenset()
    ishani = world.people["ishani"]

    def read(person):
        from_the_page = AuditEntry(actor=ishani, at="2026-09-01T09:00Z", verb="planted", about_type="x", about_id="1")
        from_the_page.save()
        return {}

    monkeypatch.setattr("home.views.my_page", read)
    assert askers.ask("ishani", "GET", path).wrote_something == {"audit_auditentry"}


def test_what_an_asking_wrote_is_undone(askers, world):
    request = world.requests["ours"]
    answer = askers.ask("tunde", "POST", world.path("taskgroups:accept", "ours"))
    assert (answer.status, "governance_term" in answer.wrote) == (302, True)
    request.refresh_from_db()
    assert request.state == "asked"
    assert askers.ask("ishani", "POST", reverse("account_logout")).status == 302
    assert askers.ask("ishani", "GET", reverse("me")).status == 200


def test_somebody_deactivated_is_nobody_in_an_old_session(askers, world):
    assert world.people["leyla"].is_active is False
    assert askers.ask("leyla", "GET", reverse("me")).status == LOG_IN


@pytest.mark.parametrize("person", ["nobody", "grace"])
def test_what_is_only_for_a_demonstration_is_not_there_in_production(person, askers, world, settings):
    settings.KEEP_MAIL, settings.IN_PRODUCTION = False, True
    kept = "kept?to=cass@anytown-riverside.example"
    pages = [("gallery", ""), ("gallery_errors", ""), ("notifications:mailboxes", "")]
    pages += [("notifications:letter", kept), ("notifications:attachment", kept)]
    assert [askers.ask(person, "GET", world.path(*page)).status for page in pages] == [404] * len(pages)
