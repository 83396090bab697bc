"""Acts that must not overlap, where no row stands for all of them yet."""

from __future__ import annotations

from typing import Any

from django.db import connections, models


def take_turn_at(model: type[models.Model]) -> None:
    """From here to the end of the transaction nobody else writes to this table; who reads is not held up.

    Call it first, inside a transaction. On SQLite a transaction that writes is alone from its beginning.
    """
    manager: Any = model._base_manager
    connection = connections[manager.db]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(model._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")
