from django.apps import AppConfig

from core.permissions import bind


class OxleasCoprodConfig(AppConfig):
    """Joins the rooms."""

    name = "oxleas_coprod"
    verbose_name = "Co-production"

    def ready(self) -> None:
        from accounts.mfa import register_who_needs_one  # noqa: PLC0415 -- models must be loaded first
        from audit.services import record  # noqa: PLC0415 -- models must be loaded first
        from helplines.reading import person_to_call  # noqa: PLC0415 -- models must be loaded first
        from notifications.ports import register_common_words, register_recorder  # noqa: PLC0415 -- as above
        from oxleas_coprod import checks  # noqa: F401, PLC0415 -- registers the checks once apps are loaded
        from oxleas_coprod.handing_over import SteeringDesk  # noqa: PLC0415 -- as above
        from oxleas_coprod.hr_reminders import tell  # noqa: PLC0415 -- as above
        from oxleas_coprod.permissions import TABLE  # noqa: PLC0415 -- models must be loaded first
        from oxleas_coprod.second_factor import has_a_part_that_needs_one  # noqa: PLC0415 -- as above
        from workforce.figures.ports import register_desk  # noqa: PLC0415 -- as above
        from workforce.ports import register_teller  # noqa: PLC0415 -- as above

        bind(TABLE)
        register_desk(SteeringDesk())
        register_who_needs_one(has_a_part_that_needs_one)
        register_recorder(record)
        register_common_words(lambda: {"person_to_call": person_to_call})
        register_teller(tell)
