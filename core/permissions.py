"""Permissions are asked by constant and answered by one table (`oxleas_coprod/permissions.py`).

A room declares `Permission` constants; the table binds each once to a predicate of the `rules` package.
A permission that is declared and not bound, or bound twice, stops the start: `rules` alone would answer False
for a name nobody wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from rules.predicates import Predicate


@dataclass(frozen=True)
class Permission:
    """`name` is room.verb; `says` finishes the sentence "You may …" and is shown to people.

    `ask` says whom to ask when the answer is no.
    """

    name: str
    says: str
    ask: str = "the secretary"

    def __post_init__(self) -> None:
        if self.name in _declared:
            raise ImproperlyConfigured(f"Permission {self.name} is declared twice.")
        _declared[self.name] = self


_declared: dict[str, Permission] = {}
_bound: dict[Permission, Predicate] = {}


def declared() -> tuple[Permission, ...]:
    """Every permission that the rooms have declared, in order of name."""
    return tuple(sorted(_declared.values(), key=lambda p: p.name))


def bind(table: Mapping[Permission, Predicate]) -> None:
    """Bind the whole table. Raises `ImproperlyConfigured` for one missing or left over."""
    unbound = set(_declared.values()) - set(table)
    if unbound:
        names = ", ".join(sorted(p.name for p in unbound))
        raise ImproperlyConfigured(f"No rule in oxleas_coprod/permissions.py for: {names}")
    _bound.clear()
    _bound.update(table)


def can(person: Any, permission: Permission, about: Any = None) -> bool:
    """Whether `person` (logged in or anonymous) may do `permission` to `about`."""
    return bool(_bound[permission].test(person, about))


def require(person: Any, permission: Permission, about: Any = None) -> None:
    """Raise `PermissionDenied`, in words for the 403 page, unless `person` may."""
    if not can(person, permission, about):
        raise PermissionDenied(f"You cannot {permission.says}. If you think you should, ask {permission.ask}.")


def policy(*permissions: Permission) -> Callable:
    """Declare which permissions a view asks. The matrix test fails for a URL whose view declares none."""

    def mark(view: Callable) -> Callable:
        view.policy = permissions  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(reason: str) -> Callable:
    """Declare a view open without log-in, and why; lifts `LoginRequiredMiddleware` from it."""

    def mark(view: Callable) -> Callable:
        view.policy = (reason,)  # type: ignore[attr-defined]
        view.login_required = False  # type: ignore[attr-defined]
        return view

    return mark


def open_to_logged_in(reason: str) -> Callable:
    """Declare a view open to whoever has logged in, and why (what it shows is scoped by `visible_to`)."""

    def mark(view: Callable) -> Callable:
        view.policy = (reason,)  # type: ignore[attr-defined]
        return view

    return mark
