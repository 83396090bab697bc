"""HR's own admin site, `/hr/`: one module for each group of records."""

from workforce.admin import due, esr, export, figures, learning, posts, search, sensitive, struck, vacancies
from workforce.admin.base import site

__all__ = [
    "due",
    "esr",
    "export",
    "figures",
    "learning",
    "posts",
    "search",
    "sensitive",
    "site",
    "struck",
    "vacancies",
]
