"""Role records. Traits are named after states."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory

from core import clock
from workforce.models import Occupancy, Position, Worker


def days(number: int) -> dt.date:
    """A day so many days from today; before it when negative."""
    return clock.today() + dt.timedelta(days=number)


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    number = factory.Sequence(lambda n: f"3041{n:04}")
    title = "Peer Support Worker"
    band = "3"
    directorate = "Adult acute and crisis"
    team = "Northbrook Home Treatment Team"
    borough = "Northbrook"
    funded_hours = Decimal("22.50")
    review_on = factory.LazyFunction(lambda: days(200))

    class Params:
        closed = factory.Trait(closed_on=factory.LazyFunction(lambda: days(-10)))
        overdue = factory.Trait(review_on=factory.LazyFunction(lambda: days(-1)))


class WorkerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Worker

    employee_number = factory.Sequence(lambda n: f"2008{n:04}")
    first_name = "Alder"
    last_name = factory.Sequence(lambda n: f"Winterbrook{n}")


class OccupancyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Occupancy

    position = factory.SubFactory(PositionFactory)
    worker = factory.SubFactory(WorkerFactory)
    contract = Occupancy.Contract.PERMANENT
    hours = Decimal("22.50")
    starts_on = factory.LazyFunction(lambda: days(-400))
    review_on = factory.LazyFunction(lambda: days(45))

    class Params:
        ended = factory.Trait(ended_on=factory.LazyFunction(lambda: days(-30)))
