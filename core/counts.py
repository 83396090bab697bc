"""Counting rows: those related to each row of a query, and those of several queries at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet, *, per: str) -> Coalesce:
    """How many of `rows` there are for each row of the outer query, as an annotation.

    `rows` are filtered by an `OuterRef` already, and `per` is the path that the filter is on. A subquery of its own:
    two counts over joins multiply each other's rows, and the database then sorts them all.
    """
    counted = rows.order_by().values(per).annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def numbers_of(rows: dict[str, QuerySet]) -> dict[str, int]:
    """How many rows each of several queries has, by the same names. One query, however many they are.

    The queries may be filtered, joined and ordered in any way, but not cut off: the order is dropped.
    """
    counts: list[str] = []
    params: list[Any] = []
    for each in rows.values():
        try:
            sql, of_sql = each.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # what Django raises for a query that it knows to have no rows
            counts.append("0")
            continue
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 -- what Django made of the query
        params += of_sql
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", params)
        return dict(zip(rows, cursor.fetchone(), strict=True))
