from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """PSW positions and who holds them; in the admin only."""

    name = "workforce"
    verbose_name = "Role records"
