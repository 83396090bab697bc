"""The product's own settings, with one more room: message kinds for checking the outbox."""

from oxleas_coprod.settings import *  # noqa: F403
from oxleas_coprod.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.letters"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "support" / "letters" / "templates")
