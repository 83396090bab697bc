"""The demo Trust's posts and who holds them. No one here logs in: HR's people and the product's never meet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from core import clock
from workforce.models import Occupancy, Position, Worker

#: number, title, family, band, directorate, team, borough, hours
POSITIONS = (
    (
        "30412210",
        "Peer Support Worker",
        "psw",
        "3",
        "Adult acute and crisis",
        "Northbrook Home Treatment Team",
        "Northbrook",
        "22.50",
    ),
    (
        "30412211",
        "Peer Support Worker",
        "psw",
        "3",
        "Community mental health",
        "Eastmere Early Intervention in Psychosis",
        "Eastmere",
        "15.00",
    ),
    (
        "30412212",
        "Peer Support Worker",
        "psw",
        "3",
        "Community mental health",
        "Southfold Recovery Team",
        "Southfold",
        "37.50",
    ),
    (
        "30412213",
        "Senior Peer Support Worker",
        "senior",
        "4",
        "Adult acute and crisis",
        "Willow Ward",
        "Northbrook",
        "30.00",
    ),
    (
        "30412214",
        "Carer Peer Support Worker",
        "carer",
        "3",
        "Community mental health",
        "Older Adults Community",
        "Southfold",
        "18.75",
    ),
    ("30412215", "Peer Support Lead", "lead", "6", "Corporate", "Volunteering Services", "", "37.50"),
)

#: position, employee number, first name, last name, contract, started days ago, expected end in days, review in days
HELD = (
    ("30412210", "20088101", "Alder", "Winterbrook", "permanent", 400, None, 45),
    ("30412211", "20088102", "Sorrel", "Greenhalghton", "fixed", 470, 70, 20),
    ("30412213", "20088103", "Rowan", "Marlingford", "permanent", 900, None, -10),
    ("30412215", "20088104", "Juniper", "Hathersedge", "permanent", 1200, None, 120),
    ("30412212", "20088105", "Linden", "Oakhollow", "permanent", 90, None, 90),
)


def make_positions() -> None:
    """Posts, one of them empty, and a person in each of the others."""
    today = clock.today()
    for number, title, family, band, directorate, team, borough, hours in POSITIONS:
        Position.objects.create(
            number=number,
            title=title,
            family=family,
            band=band,
            directorate=directorate,
            team=team,
            borough=borough,
            funded_hours=Decimal(hours),
            review_on=today + dt.timedelta(days=200),
        )
    for number, employee, first, last, contract, ago, end, review in HELD:
        position = Position.objects.get(number=number)
        Occupancy.objects.create(
            position=position,
            worker=Worker.objects.create(employee_number=employee, first_name=first, last_name=last),
            contract=contract,
            hours=position.funded_hours,
            starts_on=today - dt.timedelta(days=ago),
            expected_end_on=today + dt.timedelta(days=end) if end else None,
            peer_supervisor="" if number == "30412211" else "Juniper Hathersedge",
            review_on=today + dt.timedelta(days=review),
        )
