"""The product's settings in test mode. pytest-django reads settings before any conftest, so the mode is set here."""

import os

os.environ.setdefault("MODE", "test")
os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.setdefault("VAR_DIR", "/tmp/coprod-test-var")  # noqa: S108 -- nothing secret is kept there

from oxleas_coprod.settings import *  # noqa: E402, F403
from oxleas_coprod.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES  # noqa: E402

# Message kinds for checking the outbox, registered as any room registers its own.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.letters"]
TEMPLATES[0]["DIRS"].append(BASE_DIR / "tests" / "support" / "letters" / "templates")
