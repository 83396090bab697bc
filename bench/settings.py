"""The product's own settings, with the bench's hand-written pages mounted beside the product's addresses."""

from oxleas_coprod.settings import *  # noqa: F403
from oxleas_coprod.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
