"""The Celery application. Celery only carries "go and look": the truth about a message is its row."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oxleas_coprod.settings")

app = Celery("oxleas_coprod")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
