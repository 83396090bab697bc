from django.apps import AppConfig

from core.permissions import bind


class OxleasCoprodConfig(AppConfig):
    """Joins the rooms."""

    name = "oxleas_coprod"
    verbose_name = "Co-production"

    def ready(self) -> None:
        from oxleas_coprod import checks  # noqa: F401, PLC0415 -- registers the checks once apps are loaded
        from oxleas_coprod.permissions import TABLE  # noqa: PLC0415 -- models must be loaded first

        bind(TABLE)
