"""Counting related rows without joining them."""

from __future__ import annotations

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, *, per: str) -> Coalesce:
    """How many of `rows` there are for each row of the outer query, as an annotation.

    `rows` are filtered by an `OuterRef` already, and `per` is the path that the filter is on. A subquery of its own:
    two counts over joins multiply each other's rows, and the database then sorts them all.
    """
    counted = rows.order_by().values(per).annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
