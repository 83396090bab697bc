"""HR's own admin site, `/hr/`: one module for each group of records."""

from workforce.admin import esr, learning, posts, sensitive, struck, vacancies
from workforce.admin.base import site

__all__ = ["esr", "learning", "posts", "sensitive", "site", "struck", "vacancies"]
