"""HR's people and pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import Role, RoleHeld
from core import clock
from core.forms import DateParts
from tests.factories.workforce import OccupancyFactory


@pytest.fixture
def viewer(cast):
    """Samuel, who may read role records for as long as the test lasts."""
    RoleHeld.objects.create(person=cast.samuel, role=Role.HR_VIEWER, from_at=clock.now(), given_by=cast.grace)
    return cast.samuel


@pytest.fixture
def keeper(cast):
    """Nadia, an editor, who for as long as the test lasts may also see health and DBS statuses."""
    RoleHeld.objects.create(person=cast.nadia, role=Role.HR_SENSITIVE, from_at=clock.now(), given_by=cast.grace)
    return cast.nadia


@pytest.fixture
def occupancy(cast):
    return OccupancyFactory()


def page(kind: str, action: str, row=None) -> str:
    """The address of a page of the HR site."""
    return reverse(f"hr:workforce_{kind}_{action}", args=[row.pk] if row else [])


def typed(form, **changes) -> dict[str, str]:
    """What a browser would send back for a form as it was shown, with some fields typed over."""
    data = {}
    for bound in form:
        value = changes.get(bound.name, bound.value())
        if isinstance(bound.field.widget, DateParts) and not isinstance(value, str):
            data |= {f"{bound.html_name}_{part}": text for part, text in bound.field.widget.parts_of(value).items()}
        else:
            data[bound.html_name] = "" if value is None else str(value)
    return data


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    """The words of a page, spaces made single."""
    return " ".join(soup(response).get_text(" ").split())


def table_of(response) -> list[list[str]]:
    """The rows of the table of a page, without the boxes to tick and the headings repeated for narrow screens."""
    found = soup(response)
    for heading in found.select(".nhsuk-table-responsive__heading"):
        heading.decompose()
    rows = [row.select("td:not(.app-tick)") for row in found.select("tbody tr")]
    return [[" ".join(cell.get_text(" ").split()) for cell in row] for row in rows]


def fields_of(response) -> dict[str, object]:
    """What a browser would send back for the form of a page as it is shown, without the button."""
    data: dict[str, list[str]] = {}
    for box in soup(response).select("main form input[name]"):
        data.setdefault(box["name"], []).append(box.get("value", ""))
    return {name: values[0] if len(values) == 1 else values for name, values in data.items()}


def errors_of(response) -> dict[str, list[str]]:
    """What is wrong with the form of a page, by field."""
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def opened(client, kind, row):
    """The form of a record's page, as it is shown."""
    return client.get(page(kind, "change", row)).context["form"]
