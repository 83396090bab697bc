"""The product's settings in test mode. pytest-django reads settings before any conftest, so the mode is set here."""

import os

os.environ.setdefault("MODE", "test")
os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 40)
os.environ.setdefault("VAR_DIR", "/tmp/coprod-test-var")  # noqa: S108 -- nothing secret is kept there

from oxleas_coprod.settings import *  # noqa: E402, F403
