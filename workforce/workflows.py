"""How a post is filled: the states of a vacancy and the moves between them, and of a check before employment."""

from django.db import models

from core.workflows import Workflow


class VacancyState(models.TextChoices):
    OPEN = "open", "Open"
    OFFER = "offer", "Offer made"
    CHECKS = "checks", "Checks"
    FILLED = "filled", "Filled"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: States in which the post is still being filled.
UNDER_WAY = (VacancyState.OPEN, VacancyState.OFFER, VacancyState.CHECKS)

VACANCY = Workflow(
    VacancyState,
    [
        ("make_offer", [VacancyState.OPEN], VacancyState.OFFER),
        ("start_checks", [VacancyState.OFFER], VacancyState.CHECKS),
        ("fill", [VacancyState.CHECKS], VacancyState.FILLED),
        ("withdraw", UNDER_WAY, VacancyState.WITHDRAWN),
    ],
)


class CheckStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    ASKED = "asked", "Asked for"
    RECEIVED = "received", "Received"
    CLEARED = "cleared", "Cleared"
    CONDITIONS = "conditions", "Cleared with conditions"
    NOT_NEEDED = "not_needed", "Not applicable"
    REFERRED = "referred", "Failed: referred to a manager"


#: With these a vacancy may be filled.
SETTLED = (CheckStatus.CLEARED, CheckStatus.CONDITIONS, CheckStatus.NOT_NEEDED)
#: These are somebody's decision, and say whose and when.
DECIDED = (*SETTLED, CheckStatus.REFERRED)
