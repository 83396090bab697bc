"""The Celery application. Celery only carries "go and look": the truth about a message is its row."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

from notifications.hints import ask_for_drain
from oxleas_coprod.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oxleas_coprod.settings")

app = Celery("oxleas_coprod")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse(**kwargs: Any) -> None:
    """Stop an unsafe worker or beat. Celery only logs what a signal raises, unless it is this."""
    try:
        refuse_unsafe_start()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


class LookAtOnce(bootsteps.StartStopStep):
    """A worker that connects, at its start or when the broker is back, asks for a drain of what piled up meanwhile."""

    requires = ("celery.worker.consumer.tasks:Tasks",)  # type: ignore[assignment]

    def start(self, consumer: Any) -> None:
        ask_for_drain()


app.steps["consumer"].add(LookAtOnce)
