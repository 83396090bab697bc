"""The platform administrator's site: people and roles, through the services, and nothing else."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import Person, Role, RoleHeld
from accounts.services.log_in import set_password
from audit.models import AuditEntry
from notifications.models import Message
from tests.workforce.conftest import soup, table_of, text_of


def page(kind: str, action: str, row=None) -> str:
    return reverse(f"platform:accounts_{kind}_{action}", args=[row.pk] if row else [])


@pytest.fixture
def robin(as_person, cast):
    """Robin's browser."""
    return as_person(cast.robin)


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def test_the_first_page_leads_to_people_roles_and_help_contacts(robin):
    links = {link.get_text(): link["href"] for link in soup(robin.get("/platform/")).select(".nhsuk-card a")}
    assert links == {
        "People": page("person", "changelist"),
        "Roles": page("roleheld", "changelist"),
        "Lost second steps": "/lost-second-steps/",
        "Help contacts": "/help/contacts/",
    }
    assert robin.get("/help/contacts/").status_code == 200


def test_robin_adds_somebody_who_is_told(robin, cast):
    address = "wren@anytown-riverside.example"
    answer = robin.post(
        page("person", "add"), {"name": "Wren Saltmarsh", "email": f" {address}", "phone": ""}, follow=True
    )
    made = Person.objects.get(email=address)
    assert answer.redirect_chain == [(page("person", "change", made), 302)]
    assert Message.objects.filter(recipient=made).count() == 1
    assert AuditEntry.objects.get(verb="accounts.added_person").actor == cast.robin


def test_an_address_is_taken_once(robin, cast):
    answer = robin.post(page("person", "add"), {"name": "Another", "email": "Ishani@anytown-riverside.example"})
    assert errors_of(answer) == {"email": ["Somebody with this email address is here already"]}
    assert Person.objects.filter(email__iexact="ishani@anytown-riverside.example").count() == 1


def test_robin_gives_a_role_and_ends_it(robin, cast):
    answer = robin.post(page("roleheld", "add"), {"person": cast.morgan.email, "role": "hr_viewer"}, follow=True)
    held = cast.morgan.roles.get()
    assert (held.role, held.given_by, held.until_at) == (Role.HR_VIEWER, cast.robin, None)
    assert "Morgan Quillfeather: HR, may read records" in text_of(answer)
    robin.post(page("roleheld", "change", held), {"end": "on"})
    held.refresh_from_db()
    assert (held.ended_by, held.until_at is None) == (cast.robin, False)
    answer = robin.get(page("roleheld", "change", held))
    assert answer.context["form"].fields == {}


def test_what_a_service_refuses_is_said_on_the_form_and_typed_words_stay(robin, cast):
    data = {"person": cast.robin.email, "role": "hr_editor"}
    answer = robin.post(page("roleheld", "add"), data)
    assert (answer.status_code, errors_of(answer)) == (
        200,
        {"__all__": ["You cannot give yourself a role. Ask another administrator."]},
    )
    assert answer.context["form"]["role"].value() == "hr_editor"
    assert set(cast.robin.roles.values_list("role", flat=True)) == {Role.PLATFORM_ADMIN}


def test_robin_stops_somebody_from_logging_in(robin, cast):
    robin.post(page("person", "change", cast.nadia), {"stop": "on", "name": "Changed", "email": "changed@example.org"})
    stopped = Person.objects.get(pk=cast.nadia.pk)
    assert (stopped.is_active, stopped.name, stopped.email) == (False, cast.nadia.name, cast.nadia.email)
    assert not RoleHeld.objects.filter(person=stopped, until_at=None).exists()
    assert robin.get(page("person", "change", stopped)).context["form"].fields == {}


def test_nothing_ticked_is_nothing_done(robin, cast):
    robin.post(page("person", "change", cast.nadia), {})
    assert Person.objects.get(pk=cast.nadia.pk).is_active
    assert AuditEntry.objects.count() == 0


def test_no_secret_is_on_any_page(robin, cast):
    set_password(by=cast.nadia, password="a long enough pass phrase")
    Authenticator.objects.create(user=cast.nadia, type=Authenticator.Type.TOTP, data={"secret": "CANARYSECRET"})
    held = cast.nadia.roles.get()
    for path in (
        page("person", "changelist"),
        page("person", "change", cast.nadia),
        page("roleheld", "changelist"),
        page("roleheld", "change", held),
    ):
        words = robin.get(path).content.decode()
        assert "Nadia Ferrowick" in words
        assert "argon2" not in words
        assert "CANARYSECRET" not in words


@pytest.mark.parametrize(
    "query", ["password__startswith=a", "roles__role=hr_editor", "terms__body__name=x", "authenticator__type=totp"]
)
def test_an_address_cannot_ask_what_no_filter_asks(robin, query):
    assert robin.get(f"{page('person', 'changelist')}?{query}").status_code == 400


def test_the_lists_filter(robin, cast):
    names = lambda kind, query: [row[0] for row in table_of(robin.get(f"{page(kind, 'changelist')}?{query}"))]  # noqa: E731
    assert names("person", "may=no") == ["Leyla Hartwhistle"]
    assert names("person", "q=ferrowick") == ["Nadia Ferrowick"]
    assert names("roleheld", "role=platform_admin") == ["Robin Alderfield"]
    assert names("roleheld", "held=past") == []
