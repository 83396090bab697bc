"""Who may do what: the one table. Read it aloud.

Each room declares its `Permission` constants in its `permissions.py` and its predicates in its `rules.py`;
this table binds each permission once, and the start stops when one is missing.
"""

from __future__ import annotations

from core.permissions import Permission
from rules.predicates import Predicate

TABLE: dict[Permission, Predicate] = {}
