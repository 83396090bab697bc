"""The product's own settings, with the bench's hand-written pages mounted beside the product's addresses."""

from oxleas_coprod.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
