"""HR's own admin site, `/hr/`: one module for each group of records."""

from workforce.admin import esr, export, figures, learning, posts, sensitive, vacancies
from workforce.admin.base import site

__all__ = ["esr", "export", "figures", "learning", "posts", "sensitive", "site", "vacancies"]
