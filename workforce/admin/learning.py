"""What workers have learnt for peer work."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from workforce.admin.base import OfAWorker, site
from workforce.admin.filters import ResultFilter
from workforce.models import Competence, PeerTraining


@admin.register(PeerTraining, site=site)
class PeerTrainingAdmin(OfAWorker):
    says = "Courses in peer work: who took which, when, and whether they finished."
    list_display = ("number", "worker_said", "course", "provider", "starts_on", "ended_on", "result")
    list_filter = (ResultFilter,)
    search_fields = (*OfAWorker.search_fields, "course", "provider")
    search_help_text = "Employee number, surname, course or who ran it"
    in_parts = (("The course", ("course", "provider")), ("Dates and result", ("starts_on", "ended_on", "result")))
    help_texts: ClassVar[dict[str, str]] = {
        "provider": "The Trust, a college or another organisation",
        "ended_on": "Leave empty while it goes on",
    }


@admin.register(Competence, site=site)
class CompetenceAdmin(OfAWorker):
    says = "Which of the nine domains of peer work are signed off for each worker."
    list_display = ("number", "worker_said", "signed_off_said")
    in_parts = (("The nine domains", Competence.DOMAINS),)

    @admin.display(description="Signed off, of 9")
    def signed_off_said(self, obj: Competence) -> int:
        return obj.signed_off
