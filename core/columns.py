"""Expressions that both databases understand."""

from __future__ import annotations

from typing import Any

from django.db import models


class UuidText(models.Func):
    """A UUID column as text in its usual form, for long lists that only print it: no object is made for each row."""

    template = "(%(expressions)s)::text"
    arity = 1
    output_field = models.CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """There it is kept as 32 digits without dashes."""
        column, params = compiler.compile(self.source_expressions[0])
        parts = [
            f"substr({column}, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        ]
        return " || '-' || ".join(parts), tuple(params) * len(parts)
