"""The same figures counted by the database in its own language, by nothing of ours."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

ROLES = """
WITH post AS (
    SELECT p.id,
        COALESCE(
            (SELECT h.{column} FROM workforce_historicalposition h WHERE h.id = p.id AND h.history_date < %(end)s
                ORDER BY h.history_date DESC, h.history_id DESC LIMIT 1),
            (SELECT h.{column} FROM workforce_historicalposition h WHERE h.id = p.id
                ORDER BY h.history_date, h.history_id LIMIT 1),
            p.{column}) AS said,
        COALESCE(
            (SELECT h.family FROM workforce_historicalposition h WHERE h.id = p.id AND h.history_date < %(end)s
                ORDER BY h.history_date DESC, h.history_id DESC LIMIT 1),
            (SELECT h.family FROM workforce_historicalposition h WHERE h.id = p.id
                ORDER BY h.history_date, h.history_id LIMIT 1),
            p.family) IN ('psw', 'carer', 'senior') AS is_psw
    FROM workforce_position p
)
SELECT post.said, SUM(CASE WHEN post.is_psw THEN 1 ELSE 0 END), SUM(CASE WHEN post.is_psw THEN 0 ELSE 1 END)
FROM workforce_occupancy o JOIN post ON post.id = o.position_id
WHERE o.starts_on <= %(day)s AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)
GROUP BY post.said
"""

CONTRACTS = """
SELECT said, COUNT(*) FROM (
    SELECT COALESCE(
        (SELECT h.{column} FROM workforce_historicaloccupancy h WHERE h.id = o.id AND h.history_date < %(end)s
            ORDER BY h.history_date DESC, h.history_id DESC LIMIT 1),
        (SELECT h.{column} FROM workforce_historicaloccupancy h WHERE h.id = o.id
            ORDER BY h.history_date, h.history_id LIMIT 1),
        o.{column}) AS said
    FROM workforce_occupancy o
    WHERE o.starts_on <= %(day)s AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)
) AS held GROUP BY said
"""

POSTS = """
SELECT
    COUNT(*) FILTER (WHERE is_held),
    COUNT(*) FILTER (WHERE NOT is_held AND is_there),
    COUNT(*) FILTER (WHERE NOT is_held AND is_there AND NOT lately AND (ever OR made < %(long_ago_at)s))
FROM (
    SELECT *, (ever OR made < %(end)s) AS is_there FROM (
        SELECT p.id,
            (SELECT MIN(h.history_date) FROM workforce_historicalposition h WHERE h.id = p.id) AS made,
            EXISTS (SELECT 1 FROM workforce_occupancy o WHERE o.position_id = p.id AND o.starts_on <= %(day)s
                AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)) AS is_held,
            EXISTS (SELECT 1 FROM workforce_occupancy o WHERE o.position_id = p.id AND o.starts_on <= %(day)s) AS ever,
            EXISTS (SELECT 1 FROM workforce_occupancy o WHERE o.position_id = p.id AND o.starts_on <= %(day)s
                AND (o.ended_on IS NULL OR o.ended_on >= %(long_ago)s)) AS lately
        FROM workforce_position p WHERE p.closed_on IS NULL OR p.closed_on > %(day)s
    ) AS looked_at
) AS stood
"""

TRAINING = """
SELECT said, COUNT(*) FROM (
    SELECT CASE
        WHEN early AND late THEN 'both' WHEN early THEN 'before' WHEN late THEN 'since'
        WHEN doing THEN 'now' ELSE 'none' END AS said
    FROM (
        SELECT
            EXISTS (SELECT 1 FROM workforce_peertraining t WHERE t.worker_id = o.worker_id AND t.result = 'finished'
                AND t.ended_on <= %(day)s AND t.ended_on < first_day.on_day) AS early,
            EXISTS (SELECT 1 FROM workforce_peertraining t WHERE t.worker_id = o.worker_id AND t.result = 'finished'
                AND t.ended_on <= %(day)s AND t.ended_on >= first_day.on_day) AS late,
            EXISTS (SELECT 1 FROM workforce_peertraining t WHERE t.worker_id = o.worker_id AND t.result <> 'booked'
                AND t.starts_on <= %(day)s AND (t.ended_on IS NULL OR t.ended_on >= %(day)s)) AS doing
        FROM workforce_occupancy o
        JOIN (SELECT worker_id, MIN(starts_on) AS on_day FROM workforce_occupancy GROUP BY worker_id) AS first_day
            ON first_day.worker_id = o.worker_id
        WHERE o.starts_on <= %(day)s AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)
    ) AS learnt
) AS sorted GROUP BY said
"""

BANDS_OF_HOLDERS = """
SELECT o.worker_id, COALESCE(
    (SELECT h.band FROM workforce_historicalposition h WHERE h.id = o.position_id AND h.history_date < %(end)s
        ORDER BY h.history_date DESC, h.history_id DESC LIMIT 1),
    (SELECT h.band FROM workforce_historicalposition h WHERE h.id = o.position_id
        ORDER BY h.history_date, h.history_id LIMIT 1)) AS band
FROM workforce_occupancy o
WHERE o.starts_on <= %(day)s AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)
"""

NUMBERS = """
SELECT COUNT(*), COUNT(DISTINCT worker_id) FROM workforce_occupancy o
WHERE o.starts_on <= %(day)s AND (o.ended_on IS NULL OR o.ended_on >= %(day)s)
"""


def asked(sql: str, day: dt.date, **columns: str) -> list[tuple[Any, ...]]:
    """The rows that the database answers with."""
    long_ago = day - dt.timedelta(days=90)
    params = {
        "day": day,
        "end": _midnight(day + dt.timedelta(days=1)),
        "long_ago": long_ago,
        "long_ago_at": _midnight(long_ago),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**columns), params)
        return cursor.fetchall()


def _midnight(day: dt.date) -> Any:
    at = dt.datetime.combine(day, dt.time.min, tzinfo=ZoneInfo("Europe/London"))
    return connection.ops.adapt_datetimefield_value(at) if connection.vendor == "sqlite" else at
