"""Somebody who holds the released figures, knows every rule by which they were made, and works out what they can.

By trying out: every number of all roles, of those in the lowest band and of those who went up; then each table by
itself. Nothing here is of the product but the figures.
"""

from __future__ import annotations

from collections.abc import Iterator

LOWEST, HIGHER = ("band", "Band 2"), ("progress", "In a higher band than a year before")


def values(shown: int) -> range:
    """All numbers that are rounded so."""
    return range(max(0, shown - 2), shown + 3)


def possible(figures: dict) -> dict[tuple[str, str], set[int]]:
    """For each number that is shown, all that it could be."""
    tables = {table["key"]: dict(map(tuple, table["rows"])) for table in figures["tables"]}
    found: dict[tuple[str, str], set[int]] = {}
    for roles in values(figures["roles"]):
        for fixed in _linked(tables, roles):
            rows = [(key, *_of_table(key, table, fixed, roles)) for key, table in tables.items()]
            posts = list(_posts(figures, roles))
            if all(found_rows is not None for _, found_rows in rows) and posts:
                _add(found, ("", "roles"), {roles})
                for key, each in rows:
                    for label, numbers in each.items():
                        _add(found, (key, label), numbers)
                for filled, vacant, long in posts:
                    for name, number in (("filled", filled), ("vacant", vacant), ("vacant_long", long)):
                        if number is not None:
                            _add(found, ("posts", name), {number})
                    if filled is not None:
                        _add(found, ("", "open"), {filled + vacant})
    return found


def _add(found, key, numbers) -> None:
    found.setdefault(key, set()).update(numbers)


def _linked(tables: dict, roles: int) -> Iterator[dict]:
    """The two rows that nobody can be in both of, each with a number of its own."""
    if "band" not in tables or "progress" not in tables:
        yield {}
        return
    for lowest in values(tables["band"][LOWEST[1]]):
        for higher in values(tables["progress"][HIGHER[1]]):
            if lowest + higher <= roles:
                yield {LOWEST: lowest, HIGHER: higher}


def _of_table(key: str, table: dict, fixed: dict, roles: int):
    """What each row could be when the rows add up to `roles`; None when they cannot."""
    each = {
        label: [fixed[key, label]] if (key, label) in fixed else list(values(shown)) for label, shown in table.items()
    }
    low, high = sum(min(numbers) for numbers in each.values()), sum(max(numbers) for numbers in each.values())
    if not low <= roles <= high:
        return (None,)
    return (
        {
            label: {number for number in numbers if low - min(numbers) <= roles - number <= high - max(numbers)}
            for label, numbers in each.items()
        },
    )


def _posts(figures: dict, roles: int) -> Iterator[tuple]:
    if not figures["posts"]:
        yield None, None, None
        return
    shown = figures["posts"]
    for filled in values(shown["filled"]):
        for vacant in values(shown["vacant"]):
            for long in values(shown["vacant_long"]):
                if filled <= roles and long <= vacant and filled + vacant in values(figures["open"]):
                    yield filled, vacant, long
