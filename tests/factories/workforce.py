"""Role records. Traits are named after states."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import factory

from accounts.models import Person
from core import clock
from workforce.models import (
    Adjustments,
    Check,
    Competence,
    Dbs,
    Occupancy,
    PeerTraining,
    Position,
    Vacancy,
    WellbeingPlan,
    Worker,
    WorkHealth,
)


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
        supervised = factory.Trait(peer_supervisor="Juniper Hathersedge")


class PeerTrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeerTraining

    worker = factory.SubFactory(WorkerFactory)
    provider = "Anytown Recovery College"
    course = "Peer support in practice"
    starts_on = factory.LazyFunction(lambda: days(-300))
    ended_on = factory.LazyFunction(lambda: days(-200))
    result = PeerTraining.Result.FINISHED


class CompetenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competence

    worker = factory.SubFactory(WorkerFactory)


class WorkHealthFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkHealth

    worker = factory.SubFactory(WorkerFactory)
    status = WorkHealth.Status.ADJUSTED
    on = factory.LazyFunction(lambda: days(-380))


class DbsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dbs

    worker = factory.SubFactory(WorkerFactory)
    level = Dbs.Level.CHILDREN
    is_cleared = True
    on = factory.LazyFunction(lambda: days(-390))


class AdjustmentsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adjustments

    worker = factory.SubFactory(WorkerFactory)
    in_place = True
    review_on = factory.LazyFunction(lambda: days(77))


class WellbeingPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WellbeingPlan

    worker = factory.SubFactory(WorkerFactory)
    status = WellbeingPlan.Status.DECLINED
    on = factory.LazyFunction(lambda: days(-370))


class VacancyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vacancy

    position = factory.SubFactory(PositionFactory)
    reference = factory.Sequence(lambda n: f"277-PSW-{n:04}")
    opened_at = factory.LazyFunction(clock.now)
    opened_by = factory.LazyFunction(lambda: Person.objects.order_by("pk").first())

    class Params:
        offered = factory.Trait(
            state=Vacancy.State.OFFER,
            offered_at=factory.SelfAttribute("opened_at"),
            offered_by=factory.SelfAttribute("opened_by"),
        )
        in_checks = factory.Trait(
            offered=True,
            state=Vacancy.State.CHECKS,
            checks_at=factory.SelfAttribute("opened_at"),
            checks_by=factory.SelfAttribute("opened_by"),
        )


class CheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Check

    vacancy = factory.SubFactory(VacancyFactory, in_checks=True)
    kind = Check.Kind.REFERENCES
